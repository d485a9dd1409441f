"""What is asked badly gets a status and a code before the first line."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from arxiv_gloss.app import create_app
from arxiv_gloss.errors import BundleError
from arxiv_gloss.routes.requests import MAX_PAPERS
from arxiv_gloss.routes.services import AppServices
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.services.jobs.queue import JobQueue
from arxiv_gloss.settings import Settings
from tests.server.conftest import ABSTRACT, Caller
from tests.server.fakes import EchoEngine

CHINESE = "我们提出一个小模型，在读者自己的机器上逐句翻译摘要，而且不需要网络。" * 3


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"abstract": ""}, 400, "empty_abstract"),
        ({"abstract": "  \n "}, 400, "empty_abstract"),
        ({}, 400, "empty_abstract"),
        ({"abstract": CHINESE}, 422, "not_english"),
        ({"abstract": "word " * 8_000}, 413, "abstract_too_long"),
        ({"abstract": "\x00\x01\x02\x7f" * 40}, 422, "not_text"),
        ({"abstract": ABSTRACT, "target": "tlh"}, 400, "unknown_target"),
        ({"id": "no id"}, 400, "bad_paper_id"),
        ({"id": "2401.01234"}, 502, "arxiv"),
        ({"abstract": 7}, 400, "bad_request"),
        ({"abstract": ABSTRACT, "parts": ["poem"]}, 400, "bad_request"),
        ({"abstract": ABSTRACT, "url": "http://127.0.0.1/"}, 400, "bad_request"),
        ([], 400, "bad_request"),
    ],
)
def test_bad_input(client: Caller, engine: EchoEngine, body: Any, status: int, code: str) -> None:
    answer = client.post("/v1/gloss", body)
    assert answer.status_code == status
    assert answer.json is not None and answer.json["error"]["code"] == code
    assert answer.json["error"]["message"].endswith(".")
    assert not engine.encoded


def test_one_word_is_glossed(client: Caller) -> None:
    events = client.stream("/v1/gloss", {"abstract": "Withdrawn."})
    assert events[-1]["event"] == "done"


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"abstract": "\\ud800"}'])
def test_what_is_not_json(app: Flask, client: Caller, body: bytes) -> None:
    headers = {**client.headers, "Content-Type": "application/json"}
    answer = app.test_client().post("/v1/gloss", data=body, headers=headers, base_url="http://127.0.0.1:8417")
    assert answer.status_code == 400
    assert answer.json is not None and answer.json["error"]["code"] == "bad_request"


@pytest.mark.parametrize("papers", [[], [{"abstract": ABSTRACT}] * (MAX_PAPERS + 1)])
def test_lists_have_bounds(client: Caller, papers: Any) -> None:
    assert client.post("/v1/glosses", {"papers": papers}).status_code in (400, 413)


def test_a_list_keeps_its_order_and_outlives_bad_papers(client: Caller) -> None:
    papers = [{"abstract": f"This is paper number {number}."} for number in range(12)]
    papers[5] = {"abstract": CHINESE}
    events = client.stream("/v1/glosses", {"papers": papers})
    ends = [(line["paper"], line["event"]["event"]) for line in events if line["event"]["event"] in ("done", "error")]
    assert ends == [(number, "error" if number == 5 else "done") for number in range(12)]


def test_what_is_not_there(client: Caller) -> None:
    answer = client.get("/v1/nothing")
    assert answer.status_code == 404
    assert answer.json is not None and answer.json["error"]["code"] == "not_found"


def test_too_many_at_once(settings: Settings, engine: EchoEngine) -> None:
    app = create_app(settings, load=lambda: engine, jobs=JobQueue(lanes=[], waiting=1))
    services: AppServices = app.extensions["arxiv_gloss"]
    client = Caller(app, services.pairings.new_token())
    client.headers.pop("Origin")
    first = services.jobs.gloss(_ask("The first paper."))
    answer = client.post("/v1/gloss", {"abstract": "The second paper."})
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json is not None and answer.json["error"]["code"] == "busy"
    first.close()
    _close(services)


def test_a_broken_bundle_is_told_and_may_be_mended(settings: Settings, engine: EchoEngine) -> None:
    broken = True

    def load() -> EchoEngine:
        if broken:
            raise BundleError("The bundle x is damaged: weights.safetensors has another digest.")
        return engine

    app = create_app(settings, load=load)
    services: AppServices = app.extensions["arxiv_gloss"]
    client = Caller(app, services.pairings.new_token())
    client.headers.pop("Origin")
    answer = client.post("/v1/gloss", {"abstract": ABSTRACT})
    assert answer.status_code == 500
    assert answer.json is not None and answer.json["error"]["code"] == "bundle"
    status = client.get("/v1/status").json
    assert status is not None and not status["ready"] and status["problem"]["code"] == "bundle"
    broken = False
    assert client.post("/v1/gloss", {"abstract": ABSTRACT}).status_code == 200
    status = client.get("/v1/status").json
    assert status is not None and status["ready"] and status["problem"] is None
    _close(services)


def test_status(client: Caller) -> None:
    client.stream("/v1/gloss", {"abstract": ABSTRACT})
    status = client.get("/v1/status").json
    assert status is not None
    assert status["targets"] == ["zh", "zh-TW", "en"]
    assert status["models"] == [
        {"role": "glosser", "name": "echo", "digest": "echo", "precision": "fp32", "provider": "CPU"}
    ]


def _ask(abstract: str) -> Any:
    return GlossQuery(abstract=abstract)


def _close(services: AppServices) -> None:
    services.close()
