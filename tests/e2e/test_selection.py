"""A reader selects a passage and has it translated where it stands."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser

CHINESE = re.compile(r"[\u4e00-\u9fff]")
MENU = """() => chrome.tabs.query({active: true}).then(([tab]) => chrome.contextMenus.onClicked.dispatch(
  {menuItemId: 'gloss-selection', pageUrl: tab.url, editable: false}, tab))"""
CARD = "section.card"
SELECT = """([selector, from, to]) => {
  const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
  const find = text => {
    walker.currentNode = walker.root;
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(text);
      if (at >= 0) return [walker.currentNode, at];
    }
  };
  const range = document.createRange();
  range.setStart(...find(from));
  const [node, at] = find(to);
  range.setEnd(node, at + to.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def translate(context: BrowserContext, page: Page, start: str, end: str, selector: str = "blockquote.abstract") -> None:
    page.evaluate(SELECT, [selector, start, end])
    page.bring_to_front()
    context.service_workers[0].evaluate(MENU)
    page.locator(CARD).wait_for()


@pytest.fixture
def abstract(page: Page) -> Page:
    page.goto("https://arxiv.org/abs/2501.99901")
    page.locator("section.panel[data-phase=done]").wait_for()
    return page


def test_a_passage_is_translated_near_it_with_its_acronym_explained(context: BrowserContext, abstract: Page) -> None:
    translate(context, abstract, "Split federated", "SFL")
    card = abstract.locator(CARD)
    expect(card.locator(".prose .sentence").first).to_have_text(CHINESE)
    expect(card.locator(".explanations dt")).to_have_text("SFL")
    expect(card.locator(".explanations dd")).to_have_text(re.compile("^Split federated learning .*[\u4e00-\u9fff]"))
    box = card.bounding_box()
    bottom = abstract.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().bottom")
    assert box
    assert 0 <= box["y"] - bottom < 40
    assert box["x"] + box["width"] <= 1280
    expect(card.locator("footer")).to_contain_text("machine-made")


def test_pointing_at_a_translated_sentence_lights_it_in_the_selection(context: BrowserContext, abstract: Page) -> None:
    translate(context, abstract, "Split federated", "SFL")
    abstract.locator(f"{CARD} .prose .sentence").first.hover()
    lit = abstract.evaluate("[...CSS.highlights.get('arxiv-gloss')].map(range => range.toString()).join('')")
    assert lit.strip().startswith("Split federated")


@pytest.mark.parametrize("how", ["Escape", "outside", "button"])
def test_it_is_closed(context: BrowserContext, abstract: Page, how: str) -> None:
    translate(context, abstract, "Split federated", "SFL")
    if how == "Escape":
        abstract.keyboard.press("Escape")
    elif how == "outside":
        abstract.mouse.click(5, 5)
    else:
        abstract.locator(CARD).get_by_role("button", name="Close").click()
    expect(abstract.locator(CARD)).to_have_count(0)


def test_in_a_list_and_on_an_html_paper_too(context: BrowserContext, page: Page) -> None:
    for path, selector in (("/list/cs.CL/new", "dl#articles > dd p.mathjax"), ("/html/2601.99901v1", ".ltx_p")):
        page.goto(f"https://arxiv.org{path}")
        first = page.evaluate("selector => document.querySelector(selector).textContent.trim().split(' ')[0]", selector)
        translate(context, page, first, first, selector)
        expect(page.locator(f"{CARD} .prose .sentence, {CARD} .notice").first).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_card(context: BrowserContext, abstract: Page, theme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    translate(context, abstract, "Split federated", "SFL")
    card = abstract.locator(CARD)
    expect(card.locator("footer")).to_be_visible()
    card.evaluate("(element, theme) => (element.dataset.theme = theme)", theme)
    abstract.evaluate("document.querySelector('.arxiv-gloss-card').id = 'card-under-test'")
    found = Axe().run(abstract, context={"include": [["#card-under-test"]]}).response
    assert not [problem["id"] for problem in found["violations"] if problem["impact"] in ("serious", "critical")]
