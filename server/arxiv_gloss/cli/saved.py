"""`arxiv-gloss saved`"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from arxiv_gloss.storage.saved_papers import SavedPapers


@click.group()
def saved() -> None:
    """Papers that you keep for later, from lists and panels."""


@saved.command("list")
def list_() -> None:
    """List them, the newest first."""
    for paper in _saved().all():
        click.echo(f"{paper.id}  {paper.title}")


@saved.command()
@click.argument("form", type=click.Choice(["bibtex", "ris", "markdown"]))
def export(form: str) -> None:
    """Print them as BibTeX, RIS or Markdown."""
    from arxiv_gloss.papers.citations import WRITERS

    click.echo(WRITERS[form]([paper.reference for paper in _saved().all()]), nl=False)


@saved.command()
@click.argument("paper", metavar="ID")
def remove(paper: str) -> None:
    """Remove the paper ID."""
    _saved().remove(paper)
    click.echo(f"{paper} is no longer saved.")


def _saved() -> SavedPapers:
    from arxiv_gloss.settings import load
    from arxiv_gloss.storage.saved_papers import SavedPapers

    return SavedPapers(load().state_file)
