"""A reader skims a list: titles and gists under the entries, the full gloss on demand, all from the keyboard."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LIST = "https://arxiv.org/list/cs.CL/new"
ENTRY = ".arxiv-gloss-entry .entry"
OPENED = ".arxiv-gloss-opened section.panel"
SAVED = os.environ.get("ARXIV_GLOSS_PAGES")


def read(page: Page, address: str = LIST, with_abstract: int = 3) -> None:
    page.goto(address)
    expect(page.locator(f"{ENTRY}[data-phase=done]")).to_have_count(with_abstract)


def test_every_entry_gets_its_title_and_its_gist(page: Page) -> None:
    read(page)
    assert all(CHINESE.search(text) for text in page.locator(".entry-title").all_inner_texts())
    expect(page.locator(".entry-title")).to_have_count(4)
    expect(page.locator(".entry-gist")).to_have_count(3)


def test_an_entry_that_fails_stops_no_other_and_says_why(page: Page) -> None:
    """The fourth has no abstract on the page, and arXiv is out of reach here."""
    read(page)
    failed = page.locator(f"{ENTRY}[data-phase=failed]")
    expect(failed).to_have_count(1)
    expect(failed).to_contain_text("arXiv did not answer")
    assert CHINESE.search(failed.locator(".entry-title").inner_text())
    expect(page.locator(".bar .progress")).to_have_text("4 of 4 glossed")


def test_search_results_get_theirs(page: Page) -> None:
    read(page, "https://arxiv.org/search/", 1)
    expect(page.locator(".entry-title")).to_have_count(2)


def test_opened_it_is_the_whole_gloss(page: Page) -> None:
    read(page)
    page.get_by_role("button", name="Full gloss").first.click()
    panel = page.locator(f"{OPENED}[data-phase=done]")
    panel.wait_for()
    expect(panel.locator("div.prose .sentence")).to_have_count(4)
    panel.get_by_role("button", name="Hide the gloss").click()
    expect(page.locator(OPENED)).to_have_count(0)


def test_the_keyboard_moves_opens_and_hides(page: Page) -> None:
    read(page)
    page.keyboard.press(".")
    page.keyboard.press(".")
    expect(page.locator("[data-current=true] .entry-title")).to_have_count(1)
    page.keyboard.press("1")
    page.locator(f"{OPENED}[data-phase=done]").wait_for()
    page.keyboard.press("2")
    expect(page.locator(OPENED)).to_have_count(0)
    expect(page.locator("dd.arxiv-gloss-hidden")).to_be_hidden()
    page.keyboard.press("2")
    expect(page.locator("dd.arxiv-gloss-hidden")).to_have_count(0)


def test_a_paper_is_saved_by_its_key_listed_exported_and_removed(context: BrowserContext, page: Page) -> None:
    read(page)
    page.keyboard.press(".")
    page.keyboard.press("3")
    expect(page.get_by_role("button", name="Saved", exact=True)).to_have_count(1)
    with context.expect_page() as opened:
        page.get_by_role("button", name="Saved papers").click()
    saved = opened.value
    expect(saved.get_by_role("link", name="Counting Tokens in $O(n)$ Time")).to_be_visible()
    with saved.expect_download() as download:
        saved.get_by_role("button", name="BibTeX").click()
    assert "author = {Jane Doe}" in Path(download.value.path()).read_text(encoding="utf-8")
    saved.get_by_role("button", name="Remove Counting").click()
    expect(saved.get_by_text("Nothing is saved yet")).to_be_visible()
    saved.close()


def test_a_list_looks_the_same_when_it_is_read_again(context: BrowserContext, page: Page) -> None:
    read(page)
    texts = page.locator(".entry-gist").all_inner_texts()
    again = context.new_page()
    read(again)
    assert again.locator(".entry-gist").all_inner_texts() == texts
    again.close()


@pytest.mark.skipif(not SAVED, reason="ARXIV_GLOSS_PAGES names no folder of saved pages")
@pytest.mark.parametrize(
    "file",
    sorted(file.name for file in Path(SAVED).glob("*.html") if re.match(r"(?:list|search|catchup)_", file.name))
    if SAVED
    else [],
)
def test_saved_lists_have_as_many_entries_as_they_say(context: BrowserContext, file: str) -> None:
    content = (Path(SAVED or "") / file).read_text(encoding="utf-8")
    page = context.new_page()
    page.route("https://arxiv.org/list/saved", lambda route: route.fulfill(body=content, content_type="text/html"))
    page.goto("https://arxiv.org/list/saved")
    entries = page.locator("dl#articles > dt, li.arxiv-result").count()
    page.wait_for_timeout(300)
    assert page.locator(".arxiv-gloss-entry").count() == entries
    if entries:
        page.locator(".arxiv-gloss-entry").first.scroll_into_view_if_needed()
        page.locator(".entry-title").first.wait_for()
    page.close()
