"""`arxiv-gloss corpus`"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from arxiv_gloss.papers.records import PaperRecord
    from arxiv_gloss.services.corpus.processes import ProcessRunner
    from arxiv_gloss.services.corpus.ray_actors import RayRunner
    from arxiv_gloss.services.corpus.shard import MakeGlosser


@click.group()
def corpus() -> None:
    """Gloss many papers, up to all of arXiv: plan, run (as often and wherever you like), merge."""


@corpus.command()
@click.argument("source", metavar="SNAPSHOT")
@click.argument("out", metavar="OUT")
@click.option("--month", "months", multiple=True, metavar="YYMM", help="Only papers of this month; may be repeated.")
def plan(source: str, out: str, months: tuple[str, ...]) -> None:
    """Cut the papers of SNAPSHOT into shards in the folder OUT, or add them to those that are there.

    SNAPSHOT is arXiv's metadata as JSON lines (arxiv-metadata-oai-snapshot.json), or rows {id, title, abstract,
    categories} of your own. `oai:2026-11-01` asks arXiv for what has changed since that day,
    `oai:2026-11-01..2026-11-07` up to another one. Papers that are planned already are replaced by newer versions.
    """
    from arxiv_gloss.services.corpus.plan import grow_plan
    from arxiv_gloss.services.corpus.store import open_store

    with _papers(source) as papers, _progress("Reading", None) as (shown, task):
        chosen = (paper for paper in papers if not months or paper.month in months)
        planned = grow_plan(open_store(out), chosen, lambda count: shown.update(task, completed=count))
        shown.update(task, completed=planned.read, total=planned.read)
    click.echo(
        f"{planned.read:,} papers read, {planned.added:,} of them new, {planned.changed:,} changed. "
        f"The plan holds {planned.plan.papers:,} papers in {len(planned.plan.shards):,} shards."
    )


@contextmanager
def _papers(source: str) -> Iterator[Iterator[PaperRecord]]:
    """Of a file, or of arXiv where `source` is `oai:` and one or two days. Raises OSError."""
    from arxiv_gloss.papers.harvest import harvest
    from arxiv_gloss.papers.records import read_records

    if source.startswith("oai:"):
        yield harvest(*_days(source.removeprefix("oai:")))
        return
    with Path(source).open("rb") as lines:
        yield read_records(lines)


def _days(text: str) -> tuple[date, date | None]:
    begin, _, end = text.partition("..")
    try:
        return date.fromisoformat(begin), date.fromisoformat(end) if end else None
    except ValueError:
        raise click.UsageError(f"{text!r} is no day like 2026-11-01, or two with .. between them.") from None


class Slot(click.ParamType[tuple[int, int]]):
    """I/N: one of N equal parts of the work, counted from 0."""

    name = "I/N"

    def convert(
        self, value: str | tuple[int, int], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"(\d{1,9})/(\d{1,9})", value)
        if found is None or int(found[1]) >= int(found[2]):
            self.fail(f"{value!r} is not I/N with I from 0 to N-1, like 0/8.", param, ctx)
        return int(found[1]), int(found[2])


@corpus.command()
@click.argument("out", metavar="OUT")
@click.option("--to", "target", help="Target language (default: the setting `target`).")
@click.option("--workers", type=click.IntRange(1), help="Default: one for each core, here as far as memory goes.")
@click.option("--runner", type=click.Choice(["processes", "ray"]), default="processes", show_default=True)
@click.option(
    "--gpus", type=click.FloatRange(0), default=0.0, help="With ray: GPUs of each worker, 0.25 for four on one."
)
@click.option("--dashboard", is_flag=True, help="With ray on this machine: start its dashboard.")
@click.option("--shard", "slot", type=Slot(), help="Only every N-th shard, from the I-th on, counted from 0.")
def run(
    out: str,
    target: str | None,
    workers: int | None,
    runner: str,
    gpus: float,
    dashboard: bool,
    slot: tuple[int, int] | None,
) -> None:
    """Make the files of the plan in OUT that are not there yet.

    May be stopped and started again at any time, and run on several machines at once that share OUT.
    """
    from arxiv_gloss.app import create_corpus_glosser
    from arxiv_gloss.services.corpus.plan import read_plan
    from arxiv_gloss.services.corpus.shard_queue import ShardQueue, shards_of
    from arxiv_gloss.services.corpus.store import open_store
    from arxiv_gloss.settings import load

    settings, store = load({"target": target}), open_store(out)
    shards = shards_of(read_plan(store), slot)
    make = partial(create_corpus_glosser, settings)
    with _runner(runner, out, make, workers, gpus, dashboard) as running:
        provenance = running.provenance()
        provenance.keep(store)
        queue = ShardQueue(store, provenance, shards)
        with _progress("Glossing", queue.papers) as (shown, task):
            for papers in running.run(queue):
                shown.update(task, advance=papers)
    made = queue.papers - queue.others - sum(shard.papers for shard in queue.failed)
    elsewhere = f", {queue.others:,} by another run" if queue.others else ""
    click.echo(f"{made:,} papers glossed {provenance}{elsewhere}.")
    for shard, why in queue.failed.items():
        click.echo(f"{provenance.part(shard)} could not be made: {why}", err=True)
    if queue.failed:
        raise click.exceptions.Exit(1)


def _runner(
    name: str, out: str, make: MakeGlosser, workers: int | None, gpus: float, dashboard: bool
) -> ProcessRunner | RayRunner:
    """Raises ToolMissing when Ray is asked for and not installed."""
    if name == "ray":
        from arxiv_gloss.services.corpus.ray_actors import RayRunner

        return RayRunner(out, make, workers, gpus, dashboard)
    from arxiv_gloss.services.corpus.processes import ProcessRunner, default_workers

    return ProcessRunner(out, make, workers or default_workers())


@corpus.command()
@click.argument("out", metavar="OUT")
def status(out: str) -> None:
    """Say how much of the plan in OUT is made."""
    from arxiv_gloss.services.corpus.manifest import progress
    from arxiv_gloss.services.corpus.plan import read_plan
    from arxiv_gloss.services.corpus.store import open_store

    store = open_store(out)
    plan = read_plan(store)
    click.echo(f"Planned: {plan.papers:,} papers in {len(plan.shards):,} shards.")
    for one in progress(store, plan):
        share = 100 * one.papers / plan.papers if plan.papers else 100.0
        click.echo(f"Made: {one.papers:,} papers in {one.shards:,} shards ({share:.1f} %), {one.provenance}.")


@corpus.command()
@click.argument("out", metavar="OUT")
@click.option("--provenance", "begins", default="", metavar="DIGEST", help="Which run, where OUT holds several.")
@click.option("--prune", is_flag=True, help="Delete files of older plans and of other runs.")
def merge(out: str, begins: str, prune: bool) -> None:
    """Count the files in OUT against the plan, and write OUT/manifest.json with a digest of each."""
    from arxiv_gloss.clock import utc_now
    from arxiv_gloss.services.corpus.manifest import FILE, choose_provenance
    from arxiv_gloss.services.corpus.manifest import merge as merge_parts
    from arxiv_gloss.services.corpus.plan import read_plan
    from arxiv_gloss.services.corpus.store import open_store

    store = open_store(out)
    plan, provenance = read_plan(store), choose_provenance(store, begins)
    with _progress("Counting", plan.papers) as (shown, task):
        manifest = merge_parts(store, plan, provenance, utc_now(), lambda papers: shown.update(task, advance=papers))
    refused = ", ".join(f"{count:,} {code}" for code, count in manifest.refused.items()) or "none"
    click.echo(f"{manifest.glossed:,} of {manifest.planned:,} papers glossed {provenance}; refused: {refused}.")
    if manifest.stale and prune:
        for name in manifest.stale:
            store.delete(name)
        click.echo(f"{len(manifest.stale):,} files of older plans or other runs deleted.")
    elif manifest.stale:
        click.echo(f"{len(manifest.stale):,} files are of older plans or other runs; --prune deletes them.")
    for damaged in manifest.damaged:
        click.echo(f"{damaged.file} is damaged: {damaged.reason}. Delete it and run again.", err=True)
    if manifest.missing:
        click.echo(f"{len(manifest.missing):,} shards are missing: `arxiv-gloss corpus run` makes them.", err=True)
    if not manifest.is_complete:
        raise click.exceptions.Exit(1)
    click.echo(f"Complete. {FILE} names every file with its digest.")


@contextmanager
def _progress(what: str, total: int | None) -> Iterator[tuple[Progress, TaskID]]:
    """A bar on the terminal, with papers a second and the time that is left."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Speed(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.finished_speed or task.speed or 0:.1f} papers/s")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Speed(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), speed_estimate_period=120) as shown:
        yield shown, shown.add_task(what, total=total)
