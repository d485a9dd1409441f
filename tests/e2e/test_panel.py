"""A reader opens an abstract and reads its gloss."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from arxiv_gloss.demo import paper
from arxiv_gloss.demo.browser import extension_id
from arxiv_gloss.demo.server import Server
from tests.e2e.conftest import PAGES, SAVED, abs_pages, all_pages, server_away

pytestmark = pytest.mark.browser

CHINESE = re.compile(r"[\u4e00-\u9fff]")
URL = f"https://arxiv.org{paper.PATH}"
DONE = "section.panel[data-phase=done]"
SENTENCES = "section.panel div.prose .sentence[lang|=zh]"


WITHDRAWN = "/abs/2404.99904"


def read(page: Page, path: str = paper.PATH) -> None:
    page.goto(f"https://arxiv.org{path}")
    if path == WITHDRAWN:
        page.get_by_role("button", name="Gloss this abstract").click()
    page.locator(DONE).wait_for()


def sentences(page: Page) -> list[str]:
    return page.locator(SENTENCES).all_inner_texts()


@pytest.mark.parametrize("path", sorted({paper.PATH} | set(abs_pages(PAGES))))
def test_every_kind_of_abstract_page_gets_its_gloss(page: Page, path: str) -> None:
    read(page, path)
    panel = page.locator("section.panel")
    assert CHINESE.search(panel.locator("h2").first.inner_text())
    texts = sentences(page)
    assert texts
    assert all(CHINESE.search(text) for text in texts)
    assert "⟪" not in panel.inner_text()
    assert panel.locator(".takeaways li").count() > 0 or len(texts) <= 2, "a short abstract is its own summary"


@pytest.mark.skipif(not SAVED, reason="ARXIV_GLOSS_PAGES names no folder of saved pages")
@pytest.mark.parametrize("path", sorted(abs_pages(__import__("pathlib").Path(SAVED))) if SAVED else [])
def test_saved_pages_of_arxiv_get_their_gloss(page: Page, path: str) -> None:
    page.goto(f"https://arxiv.org{path}")
    if page.locator("#abs").count() == 0:
        assert page.locator("section.panel").count() == 0
        return
    page.locator(DONE).wait_for()
    assert any(CHINESE.search(text) for text in sentences(page))
    assert "⟪" not in page.locator("section.panel").inner_text()


def test_pointing_at_a_sentence_lights_its_pair_on_the_page(page: Page) -> None:
    read(page)
    page.locator(SENTENCES).nth(4).hover()
    lit = page.evaluate("[...CSS.highlights.get('arxiv-gloss')].map(range => range.toString()).join('')")
    assert " ".join(lit.split()).startswith("TraceQA reaches an accuracy of 91.4")
    assert "It also runs" not in lit


def test_a_takeaway_lights_its_evidence_in_both_languages(page: Page) -> None:
    read(page)
    takeaway = page.locator(".takeaways li").last
    number = int(re.findall(r"\d+", takeaway.get_by_role("button").first.inner_text())[0])
    takeaway.locator(".sentence").hover()
    lit = page.locator(f"{SENTENCES}.highlighted")
    expect(lit).to_have_count(1)
    assert lit.inner_text().startswith(str(number))
    assert page.evaluate("CSS.highlights.get('arxiv-gloss').size") > 0


def test_formulas_are_typeset_and_numbers_survive(page: Page) -> None:
    read(page)
    third = page.locator(SENTENCES).nth(2)
    expect(third.locator("math")).to_have_count(1)
    everything = " ".join(sentences(page))
    for surface in ("91.4", "4.2", "GPT-4", "73", "3.07", "6.5", "12"):
        assert surface in everything


def test_the_panel_stands_beside_the_abstract_and_covers_nothing(page: Page) -> None:
    read(page)
    boxes = page.evaluate(
        """() => Object.fromEntries(Object.entries({abstract: document.querySelector('#abs blockquote.abstract'),
        column: document.querySelector('#abs-outer .leftcolumn'), table: document.querySelector('.metatable'),
        panel: [...document.querySelectorAll('#abs *')].find(e => e.shadowRoot).shadowRoot.querySelector('.panel')})
        .map(([name, element]) => [name, element.getBoundingClientRect().toJSON()]))"""
    )
    panel, abstract = boxes["panel"], boxes["abstract"]
    assert panel["left"] >= abstract["right"] or panel["top"] >= abstract["bottom"]
    assert panel["right"] <= boxes["column"]["right"] + 1
    table = boxes["table"]
    assert table["right"] <= panel["left"] or table["top"] >= panel["bottom"] - 1
    assert table["top"] - abstract["bottom"] < 60, "what arXiv says of the paper stays in sight"


@pytest.mark.parametrize("path", abs_pages(PAGES))
def test_the_room_held_for_a_gloss_is_enough(page: Page, path: str) -> None:
    """A formula, or another word on another CPU, may cost a line or two more than the length says."""
    two_lines = 54
    page.set_viewport_size({"width": 1280, "height": 3000})  # no room is given back while its end is in sight
    read(page, path)
    held, taken = (page.locator(f"section.panel .{part}").bounding_box() for part in ("skeleton", "content"))
    assert held and taken
    assert held["height"] >= taken["height"] - two_lines


SHIFTS = """
window.shifts = [];
const ofThePage = entry => entry.sources.some(source => source.node);  // nodes in the panel's shadow are not told
new PerformanceObserver(list => list.getEntries().filter(ofThePage)
  .forEach(entry => window.shifts.push([entry.startTime, entry.value])))
  .observe({type: 'layout-shift', buffered: true});
