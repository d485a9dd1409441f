"""`arxiv-gloss doctor`"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click

from arxiv_gloss import telemetry
from arxiv_gloss.errors import GlossError
from arxiv_gloss.invocation import program
from arxiv_gloss.settings import Settings

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge", "firefox")


@dataclass(frozen=True, slots=True)
class Finding:
    """`good` None: not needed for glossing, or merely worth knowing."""

    name: str
    words: str
    good: bool | None = True


@click.command()
@click.option("--clean", is_flag=True, help="Delete what earlier versions of onnxruntime kept to report to its maker.")
def doctor(clean: bool) -> None:
    """Say in plain words what is there and what is not."""
    from arxiv_gloss.settings import load

    settings = load()
    if clean:
        _clean()
    findings = [finding for check in CHECKS for finding in check(settings)]
    marks = {True: click.style("✓", "green"), None: click.style("–", "yellow"), False: click.style("✗", "red")}
    if sys.stdout.encoding.lower().replace("-", "") != "utf8":
        click.echo(f"Signs that this console ({sys.stdout.encoding}) does not have are shown as ?", err=True)
    for finding in findings:
        click.echo(f"{marks[finding.good]} {finding.name + ':':<11}{finding.words}")
    if any(finding.good is False for finding in findings):
        raise click.exceptions.Exit(1)


def _model(settings: Settings) -> Iterator[Finding]:
    from arxiv_gloss.registry.bundles import load_glosser

    try:
        info = load_glosser(settings).info
    except GlossError as problem:
        yield Finding("model", problem.message, False)
        return
    yield Finding("model", f"{info.name}, {info.precision}, into {', '.join(info.targets)}, sha256 {info.digest[:16]}…")
    yield Finding("provider", f"{info.provider} runs it")


def _port(settings: Settings) -> Iterator[Finding]:
    from arxiv_gloss import serving

    if serving.is_running(settings.port):
        yield Finding("server", f"running on http://127.0.0.1:{settings.port}/")
        return
    try:
        serving.bind(settings.port).close()
    except OSError as problem:
        words = f"port {settings.port} is used by another program ({problem.strerror}); set another one"
        yield Finding("server", words, False)
    else:
        yield Finding("server", f"not running; port {settings.port} is free; start it with `{program()} serve`", None)


def _pairing(settings: Settings) -> Iterator[Finding]:
    from arxiv_gloss.storage.pairings import Pairings

    try:
        pairings = Pairings(settings.state_file)
    except GlossError as problem:
        yield Finding("pairing", problem.message, False)
        return
    count = pairings.count()
    pairings.close()
    if count:
        yield Finding("pairing", f"{count} paired ({settings.state_file})")
    else:
        yield Finding("pairing", f"nothing is paired yet; `{program()} pair` shows a code", None)


def _state(settings: Settings) -> Iterator[Finding]:
    from arxiv_gloss.storage.sqlite import damaged_copies

    for copy in damaged_copies(settings.state_file):
        words = f"{settings.state_file.name} was damaged; what could be read was taken over, the file is kept as {copy}"
        yield Finding("saved", words, None)


def _cache(settings: Settings) -> Iterator[Finding]:
    from arxiv_gloss.storage.row_cache import RowCache

    if settings.cache_file is None:
        yield Finding("cache", "switched off", None)
        return
    cache = RowCache(settings.cache_file)
    cache.close()
    if cache.problem:
        yield Finding("cache", cache.problem, None)
    else:
        yield Finding("cache", f"{settings.cache_file.stat().st_size / 1e6:.1f} MB in {settings.cache_file}")


def _reports(_: Settings) -> Iterator[Finding]:
    if not telemetry.is_off():
        yield Finding("reports", "onnxruntime would report to its maker from this process", False)
        return
    left = telemetry.left_behind()
    if left:
        words = f"switched off; `{program()} doctor --clean` deletes what earlier versions kept in {left[0]}"
        yield Finding("reports", words, None)
    else:
        yield Finding("reports", "switched off: no library reports to its maker")


def _clean() -> None:
    for folder in telemetry.left_behind():
        try:
            shutil.rmtree(folder)
        except OSError as problem:
            raise click.ClickException(f"{folder} cannot be deleted ({problem.strerror}).") from problem
        click.echo(f"Deleted {folder}")


def _extension(_: Settings) -> Iterator[Finding]:
    from arxiv_gloss.settings import built

    folder = built("chrome-mv3")
    words = f"built in {folder}" if folder else f"not built; `{program()} extension` says how"
    yield Finding("extension", words, True if folder else None)
    page = built("web")
    yield Finding("web page", f"built in {page}" if page else "not built", True if page else None)


def _browser(_: Settings) -> Iterator[Finding]:
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    yield Finding("browser", found or "none found on the path", True if found else None)


CHECKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    _model,
    _reports,
    _port,
    _pairing,
    _state,
    _cache,
    _extension,
    _browser,
)
