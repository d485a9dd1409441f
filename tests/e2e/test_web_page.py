"""The server's own page: paired like the extension, the same panel, and no way round the door."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from arxiv_gloss.demo import paper
from arxiv_gloss.demo.server import Server
from tests.e2e.test_panel import DONE, SENTENCES

pytestmark = pytest.mark.browser


def test_a_pasted_abstract_gets_its_gloss(page: Page, server: Server) -> None:
    request = paper.request()
    page.goto(server.address)
    page.locator("input[name=code]").fill(server.pairing_code())
    page.locator("input[name=code]").press("Enter")
    page.locator("textarea").fill(str(request["abstract"]))
    page.locator("button[type=submit]").click()
    page.locator(DONE).wait_for()
    expect(page.locator(SENTENCES)).to_have_count(7)
    assert re.search(r"[\u4e00-\u9fff]", page.locator(SENTENCES).first.inner_text())


def test_a_wrong_code_pairs_nothing(context: BrowserContext, server: Server) -> None:
    page = context.new_page()
    page.goto(server.address)
    page.evaluate("localStorage.clear()")
    page.reload()
    page.locator("input[name=code]").fill("00000000")
    page.locator("input[name=code]").press("Enter")
    expect(page.locator("[role=status]")).not_to_be_empty()
    assert page.locator("textarea").count() == 0
    page.close()


HOSTILE = """async (address) => {
  const tries = [
    fetch(address + '/v1/status', {headers: {'X-Arxiv-Gloss': '1'}}),
    fetch(address + '/v1/gloss', {method: 'POST', mode: 'no-cors', body: '{"abstract": "We present a method."}'}),
    fetch(address + '/v1/pair', {method: 'POST', mode: 'no-cors', body: '{"code": "12345678"}'}),
  ];
  const read = tries.map(one => one.then(answer => answer.type === 'opaque' ? null : answer.text(), () => null));
  navigator.sendBeacon(address + '/v1/gloss', '{"abstract": "We present a method."}');
  return Promise.all(read);
}"""


def test_another_page_gets_nothing_from_the_server(context: BrowserContext, server: Server) -> None:
    page = context.new_page()
    page.goto(f"https://arxiv.org{paper.PATH}")
    page.locator(DONE).wait_for()
    asked: list[int] = []
    page.on("response", lambda answer: asked.append(answer.status) if server.address in answer.url else None)
    assert page.evaluate(HOSTILE, server.address) == [None, None, None]
    assert all(status >= 400 for status in asked)
    page.close()
