"""Old name of storage/saved_papers.py, for scripts of readers that import it from here."""

from arxiv_gloss.storage.saved_papers import Saved, SavedPaper

__all__ = ["Saved", "SavedPaper"]
