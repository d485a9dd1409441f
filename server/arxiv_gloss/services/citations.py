"""Old name of papers/citations.py, for scripts of readers that import it from here."""

from arxiv_gloss.papers.citations import WRITERS, Reference, bibtex, coins, markdown, ris

__all__ = ["WRITERS", "Reference", "bibtex", "coins", "markdown", "ris"]
