"""From nothing to the first gloss: `arxiv-gloss start`, one step in the browser, and no code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from arxiv_gloss.demo import paper
from arxiv_gloss.demo.browser import find_chromium, load_unpacked, open_browser
from arxiv_gloss.demo.server import free_port

pytestmark = pytest.mark.browser

FIRST_PAPER = "/abs/1706.03762"
"""What the welcome page opens; a paper of ours stands in its place."""
DONE = "section.panel[data-phase=done]"
MOST_STEPS = 6


@dataclass
class Reader:
    """Somebody with a new machine; keeps count of what they have to do."""

    home: Path
    steps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        kinds = ("config", "data", "cache", "extension")
        self.env = {**os.environ, **{f"ARXIV_GLOSS_{kind.upper()}_DIR": str(self.home / kind) for kind in kinds}}
        self.env |= {"ARXIV_GLOSS_PORT": str(free_port()), "XDG_CONFIG_HOME": str(self.home / "xdg"), "PYTHONUTF8": "1"}
        self.env |= {"DISPLAY": "", "WAYLAND_DISPLAY": ""}

    def does(self, step: str) -> None:
        self.steps.append(step)

    def run(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "arxiv_gloss", *arguments]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    @property
    def folder(self) -> Path:
        return self.home / "extension" / "chrome"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    made = Reader(tmp_path_factory.mktemp("home"))
    yield made
    made.run("stop")


@pytest.fixture(scope="module")
def browser(playwright: Playwright, reader: Reader) -> Iterator[BrowserContext]:
    """A browser that has never seen the extension."""
    chromium = find_chromium(playwright)
    assert chromium, "tests/conftest.py should have seen to it"
    pages = {FIRST_PAPER: paper.PAGE}
    with open_browser(playwright, chromium, reader.home / "profile", None, pages, paper.STYLE) as opened:
        yield opened


def ticks(page: Page) -> list[bool]:
    return [("done" in (tick.get_attribute("class") or "")) for tick in page.locator(".ticks li").all()]


def findings(page: Page) -> list[str]:
    return [f"{one['id']}: {node['html']}" for one in Axe().run(page).response["violations"] for node in one["nodes"]]


def look(page: Page) -> None:
    """At the page in both languages, light and dark, wide and narrow."""
    for name, is_dark in (("中文", True), ("English", False)):
        page.get_by_role("button", name=name).click()
        page.emulate_media(color_scheme="dark" if is_dark else "light")
        assert findings(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1280, "height": 900})


def test_from_nothing_to_the_first_gloss(reader: Reader, browser: BrowserContext) -> None:
    reader.does("install: `uv tool install` or `pipx install` (this test runs what was installed)")
    reader.does("arxiv-gloss start")
    shown = reader.run("start")
    welcome = re.search(r"http://\S+/welcome\.html#\S+", shown)
    assert welcome, shown

    page = browser.new_page()  # `start` opens it where there is a screen
    page.goto(welcome[0])
    expect(page.locator(".ticks .done")).to_have_count(1)
    assert ticks(page) == [True, False, False]
    expect(page.locator("code", has_text=str(reader.folder))).to_be_visible()
    look(page)

    reader.does("open chrome://extensions")
    extensions = browser.new_page()
    extensions.goto("chrome://extensions")
    reader.does("switch on Developer mode")
    extensions.locator("#devMode").click()
    reader.does("Load unpacked, with the folder's path")
    extensions.locator("#loadUnpacked").wait_for()
    load_unpacked(browser, reader.folder)  # the button's own dialog is the system's

    expect(page.locator(".ticks .done")).to_have_count(3)
    look(page)
    reader.does("open a paper")
    page.locator("a.first").click()
    page.locator(DONE).wait_for()
    assert re.search(r"[\u4e00-\u9fff]", page.locator(f"{DONE} .title").first.inner_text())
    assert len(reader.steps) <= MOST_STEPS, reader.steps
    page.close()
    extensions.close()


def test_no_page_can_read_the_ticket(reader: Reader, browser: BrowserContext) -> None:
    assert (reader.folder / "pairing.json").exists()
    page = browser.new_page()
    page.goto(f"https://arxiv.org{FIRST_PAPER}")
    address = f"{extension_of(browser)}/pairing.json"
    assert page.evaluate("(address) => fetch(address).then(() => 'read', () => 'refused')", address) == "refused"
    page.close()


def extension_of(browser: BrowserContext) -> str:
    (worker,) = browser.service_workers
    return worker.url.rsplit("/", 1)[0]


def test_a_forgotten_browser_is_paired_again_by_start_alone(reader: Reader, browser: BrowserContext) -> None:
    reader.run("pair", "--forget-all", "--yes")
    page = browser.new_page()
    page.goto(f"https://arxiv.org{FIRST_PAPER}")
    expect(page.locator(".notice code")).to_contain_text(" start")
    reader.run("start")
    page.locator(".notice button").first.click()
    page.locator(DONE).wait_for()
    page.close()


def test_the_extension_follows_its_folder_once(reader: Reader, browser: BrowserContext) -> None:
    """A newer version in the folder: the next page finds it, and its gloss is there without a click."""
    manifest = reader.folder / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"version": "9.9.9"}))
    page = browser.new_page()
    loads: list[str] = []
    page.on("load", lambda _: loads.append(page.url))
    with browser.expect_event("serviceworker"):
        page.goto(f"https://arxiv.org{FIRST_PAPER}")
    page.locator(DONE).wait_for()
    expect(page.locator(".notice")).to_have_count(0)
    page.reload()
    page.locator(DONE).wait_for()
    assert len(loads) <= 3, "one of its own, one by the extension, one by us"
    (worker,) = browser.service_workers
    assert worker.evaluate("chrome.runtime.getManifest().version") == "9.9.9"
    page.close()
