"""`python -m arxiv_gloss` is `arxiv-gloss`."""

from arxiv_gloss.cli import main

main(prog_name="arxiv-gloss")
