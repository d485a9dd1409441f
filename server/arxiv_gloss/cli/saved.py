"""`arxiv-gloss saved`"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from arxiv_gloss.storage.saved_papers import SavedPapers


NOTHING = "No paper is saved yet. Lists and panels in the browser have a button for it."
"""Goes to standard error, so that a file that is written from the output stays empty."""


@click.group()
def saved() -> None:
    """Papers that you keep for later, from lists and panels."""


@saved.command("list")
def list_() -> None:
    """List them, the newest first."""
    from arxiv_gloss.settings import load
    from arxiv_gloss.storage.sqlite import damaged_copies
    from arxiv_gloss.text.escaping import shown

    with closing(_saved()) as kept:
        papers = kept.all()
    if not papers:
        click.echo(NOTHING, err=True)
    for paper in papers:
        click.echo(shown(f"{paper.id}  {paper.title}"))
    for copy in damaged_copies(load().state_file):
        click.echo(f"state.db was damaged; what could be read was taken over. The damaged file is {copy}.", err=True)


@saved.command(epilog="Example: arxiv-gloss saved export bibtex > papers.bib")
@click.argument("form", type=click.Choice(["bibtex", "ris", "markdown"]))
def export(form: str) -> None:
    """Print them as BibTeX, RIS or Markdown."""
    from arxiv_gloss.papers.citations import WRITERS

    with closing(_saved()) as kept:
        papers = kept.all()
    if not papers:
        click.echo(NOTHING, err=True)
    click.echo(WRITERS[form]([paper.reference for paper in papers]), nl=False)


@saved.command()
@click.argument("paper", metavar="ID")
def remove(paper: str) -> None:
    """Remove the paper ID."""
    with closing(_saved()) as kept:
        kept.remove(paper)
    click.echo(f"{paper} is no longer saved.")


def _saved() -> SavedPapers:
    from arxiv_gloss.settings import load
    from arxiv_gloss.storage.saved_papers import SavedPapers

    return SavedPapers(load().state_file)
