"""`arxiv-gloss glossary`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from arxiv_gloss.invocation import program

if TYPE_CHECKING:
    from arxiv_gloss.storage.glossary import ReaderGlossary


@click.group()
def glossary() -> None:
    """Your own renderings of terms. They win over all others, in every gloss from then on."""


@glossary.command("list")
def list_() -> None:
    """List your terms; `=` marks those that stay in English."""
    from arxiv_gloss.text.terms.glossary import write_terms

    terms = _terms().all()
    if not terms:
        click.echo(f"Your glossary is empty. Add a term with `{program()} glossary add TERM RENDERING`.", err=True)
    click.echo(write_terms(terms), nl=False)


@glossary.command(epilog="Examples:\n\n  arxiv-gloss glossary add token 词元\n\n  arxiv-gloss glossary add BERT")
@click.argument("term")
@click.argument("rendering", default="=")
def add(term: str, rendering: str) -> None:
    """Render TERM as RENDERING, or keep it in English (=, the default)."""
    from arxiv_gloss.storage.glossary import Term

    _terms().add([Term(term, rendering)])
    click.echo(f"{term} stays in English." if rendering == "=" else f"{term}: {rendering}")


@glossary.command()
@click.argument("term")
def remove(term: str) -> None:
    """Forget your rendering of TERM."""
    _terms().remove(term)
    click.echo(f"{term} is no longer in your glossary.")


@glossary.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(file: Path) -> None:
    """Add the terms of a TSV: term, tab, rendering, one a line."""
    from arxiv_gloss.storage.glossary import ReaderGlossary

    terms = ReaderGlossary(file).all()
    _terms().add(terms)
    click.echo(f"{len(terms)} terms added.")


def _terms() -> ReaderGlossary:
    from arxiv_gloss.settings import load
    from arxiv_gloss.storage.glossary import ReaderGlossary

    return ReaderGlossary(load().glossary_file)
