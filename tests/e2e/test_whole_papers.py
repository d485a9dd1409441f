"""A reader asks for a PDF's gloss: from the menu, from the panel, or by handing over a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from arxiv_gloss.demo import paper
from arxiv_gloss.demo.browser import extension_id
from arxiv_gloss.demo.server import Server
from tests.server.papers import make_pdf

pytestmark = pytest.mark.browser

CHINESE = re.compile(r"[\u4e00-\u9fff]")
DONE = "section.panel.fulltext[data-phase=done]"
MENU = """([id, address]) => chrome.contextMenus.onClicked.dispatch(
  {menuItemId: id, linkUrl: address, pageUrl: 'https://arxiv.org/', editable: false}, {id: -1, windowId: -1})"""


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pdf") / "paper.pdf"
    file.write_bytes(make_pdf.two_column_paper().pdf)
    return file


@pytest.fixture
def side(context: BrowserContext) -> Iterator[Page]:
    """The side panel's page; the panel itself is out of Playwright's sight."""
    page = context.new_page()
    page.set_viewport_size({"width": 460, "height": 900})
    page.goto(f"chrome-extension://{extension_id(context)}/sidepanel.html")
    yield page
    page.close()


def test_a_file_is_glossed_in_the_side_panel(side: Page, pdf: Path) -> None:
    side.locator("input[type=file]").set_input_files(str(pdf))
    side.locator(DONE).wait_for()
    panel = side.locator(DONE)
    assert CHINESE.search(panel.locator("h2").inner_text())
    expect(panel.locator(".outline li")).to_have_count(4)
    expect(panel.locator(".outline .heading").first).to_contain_text("1 引言")
    expect(panel.locator(".thumbnail img")).to_have_count(2)
    assert "⟪" not in panel.inner_text()


def test_a_picture_opens_large_and_closes(side: Page, pdf: Path) -> None:
    side.locator("input[type=file]").set_input_files(str(pdf))
    side.locator(DONE).wait_for()
    side.locator(".thumbnail").first.click()
    dialog = side.locator("dialog[open]")
    assert dialog.locator("img").evaluate("image => image.naturalWidth") > 300
    dialog.click()
    expect(side.locator("dialog[open]")).to_have_count(0)


def test_both_files_can_be_saved(side: Page, pdf: Path) -> None:
    side.locator("input[type=file]").set_input_files(str(pdf))
    side.locator(DONE).wait_for()
    for name, ending in (("Save as Markdown with figures", ".zip"), ("Save as one HTML file", ".html")):
        with side.expect_download() as download:
            side.get_by_role("button", name=name).click()
        assert download.value.suggested_filename.endswith(ending)


def test_the_menu_asks_the_side_panel_for_the_paper(context: BrowserContext, side: Page) -> None:
    """The server can not reach arXiv here, and says so; that it was asked for this paper is what the menu did."""
    context.service_workers[0].evaluate(MENU, ["gloss-pdf-link", "https://arxiv.org/pdf/1706.03762v7"])
    side.locator("section.panel[data-phase=failed]").wait_for()
    expect(side.locator(".notice")).to_contain_text("arXiv did not answer")


def test_the_menu_is_there(context: BrowserContext, side: Page) -> None:
    for item in ("gloss-pdf-link", "gloss-pdf-page"):
        context.service_workers[0].evaluate("id => chrome.contextMenus.update(id, {})", item)
    with pytest.raises(Exception, match="Cannot find menu item"):
        context.service_workers[0].evaluate("id => chrome.contextMenus.update(id, {})", "no-such-item")


def test_a_pdf_elsewhere_needs_the_readers_permission(context: BrowserContext, side: Page) -> None:
    context.service_workers[0].evaluate(MENU, ["gloss-pdf-link", "https://example.org/paper.pdf"])
    expect(side.locator(".permission")).to_contain_text("example.org")
    expect(side.get_by_role("button", name="Allow and gloss")).to_be_visible()


def test_the_panel_beside_an_abstract_opens_the_side_panel(context: BrowserContext, page: Page) -> None:
    page.goto(f"https://arxiv.org{paper.PATH}")
    page.locator("section.panel[data-phase=done]").wait_for()
    page.get_by_role("button", name="Gloss the whole PDF").click()
    worker = context.service_workers[0]
    opened = "async () => (await chrome.runtime.getContexts({contextTypes: ['SIDE_PANEL']})).length"
    for _ in range(50):
        if worker.evaluate(opened):
            break
        page.wait_for_timeout(100)
    assert worker.evaluate(opened) == 1


def test_the_servers_own_page_takes_a_pdf(page: Page, server: Server, pdf: Path) -> None:
    page.goto(server.address)
    page.evaluate("localStorage.clear()")
    page.reload()
    page.locator("input[name=code]").fill(server.pairing_code())
    page.locator("input[name=code]").press("Enter")
    page.locator("input[type=file]").set_input_files(str(pdf))
    page.locator(DONE).wait_for()
    assert page.locator(".thumbnail img").first.evaluate("image => image.naturalWidth") > 300


def test_nothing_is_in_the_way_of_assistive_technology(side: Page, pdf: Path) -> None:
    side.locator("input[type=file]").set_input_files(str(pdf))
    side.locator(DONE).wait_for()
    found = Axe().run(side).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


def test_an_html_paper_is_read_from_its_page_with_its_own_pictures(context: BrowserContext, side: Page) -> None:
    picture = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 300, 200)).tobytes("png")
    context.route("https://arxiv.org/html/x*.png", lambda route: route.fulfill(body=picture, content_type="image/png"))
    page = context.new_page()
    page.goto("https://arxiv.org/html/2601.99901v1")
    bar = page.locator("section.panel")
    expect(bar).to_have_attribute("data-theme", "light")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    expect(bar).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Gloss this paper").click()
    panel = side.locator(DONE)
    panel.wait_for()
    expect(panel.locator(".outline .heading").first).to_contain_text("1 引言")
    expect(panel.locator(".thumbnail img")).to_have_count(1)
    assert panel.locator(".thumbnail img").evaluate("image => image.naturalWidth") == 616
    page.set_viewport_size({"width": 900, "height": 120})
    panel.get_by_role("button", name="Show 1.1 Details").first.click()
    page.wait_for_function("Math.abs(document.getElementById('S1.SS1').getBoundingClientRect().top) < 2")
    context.unroute("https://arxiv.org/html/x*.png")
    page.close()
