"""A reader skims a list: titles and gists under the entries, the full gloss on demand, all from the keyboard."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from arxiv_gloss.demo.browser import extension_id

pytestmark = pytest.mark.browser

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LIST = "https://arxiv.org/list/cs.CL/new"
ENTRY = ".arxiv-gloss-entry .entry"
OPENED = ".arxiv-gloss-opened section.panel"
SAVED = os.environ.get("ARXIV_GLOSS_PAGES")


def change_settings(context: BrowserContext, **change: object) -> None:
    options = context.new_page()
    options.goto(f"chrome-extension://{extension_id(context)}/options.html")
    options.get_by_role("heading", level=1).wait_for()
    options.evaluate("change => chrome.runtime.sendMessage({type: 'options-to-background/change', change})", change)
    options.close()


def read(page: Page, address: str = LIST, with_abstract: int = 3) -> None:
    page.goto(address)
    expect(page.locator(f"{ENTRY}[data-phase=done]")).to_have_count(with_abstract, timeout=30_000)


def test_every_entry_gets_its_title_and_its_gist(page: Page) -> None:
    read(page)
    assert all(CHINESE.search(text) for text in page.locator(".entry-title").all_inner_texts())
    expect(page.locator(".entry-title")).to_have_count(4)
    expect(page.locator(".entry-gist")).to_have_count(3)


def test_an_entry_that_fails_stops_no_other_and_says_why(page: Page) -> None:
    """The fourth has no abstract on the page, and arXiv is out of reach here."""
    read(page)
    expect(page.locator(f"{ENTRY}[data-phase=failed]")).to_have_count(1)
    assert CHINESE.search(page.locator(".entry-title").last.inner_text())
    expect(page.locator(".bar .progress")).to_have_text("3 of 4 glossed")
    expect(page.locator(".bar-line")).to_contain_text("1 not glossed: arXiv did not answer")
    page.get_by_role("button", name="Try all again").click()
    expect(page.locator(f"{ENTRY}[data-phase=failed]")).to_have_count(1)


def test_search_results_get_theirs(page: Page) -> None:
    read(page, "https://arxiv.org/search/", 1)
    expect(page.locator(".entry-title")).to_have_count(2)


def boxes(page: Page, *selectors: str) -> list[float]:
    """Where each is on the page, from above."""
    found = [page.locator(selector).first.bounding_box() for selector in selectors]
    return [box["y"] for box in found if box]


def test_title_stands_under_title_and_the_gist_in_the_place_of_the_abstract(page: Page) -> None:
    read(page)
    parts = (".list-title", ".entry-title", ".list-authors", ".entry-gist")
    assert boxes(page, *parts) == sorted(boxes(page, *parts))
    abstract = page.locator("p.mathjax").first
    box = abstract.bounding_box()
    assert box and box["height"] == 0
    page.get_by_role("button", name="Abstract", exact=True).first.click()
    box = abstract.bounding_box()
    assert box and box["height"] > 20
    assert boxes(page, ".entry-gist", "p.mathjax") == sorted(boxes(page, ".entry-gist", "p.mathjax"))


def test_abstracts_of_all_lists_are_shown_or_folded_by_one_button(page: Page) -> None:
    read(page)
    page.get_by_role("button", name="Show abstracts").click()
    expect(page.locator("p.mathjax[hidden]")).to_have_count(0)
    page.reload()
    page.locator(f"{ENTRY}[data-phase=done]").first.wait_for()
    expect(page.locator("p.mathjax[hidden]")).to_have_count(0)
    page.get_by_role("button", name="Fold abstracts").click()
    expect(page.locator("p.mathjax[hidden]")).to_have_count(3)


def test_opened_it_is_the_whole_gloss_and_its_sentences_light_up_the_abstract(page: Page) -> None:
    read(page)
    page.get_by_role("button", name="Full gloss").first.click()
    panel = page.locator(f"{OPENED}[data-phase=done]")
    panel.wait_for()
    expect(panel.locator("div.prose .sentence")).to_have_count(4)
    panel.locator("div.prose .sentence").nth(1).hover()
    lit = "[...(CSS.highlights.get('arxiv-gloss') ?? [])].map(range => range.toString().replace(/\\s+/g, ' '))"
    page.wait_for_function(f"{lit}.length === 1")
    assert page.evaluate(lit) == ["We propose a method that counts them in $O(n)$ time."]
    panel.get_by_role("button", name="Hide the gloss").click()
    expect(page.locator(OPENED)).to_have_count(0)


def test_the_keyboard_moves_opens_hides_and_takes_back(page: Page) -> None:
    read(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("[data-current=true] .entry")).to_have_count(1)
    page.keyboard.press("o")
    page.locator(f"{OPENED}[data-phase=done]").wait_for()
    page.keyboard.press("x")
    expect(page.locator(OPENED)).to_have_count(0)
    expect(page.locator("dd.arxiv-gloss-hidden .list-title")).to_be_hidden()
    expect(page.locator(".entry-hidden")).to_contain_text("Small Models Read Papers")
    page.keyboard.press("z")
    expect(page.locator("dd.arxiv-gloss-hidden")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("region", name="Keys on lists")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Keys on lists")).to_have_count(0)


def test_what_is_hidden_stays_hidden_until_it_is_taken_back(page: Page) -> None:
    read(page)
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.reload()
    expect(page.locator(".bar-line", has_text="1 paper was hidden before.")).to_be_visible()
    expect(page.get_by_text("Counting Tokens")).to_be_hidden()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("Counting Tokens")).to_be_visible()
    page.get_by_role("button", name="Do not hide").click()
    page.reload()
    expect(page.locator(".bar-line", has_text="seen before")).to_be_visible()
    expect(page.get_by_text("Counting Tokens")).to_be_visible()
    expect(page.locator(".bar-line", has_text="hidden before")).to_have_count(0)


def test_keys_begin_at_the_entry_that_is_in_sight(page: Page) -> None:
    read(page)
    page.set_viewport_size({"width": 1280, "height": 260})
    page.locator("#articles dt").nth(2).scroll_into_view_if_needed()
    page.evaluate("document.querySelectorAll('#articles dt')[2].scrollIntoView()")
    page.keyboard.press("j")
    expect(page.locator("dd:has-text('A Graph of All Words') [data-current=true]")).to_have_count(1)


def test_a_filter_and_what_is_copied(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    read(page)
    page.get_by_role("searchbox").fill("small cores")
    expect(page.locator(".bar-line", has_text="1 of 4 papers have these words.")).to_be_visible()
    expect(page.get_by_text("Counting Tokens")).to_be_hidden()
    page.get_by_role("button", name="Copy this list as Markdown").click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        "# Computation and Language\n\n- [Small Models Read Papers](https://arxiv.org/abs/2601.99902)"
    )
    assert "Richard Roe" in copied and CHINESE.search(copied) and "Counting" not in copied
    page.get_by_role("searchbox").press("Escape")
    expect(page.get_by_text("Counting Tokens")).to_be_visible()


def thousand() -> str:
    """A list of 1,000 papers of ours."""
    entry = (
        '<dt><a href="/abs/2601.{0}" title="Abstract">arXiv:2601.{0}</a></dt><dd><div class="meta">'
        '<div class="list-title mathjax"><span class="descriptor">Title:</span> Paper number {0}</div>'
        '<div class="list-authors"><a href="/search/?searchtype=author">Jane Doe</a></div>'
        '<p class="mathjax">We measure the noise of detector {0}. It is small.</p></div></dd>'
    )
    entries = "".join(entry.format(10000 + number) for number in range(1000))
    return f'<!doctype html><title>A long list</title><div id="dlpage"><dl id="articles">{entries}</dl></div>'


def test_a_list_of_a_thousand_is_folded_glossed_where_it_is_looked_at_and_filtered(
    context: BrowserContext, page: Page
) -> None:
    page.route("https://arxiv.org/list/long", lambda route: route.fulfill(body=thousand(), content_type="text/html"))
    page.goto("https://arxiv.org/list/long")
    expect(page.locator("p.mathjax[hidden]")).to_have_count(1000)
    page.locator(f"{ENTRY}[data-phase=done]").first.wait_for()
    page.locator("dd").last.scroll_into_view_if_needed()
    page.locator("dd").last.locator(f"{ENTRY}[data-phase=done]").wait_for()
    assert page.locator(f"{ENTRY}[data-phase=done]").count() < 200
    page.get_by_role("searchbox").fill("detector 10500")
    expect(page.locator("dd:visible")).to_have_count(1)
    page.locator(f"{ENTRY}[data-phase=done]:visible").wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_what_is_ours_on_a_list(context: BrowserContext, page: Page, theme: str) -> None:
    read(page)
    change_settings(context, theme=theme)
    page.get_by_role("button", name="Full gloss").first.click()
    page.locator(f"{OPENED}[data-phase=done]").wait_for()
    page.keyboard.press("?")
    ours = [[".arxiv-gloss-list-bar"], [".arxiv-gloss-title"], [".arxiv-gloss-entry"], [".arxiv-gloss-opened"]]
    result = Axe().run(page, context={"include": ours}).response
    assert [violation["id"] for violation in result["violations"]] == []
    change_settings(context, theme="light")


def test_a_paper_is_saved_by_its_key_listed_exported_and_removed(context: BrowserContext, page: Page) -> None:
    read(page)
    page.keyboard.press("j")
    page.keyboard.press("s")
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
