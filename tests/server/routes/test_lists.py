"""POST /v1/glosses: papers of a page that shows their abstracts, and of one that does not."""

from __future__ import annotations

from typing import Any

from flask import Flask
from msgspec.structs import replace

from arxiv_gloss.app import create_app
from arxiv_gloss.clock import Clock
from arxiv_gloss.papers.metadata import Arxiv
from arxiv_gloss.routes.services import AppServices
from arxiv_gloss.services.jobs.queue import JobQueue
from arxiv_gloss.settings import Settings
from tests.server.conftest import ABSTRACT, NOON, ORIGIN, TITLE, Caller
from tests.server.fakes import EchoEngine

ENTRY = "<entry><id>http://arxiv.org/abs/{}v1</id><title>A Title</title><summary>{}</summary></entry>"


def kinds(events: list[dict[str, Any]], paper: int) -> list[str]:
    return [one["event"]["event"] for one in events if one["paper"] == paper and one["event"]["event"] != "alive"]


def test_titles_need_no_abstract(client: Caller, engine: EchoEngine) -> None:
    events = client.stream("/v1/glosses", {"papers": [{"id": "2401.00001", "title": TITLE}], "parts": ["title"]})
    assert kinds(events, 0) == ["started", "title", "done"]
    assert engine.encoded[0].segments == ()


def test_a_list_without_abstracts_asks_arxiv_once(settings: Settings, engine: EchoEngine, jobs: JobQueue) -> None:
    asked: list[str] = []

    def get(address: str) -> bytes:
        asked.append(address)
        entries = "".join(ENTRY.format(f"2401.0000{k}", ABSTRACT) for k in (1, 2))
        return f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()

    arxiv = Arxiv(get, lambda: 0.0, lambda _: None)
    app: Flask = create_app(
        replace(settings, ask_arxiv=True),
        load=lambda: engine,
        jobs=jobs,
        arxiv=arxiv,
        clock=Clock(lambda: 0.0, lambda: NOON),
    )
    services: AppServices = app.extensions["arxiv_gloss"]
    client = Caller(app, services.pairings.new_token(ORIGIN))
    papers = [{"id": f"2401.0000{k}", "title": TITLE} for k in (1, 2, 3)]
    events = client.stream("/v1/glosses", {"papers": [*papers, {"title": TITLE}], "parts": ["gist"]})
    assert len(asked) == 1
    assert kinds(events, 0)[-2:] == kinds(events, 1)[-2:] == ["gist", "done"]
    assert [one["event"]["code"] for one in events if one["event"]["event"] == "error"] == ["arxiv", "empty_abstract"]
