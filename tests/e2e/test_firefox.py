"""The same extension in Firefox: paired on its options page, it glosses an abstract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from arxiv_gloss.demo import paper
from arxiv_gloss.demo.server import Server
from arxiv_gloss.settings import built
from tests.e2e.conftest import PAGES
from tests.e2e.firefox import Firefox, find_firefox, open_firefox

FIREFOX = find_firefox()
pytestmark = [pytest.mark.browser, pytest.mark.skipif(FIREFOX is None, reason="no Firefox on this machine")]

FILL = """(selector, text) => {
  const input = document.querySelector(selector);
  if (!input) return false;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, text);
  for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
  return true;
}"""
SUBMIT = "() => document.querySelector('input[name=code]').form.requestSubmit()"
PAIRED = "() => document.querySelector('.doctor .well') !== null"
OPEN_OPTIONS = """() => {
  const panel = [...document.querySelectorAll('#abs *')].find((one) => one.shadowRoot)?.shadowRoot;
  const button = [...(panel?.querySelectorAll('.notice button') ?? [])].at(-1);
  button?.click();
  return button !== undefined;
}"""
PANEL = "[...document.querySelectorAll('#abs *')].find((one) => one.shadowRoot)?.shadowRoot.querySelector('.panel')"
DONE = f"() => {PANEL}?.dataset.phase === 'done'"
SENTENCES = f"() => [...{PANEL}.querySelectorAll('.prose .sentence')].map((one) => one.textContent).join('|')"
FOOT = f"() => {PANEL}.querySelector('footer').textContent"


ENTRIES = """() => [...document.querySelectorAll('.arxiv-gloss-entry')].map((host) => host.shadowRoot)
  .filter((root) => root?.querySelector('.entry')?.dataset.phase === 'done').length"""


@pytest.fixture(scope="module")
def firefox(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    extension = built("firefox-mv3")
    assert extension and FIREFOX
    pages = {
        paper.PATH: ("text/html; charset=utf-8", paper.PAGE.read_bytes()),
        "/list/cs.CL/new": ("text/html; charset=utf-8", (PAGES / "list_cs.CL_new.html").read_bytes()),
        "/static/browse/0.3.4/css/arXiv.css": ("text/css", paper.STYLE.read_bytes()),
    }
    with open_firefox(FIREFOX, tmp_path_factory.mktemp("firefox"), extension, pages) as opened:
        pair(opened, server)
        yield opened


def pair(firefox: Firefox, server: Server) -> None:
    """As a reader does: the notice beside an abstract leads to the options."""
    abstract = firefox.open(f"https://arxiv.org{paper.PATH}")
    firefox.wait(abstract, OPEN_OPTIONS)
    tab = firefox.tab_of("/options.html")
    firefox.wait(tab, FILL, "input[type=text]", server.address)
    firefox.wait(tab, FILL, "input[name=code]", server.pairing_code())
    firefox.run(tab, SUBMIT)
    firefox.wait(tab, PAIRED)


def test_an_abstract_gets_its_gloss(firefox: Firefox, tmp_path: Path) -> None:
    tab = firefox.open(f"https://arxiv.org{paper.PATH}")
    firefox.wait(tab, DONE)
    said = firefox.run(tab, SENTENCES)
    assert "91.4" in said and "⟪" not in said
    assert "nothing left this machine" in firefox.run(tab, FOOT)
    hosts = {url.split("/")[2].split(":")[0] for url in firefox.asked if url.startswith("http")}
    assert hosts <= {"arxiv.org", "127.0.0.1"}
    firefox.picture(tab, tmp_path / "firefox.png")


def test_a_list_gets_its_gists(firefox: Firefox) -> None:
    tab = firefox.open("https://arxiv.org/list/cs.CL/new")
    firefox.wait(tab, f"() => ({ENTRIES})() === 3")
