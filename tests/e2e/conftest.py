"""The real server with the shipped bundle, and a real Chromium with the built extension, paired by a code."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

from arxiv_gloss.demo import paper
from arxiv_gloss.demo.browser import extension_id, find_chromium, open_browser
from arxiv_gloss.demo.server import Server, running_server
from arxiv_gloss.demo.steps import pair_browser
from arxiv_gloss.settings import built

PAGES = Path(__file__).parents[1] / "fixtures" / "pages"
SAVED = os.environ.get("ARXIV_GLOSS_PAGES")
"""A folder of pages saved from arXiv, for those who have one."""
NAME = re.compile(r"abs_(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+_\d{7}(?:v\d+)?)(?:_.*)?\.html")


def abs_pages(folder: Path) -> dict[str, Path]:
    """Path on arXiv of each abstract page in a folder; the file's name holds the id."""
    matches = ((NAME.fullmatch(file.name), file) for file in sorted(folder.glob("abs_*.html")))
    return {f"/abs/{match[1].replace('_', '/')}": file for match, file in matches if match}


def html_pages() -> dict[str, Path]:
    """Path on arXiv of each saved HTML paper; the file's name holds what is known of the id."""
    files = sorted(Path(SAVED).glob("html_latexml_*.html")) if SAVED else []
    return {f"/html/2001.{number:05}v1": file for number, file in enumerate(files, 1)}


def all_pages() -> dict[str, Path]:
    saved = abs_pages(Path(SAVED)) if SAVED else {}
    lists = {"/list/cs.CL/new": PAGES / "list_cs.CL_new.html", "/search/": PAGES / "search_tokens.html"}
    papers = PAGES.parent / "papers"
    html = {"/html/2601.99901v1": papers / "latexml.html", "/html/2601.99911v1": papers / "latexml_long.html"}
    return {paper.PATH: paper.PAGE} | abs_pages(PAGES) | lists | html | html_pages() | saved


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture(scope="session")
def context(
    playwright: Playwright, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    chromium, extension = find_chromium(playwright), built("chrome-mv3")
    assert chromium and extension, "tests/conftest.py should have seen to both"
    profile = tmp_path_factory.mktemp("profile")
    with open_browser(playwright, chromium, profile, extension, all_pages(), paper.STYLE) as opened:
        pair_browser(opened, server)
        yield opened


@contextmanager
def server_away(context: BrowserContext, server: Server) -> Iterator[None]:
    """The extension is told an address at which nothing answers, and in the end the server's again."""
    options = context.new_page()
    options.goto(f"chrome-extension://{extension_id(context)}/options.html")
    address = options.locator("input[type=text]").first
    try:
        address.fill("http://127.0.0.1:9")
        address.press("Tab")
        options.locator(".doctor .ill").wait_for()
        yield
    finally:
        address.fill(server.address)
        address.press("Tab")
        options.locator(".doctor .well").wait_for()
        options.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    yield opened
    opened.close()
