"""Digests on the server's own page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from arxiv_gloss.papers import sources
from arxiv_gloss.routes.digests import POLICY
from arxiv_gloss.services.digest.pages import write_pages
from arxiv_gloss.settings import Settings
from tests.server.conftest import Caller
from tests.server.services.digest.test_digest import DAY, FIXTURES, Press


@pytest.fixture
def page(settings: Settings) -> Path:
    """A digest where the command line puts it."""
    listing = sources.read_list((FIXTURES / "pages" / "list_cs.CL_new.html").read_text(encoding="utf-8"))
    return write_pages(Press().make(settings.digest_dir, listing), settings.digest_dir)


def test_the_list_leads_to_the_pages(app: Flask, client: Caller, page: Path) -> None:
    told = client.get("/v1/digests").json
    assert told is not None and told["digests"] == [
        {"day": DAY, "topic": "cs.CL", "papers": 4, "page": f"{DAY}/cs.cl.html"}
    ]
    host = {"base_url": "http://127.0.0.1:8417"}
    opened = app.test_client().get(told["address"] + told["digests"][0]["page"], **host, buffered=True)
    assert opened.get_data() == page.read_bytes()
    assert opened.headers["Content-Security-Policy"] == POLICY
    assert {"form-action 'none'", "base-uri 'none'", "sandbox"} <= set(re.split("; | allow", POLICY))
    opened.close()
    for name in (f"{DAY}/cs.cl.jsonl", "../state.db", f"{DAY}/none.html"):
        assert app.test_client().get(told["address"] + name, **host).status_code in (403, 404)
    assert app.test_client().get(f"/digest/guessed/{DAY}/cs.cl.html", **host).status_code in (401, 403)


def test_without_digests_the_list_is_empty(client: Caller) -> None:
    assert (client.get("/v1/digests").json or {})["digests"] == []
