"""POST /v1/pdf: a PDF that is sent, or one that arXiv has, as a stream of events."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from werkzeug.test import TestResponse

from arxiv_gloss.app import create_app
from arxiv_gloss.clock import Clock
from arxiv_gloss.papers.fetch import Papers
from arxiv_gloss.papers.metadata import Arxiv
from arxiv_gloss.routes.services import AppServices
from arxiv_gloss.services.jobs.queue import JobQueue
from arxiv_gloss.settings import Settings
from tests.server.conftest import NOON, ORIGIN, Caller
from tests.server.fakes import EchoEngine
from tests.server.papers import make_pdf

PDF = make_pdf.manuscript()


def events_of(answer: TestResponse) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [msgspec.json.decode(line) for line in answer.get_data().splitlines()]


def test_a_pdf_is_glossed_as_it_is_read(client: Caller) -> None:
    events = [one for one in events_of(client.upload("/v1/pdf", PDF)) if one["event"] != "alive"]
    assert [one["event"] for one in events[:3]] == ["pages", "pages", "outline"]
    assert events[-1]["event"] == "done"
    assert not [one for one in events if one["event"] == "picture"]
    assert "1 引言" not in str(events) and "I. 引言" in str(events)


def test_pictures_and_target_are_asked_for(client: Caller) -> None:
    answer = client.upload("/v1/pdf?pictures=true&target=en", make_pdf.two_column_paper().pdf)
    events = events_of(answer)
    assert len([one for one in events if one["event"] == "picture"]) == 2
    titles = [one["title"]["text"] for one in events if one["event"] == "section"]
    assert titles[0] == "1 Introduction"


@pytest.mark.parametrize(("query", "code"), [("?target=tlh", "unknown_target"), ("?pictures=yes", "bad_request")])
def test_bad_questions(client: Caller, query: str, code: str) -> None:
    answer = client.upload(f"/v1/pdf{query}", PDF)
    assert answer.status_code == 400
    assert answer.json is not None and answer.json["error"]["code"] == code


@pytest.mark.parametrize(
    ("pdf", "code"),
    [(b"<html>404</html>", "pdf_broken"), (make_pdf.encrypted(), "pdf_encrypted"), (make_pdf.scan(), "pdf_no_text")],
)
def test_what_cannot_be_read_ends_the_stream_with_its_reason(client: Caller, pdf: bytes, code: str) -> None:
    last = events_of(client.upload("/v1/pdf", pdf))[-1]
    assert (last["event"], last["code"]) == ("error", code)


@pytest.mark.parametrize(
    ("body", "code"), [({}, "bad_request"), ({"id": "no id"}, "bad_paper_id"), ({"id": "../../etc"}, "bad_paper_id")]
)
def test_bad_ids(client: Caller, body: Any, code: str) -> None:
    answer = client.post("/v1/pdf", body)
    assert answer.status_code == 400
    assert answer.json is not None and answer.json["error"]["code"] == code


def test_switched_off_nothing_is_fetched(client: Caller) -> None:
    last = client.stream("/v1/pdf", {"id": "2401.01234v1"})[-1]
    assert (last["event"], last["code"]) == ("error", "arxiv")


def test_by_id_the_paper_comes_from_arxiv_and_the_gloss_says_so(
    settings: Settings, engine: EchoEngine, jobs: JobQueue
) -> None:
    asked: list[str] = []

    def download(address: str) -> bytes:
        asked.append(address)
        return PDF

    papers = Papers(Arxiv(lambda _: b"", lambda: 0.0, lambda _: None), settings.papers_dir, download)
    app = create_app(
        settings, load=lambda: engine, jobs=jobs, clock=Clock(lambda: 0.0, lambda: NOON), papers=papers, lexicon=dict
    )
    services: AppServices = app.extensions["arxiv_gloss"]
    client = Caller(app, services.pairings.new_token(ORIGIN))
    done = client.stream("/v1/pdf", {"id": "2401.01234v1"})[-1]
    assert done["asked"] == asked == ["https://arxiv.org/pdf/2401.01234v1"]
    assert client.stream("/v1/pdf", {"id": "2401.01234v1", "target": "en"})[-1]["asked"] == []
    assert len(asked) == 1
