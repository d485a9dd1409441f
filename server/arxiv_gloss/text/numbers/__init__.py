"""Quantities of a text, and whether a translation says the same ones."""
