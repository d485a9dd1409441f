"""An HTML paper translated in place: every part, in the page's own formulas and links, and the page as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import html_pages

pytestmark = pytest.mark.browser

PAPER = "/html/2601.99911v1"
PAPERS = [PAPER, *html_pages()]
HOST = ".arxiv-gloss-translation"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
KEY = "t"
LONG = 240_000
"""Milliseconds for a whole paper, on whatever machine."""
OUTER = "document.documentElement.outerHTML"
IN_SIGHT = f"""() => [...document.querySelectorAll('{HOST}')].some(host => {{
  const {{ top, bottom }} = host.getBoundingClientRect();
  return host.dataset.state !== 'waiting' && bottom > 0 && top < innerHeight;
}})"""
DONE = f"() => document.querySelector('{HOST}') && !document.querySelector('{HOST}[data-state=waiting]')"
UNTRANSLATED = f"""() => [...document.querySelectorAll('article .ltx_p')]
  .filter(part => !part.closest('table, .ltx_listing, .ltx_ERROR, .ltx_authors, .ltx_note, .ltx_caption'))
  .filter(part => /[a-z]{{4}}/.test(part.innerText) && !part.nextElementSibling?.matches('{HOST}'))
  .map(part => part.innerText)"""
A_LINE = 24
"""Pixels."""
WATCH_TOP = """id => {
  const part = document.getElementById(id);
  window.tops = [];
  const watch = () => { window.tops.push(part.getBoundingClientRect().top); requestAnimationFrame(watch) };
  watch();
}"""


@pytest.fixture
def paper(page: Page) -> Page:
    open_paper(page, PAPER)
    return page


def open_paper(page: Page, path: str) -> None:
    page.goto(f"https://arxiv.org{path}")
    page.get_by_role("button", name="Translate in place").wait_for()


@pytest.mark.parametrize("path", PAPERS)
def test_every_part_is_translated_or_said_to_be_left_and_the_page_restored(page: Page, path: str) -> None:
    open_paper(page, path)
    before = page.evaluate(OUTER)
    page.keyboard.press(KEY)
    page.wait_for_function(DONE, timeout=LONG)
    assert page.evaluate(UNTRANSLATED) == []
    states = page.locator(HOST).evaluate_all("hosts => hosts.map(host => [host.dataset.state, host.innerText])")
    assert all(text.strip() for state, text in states if state == "ready")
    assert sum(bool(CHINESE.search(text)) for _, text in states) > 0.7 * len(states)
    assert not any("⟪" in text or r"\ref{" in text for _, text in states)
    page.keyboard.press(KEY)
    assert page.evaluate(OUTER) == before


def test_formulas_citations_and_references_are_the_pages_own(paper: Page) -> None:
    paper.get_by_role("button", name="Translate in place").click()
    paper.wait_for_function(DONE, timeout=LONG)
    first = paper.locator("[id='S1.p1.1'] + " + HOST)
    assert first.locator("math:visible").count() == paper.locator("[id='S1.p1.1'] math").count()
    hrefs = first.locator("a:visible").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert hrefs == ["#bib.bib1", "#bib.bib2", "#S2.F1"]
    assert paper.locator("table " + HOST).count() == paper.locator("pre " + HOST).count() == 0
    ids = paper.locator("[id]").evaluate_all("elements => elements.map(element => element.id)")
    assert len(ids) == len(set(ids))


def test_pointing_at_a_sentence_lights_its_pair(paper: Page) -> None:
    paper.keyboard.press(KEY)
    host = paper.locator("[id='S1.p2.1'] + " + HOST)
    host.locator(".arxiv-gloss-sentence").first.wait_for()
    lit = "() => [...(CSS.highlights.get('arxiv-gloss') ?? [])].map(range => range.toString())"
    host.locator(".arxiv-gloss-sentence").first.hover()
    original, translation = paper.evaluate(lit)
    assert original == "We make three contributions." and CHINESE.search(translation)
    paper.locator("[id='S1.p2.1']").hover(position={"x": 30, "y": 10})
    assert paper.evaluate(lit)[0] == original


def test_what_is_being_read_stays_where_it_is(paper: Page) -> None:
    paper.set_viewport_size({"width": 1280, "height": 300})  # so that it is what is read, the topmost in sight
    paper.evaluate("document.getElementById('S3.p2.1').scrollIntoView()")
    paper.wait_for_timeout(200)
    paper.keyboard.press(KEY)
    paper.evaluate(WATCH_TOP, "S3.p2.1")
    paper.wait_for_function(DONE, timeout=LONG)
    tops: list[float] = paper.evaluate("window.tops")
    assert max(tops) - min(tops) < A_LINE, (min(tops), max(tops))
    expect(paper.locator(HOST).first).to_contain_text(CHINESE)


def test_the_layout_is_kept_and_translations_stand_beside_or_alone(paper: Page) -> None:
    paper.keyboard.press(KEY)
    original, host = paper.locator("[id='S1.p2.1']"), paper.locator("[id='S1.p2.1'] + " + HOST)
    host.locator(".arxiv-gloss-sentence").first.wait_for()
    below, beside = host.bounding_box(), None
    assert below and below["y"] > original.bounding_box()["y"]  # type: ignore[index]
    paper.get_by_role("button", name="beside", exact=True).click()
    beside, left = host.bounding_box(), original.bounding_box()
    assert beside and left and beside["x"] > left["x"] + left["width"] and abs(beside["y"] - left["y"]) < 8
    paper.get_by_role("button", name="alone", exact=True).click()
    expect(original).to_be_hidden()
    expect(host).to_be_visible()
    paper.wait_for_timeout(300)  # the background keeps it
    open_paper(paper, PAPER)
    paper.keyboard.press(KEY)
    expect(paper.get_by_role("button", name="alone", exact=True)).to_have_attribute("aria-pressed", "true")
    paper.get_by_role("button", name="beneath", exact=True).click()
    paper.wait_for_timeout(300)


def test_both_files_can_be_saved(paper: Page, tmp_path: Path) -> None:
    paper.keyboard.press(KEY)
    paper.wait_for_function(DONE, timeout=LONG)
    with paper.expect_download() as download:
        paper.get_by_role("button", name="Save original and translation as Markdown").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert download.value.suggested_filename == "2601.99911v1.zh-CN.md"
    assert "# Caching Attention for Long Documents" in text and "## 1 引言" in text and r"\tag{1}" in text
    with paper.expect_download() as download:
        paper.get_by_role("button", name="Save original and translation as one HTML file").click()
    html = download.value.path().read_text(encoding="utf-8")
    assert "<script" not in html and "引言" in html and "<math" in html


def test_another_part_of_the_extension_may_switch_it(context: BrowserContext, paper: Page) -> None:
    ask = """async on => { const [tab] = await chrome.tabs.query({active: true, lastFocusedWindow: true});
      return chrome.tabs.sendMessage(tab.id, on === null ? {type: 'background-to-tab/bilingual'}
        : {type: 'background-to-tab/bilingual', on}) }"""
    paper.bring_to_front()
    worker = context.service_workers[0]
    assert worker.evaluate(ask, True) == {"on": True}
    assert paper.locator(HOST).count() > 0
    assert worker.evaluate(ask, None) == {"on": False}
    assert paper.locator(HOST).count() == 0


def test_nothing_is_in_the_way_of_assistive_technology(paper: Page) -> None:
    paper.keyboard.press(KEY)
    paper.wait_for_function(DONE, timeout=LONG)
    results = Axe().run(paper, context={"include": [[HOST], [".arxiv-gloss-list-bar"]]})
    assert results.violations_count == 0, results.generate_report()
