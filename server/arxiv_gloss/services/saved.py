"""Old name of storage/saved_papers.py, for scripts of readers that import it from here."""

from arxiv_gloss.storage.saved_papers import SavedPaper, SavedPapers

Saved = SavedPapers

__all__ = ["Saved", "SavedPaper", "SavedPapers"]
