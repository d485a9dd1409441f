"""A digest that the command line made is read on the server's page: alone, whole, and by everybody."""

from __future__ import annotations

import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from arxiv_gloss.demo.server import Server, command_line
from tests.e2e.conftest import PAGES

pytestmark = pytest.mark.browser


def test_a_digest_is_opened_from_the_server_s_page(page: Page, server: Server) -> None:
    made = command_line("digest", "--from", str(PAGES / "list_cs.CL_new.html"), "--topic", "Tokens")
    run = subprocess.run(made, env=server.environment, capture_output=True, text=True, check=False)
    assert run.returncode == 3, run.stderr  # the fourth paper has no abstract, and arXiv is out of reach here
    page.goto(server.address)
    page.locator("input[name=code]").fill(server.pairing_code())
    page.locator("input[name=code]").press("Enter")
    page.locator("textarea").wait_for()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("link", name="Tokens").click()
    expect(page.locator("article")).to_have_count(4)
    expect(page.locator("article math").first).to_be_visible()
    assert all(address.startswith((server.address, "data:")) for address in asked)
    assert len(page.content().encode()) < 4 * 40_000  # 50 papers stay below 2 MB
    unboxed = page.context.new_page()  # the page's own sandbox runs no script, axe's neither
    unboxed.set_content(page.content())
    found = Axe().run(unboxed).response["violations"]
    unboxed.close()
    assert [one["id"] for one in found] == []
    page.goto(server.address)
    page.evaluate("localStorage.clear()")
