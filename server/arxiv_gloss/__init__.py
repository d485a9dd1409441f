"""arXiv Gloss: translation, summary and takeaways of arXiv papers, made on the reader's own machine."""

from arxiv_gloss.telemetry import switch_off

switch_off()

__version__ = "0.1.0"
