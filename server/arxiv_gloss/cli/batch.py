"""`arxiv-gloss batch`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("source", metavar="IN", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("output", metavar="OUT.jsonl", type=_FILE)
@click.option("--to", "target", help="Target language (default: the setting `target`).")
def batch(source: Path, output: Path, target: str | None) -> None:
    """Gloss a file of rows {id, title, abstract}, one JSON object a line.

    IN may also be a saved list or search page of arXiv, or text with `Abstract: …` paragraphs. Each paper gives one
    row, in the same order. After a stop, the same command goes on where it was.
    """
    from rich.console import Console

    from arxiv_gloss.app import create_glosser
    from arxiv_gloss.papers.metadata import Arxiv
    from arxiv_gloss.services.gloss.query import GlossQuery, complete
    from arxiv_gloss.services.gloss.result import GlossResult
    from arxiv_gloss.services.jobs import batch_file as service
    from arxiv_gloss.settings import load

    settings = load({"target": target})
    glosser = create_glosser(settings)
    arxiv = Arxiv() if settings.ask_arxiv else None

    def gloss(query: GlossQuery) -> GlossResult:
        return glosser.collect(complete(query, arxiv))

    total = sum(1 for _ in service.batch_rows(source))
    failed = 0
    begun = service.written_rows(output)
    console = Console(stderr=True)
    with _progress(console) as progress:
        task = progress.add_task("Glossing", total=total, completed=begun, rate=0.0)
        for good in service.run_batch(source, output, settings.target, gloss):
            failed += not good
            progress.update(task, advance=1, rate=progress.tasks[0].speed or 0.0)
    made = service.written_rows(output) - begun
    console.print(f"{made} rows written to {output}, {failed} of them with an error.")


def _progress(console: Console) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.1f} papers/s"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=console)
