"""Targets that need no model."""

from __future__ import annotations

from pathlib import Path

import pytest

from arxiv_gloss.engine.protocol import RowRequest
from arxiv_gloss.events import Flag, Gist, Segment, SummarySentence, Takeaway
from arxiv_gloss.services.gloss.extractive import salience_by_cues
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.services.gloss.result import GlossAccumulator
from arxiv_gloss.services.gloss.taiwan import in_script_of
from arxiv_gloss.storage.row_cache import RowCache
from arxiv_gloss.text.shorten import shorten
from tests.server.conftest import ABSTRACT, TITLE, Caller
from tests.server.fakes import EchoEngine


def gloss(engine: EchoEngine, target: str, cache: RowCache | None = None) -> GlossAccumulator:
    told = GlossAccumulator()
    query = GlossQuery(None, TITLE, ABSTRACT, target, ("title", "translation", "summary", "takeaways", "gist"))
    for event in Glosser(engine, cache or RowCache(None)).gloss(query):
        told.add(event)
    return told


def test_status_lists_the_targets(client: Caller) -> None:
    client.stream("/v1/gloss", {"abstract": ABSTRACT})
    status = client.get("/v1/status").json
    assert status is not None and status["targets"] == ["zh", "zh-TW", "en"]


def test_taiwan_has_its_own_characters_and_phrases() -> None:
    told = gloss(EchoEngine(says={("translate", 0): "软件与内存"}), "zh-TW")
    assert told.segments[0].text == "甲句的譯文。軟體與記憶體"
    assert told.segments[0].source == "Large language models are slow on long documents."
    assert told.title is not None and told.title.text == "題目SplitNet"
    assert told.takeaways[0].text == "甲句的要點。"
    assert told.summary is not None and "要點" in told.summary.sentences[0].text


def test_flags_of_taiwan_are_in_its_characters_too() -> None:
    event = Segment(0, (0, 1), "source", "软件", [Flag("number_added", {"text": "5万"})])
    assert in_script_of(event, "zh-TW") == Segment(0, (0, 1), "source", "軟體", [Flag("number_added", {"text": "5萬"})])


def test_taiwan_shares_the_rows_of_the_mainland(tmp_path: Path) -> None:
    cache = RowCache(tmp_path / "glosses.db")
    gloss(EchoEngine(), "zh", cache)
    engine = EchoEngine()
    gloss(engine, "zh-TW", cache)
    assert (engine.encoded, engine.decoded) == ([], [])
    cache.close()


@pytest.mark.parametrize("summary", ["gist", "abstractive"])
def test_english_is_the_abstract_itself(summary: str) -> None:
    engine = EchoEngine(summary=summary)
    told = gloss(engine, "en")
    assert engine.decoded == list[RowRequest]()
    assert (told.title, told.segments) == (None, {})
    assert told.started is not None and told.summary is not None and told.gist is not None
    sources = [segment.source for segment in told.started.segments]
    said: list[Takeaway | SummarySentence | Gist] = [*told.takeaways.values(), *told.summary.sentences, told.gist]
    assert len(told.takeaways) == 4
    assert all(one.text == shorten(sources[one.evidence[0]]) for one in said)
    assert not any(takeaway.withheld for takeaway in told.takeaways.values())


def test_cue_words_find_the_parts() -> None:
    rows = salience_by_cues(
        [
            "However, long documents remain a challenge.",
            "We propose SplitNet.",
            "Experiments show that it outperforms all others.",
            "This suggests new uses.",
        ]
    )
    best = [max((k for k in row if k != "tldr"), key=lambda k: row[k]) for row in rows]
    assert best == ["motivation", "method", "result", "conclusion"]
