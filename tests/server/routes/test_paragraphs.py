"""POST /v1/paragraphs: parts of a paper, each translated by itself, in the order in which they were asked for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.server.conftest import TITLE, Caller
from tests.server.fakes import EchoEngine

CITED = r"The cache was proposed in $\ref{a}$. It keeps $O(n^2)$ states, as Figure $\ref{b}$ shows."
HEADING = {"text": "2.1 Related Work", "kind": "heading"}


def asked(client: Caller, *paragraphs: Any, **more: Any) -> list[list[dict[str, Any]]]:
    """The events of each paragraph, without `alive`."""
    texts = [one if isinstance(one, dict) else {"text": one} for one in paragraphs]
    lines = client.stream("/v1/paragraphs", {"title": TITLE, "paragraphs": texts, **more})
    events = [line for line in lines if line["event"]["event"] != "alive"]
    assert [line["paragraph"] for line in events] == sorted(line["paragraph"] for line in events)
    return [[one["event"] for one in events if one["paragraph"] == k] for k in range(len(texts))]


def test_a_paragraph_is_translated_sentence_by_sentence(client: Caller, engine: EchoEngine) -> None:
    (events,) = asked(client, CITED)
    assert [one["event"] for one in events] == ["started", "segment", "segment", "done"]
    first, second = (one for one in events if one["event"] == "segment")
    assert CITED[slice(*first["span"])] == first["source"]
    assert r"$\ref{a}$" in first["text"] and first["flags"] == []
    assert r"$O(n^2)$" in second["text"] and r"$\ref{b}$" in second["text"]
    assert {request.task for request in engine.decoded} == {"translate"}


def test_a_usual_heading_comes_from_the_table_and_another_from_the_model(client: Caller) -> None:
    usual, other = asked(client, HEADING, {"text": "3 Our SplitNet", "kind": "heading"})
    assert [(one["index"], one["text"]) for one in usual if one["event"] == "segment"] == [(0, "2.1 相关工作")]
    (segment,) = (one for one in other if one["event"] == "segment")
    assert segment["text"].startswith("3 题目") and segment["source"] == "3 Our SplitNet"
    assert segment["span"] == [0, len("3 Our SplitNet")]


def test_a_paragraph_is_the_same_whatever_is_asked_beside_it_and_cached(client: Caller, engine: EchoEngine) -> None:
    (alone,) = asked(client, CITED)
    decoded = len(engine.decoded)
    _, (*_, beside, done) = asked(client, "We cache attention.", CITED)
    assert beside == alone[-2]
    assert done["cached"] and len(engine.decoded) == decoded + 1


def test_what_cannot_be_translated_says_why_and_stops_nothing(client: Caller) -> None:
    french = "Nous donnons la première mesure directe de deux temps de relaxation pour plusieurs glaciers."
    failed, left, good = asked(client, "$x = y$", french, CITED)
    assert [(one["event"], one["code"]) for one in failed] == [("error", "not_text")]
    assert left[-1]["code"] == "not_english"
    assert good[-1]["event"] == "done"


@pytest.mark.parametrize(("target", "count"), [("en", 0), ("zh-TW", 2)])
def test_the_other_targets(client: Caller, target: str, count: int) -> None:
    (events,) = asked(client, CITED, target=target)
    assert sum(one["event"] == "segment" for one in events) == count


@pytest.mark.parametrize(
    "body",
    [
        {"paragraphs": []},
        {"paragraphs": [{"text": "We cache."}] * 65},
        {"paragraphs": [{"text": "We cache.", "kind": "table"}]},
        {"paragraphs": [{"text": "We cache."}], "target": "tlh"},
    ],
)
def test_bad_questions(client: Caller, body: Any) -> None:
    assert client.post("/v1/paragraphs", body).status_code == 400
