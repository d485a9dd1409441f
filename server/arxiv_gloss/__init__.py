"""arXiv Gloss: translation, summary and takeaways of arXiv papers, made on the reader's own machine."""

__version__ = "0.1.0"
