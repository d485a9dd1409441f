"""`arxiv-gloss gloss`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

import click

if TYPE_CHECKING:
    from arxiv_gloss.services.gloss.query import GlossQuery
    from arxiv_gloss.services.gloss.result import GlossResult
    from arxiv_gloss.settings import Settings


@click.command(
    epilog="Examples:\n\n  arxiv-gloss gloss 1706.03762\n\n  arxiv-gloss gloss abstract.txt --title 'A title'\n\n"
    "  arxiv-gloss gloss --to zh-TW --json - < abstract.txt"
)
@click.argument("paper", required=False, metavar="[ID | FILE | -]")
@click.option("--file", "file", type=click.File(encoding="utf-8"), help="Read the abstract from a file, as FILE does.")
@click.option("--title", default="", help="Title of the paper.")
@click.option("--to", "target", help="Target language (default: the setting `target`).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def gloss(paper: str | None, file: TextIO | None, title: str, target: str | None, as_json: bool) -> None:
    """Gloss one paper here, without a server.

    ID is an arXiv id or address; its abstract is then asked of arXiv. FILE holds an abstract as text; `-` reads one
    from standard input.
    """
    import msgspec

    from arxiv_gloss.errors import GlossError
    from arxiv_gloss.services.gloss.query import GlossQuery
    from arxiv_gloss.settings import load

    settings = load({"target": target})
    if paper is not None and file is not None:
        raise click.UsageError("Give an id or a file, not both.")
    if paper is not None and (paper == "-" or Path(paper).is_file()):
        file, paper = _opened(paper), None
    if file is None and paper is None:
        raise click.UsageError("Name a paper or a file, or give an abstract on standard input (-).")
    try:
        query = GlossQuery(paper, title, _text(file) if file else None, settings.target)
        finished = _glossed(query, settings, quiet=as_json)
    except GlossError as problem:
        if not as_json:
            raise
        row = {"id": paper, "error": {"code": problem.code, "message": problem.message}}
        click.echo(msgspec.json.encode(row).decode())
        raise click.exceptions.Exit(1) from problem
    if as_json:
        click.echo(msgspec.json.encode(finished).decode())
    else:
        from rich.console import Console

        from arxiv_gloss.cli.printing import print_gloss

        print_gloss(Console(), finished, settings.target)


def _opened(name: str) -> TextIO:
    from arxiv_gloss.errors import NotText
    from arxiv_gloss.invocation import in_shell, program

    if name.lower().endswith(".pdf"):
        raise NotText(f"{name} is a PDF. Gloss it whole with `{program()} pdf {in_shell(Path(name))}`.")
    return cast(TextIO, click.open_file(name, encoding="utf-8"))


def _text(file: TextIO) -> str:
    from arxiv_gloss.errors import NotText

    try:
        with file:
            return file.read()
    except UnicodeDecodeError as problem:
        raise NotText("The abstract is not text: it cannot be read as UTF-8.") from problem


def _glossed(query: GlossQuery, settings: Settings, quiet: bool) -> GlossResult:
    from rich.console import Console

    from arxiv_gloss.app import create_glosser
    from arxiv_gloss.papers.metadata import Arxiv
    from arxiv_gloss.services.gloss.query import complete

    with Console(stderr=True, quiet=quiet).status("Reading the abstract …"):
        query = complete(query, Arxiv() if settings.ask_arxiv else None)
        return create_glosser(settings, query.target, "gloss").collect(query)
