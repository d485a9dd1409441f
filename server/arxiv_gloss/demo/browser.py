"""A real Chromium with the built extension, in which pages of ours stand in arXiv's place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Playwright, Route

_COMMANDS = ("chromium", "chromium-browser", "google-chrome-for-testing")
"""Browsers that load an unpacked extension; branded Chrome ignores --load-extension."""

QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-domain-reliability",
    "--metrics-recording-only",
    # Without this Chromium asks for its maker's hosts whatever its settings say.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
)


def find_chromium(playwright: Playwright | None = None) -> Path | None:
    """Chromium or Chrome for Testing on this machine: the one that ARXIV_GLOSS_CHROMIUM names, one on the PATH, or
    Playwright's own; None when there is none."""
    named = os.environ.get("ARXIV_GLOSS_CHROMIUM")
    candidates = [named] if named else [shutil.which(command) for command in _COMMANDS]
    if playwright and not named:
        candidates.append(playwright.chromium.executable_path)
    return next((Path(path) for path in candidates if path and Path(path).is_file()), None)


def sandbox() -> tuple[str, ...]:
    """Chromium refuses to sandbox itself for root, as in containers."""
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()


@contextmanager
def open_browser(
    playwright: Playwright,
    chromium: Path,
    profile: Path,
    extension: Path | None,
    pages: Mapping[str, Path],
    style: Path,
    viewport: tuple[int, int] = (1280, 900),
) -> Iterator[BrowserContext]:
    """A browser in which `https://arxiv.org` + path shows the file of `pages`, in the style of `style`; 127.0.0.1 is
    reachable, and nothing else. Without `extension` it has none, and `load_unpacked` can load one."""
    loads = (
        (f"--disable-extensions-except={extension}", f"--load-extension={extension}")
        if extension
        else ("--enable-unsafe-extension-debugging",)
    )
    context = playwright.chromium.launch_persistent_context(
        str(profile),
        executable_path=str(chromium),
        headless=True,
        args=[*QUIET, *sandbox(), *loads],
        ignore_default_args=["--disable-extensions"],
        service_workers="allow",
        viewport={"width": viewport[0], "height": viewport[1]},
    )

    context.route("http*://**", lambda route: route.abort())
    context.route("https://arxiv.org/**", _arxiv(pages, style))  # the last that matches wins
    context.route("http://127.0.0.1:*/**", lambda route: route.continue_())
    try:
        yield context
    finally:
        context.close()


def _arxiv(pages: Mapping[str, Path], style: Path) -> Callable[[Route], None]:
    """Answers for arXiv: its pages and its style from files, 404 for anything else."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("https://arxiv.org").split("?")[0].split("#")[0]
        if path.endswith("/arXiv.css"):
            route.fulfill(path=style, content_type="text/css")
        elif path in pages:
            route.fulfill(path=pages[path], content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=404, body="")

    return answer


def load_unpacked(context: BrowserContext, folder: Path) -> str:
    """What the button Load unpacked does with a folder; returns the extension's id."""
    assert context.browser, "only a persistent context has none, before Playwright 1.50"
    session = context.browser.new_browser_cdp_session()
    return str(session.send("Extensions.loadUnpacked", {"path": str(folder)})["id"])


def extension_id(context: BrowserContext) -> str:
    """Id of the loaded extension; a TimeoutError when it is broken, which Chromium does not tell otherwise."""
    workers = context.service_workers
    worker = workers[0] if workers else context.wait_for_event("serviceworker", timeout=15_000)
    return worker.url.split("/")[2]
