"""The engine of the glosser's own models: rows of one paper in one batch."""
