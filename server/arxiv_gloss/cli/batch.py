"""`arxiv-gloss batch`"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from arxiv_gloss.services.gloss.query import GlossQuery
    from arxiv_gloss.services.gloss.result import GlossResult
    from arxiv_gloss.settings import Settings

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(epilog="Example: arxiv-gloss batch abstracts.jsonl glosses.jsonl --to zh-TW")
@click.argument("source", metavar="IN", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("output", metavar="OUT.jsonl", type=_FILE)
@click.option("--to", "target", help="Target language (default: the setting `target`).")
def batch(source: Path, output: Path, target: str | None) -> None:
    """Gloss a file of rows {id, title, abstract}, one JSON object a line.

    IN may also be a saved list or search page of arXiv, or text with `Abstract: …` paragraphs. Each paper gives one
    row, in the same order. After a stop, the same command goes on where it was.
    """
    from rich.console import Console

    from arxiv_gloss.cli import Interrupted
    from arxiv_gloss.services.jobs import batch_file as service
    from arxiv_gloss.settings import load

    settings = load({"target": target})
    pace = Pace()
    gloss = _glosses(settings, pace)
    total = sum(1 for _ in service.batch_rows(source))
    failed = 0
    begun = service.written_rows(output)
    console = Console(stderr=True)
    try:
        with _progress(console) as progress:
            task = progress.add_task("Glossing", total=total, completed=begun, pace="")
            for done, good in enumerate(service.run_batch(source, output, settings.target, gloss), start=begun + 1):
                failed += not good
                progress.update(task, completed=done, pace=pace.words(total - done))
    except KeyboardInterrupt as stopped:
        kept = service.written_rows(output)
        raise Interrupted(f"{kept} of {total} rows are kept in {output}; the same command goes on.") from stopped
    made = service.written_rows(output) - begun
    console.print(f"{made} rows written to {output}, {failed} of them with an error.", markup=False, soft_wrap=True)


def _glosses(settings: Settings, pace: Pace) -> Callable[[GlossQuery], GlossResult]:
    """What glosses a row, and counts those that were decoded for it."""
    from arxiv_gloss.app import create_glosser
    from arxiv_gloss.events import Done, Event
    from arxiv_gloss.papers.metadata import Arxiv
    from arxiv_gloss.services.gloss.query import complete
    from arxiv_gloss.services.gloss.result import collect

    glosser = create_glosser(settings, surface="batch")
    arxiv = Arxiv() if settings.ask_arxiv else None

    def counted(events: Iterator[Event]) -> Iterator[Event]:
        for event in events:
            if isinstance(event, Done) and not event.cached:
                pace.decoded += 1
            yield event

    return lambda query: collect(counted(glosser.gloss(complete(query, arxiv))))


@dataclass
class Pace:
    """How fast rows are decoded; those from the cache cost nothing and say nothing of the others."""

    decoded: int = 0
    begun: float = field(default_factory=time.monotonic)

    def words(self, left: int) -> str:
        """Papers per second, and the time that `left` papers take if none of them is in the cache."""
        if self.decoded == 0:
            return ""
        rate = self.decoded / (time.monotonic() - self.begun)
        return f"{rate:.1f} papers/s, {timedelta(seconds=round(left / rate))} left"


def _progress(console: Console) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}"),
    )
    return Progress(*columns, console=console)
