"""`arxiv-gloss pdf`"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from arxiv_gloss.events import WholeEvent
    from arxiv_gloss.papers.ids import PaperId
    from arxiv_gloss.services.fulltext.result import PaperAccumulator
    from arxiv_gloss.services.gloss.glosser import Glosser
    from arxiv_gloss.settings import Settings


@click.command(epilog="Examples:\n\n  arxiv-gloss pdf paper.pdf --out paper\n\n  arxiv-gloss pdf 1706.03762 --to zh-TW")
@click.argument("paper", metavar="FILE|ID")
@click.option("--to", "target", help="Target language (default: the setting `target`).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write pictures and paper.md there.")
def pdf(paper: str, target: str | None, as_json: bool, out: Path | None) -> None:
    """Gloss a whole paper here, without a server.

    FILE is a PDF on disk; ID is an arXiv id or address, whose PDF is then asked of arXiv and kept in the cache folder.
    """
    import msgspec

    from arxiv_gloss.cli import Interrupted
    from arxiv_gloss.errors import GlossError
    from arxiv_gloss.settings import load

    settings = load({"target": target})
    try:
        collected = watched(_events(paper, settings, pictures=out is not None), quiet=as_json)
    except KeyboardInterrupt as stopped:
        raise Interrupted("What was glossed is kept in the cache; the same command goes on from there.") from stopped
    except GlossError as problem:
        if not as_json:
            raise
        click.echo(msgspec.json.encode({"error": {"code": problem.code, "message": problem.message}}).decode())
        raise click.exceptions.Exit(1) from problem
    if out is not None:
        _write(collected, out, settings.target)
    if as_json:
        click.echo(msgspec.json.encode(collected.result()).decode())
    else:
        from rich.console import Console

        from arxiv_gloss.cli.printing_paper import print_paper

        print_paper(Console(), collected.result(), settings.target)


def _events(paper: str, settings: Settings, pictures: bool) -> Iterator[WholeEvent]:
    from arxiv_gloss.app import create_glosser

    yield from paper_events(paper, settings, settings.target, create_glosser(settings), pictures)


def paper_events(
    paper: str, settings: Settings, target: str, glosser: Glosser, pictures: bool = False
) -> Iterator[WholeEvent]:
    """The gloss of a PDF on disk, or of one that is asked of arXiv by id. Raises GlossError."""
    from arxiv_gloss.papers.fetch import Papers
    from arxiv_gloss.papers.metadata import Arxiv
    from arxiv_gloss.services.fulltext.glosser import FullTextGlosser
    from arxiv_gloss.services.gloss.query import GlossQuery

    file = Path(paper)
    if file.is_file():
        content, name, sent = file.read_bytes(), None, None
    else:
        arxiv_id = _id(paper)
        papers = Papers(Arxiv() if settings.ask_arxiv else None, settings.papers_dir)
        content, sent = papers.pdf(arxiv_id)
        name = str(arxiv_id)
    query = GlossQuery(name, target=target, requests_sent=(sent,) if sent else ())
    yield from FullTextGlosser(glosser).from_pdf(content, query, pictures)


def _id(paper: str) -> PaperId:
    """Raises BadPaperId, which says so where a file was meant."""
    from arxiv_gloss.errors import BadPaperId
    from arxiv_gloss.papers.ids import PaperId

    try:
        return PaperId.parse(paper)
    except BadPaperId as problem:
        raise BadPaperId(f"There is no file {paper!r}, and it is no arXiv id like 2401.01234 either.") from problem


def watched(events: Iterator[WholeEvent], quiet: bool) -> PaperAccumulator:
    """Read the stream with progress on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from arxiv_gloss.events import PagesRead, PaperOutline, SectionGist
    from arxiv_gloss.services.fulltext.result import PaperAccumulator

    collected = PaperAccumulator()
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=Console(stderr=True, quiet=quiet), transient=True) as progress:
        pages = progress.add_task("Pages read", total=None)
        sections = progress.add_task("Sections glossed", total=None, visible=False)
        for event in events:
            collected.add(event)
            if isinstance(event, PagesRead):
                progress.update(pages, completed=event.done, total=event.of)
            elif isinstance(event, PaperOutline):
                progress.update(sections, total=len(event.sections), visible=True)
            elif isinstance(event, SectionGist):
                progress.advance(sections)
    return collected


def _write(collected: PaperAccumulator, out: Path, target: str) -> None:
    from arxiv_gloss.services.fulltext.markdown import paper_markdown

    out.mkdir(parents=True, exist_ok=True)
    for name, png in collected.files().items():
        (out / name).write_bytes(png)
    (out / "paper.md").write_text(paper_markdown(collected.result(), target), encoding="utf-8")
