"""The recipe: one runnable stage per file (`python -m models.recipe.<stage>`), in the order of models/README.md.

`workfolder` and `measures` are no stages: several use them.
"""
