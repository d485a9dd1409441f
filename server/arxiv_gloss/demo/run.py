"""The demo, step by step."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from arxiv_gloss.cli.printing import print_gloss
from arxiv_gloss.demo import paper
from arxiv_gloss.demo.server import Server, running_server
from arxiv_gloss.events import Event
from arxiv_gloss.invocation import command
from arxiv_gloss.services.gloss.result import collect
from arxiv_gloss.settings import built


def run_demo(console: Console, picture: Path) -> None:
    """Gloss a paper over HTTP and print it; then show it in a browser, where there is one. Raises DemoFailed."""
    with tempfile.TemporaryDirectory(prefix="arxiv-gloss-", ignore_cleanup_errors=True) as home:
        console.print("Starting the server …")
        with running_server(Path(home), {"ARXIV_GLOSS_CACHE": "false"}) as server:
            console.print(f"The server answers at {server.address}. Asking it for a gloss …\n")
            print_gloss(console, collect(over_http(server)))
            console.print()
            show_in_browser(console, server, Path(home), picture)


def over_http(server: Server) -> Iterator[Event]:
    return server.gloss(server.token(), paper.request())


def show_in_browser(console: Console, server: Server, home: Path, picture: Path) -> None:
    """Save a picture of the panel, or say in one line what is missing for that."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        console.print(
            f"No picture: Playwright is not installed. In the folder of the source: {command('pip')} install '.[demo]'",
            markup=False,
            soft_wrap=True,
        )
        return
    from arxiv_gloss.demo.browser import find_chromium, open_browser
    from arxiv_gloss.demo.steps import open_panel, pair_browser, take_picture

    extension = built("chrome-mv3")
    if extension is None:
        console.print(
            "No picture: the extension is not built. Install Node 20 and npm, then install the package again."
        )
        return
    with sync_playwright() as playwright:
        chromium = find_chromium(playwright)
        if chromium is None:
            install = f"{command('playwright')} install chromium"
            console.print(f"No picture: there is no Chromium. This puts one here: {install}", soft_wrap=True)
            return
        console.print(f"Opening {chromium} with the extension …")
        profile, pages = home / "profile", {paper.PATH: paper.PAGE}
        with open_browser(playwright, chromium, profile, extension, pages, paper.STYLE) as context:
            pair_browser(context, server)
            take_picture(open_panel(context, f"https://arxiv.org{paper.PATH}"), picture)
    console.print(f"The panel beside the abstract: {picture.resolve()}")
