"""Translators and summarizers from a hub: text in, text out."""
