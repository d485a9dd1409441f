"""`arxiv-gloss digest`"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

if TYPE_CHECKING:
    from rich.console import Console

    from arxiv_gloss.papers.listings import Listing
    from arxiv_gloss.papers.metadata import Arxiv
    from arxiv_gloss.services.digest.edition import Edition
    from arxiv_gloss.services.digest.pages import DigestFigure
    from arxiv_gloss.services.digest.topic import Topic
    from arxiv_gloss.services.gloss.glosser import Glosser
    from arxiv_gloss.settings import Settings


@click.command(
    epilog="Examples:\n\n  arxiv-gloss digest cs.CL --keywords 'retrieval, agents'\n\n"
    "  arxiv-gloss digest --from saved-list.html --topic reading\n\n  arxiv-gloss digest cs.CL --schedule"
)
@click.argument("categories", nargs=-1, metavar="[CATEGORY]...")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="A day of the past (default: arXiv's newest).")
@click.option("--from", "source", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A list on disk.")
@click.option("--topic", help="Name of the digest (default: the category, or the list's heading).")
@click.option("--keywords", default="", help="Only papers with one of these words, parted by commas.")
@click.option("--authors", default="", help="Only papers by one of these, parted by commas.")
@click.option("--like-saved", type=click.IntRange(1), metavar="N", help="The N papers most like those that you saved.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Default: where the server shows it.")
@click.option("--to", "target", help="Target language (default: the setting `target`).")
@click.option("--figures", is_flag=True, help="Fetch the PDFs too, three seconds apart, and show their figures.")
@click.option("--schedule", is_flag=True, help="Print how to run this every day, and stop.")
def digest(
    categories: tuple[str, ...],
    day: datetime | None,
    source: Path | None,
    topic: str | None,
    keywords: str,
    authors: str,
    like_saved: int | None,
    out: Path | None,
    target: str | None,
    figures: bool,
    schedule: bool,
) -> None:
    """Write a page of glosses for each CATEGORY and day, with index, feed and references.

    CATEGORY is one of arXiv's, like cs.CL. FILE may be a saved list or search page of arXiv, JSON lines {id, title,
    abstract, authors, categories, comments}, or text with `Abstract: …` paragraphs. Run again it goes on where it was.
    """
    from arxiv_gloss.app import create_glosser
    from arxiv_gloss.papers.metadata import Arxiv
    from arxiv_gloss.services.digest.topic import Topic
    from arxiv_gloss.settings import load

    _check_source(categories, source, schedule)
    if schedule:
        return _print_schedule()
    settings = load({"target": target})
    folder = _folder(out, settings)
    arxiv = Arxiv() if settings.ask_arxiv else None
    glosser = create_glosser(settings, surface="digest")
    asked_for = day.date() if day else None
    failed = False
    for name, listing in _listings(categories, asked_for, source, arxiv):
        like = _like(glosser, settings, listing, like_saved) if like_saved else None
        wanted = Topic(topic or name, _words(keywords), _words(authors), like)
        on = (asked_for or listing.date or date.today()).isoformat()
        edition = _make(wanted, listing, on, folder, settings, glosser, arxiv, figures)
        failed = failed or bool(edition.failed or edition.missing)
    if failed:
        raise click.exceptions.Exit(3)


def _check_source(categories: tuple[str, ...], source: Path | None, schedule: bool) -> None:
    """Raises BadRequest when there is nothing to make a digest of."""
    from arxiv_gloss.errors import BadRequest

    if schedule and not categories:
        raise BadRequest("A schedule needs a category, like cs.CL: a list on disk is the same every day.")
    if not categories and source is None:
        raise BadRequest("Name a category, like cs.CL, or a list with --from.")


def _folder(given: Path | None, settings: Settings) -> Path:
    """Where the pages go; the reader's own folder is nobody else's to read."""
    from arxiv_gloss.private_files import keep_private

    if given is None:
        keep_private()
    return given or settings.digest_dir


def _words(given: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in given.split(",") if word.strip())


def _like(glosser: Glosser, settings: Settings, listing: Listing, count: int) -> dict[str, str]:
    from arxiv_gloss.errors import BadRequest
    from arxiv_gloss.services.digest.likeness import nearest
    from arxiv_gloss.storage.saved_papers import SavedPapers

    saved = SavedPapers(settings.state_file).all()
    if not saved:
        raise BadRequest("No paper is saved yet. Save some from a list or a panel, then ask for papers like them.")
    click.echo(f"Comparing {len(listing.papers)} papers with {len(saved)} saved ones", err=True)
    return {key: like.saved.title for key, like in nearest(glosser.engine, listing.papers, saved, count).items()}


def _listings(
    categories: tuple[str, ...], day: date | None, source: Path | None, arxiv: Arxiv | None
) -> Iterator[tuple[str, Listing]]:
    from arxiv_gloss.errors import ArxivError
    from arxiv_gloss.papers import sources
    from arxiv_gloss.papers.saved_files import decoded

    if source is not None:
        listing = sources.read_list(decoded(source.read_bytes()))
        yield listing.topic or source.stem, listing
    for category in categories:
        if arxiv is None:
            raise ArxivError("Asking arXiv is switched off (setting `ask_arxiv`). Give a saved list with --from.")
        yield category, sources.fetch_list(category, day, arxiv)


def _make(
    topic: Topic,
    listing: Listing,
    day: str,
    out: Path,
    settings: Settings,
    glosser: Glosser,
    arxiv: Arxiv | None,
    with_figures: bool,
) -> Edition:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from arxiv_gloss.services.digest.make import Progress, make
    from arxiv_gloss.services.digest.pages import write_pages
    from arxiv_gloss.text.escaping import shown

    console = Console(stderr=True)
    edition, kept = None, Progress(0, 0, 0)
    with (
        _interruptible(lambda: f"{kept.done - kept.failed} of {kept.of} papers are kept"),
        Bar(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console
        ) as bar,
    ):
        task = bar.add_task(escape(shown(topic.name)), total=None)
        for step in make(topic, listing, day, settings.target, glosser.collect, out / day, arxiv):
            if isinstance(step, Progress):
                kept = step
                bar.update(task, total=step.of, completed=step.done)
            else:
                edition = step
    assert edition is not None, "the edition comes last"
    page = write_pages(edition, out, _figures(edition, settings, arxiv) if with_figures else None)
    _report(edition, page, console)
    return edition


def _report(edition: Edition, page: Path, console: Console) -> None:
    """How many papers the page has, and what became of the others."""
    from arxiv_gloss.text.escaping import shown

    glossed = len(edition.papers) - len(edition.failed)
    done = f"{glossed} of {len(edition.papers)} papers in {page}"
    console.print(done, markup=False, soft_wrap=True)  # a path is copied as one
    for paper in edition.failed:
        problem = paper.problem
        words = shown(f"  {paper.id or paper.title}: {problem.message if problem else ''}")
        console.print(words, style="yellow", markup=False)
    if edition.missing:
        console.print(f"  arXiv counts {edition.missing} papers more than its page shows.", style="yellow")


@contextmanager
def _interruptible(kept: Callable[[], str]) -> Iterator[None]:
    """Ctrl+C ends with what is kept."""
    from arxiv_gloss.cli import Interrupted

    try:
        yield
    except KeyboardInterrupt as stopped:
        raise Interrupted(f"{kept()}; the same command goes on.") from stopped


def _figures(edition: Edition, settings: Settings, arxiv: Arxiv | None) -> dict[str, list[DigestFigure]]:
    """Of each paper that arXiv has; one that cannot be read goes without."""
    import base64

    from arxiv_gloss.errors import GlossError
    from arxiv_gloss.papers.document import Document
    from arxiv_gloss.papers.fetch import Papers
    from arxiv_gloss.papers.ids import PaperId
    from arxiv_gloss.papers.pdf import process
    from arxiv_gloss.services.digest.pages import DigestFigure

    papers = Papers(arxiv, settings.papers_dir)
    found: dict[str, list[DigestFigure]] = {}
    for paper in edition.papers:
        if paper.id is None:
            continue
        try:
            document = None
            for event in process.read_pdf(papers.pdf(PaperId.parse(paper.id))[0], pictures=True):
                if isinstance(event, Document):
                    document = event
                elif isinstance(event, process.FigureCrop) and document is not None:
                    figure = document.figures[event.index]
                    name = f"{figure.kind.capitalize()} {figure.number}"
                    png = base64.b64encode(event.png).decode()
                    found.setdefault(paper.key, []).append(DigestFigure(name, figure.caption, png))
        except GlossError as problem:
            click.echo(f"  no figures of {paper.id}: {problem.message}", err=True)
    return found


def _after_the_announcement() -> tuple[int, str]:
    """The hour in this machine's zone two hours after an announcement, the later one of the two that summer time makes
    of it, and the days of the week for cron: New York's Sunday to Thursday, or the day after."""
    eastern = ZoneInfo("America/New_York")
    times = [datetime(2026, month, 4, 22, tzinfo=eastern).astimezone() for month in (1, 7)]
    latest = max(times, key=lambda one: (one.date() > date(2026, one.month, 4), one.hour))
    shift = (latest.date() - date(2026, latest.month, 4)).days
    days = sorted((day + shift) % 7 for day in range(5))
    return latest.hour, ",".join(map(str, days))


def _print_schedule() -> None:
    """arXiv announces at 20:00 Eastern time, Sunday to Thursday; two hours later its pages are there."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--schedule"]
    command = shlex.join([sys.executable, "-m", "arxiv_gloss", *arguments])
    folder = Path.cwd()
    click.echo("# crontab -e (times are this machine's; arXiv announces at 20:00 in New York, Sunday to Thursday)")
    hour, days = _after_the_announcement()
    click.echo(f"0 {hour} * * {days} cd {shlex.quote(str(folder))} && {command}\n")
    click.echo("# systemd: ~/.config/systemd/user/arxiv-gloss-digest.service")
    click.echo(f"[Service]\nType=oneshot\nWorkingDirectory={folder}\nExecStart={command}\n")
    click.echo("# systemd: ~/.config/systemd/user/arxiv-gloss-digest.timer, then systemctl --user enable --now it")
    click.echo(
        "[Timer]\nOnCalendar=Sun..Thu 22:00 America/New_York\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n"
    )
    click.echo("# Windows")
    click.echo(f'schtasks /Create /TN "arXiv Gloss digest" /SC DAILY /ST 03:00 /TR "{command}"')
