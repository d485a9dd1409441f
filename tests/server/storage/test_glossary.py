"""The reader's glossary: kept in a file, applied on reading, and counted where it could not be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from arxiv_gloss.errors import BadRequest, NotFound
from arxiv_gloss.events import Done, Event, Flag
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.services.gloss.result import GlossAccumulator, GlossResult
from arxiv_gloss.storage.glossary import ReaderGlossary, Term, shipped, shipped_terms
from arxiv_gloss.storage.row_cache import RowCache
from tests.server.conftest import Caller
from tests.server.fakes import EchoEngine

ABSTRACT = "We study the robustness of models. Robustness is what we want to have. It is seldom there."
ROBUST = {
    ("translate", 0): "鲁棒性",
    ("translate", 1): "稳健性",
    ("gist", 0): "稳健性",
    ("gist", 1): "稳健性",
    ("title", None): "稳健性",
}
QUERY = GlossQuery(None, "Robustness of models", ABSTRACT)


@pytest.fixture
def terms(tmp_path: Path) -> ReaderGlossary:
    return ReaderGlossary(tmp_path / "data" / "glossary.tsv")


def gloss(engine: EchoEngine, terms: ReaderGlossary, cache: RowCache | None = None) -> tuple[GlossResult, Done]:
    told = GlossAccumulator()
    events: list[Event] = list(Glosser(engine, cache or RowCache(None), glossaries=terms.glossaries).gloss(QUERY))
    for event in events:
        told.add(event)
    assert told.done is not None
    return told.result(), told.done


def test_terms_are_kept_replaced_and_removed(terms: ReaderGlossary) -> None:
    assert terms.all() == []
    terms.add([Term("token", "令牌"), Term("BERT", "=")])
    terms.add([Term(" Token ", "词元")])
    assert terms.all() == [Term("BERT", "BERT"), Term("Token", "词元")]
    assert terms.remove("token") == [Term("BERT", "BERT")]
    with pytest.raises(NotFound):
        terms.remove("token")


@pytest.mark.parametrize(
    "bad", [Term("", "词"), Term("a", " "), Term("a\tb", "词"), Term("a", "x" * 101), Term("#a", "词")]
)
def test_what_a_line_cannot_hold_is_refused_and_nothing_is_lost(terms: ReaderGlossary, bad: Term) -> None:
    terms.add([Term("token", "词元")])
    with pytest.raises(BadRequest):
        terms.add([Term("model", "模型"), bad])
    assert terms.all() == [Term("token", "词元")]


def test_a_damaged_file_is_named_and_does_not_stop_a_gloss(terms: ReaderGlossary, tmp_path: Path) -> None:
    terms.add([Term("token", "词元")])
    file = tmp_path / "data" / "glossary.tsv"
    file.write_text("a line without a tab\n")
    with pytest.raises(BadRequest, match="Line 1"):
        terms.all()
    assert terms.glossaries() is shipped()


def test_a_change_by_another_program_is_seen(terms: ReaderGlossary, tmp_path: Path) -> None:
    terms.add([Term("token", "词元")])
    assert terms.glossaries().own.variants("token") == ["词元"]
    file = tmp_path / "data" / "glossary.tsv"
    file.write_text("token\t令牌\n")
    os.utime(file, ns=(1, 1))
    assert terms.glossaries().own.variants("token") == ["令牌"]


def test_one_rendering_across_all_parts(terms: ReaderGlossary) -> None:
    made, _ = gloss(EchoEngine(says=ROBUST), terms)
    assert made.title is not None and made.takeaways is not None and made.summary is not None
    texts = [made.title.text, *(segment.text for segment in made.segments[:2]), made.takeaways[0].text]
    texts.append(made.summary.sentences[0].text)
    assert all("稳健性" in text and "鲁棒性" not in text for text in texts)


def test_a_changed_term_is_rendered_anew_without_the_engine(terms: ReaderGlossary, tmp_path: Path) -> None:
    cache = RowCache(tmp_path / "glosses.db")
    gloss(EchoEngine(says=ROBUST), terms, cache)
    terms.add([Term("robustness", "强健性")])
    engine = EchoEngine(says=ROBUST)
    made, done = gloss(engine, terms, cache)
    assert (engine.encoded, engine.decoded, done.cached) == ([], [], True)
    assert [segment.text for segment in made.segments] == ["甲句的译文。强健性", "乙句的译文。强健性", "丙句的译文。"]
    assert made.takeaways is not None and made.takeaways[0].text.endswith("强健性。")
    assert (done.counts.conflicts, done.counts.flags) == (0, 0)
    cache.close()


def test_a_term_may_stay_in_english(terms: ReaderGlossary) -> None:
    terms.add([Term("robustness", "=")])
    made, done = gloss(EchoEngine(says=ROBUST), terms)
    assert made.segments[0].text == "甲句的译文。robustness"
    assert done.counts.conflicts == 0


def test_what_could_not_be_put_in_is_flagged_and_counted(terms: ReaderGlossary) -> None:
    terms.add([Term("model", "模子")])
    made, done = gloss(EchoEngine(says=ROBUST), terms)
    assert made.segments[0].flags == [Flag("conflict", {"source": "model", "target": "模子"})]
    assert made.segments[1].flags == []
    assert done.counts.conflicts == 2, "title and first sentence"


def test_over_the_wire(client: Caller) -> None:
    assert client.get("/v1/glossary").json == {"terms": []}
    added = client.post("/v1/glossary", {"terms": [{"source": "BERT", "target": "="}]})
    assert added.json == {"terms": [{"source": "BERT", "target": "BERT"}]}
    assert client.delete("/v1/glossary", {"source": "GPT"}).status_code == 404
    assert client.delete("/v1/glossary", {"source": "bert"}).json == {"terms": []}
    assert client.post("/v1/glossary", {"terms": [{"source": "BERT"}]}).status_code == 400
    assert client.post("/v1/glossary", {"terms": [{"source": "", "target": "="}]}).status_code == 400


def test_the_shipped_terms_are_sound() -> None:
    """No rendering may be part of another of its term: replacing one would tear the other."""
    known = shipped().known
    assert len(known) > 2000
    for term in shipped_terms():
        others = [other for other in known.variants(term.source) if other != term.target]
        assert not any(term.target in other for other in others), term
