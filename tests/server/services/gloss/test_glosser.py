"""One paper's gloss: what is decoded, what is shown, what is flagged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from arxiv_gloss import __version__
from arxiv_gloss.engine.protocol import RowRequest
from arxiv_gloss.errors import Cancelled, EmptyAbstract, NotEnglish, UnknownTarget
from arxiv_gloss.events import Done, Event, Flag, Segment, Summary, Takeaway
from arxiv_gloss.papers.metadata import Arxiv
from arxiv_gloss.services.gloss.abstractive import evidence
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.paper import prepare
from arxiv_gloss.services.gloss.query import GlossQuery, complete
from arxiv_gloss.services.gloss.result import collect
from arxiv_gloss.storage.row_cache import RowCache
from arxiv_gloss.text.slots import RULES
from tests.server.conftest import ABSTRACT, TITLE
from tests.server.fakes import EchoEngine, Place

QUERY = GlossQuery("2401.01234", TITLE, ABSTRACT)


def gloss(engine: EchoEngine, query: GlossQuery = QUERY, cache: RowCache | None = None, **more: Any) -> list[Event]:
    return list(Glosser(engine, cache or RowCache(None)).gloss(query, **more))


def of(kind: type, events: list[Event]) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


LEXICON = {"large": frozenset({"大型"}), "language": frozenset({"语言"}), "model": frozenset({"模型"})}


def test_a_claim_whose_words_its_sentence_does_not_carry_is_held_back() -> None:
    said: dict[Place, str] = {
        ("gist", 0): "大型语言模型",
        ("gist", 1): "完全另外的事情",
        ("translate", 1): "另外的译文",
    }
    engine = EchoEngine(says=said, plain=True)
    events = Glosser(engine, RowCache(None), lexicon=lambda: LEXICON).gloss(QUERY)
    takeaways = {one.evidence[0]: one for one in of(Takeaway, list(events))}
    assert (takeaways[0].withheld, takeaways[0].score) == (False, 1.0)
    assert (takeaways[1].withheld, takeaways[1].score) == (True, 0.0)


def test_one_encode_and_one_batch() -> None:
    engine = EchoEngine()
    gloss(engine)
    assert len(engine.encoded) == 1
    tasks = [(request.task, request.segment) for request in engine.decoded]
    assert tasks == [("title", None), *[("translate", k) for k in range(4)], *[("gist", k) for k in range(4)]]


@pytest.mark.parametrize(
    ("parts", "tasks"),
    [
        (("title",), {"title"}),
        (("translation",), {"translate"}),
        (("gist",), {"gist"}),
        (("title", "gist"), {"title", "gist"}),
        ((), set()),
    ],
)
def test_only_what_was_asked_is_decoded(parts: Any, tasks: set[str]) -> None:
    engine = EchoEngine()
    gloss(engine, GlossQuery(None, TITLE, ABSTRACT, parts=parts))
    assert {request.task for request in engine.decoded} == tasks


def test_asked_again_nothing_is_encoded(tmp_path: Any) -> None:
    cache = RowCache(tmp_path / "glosses.db")
    first = gloss(EchoEngine(), cache=cache)
    engine = EchoEngine()
    again = gloss(engine, cache=cache)
    assert (engine.encoded, engine.decoded) == ([], [])
    assert of(Done, again)[0].cached and not of(Done, first)[0].cached
    assert collect(again).segments == collect(first).segments
    assert collect(again).takeaways == collect(first).takeaways
    cache.close()


@pytest.mark.parametrize(
    "change",
    [
        lambda query: GlossQuery(query.id, "Another Title", query.abstract),
        lambda query: GlossQuery(query.id, query.title, query.abstract + " And one more sentence follows here."),
    ],
)
def test_another_text_is_decoded_anew(tmp_path: Any, change: Callable[[GlossQuery], GlossQuery]) -> None:
    """A row depends on the encoding of the whole paper, so no row of another paper may serve for it."""
    cache = RowCache(tmp_path / "glosses.db")
    gloss(EchoEngine(), cache=cache)
    engine = EchoEngine()
    gloss(engine, change(QUERY), cache=cache)
    assert RowRequest("translate", 0) in engine.decoded
    cache.close()


def test_another_bundle_is_decoded_anew(tmp_path: Any) -> None:
    cache = RowCache(tmp_path / "glosses.db")
    gloss(EchoEngine(), cache=cache)
    engine = EchoEngine(digest="another")
    gloss(engine, cache=cache)
    assert engine.decoded
    cache.close()


def test_numbers_and_formulas_are_required_from_the_start() -> None:
    engine = EchoEngine(drops={("translate", 1): {1}})
    events = gloss(engine)
    required = {request.segment: request.required_slots for request in engine.decoded if request.task == "translate"}
    assert required == {0: set(), 1: {1}, 2: {2, 3}, 3: {4}}
    shown = [segment for segment in of(Segment, events) if segment.index == 1]
    assert [segment.flags for segment in shown] == [[]]
    assert "$O(n^2)$" in shown[-1].text


def test_what_stays_lost_stays_flagged_and_is_told_once() -> None:
    engine = EchoEngine(drops={("translate", 2): {2}}, keeps_dropping=True)
    shown = [segment for segment in of(Segment, gloss(engine)) if segment.index == 2]
    assert len(shown) == 1
    assert shown[0].flags == [Flag("number_missing", {"text": "3.07x"})]


def test_a_lost_name_is_asked_for_again_but_a_translated_one_is_not() -> None:
    abstract = "We train BERT and compare it with what Gauss would do."
    engine = EchoEngine(drops={("translate", 0): {0, 1}})
    shown = of(Segment, gloss(engine, GlossQuery(None, "", abstract)))
    assert [segment.flags for segment in shown] == [[Flag("name_missing", {"text": "BERT"})], []]
    assert frozenset({0}) in {request.required_slots for request in engine.decoded}
    assert not any(1 in request.required_slots for request in engine.decoded)


def test_a_number_in_another_form_is_not_lost() -> None:
    """The echo says 甲句的译文 and then what it is told to say instead of the slot."""
    for said, codes in (("650万", []), ("65万", ["number_added", "number_missing"])):
        engine = EchoEngine(drops={("translate", 0): {0}}, says={("translate", 0): said}, keeps_dropping=True)
        events = gloss(engine, GlossQuery(None, "", "We train it on 6.5M sentences."))
        assert [flag.code for segment in of(Segment, events) for flag in segment.flags] == codes


def test_takeaways_and_summary_carry_the_sentence_that_made_them() -> None:
    events = gloss(EchoEngine())
    assert [(takeaway.label, takeaway.evidence) for takeaway in of(Takeaway, events)] == [
        ("motivation", [0]),
        ("method", [1]),
        ("result", [2]),
        ("conclusion", [3]),
    ]
    assert [sentence.evidence for sentence in of(Summary, events)[0].sentences] == [[1], [2], [3]]


def test_a_condensation_that_adds_a_number_gives_way_to_the_translation() -> None:
    engine = EchoEngine(says={("gist", 2): "提升97%"})
    events = gloss(engine)
    told = [takeaway for takeaway in of(Takeaway, events) if takeaway.index == 2]
    assert [[flag.code for flag in takeaway.flags] for takeaway in told] == [["number_added"], []]
    assert of(Summary, events)[-1].sentences[1].text == told[-1].text
    assert "97" not in told[-1].text
    assert len(engine.decoded) == len(set(engine.decoded)), "the translation was decoded already"


def test_what_no_second_try_mends_stays_flagged() -> None:
    engine = EchoEngine(says={("gist", 0): "提升97%", ("translate", 0): "提升98%"})
    takeaway = [takeaway for takeaway in of(Takeaway, gloss(engine)) if takeaway.index == 0][-1]
    assert takeaway.flags == [Flag("number_added", {"text": "97%"})]
    assert takeaway.withheld


def test_a_row_that_the_model_does_not_believe_in_gives_way_or_is_withheld() -> None:
    takeaway = [one for one in of(Takeaway, gloss(EchoEngine(unsure={("gist", 0)}))) if one.index == 0][-1]
    assert (takeaway.text, takeaway.withheld) == ("甲句的译文。", False)
    events = gloss(EchoEngine(unsure={("gist", 1), ("translate", 1)}))
    takeaway = [one for one in of(Takeaway, events) if one.index == 1][-1]
    assert takeaway.withheld and of(Done, events)[0].counts.withheld == 1
    assert [1] not in [sentence.evidence for sentence in of(Summary, events)[-1].sentences]


def test_all_evidence_resolves_to_segments() -> None:
    events = gloss(EchoEngine())
    said = [*of(Takeaway, events), *of(Summary, events)[-1].sentences]
    assert said and all(one.evidence and set(one.evidence) <= {0, 1, 2, 3} for one in said)


def test_evidence_of_a_row_that_saw_everything() -> None:
    assert evidence((0.05, 0.6, 0.3, 0.05)) == [1]
    assert evidence((0.4, 0.1, 0.4, 0.1)) == [0, 2]
    assert evidence((0.25, 0.25, 0.25, 0.25)) == []
    assert evidence((1.0,)) == [0]


def test_finished_rows_of_a_cancelled_gloss_are_kept(tmp_path: Any) -> None:
    cache = RowCache(tmp_path / "glosses.db")
    engine = EchoEngine()
    with pytest.raises(Cancelled):
        gloss(engine, cache=cache, cancelled=lambda: len(engine.decoded) >= 3)
    rest = EchoEngine()
    gloss(rest, cache=cache)
    assert not set(engine.decoded) & set(rest.decoded)
    cache.close()


def test_a_target_that_no_model_speaks() -> None:
    with pytest.raises(UnknownTarget, match="zh"):
        prepare(GlossQuery(None, "", ABSTRACT, "tlh"), ("zh",))


def test_a_gloss_says_where_it_comes_from_and_who_was_asked() -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2401.01234v3</id><title>A Title'
        "</title><summary>We prove that every small thing is finite.</summary></entry></feed>"
    )
    asked: list[str] = []

    def answer(address: str) -> bytes:
        asked.append(address)
        return feed.encode()

    arxiv = Arxiv(answer, sleep=lambda _: None)
    done = of(Done, gloss(EchoEngine(), complete(GlossQuery("2401.01234"), arxiv)))[0]
    assert done.asked == asked and len(asked) == 1
    assert (done.version, done.rules) == (__version__, RULES)
    assert datetime.fromisoformat(done.made).tzinfo is not None
    assert of(Done, gloss(EchoEngine(), complete(QUERY, arxiv)))[0].asked == []
    finished = collect(gloss(EchoEngine(), complete(GlossQuery("2401.01234"), arxiv)))
    assert finished.asked == done.asked and finished.version == __version__


def test_neither_abstract_nor_id() -> None:
    with pytest.raises(EmptyAbstract):
        complete(GlossQuery(), None)


def test_what_is_not_english_stays_as_it_is_and_is_in_no_digest() -> None:
    abstract = (
        "We prove a bound for curves in abelian varieties. Nous démontrons une borne pour les courbes. "
        "La preuve repose sur les hauteurs. The proof rests on heights."
    )
    engine = EchoEngine()
    events = gloss(engine, GlossQuery(None, "Une borne pour les courbes abéliennes", abstract))
    segments = {one.index: one for one in of(Segment, events)}
    assert segments[1].text == "Nous démontrons une borne pour les courbes."
    assert [k for k, one in sorted(segments.items()) if one.flags == [Flag("not_english")]] == [1, 2]
    title = collect(events).title
    assert title and title.flags == [Flag("not_english")]
    assert {request.segment for request in engine.decoded} == {0, 3}


def test_a_paper_in_another_language_is_refused() -> None:
    french = GlossQuery(None, "Une borne", "Nous démontrons une borne. La preuve repose sur les hauteurs.")
    with pytest.raises(NotEnglish):
        gloss(EchoEngine(), french)
    with pytest.raises(NotEnglish):
        gloss(EchoEngine(), GlossQuery(None, "Une borne pour les courbes abéliennes", None, parts=("title",)))
