"""POST /v1/html: a paper's page as a stream of events."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.server.conftest import Caller
from tests.server.routes.test_pdf import events_of

PAGE = (Path(__file__).parents[2] / "fixtures" / "papers" / "latexml.html").read_bytes()


def test_a_page_is_glossed_with_the_anchors_that_lead_into_it(client: Caller) -> None:
    events = [
        one
        for one in events_of(client.upload("/v1/html?id=2601.00001v1", PAGE, "text/html"))
        if one["event"] != "alive"
    ]
    outline, done = events[0], events[-1]
    assert [(one["title"], one["anchor"]) for one in outline["sections"][:2]] == [
        ("1 Introduction", "S1"),
        ("1.1 Details", "S1.SS1"),
    ]
    assert {one["event"] for one in events} >= {"title", "segment", "overview", "section", "figure"}
    figure = next(one for one in events if one["event"] == "figure")
    assert (figure["anchor"], figure["pictures"], figure["page"]) == ("S1.F1", ["x1.png", "x2.png"], None)
    assert done["event"] == "done" and done["asked"] == []


def test_another_page_ends_the_stream_with_its_reason(client: Caller) -> None:
    last = events_of(client.upload("/v1/html", b"<html><body>404</body></html>", "text/html"))[-1]
    assert (last["event"], last["code"]) == ("error", "unknown_page")


@pytest.mark.parametrize(
    ("path", "kind", "status"), [("/v1/html?target=tlh", "text/html", 400), ("/v1/html", "text/plain", 415)]
)
def test_bad_questions(client: Caller, path: str, kind: str, status: int) -> None:
    assert client.upload(path, PAGE, kind).status_code == status
