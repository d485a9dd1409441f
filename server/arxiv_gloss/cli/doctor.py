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


def _llm(settings: Settings) -> Iterator[Finding]:
    from arxiv_gloss.registry.llm import chat_model

    if settings.llm is None:
        return
    try:
        found = chat_model(settings.llm).connect().identity
    except GlossError as problem:
        yield Finding("own model", f"{problem.message} Until then the shipped model glosses alone", None)
        return
    yield Finding("own model", f"{found.name}, {found.precision}, {found.backend}")


def _port(settings: Settings) -> Iterator[Finding]:
    from arxiv_gloss import __version__, serving
    from arxiv_gloss.launch import run_file

    running = run_file.read(settings.data_dir)
    port = running.port if running else settings.port
    if _is_ours(settings, port):
        yield Finding("server", f"running on http://127.0.0.1:{port}/")
        if running and running.version != __version__:
            words = f"version {running.version} runs, {__version__} is installed; `{program()} start` changes that"
            yield Finding("server", words, False)
        return
    try:
        serving.bind(settings.port).close()
    except OSError as problem:
        words = f"port {settings.port} is used by another program ({problem.strerror}); set another one"
        yield Finding("server", words, False)
    else:
        yield Finding("server", f"not running; port {settings.port} is free; start it with `{program()} start`", None)


def _is_ours(settings: Settings, port: int) -> bool:
    """Whether the server of these folders has the port."""
    from arxiv_gloss import serving
    from arxiv_gloss.storage.pairings import Pairings

    try:
        pairings = Pairings(settings.state_file)
    except GlossError:
        return serving.is_running(port)  # `_pairing` says what is wrong with the file
    is_ours = serving.is_ours(port, pairings.own_secret())
    pairings.close()
    return is_ours


def _pairing(settings: Settings) -> Iterator[Finding]:
    from arxiv_gloss.services.onboarding import is_extension
    from arxiv_gloss.storage.pairings import Pairings

    try:
        pairings = Pairings(settings.state_file)
    except GlossError as problem:
        yield Finding("pairing", problem.message, False)
        return
    browsers = sum(map(is_extension, pairings.origins()))
    others = pairings.count() - browsers
    pairings.close()
    if browsers:
        words = f"{browsers} extension{'s' * (browsers != 1)} and {others} other clients ({settings.state_file})"
        yield Finding("pairing", words)
    else:
        yield Finding("pairing", f"no extension is paired yet; `{program()} start` shows how", None)


def _state(settings: Settings) -> Iterator[Finding]:
    from arxiv_gloss.storage.sqlite import damaged_copies

    for copy in damaged_copies(settings.state_file):
        words = f"{settings.state_file.name} was damaged; what could be read was taken over, the file is kept as {copy}"
        yield Finding("saved", words, None)


def _cache(settings: Settings) -> Iterator[Finding]:
    from arxiv_gloss.storage.row_cache import MAX_BYTES, RowCache

    if settings.cache_file is None:
        yield Finding("cache", "switched off", None)
        return
    cache = RowCache(settings.cache_file)
    cache.close()
    if cache.problem:
        yield Finding("cache", cache.problem, None)
    else:
        size, limit = settings.cache_file.stat().st_size, MAX_BYTES
        yield Finding("cache", f"{size / 1e6:.1f} of at most {limit / 1e6:.0f} MB in {settings.cache_file}")


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


def _extension(settings: Settings) -> Iterator[Finding]:
    from arxiv_gloss import __version__
    from arxiv_gloss.launch import extension_folder
    from arxiv_gloss.settings import built

    if not built("chrome-mv3"):
        yield Finding("extension", f"not built; `{program()} extension` says how", None)
    copies = extension_folder.copies(settings)
    if built("chrome-mv3") and not copies:
        yield Finding("extension", f"in no folder yet; `{program()} start` puts it there", None)
    for browser, folder in copies.items():
        version = extension_folder.version(folder)
        words = f"{version} for {browser.capitalize()} in {folder}"
        if version != __version__:
            words += f"; `{program()} start` replaces it by {__version__}"
        yield Finding("extension", words, version == __version__ or None)
    page = built("web")
    yield Finding("web page", f"built in {page}" if page else "not built", True if page else None)


def _browser(_: Settings) -> Iterator[Finding]:
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    yield Finding("browser", found or "none found on the path", True if found else None)


CHECKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    _model,
    _llm,
    _reports,
    _port,
    _pairing,
    _state,
    _cache,
    _extension,
    _browser,
)
