"""Another program takes the port while the server is away."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from arxiv_gloss.demo import paper
from arxiv_gloss.demo.browser import find_chromium, open_browser
from arxiv_gloss.demo.server import running_server
from arxiv_gloss.demo.steps import pair_browser
from arxiv_gloss.settings import built

pytestmark = pytest.mark.browser

STATUS = {"version": "0", "wire": 1, "ready": True, "targets": ["zh"], "models": [], "program": "x", "problem": None}


@contextmanager
def squatter(port: int) -> Iterator[list[str]]:
    """A program that answers everything as if it were the server; yields all that it is told."""
    told: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self) -> None:
            told.append(f"{self.path} {self.headers}")
            told.append(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())
            content = json.dumps({**STATUS, "nonce": "0" * 32, "proof": "0" * 64}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = do_PUT = answer

        def log_message(self, *_: object) -> None:
            pass

    taken = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=taken.serve_forever, daemon=True).start()
    try:
        yield told
    finally:
        taken.shutdown()
        taken.server_close()


def test_a_program_that_takes_the_port_is_told_nothing_and_named(playwright: Playwright, tmp_path: Path) -> None:
    chromium, extension = find_chromium(playwright), built("chrome-mv3")
    assert chromium and extension, "tests/conftest.py should have seen to both"
    pages = {paper.PATH: paper.PAGE}
    with open_browser(playwright, chromium, tmp_path / "profile", extension, pages, paper.STYLE) as browser:
        home = tmp_path / "home"
        home.mkdir()
        with running_server(home) as server:
            pair_browser(browser, server)
            browser.pages[0].wait_for_timeout(1_000)  # what the options page still asks is the server's to answer
            port = int(server.address.rsplit(":", 1)[1])
        with squatter(port) as told:
            page = browser.new_page()
            page.goto(f"https://arxiv.org{paper.PATH}")
            expect(page.locator(".notice")).to_contain_text("Another program answers")
    assert {line.split()[0] for line in told[::2]} == {"/v1/challenge"}
    everything = "\n".join(told)
    assert "Authorization" not in everything
    assert "Proof" not in everything
    assert str(paper.request()["abstract"])[:40] not in everything
