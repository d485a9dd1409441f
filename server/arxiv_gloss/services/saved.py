"""Old name of storage/saved_papers.py, for scripts of readers that import it from here."""

from arxiv_gloss.storage.saved_papers import SavedPaper
from arxiv_gloss.storage.saved_papers import SavedPapers as Saved

__all__ = ["Saved", "SavedPaper"]
