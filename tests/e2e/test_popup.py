"""A reader presses the toolbar button, or one of the keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from arxiv_gloss.demo import paper
from arxiv_gloss.demo.browser import extension_id
from arxiv_gloss.demo.server import Server
from tests.e2e.conftest import server_away

pytestmark = pytest.mark.browser

URL = f"https://arxiv.org{paper.PATH}"
DONE = "section.panel[data-phase=done]"


def popup_over(context: BrowserContext, page: Page, address: str = URL) -> Page:
    """The popup as over `page`. A browser without a window has no toolbar: it is opened in a tab, and told the tab and
    its address as a browser tells them once the button was pressed there (`activeTab`)."""
    page.bring_to_front()
    front: list[dict[str, Any]] = context.service_workers[0].evaluate("chrome.tabs.query({active: true})")
    told = json.dumps([front[0] | {"url": address}])
    popup = context.new_page()
    popup.add_init_script(f"if (globalThis.chrome?.tabs) chrome.tabs.query = async () => {told};")
    popup.goto(f"chrome-extension://{extension_id(context)}/popup.html")
    popup.locator("nav").wait_for()
    return popup


@pytest.fixture
def popup(context: BrowserContext, page: Page) -> Iterator[Page]:
    page.goto(URL)
    page.locator(DONE).wait_for()
    opened = popup_over(context, page)
    yield opened
    opened.close()


def test_it_tells_the_server_and_its_model(popup: Page) -> None:
    expect(popup.locator(".reach[data-state=well]")).to_contain_text("gloss-en-zh")


def test_a_site_is_switched_off_and_on_and_open_pages_follow(page: Page, popup: Page) -> None:
    switch = popup.get_by_role("switch", name="Glosses on arxiv.org")
    expect(switch).to_be_checked()
    switch.click()
    expect(page.locator("section.panel")).to_be_hidden()
    abstract = page.locator("blockquote.abstract").bounding_box()
    page.reload()
    expect(page.locator("section.panel")).to_be_hidden()
    again = page.locator("blockquote.abstract").bounding_box()
    assert abstract and again
    assert abstract["width"] == again["width"], "the page is as wide as arXiv made it"
    switch.click()
    page.locator(DONE).wait_for()


def test_a_folded_gloss_is_asked_for_from_the_popup(context: BrowserContext, page: Page, popup: Page) -> None:
    page.get_by_role("button", name="Hide the gloss").click()
    expect(page.locator(DONE)).to_have_count(1)
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Gloss this abstract").click()
    expect(page.locator("section.panel h2")).to_be_visible()


def test_the_whole_paper_opens_in_the_side_panel(context: BrowserContext, popup: Page) -> None:
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Gloss the whole paper").click()
    worker = context.service_workers[0]
    wanted = worker.evaluate("chrome.storage.session.get('wanted').then(({wanted}) => wanted)")
    assert wanted["id"] == paper.PATH.removeprefix("/abs/")
    contexts = worker.evaluate("chrome.runtime.getContexts({contextTypes: ['SIDE_PANEL']})")
    assert len(contexts) == 1


def test_elsewhere_it_says_what_it_is_for(context: BrowserContext, page: Page) -> None:
    popup = popup_over(context, page, "https://example.org/")
    expect(popup.locator("main")).to_contain_text("not a paper on arXiv")
    expect(popup.get_by_role("switch")).to_have_count(0)
    popup.close()


def test_a_key_switches_the_site_and_another_glosses_its_page(context: BrowserContext, page: Page) -> None:
    """The browser's own keys cannot be pressed without its window; what they call can be."""
    page.goto(URL)
    page.locator(DONE).wait_for()
    worker = context.service_workers[0]
    tab = worker.evaluate("chrome.tabs.query({active: true}).then(([tab]) => tab)") | {"url": URL}
    press = "([command, tab]) => chrome.commands.onCommand.dispatch(command, tab)"
    worker.evaluate(press, ["switch-site", tab])
    expect(page.locator("section.panel")).to_be_hidden()
    worker.evaluate(press, ["gloss-page", tab])
    page.locator(DONE).wait_for()


def test_keys_are_few_and_the_reader_may_set_the_others(context: BrowserContext) -> None:
    commands = context.service_workers[0].evaluate("chrome.commands.getAll()")
    assert {command["name"] for command in commands} == {"_execute_action", "gloss-page", "whole-paper", "switch-site"}
    assert [command["shortcut"] for command in commands if command["shortcut"]] == ["Alt+G"]


def test_a_badge_tells_that_the_server_is_away(context: BrowserContext, page: Page, server: Server) -> None:
    worker = context.service_workers[0]
    badge = "chrome.action.getBadgeText({})"
    with server_away(context, server):
        page.goto("https://arxiv.org/abs/hep-th/9912999")
        page.locator("section.panel .notice").wait_for()
        assert worker.evaluate(badge) == "!"
        assert "arxiv-gloss start" in worker.evaluate("chrome.action.getTitle({})")
        popup = popup_over(context, page)
        expect(popup.locator(".reach[data-state=ill] code")).to_contain_text("arxiv-gloss start")
        popup.close()
    assert worker.evaluate(badge) == ""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(popup: Page, theme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    popup.locator(".reach[data-state=well]").wait_for()
    popup.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
    problems = Axe().run(popup).response["violations"]
    assert not [problem["id"] for problem in problems if problem["impact"] in ("serious", "critical")]