const seek = () => [...document.querySelectorAll('#abs *')].some(e => e.shadowRoot)
  ? requestAnimationFrame(() => requestAnimationFrame(() => (window.painted = performance.now())))
  : requestAnimationFrame(seek);
seek();
"""


def test_nothing_on_the_page_jumps_while_the_panel_fills(context: BrowserContext, page: Page) -> None:
    """So slow that the panel is there before its gloss; kept in the cache, this comes before the panel runs out of
    patience."""
    page.set_viewport_size({"width": 1280, "height": 1800})  # what is below the panel counts too
    read(page, "/abs/2501.99901")
    page.add_init_script(SHIFTS)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 10})
    read(page, "/abs/2501.99901")
    later = page.evaluate("window.shifts.filter(([at]) => at > window.painted).map(([, value]) => value)")
    assert sum(later) < 0.02  # a fifth of what the web's own measure calls good


def test_room_that_is_not_needed_is_given_back_out_of_sight(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 500})  # the panel's end is below the fold
    read(page, "/abs/2501.99901")
    expect(page.locator("section.panel .skeleton")).to_have_count(0)


def test_a_withdrawn_paper_says_so_before_anything_is_glossed(page: Page) -> None:
    page.goto(f"https://arxiv.org{WITHDRAWN}")
    expect(page.locator("section.panel .warning")).to_contain_text("has been withdrawn")
    expect(page.locator("section.panel .warning q")).to_contain_text("Lemma 3 is wrong")
    expect(page.locator(SENTENCES)).to_have_count(0)


def test_an_older_version_leads_to_the_newest(page: Page) -> None:
    read(page, "/abs/2502.99902v2")
    expect(page.locator("section.panel .remark a")).to_have_attribute("href", re.compile(r"^/abs/2502\.99902v\d+$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_theme(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    read(page)
    panel = page.locator("section.panel")
    papers = []
    for theme in ("light", "dark", "system"):
        panel.evaluate("(element, theme) => (element.dataset.theme = theme)", theme)
        papers.append(panel.evaluate("(element) => getComputedStyle(element).backgroundColor"))
    light, dark, system = papers
    assert light != dark
    assert system == (dark if scheme == "dark" else light)


def test_a_paper_is_saved_from_its_panel_and_stays_saved(page: Page) -> None:
    read(page)
    page.get_by_role("button", name="Save for later").click()
    expect(page.get_by_role("button", name="Saved")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Saved").click()
    expect(page.get_by_role("button", name="Save for later")).to_be_visible()


def test_collapsing_is_remembered(page: Page) -> None:
    read(page)
    page.get_by_role("button", name="Hide the gloss").click()
    expect(page.locator(SENTENCES)).to_have_count(0)
    page.reload()
    expect(page.get_by_role("button", name="Show the gloss")).to_be_visible()
    page.get_by_role("button", name="Show the gloss").click()
    page.locator(DONE).wait_for()


def test_a_killed_worker_is_asked_again(context: BrowserContext, page: Page) -> None:
    page.goto("https://arxiv.org/abs/2501.99901")
    session = context.browser.new_browser_cdp_session() if context.browser else context.new_cdp_session(page)
    targets = session.send("Target.getTargets")["targetInfos"]
    worker = next(target for target in targets if target["type"] == "service_worker")
    session.send("Target.closeTarget", {"targetId": worker["targetId"]})
    page.locator(DONE).wait_for()
    assert sentences(page)


def test_only_arxiv_and_this_machine_are_asked(context: BrowserContext, page: Page) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    read(page)
    hosts = {url.split("/")[2].split(":")[0] for url in asked if url.startswith("http")}
    assert hosts <= {"arxiv.org", "127.0.0.1"}


def test_the_token_is_nowhere_on_the_page(context: BrowserContext, page: Page) -> None:
    page.goto(f"chrome-extension://{extension_id(context)}/options.html")
    kept = page.evaluate("chrome.storage.local.get(null).then(JSON.stringify)")
    tokens = re.findall(r"[A-Za-z0-9_-]{43}", kept)
    assert tokens
    read(page)
    everything = page.content() + page.evaluate(
        "[...document.querySelectorAll('#abs *')].map(e => e.shadowRoot?.innerHTML ?? '').join('')"
    )
    assert not [token for token in tokens if token in everything]


def test_axe_finds_nothing_serious_in_the_panel_and_on_the_options_page(context: BrowserContext, page: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    read(page)
    page.evaluate("[...document.querySelectorAll('#abs *')].find(e => e.shadowRoot).id = 'gloss-under-test'")
    found = Axe().run(page, context={"include": [["#gloss-under-test"]]}).response
    page.goto(f"chrome-extension://{extension_id(context)}/options.html")
    page.locator("h1").wait_for()
    problems = found["violations"] + Axe().run(page).response["violations"]
    assert not [problem["id"] for problem in problems if problem["impact"] in ("serious", "critical")]


def test_without_a_server_the_panel_says_how_to_start_one(context: BrowserContext, page: Page, server: Server) -> None:
    with server_away(context, server):
        page.goto("https://arxiv.org/abs/hep-th/9912999")
        expect(page.locator("section.panel .notice")).to_contain_text("arxiv-gloss start")
    page.locator("section.panel .notice button").first.click()
    page.locator(DONE).wait_for()


def test_all_pages_have_different_paths() -> None:
    assert len(all_pages()) >= 8


@pytest.mark.parametrize(("target", "lang"), [("zh-TW", "zh-TW"), ("en", "en")])
def test_another_target_fills_an_open_panel_anew(context: BrowserContext, page: Page, target: str, lang: str) -> None:
    read(page)
    options = context.new_page()
    options.goto(f"chrome-extension://{extension_id(context)}/options.html")
    chosen = options.locator("select").first
    chosen.select_option(target)
    try:
        if target == "en":  # nothing is said again: the sentences are tinted where they stand
            expect(page.locator(".key-sentences .label").first).to_have_text("Motivation")
            expect(page.locator("section.panel .sentence")).to_have_count(0)
            assert page.evaluate("CSS.highlights.get('arxiv-gloss-mark').size") > 0
        else:
            expect(page.locator(f".takeaways li .sentence[lang={lang}]").first).to_be_visible()
            page.locator(DONE).wait_for()
            assert re.search("[論圍個證為與據]", " ".join(page.locator(SENTENCES).all_inner_texts()))
    finally:
        chosen.select_option("zh")
        expect(page.locator(".takeaways li .sentence[lang=zh-CN]").first).to_be_visible()
        options.close()
