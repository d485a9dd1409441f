"""What the reader can see of the checks: marks, claims held back, one rendering per term."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from arxiv_gloss.app import create_app
from arxiv_gloss.demo import paper
from arxiv_gloss.demo.browser import extension_id, find_chromium, open_browser
from arxiv_gloss.demo.server import Server
from arxiv_gloss.demo.steps import open_panel, pair_browser
from arxiv_gloss.serving import bind, serve
from arxiv_gloss.settings import built, load
from tests.server.fakes import EchoEngine, Place

pytestmark = pytest.mark.browser

URL = f"https://arxiv.org{paper.PATH}"
SENTENCES = "section.panel div.prose .sentence[lang|=zh]"
NUMBERS, CONDENSED = 4, 3
"""A sentence of the demo's paper with numbers, and one of which a takeaway is made."""


def failing_engine() -> EchoEngine:
    """Loses every number of one sentence however often it is asked; breaks off in a takeaway, and in the translation
    that would stand in for it."""
    broken: set[Place] = {("gist", CONDENSED), ("translate", CONDENSED)}
    return EchoEngine(drops={("translate", NUMBERS): set(range(64))}, keeps_dropping=True, cut_off=broken)


@pytest.fixture(scope="module")
def doubtful(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The panel beside the demo's abstract, as a model that fails fills it."""
    home = tmp_path_factory.mktemp("doubtful")
    taken = bind(0)
    port = taken.getsockname()[1]
    folders = {f"ARXIV_GLOSS_{kind.upper()}_DIR": str(home / kind) for kind in ("config", "data", "cache")}
    environment = {**os.environ, **folders, "ARXIV_GLOSS_PORT": str(port)}
    app = create_app(load(environ=environment), failing_engine, lexicon=dict)
    threading.Thread(target=serve, args=(app, taken), daemon=True).start()
    chromium, extension = find_chromium(playwright), built("chrome-mv3")
    assert chromium and extension, "tests/conftest.py should have seen to both"
    pages = {paper.PATH: paper.PAGE}
    with open_browser(playwright, chromium, home / "profile", extension, pages, paper.STYLE) as context:
        pair_browser(context, Server(f"http://127.0.0.1:{port}", environment))
        yield open_panel(context, URL)


def test_a_sentence_whose_numbers_are_lost_is_marked_with_the_reason(doubtful: Page) -> None:
    after = doubtful.locator(SENTENCES).nth(NUMBERS)
    after.locator("xpath=following-sibling::*[1]").click()
    note = after.locator("xpath=following-sibling::*[2]")
    expect(note.locator(".reason", has_text="91.4")).to_be_visible()
    expect(note.locator("q")).to_contain_text("TraceQA reaches an accuracy")


def test_a_takeaway_that_broke_off_is_held_back_and_can_be_seen(doubtful: Page) -> None:
    takeaways = doubtful.locator(".takeaways li")
    shown = takeaways.count()
    doubtful.get_by_role("button", name="1 held back").click()
    expect(takeaways).to_have_count(shown + 1)


def test_a_term_changed_in_the_options_is_rendered_anew_in_an_open_panel(context: BrowserContext, page: Page) -> None:
    page.goto(URL)
    page.locator("section.panel[data-phase=done]").wait_for()
    options = context.new_page()
    options.goto(f"chrome-extension://{extension_id(context)}/options.html")
    options.locator("input[name=source]").fill("accuracy")
    options.locator("input[name=target]").fill("命中之率")
    options.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(SENTENCES).filter(has_text="命中之率").first).to_be_visible()
    options.get_by_role("button", name="Remove accuracy").click()
    expect(page.locator(SENTENCES).filter(has_text="命中之率")).to_have_count(0)
    options.close()
