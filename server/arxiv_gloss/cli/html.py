"""`arxiv-gloss html`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from arxiv_gloss.papers.document import Document
    from arxiv_gloss.services.fulltext.bilingual import TranslatedPart
    from arxiv_gloss.settings import Settings


@click.command()
@click.argument("paper", metavar="FILE|ID")
@click.option("--bilingual", is_flag=True, help="Translate all of it, each part beneath its original.")
@click.option("--to", "target", help="Target language (default: the setting `target`).")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="With --bilingual: write this file, Markdown or, if its name ends in .html, one page.",
)
def html(paper: str, bilingual: bool, target: str | None, out: Path | None) -> None:
    """Gloss an HTML paper here, without a server.

    FILE is a page of arXiv's, or another that LaTeXML made; ID is an arXiv id or address, whose page is then asked of
    arXiv.
    """
    from arxiv_gloss.settings import load

    if out is not None and not bilingual:
        raise click.UsageError("--out goes with --bilingual.")
    settings = load({"target": target})
    document, name, sent = _read(paper, settings)
    if not bilingual:
        _print_gloss(document, settings, name, sent)
        return
    parts = _translated(document, settings)
    if out is not None and out.suffix.lower() in (".html", ".htm"):
        from arxiv_gloss.cli.bilingual_page import page

        out.write_text(page(document, parts, settings.target), encoding="utf-8")
        return
    from arxiv_gloss.services.fulltext.bilingual import bilingual_markdown

    text = bilingual_markdown(parts)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")


def _read(paper: str, settings: Settings) -> tuple[Document, str | None, str | None]:
    """The paper, its id, and the address that was asked for it. Raises GlossError."""
    from arxiv_gloss.errors import ArxivError
    from arxiv_gloss.papers.html import read_html
    from arxiv_gloss.papers.ids import PaperId
    from arxiv_gloss.papers.metadata import Arxiv, get
    from arxiv_gloss.papers.saved_files import decoded

    file = Path(paper)
    if file.is_file():
        return read_html(decoded(file.read_bytes())), None, None
    arxiv_id = PaperId.parse(paper)
    if not settings.ask_arxiv:
        raise ArxivError("Asking arXiv is switched off (setting `ask_arxiv`). Give the page's file.")
    address = f"https://arxiv.org/html/{arxiv_id}"
    page = Arxiv().politely(lambda: get(address, LONGEST_PAGE))
    return read_html(page.decode("utf-8", "replace")), str(arxiv_id), address


LONGEST_PAGE = 20 * 2**20
"""Bytes of an HTML paper."""


def _print_gloss(document: Document, settings: Settings, name: str | None, sent: str | None) -> None:
    from rich.console import Console

    from arxiv_gloss.app import create_glosser
    from arxiv_gloss.cli.pdf import watched
    from arxiv_gloss.cli.printing_paper import print_paper
    from arxiv_gloss.services.fulltext.glosser import FullTextGlosser
    from arxiv_gloss.services.gloss.query import GlossQuery

    query = GlossQuery(name, target=settings.target, requests_sent=(sent,) if sent else ())
    collected = watched(FullTextGlosser(create_glosser(settings)).from_document(document, query), quiet=False)
    print_paper(Console(), collected.result(), settings.target)


def _translated(document: Document, settings: Settings) -> list[TranslatedPart]:
    """All of it, with progress on standard error."""
    from rich.console import Console
    from rich.progress import track

    from arxiv_gloss.app import create_glosser
    from arxiv_gloss.services.fulltext.bilingual import texts_of, translated

    parts = translated(create_glosser(settings), document, settings.target)
    count = len(texts_of(document))
    return list(track(parts, "Parts translated", total=count, console=Console(stderr=True), transient=True))
