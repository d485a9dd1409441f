"""A gloss by several bundles: who says what, with which slots, and what the reader is told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import pytest

from arxiv_gloss.engine.protocol import RowRequest, Source
from arxiv_gloss.errors import BadRequest, BundleError, Cancelled, UnknownTarget
from arxiv_gloss.events import Done, Event, Part, Segment, Summary, Takeaway, Title
from arxiv_gloss.registry.router import ENGLISH_SUMMARY
from arxiv_gloss.registry.text_models import IDLE_SECONDS, Capabilities, Selection, TextModels
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.paper import prepare
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.storage.row_cache import RowCache, row_key
from tests.server.fakes import EchoEngine
from tests.server.registry.echo_text_model import EchoTextModel

Kind = TypeVar("Kind")

TITLE = "SplitNet: Fast Attention"
SENTENCES = (
    "Attention needs $O(n^2)$ memory.",
    "However, our SplitNet needs only 12% of the tokens.",
    "See https://example.org/splitnet for the code.",
)
ABSTRACT = " ".join(SENTENCES)
OFFERS = {
    "echo": Capabilities(("glosser",), ("zh",)),
    "polyglot": Capabilities(("translator",), ("de", "fr")),
    "pekinese": Capabilities(("translator",), ("zh",)),
    "brief": Capabilities(("summarizer",), ("en",)),
}


class GlossService:
    """The speakers of one reader, and a glosser for each target."""

    def __init__(self, choice: Selection | None = None, **speakers: EchoTextModel) -> None:
        self.engine = EchoEngine()
        self.loaded: list[str] = []
        self.now = 0.0
        self.made = speakers
        self.waiting: list[Callable[[], None]] = []
        self.speakers = TextModels(
            lambda: OFFERS,
            lambda: choice or Selection(),
            self._load,
            lambda: self.now,
            lambda _, call: self.waiting.append(call),
        )

    def _load(self, name: str) -> EchoTextModel:
        self.loaded.append(name)
        return self.made.setdefault(name, EchoTextModel(name, OFFERS[name].targets))

    def gloss(
        self,
        target: str,
        parts: Sequence[Part] = ("title", "translation", "summary", "takeaways"),
        abstract: str = ABSTRACT,
    ) -> list[Event]:
        glosser = Glosser(self.speakers.engine(self.engine, target), RowCache(None))
        query = GlossQuery(None, TITLE, abstract, target, tuple(parts))
        return list(glosser.gloss(query))


def of(kind: type[Kind], events: Sequence[Event]) -> list[Kind]:
    return [event for event in events if isinstance(event, kind)]


def texts(events: Sequence[Event], kind: type[Title] | type[Segment] | type[Takeaway]) -> list[str]:
    return [event.text for event in of(kind, events)]


def test_a_translator_makes_a_target_work() -> None:
    desk = GlossService()
    events = desk.gloss("de")
    assert texts(events, Title) == [TITLE]
    assert sorted(texts(events, Segment)) == sorted(SENTENCES), "slots are back, formula and address too"
    assert all(not segment.flags for segment in of(Segment, events))
    assert "Our SplitNet needs only 12% of the tokens." in texts(events, Takeaway), "shortened, then translated"
    assert all(one.evidence for one in of(Takeaway, events))
    done = of(Done, events)[0]
    assert isinstance(done, Done) and done.digits_only
    assert [(one.role, one.name) for one in done.models] == [("glosser", "echo"), ("translator", "polyglot")]
    assert desk.engine.decoded == [], "the glosser only says which sentences matter"


def test_what_is_required_goes_as_tags_and_names_go_as_words() -> None:
    desk = GlossService(polyglot=EchoTextModel())
    desk.gloss("de", ["translation"])
    asked = desk.made["polyglot"].asked
    assert "However, our SplitNet needs only [2]% of the tokens." in asked
    assert "Attention needs [1] memory." in asked
    assert "See [3] for the code." in asked


@pytest.mark.parametrize("harm", ["lost", "doubled"])
def test_a_tag_that_is_lost_or_doubled_means_once_more_without(harm: str) -> None:
    def alters(text: str) -> str:
        return text.replace("[2]", "" if harm == "lost" else "[2] [2]")

    desk = GlossService(polyglot=EchoTextModel(alters=alters))
    events = desk.gloss("de", ["translation"])
    assert SENTENCES[1] in desk.made["polyglot"].asked, "as it is, without tags"
    assert sorted(texts(events, Segment)) == sorted(SENTENCES)


def test_what_is_lost_even_then_is_flagged() -> None:
    desk = GlossService(
        polyglot=EchoTextModel(tag="", alters=lambda text: text.replace("12%", "viel").replace("$O(n^2)$", ""))
    )
    flags = {
        (flag.code, flag.params["text"])
        for segment in of(Segment, desk.gloss("de", ["translation"]))
        for flag in segment.flags
    }
    assert flags == {("number_missing", "12"), ("formula_missing", "$O(n^2)$")}


COUNTED = "Since May 2020 we train models of 2.1 billion parameters."


def test_a_model_that_never_saw_a_slot_reads_quantities_as_tags() -> None:
    desk = GlossService(Selection(translator="pekinese"))
    (text,) = texts(desk.gloss("zh", ["translation"], COUNTED), Segment)
    assert text == "Since 2020年5月 we train models of 21亿 parameters."
    assert desk.made["pekinese"].asked == ["Since [1] we train models of [2] parameters."]


def test_without_tags_it_reads_quantities_in_words() -> None:
    harmed = EchoTextModel("pekinese", ("zh",), alters=lambda text: text.replace("[1]", ""))
    desk = GlossService(Selection(translator="pekinese"), pekinese=harmed)
    assert texts(desk.gloss("zh", ["translation"], COUNTED), Segment) == [COUNTED]
    assert harmed.asked[-1] == COUNTED


def test_what_was_said_in_words_is_not_taken_for_another_month() -> None:
    papers = [
        prepare(GlossQuery(None, "", f"Since {month} 2020 it works.", "zh"), ("zh",)) for month in ("May", "June")
    ]
    assert papers[0].source.segments == papers[1].source.segments
    info = EchoEngine().info
    assert len({row_key(paper.source, RowRequest("translate", 0), info) for paper in papers}) == 2


def test_tags_may_come_back_with_spaces_inside() -> None:
    desk = GlossService(polyglot=EchoTextModel(alters=lambda text: text.replace("[2]", "[ 2 ]")))
    assert sorted(texts(desk.gloss("de", ["translation"]), Segment)) == sorted(SENTENCES)


def test_long_sentences_are_cut_and_put_together() -> None:
    desk = GlossService(polyglot=EchoTextModel(most_words=4))
    events = desk.gloss("de", ["translation"])
    assert sorted(texts(events, Segment)) == sorted(SENTENCES)
    assert all(len(text.split()) <= 4 for text in desk.made["polyglot"].asked)


def test_the_glosser_translates_where_it_can_unless_another_is_chosen() -> None:
    usual = GlossService()
    assert texts(usual.gloss("zh", ["title"]), Title) == ["题目SplitNet"] and usual.loaded == []
    chosen = GlossService(Selection(translator="pekinese"))
    events = chosen.gloss("zh")
    assert texts(events, Title)[0] == TITLE and chosen.loaded == ["pekinese"]
    assert all("要点" in text for text in texts(events, Takeaway)), "condensations stay the glosser's"
    assert {request.task for request in chosen.engine.decoded} == {"gist"}
    elsewhere = GlossService(Selection(translator="pekinese"))
    elsewhere.gloss("fr", ["title"])
    assert elsewhere.loaded == ["polyglot"], "the chosen one does not speak it"


def test_the_digest_holds_all_bundles_and_the_language() -> None:
    engines = [
        GlossService(choice).speakers.engine(EchoEngine(), target)
        for choice, target in (
            (Selection(), "zh"),
            (Selection(), "de"),
            (Selection(), "fr"),
            (Selection(summarizer="brief"), "de"),
        )
    ]
    keys = {row_key(Source("", ("One.",)), RowRequest("translate", 0), engine.info) for engine in engines}
    assert len(keys) == 4
    assert engines[0].info.digest == "echo", "alone it is what it was: what it has said stays known"


def test_a_summary_by_a_summarizer_is_translated_and_tied_to_its_source() -> None:
    summary = "SplitNet needs 12% of the tokens. It cures cancer in 99 mice."
    desk = GlossService(Selection(summarizer="brief"), brief=EchoTextModel("brief", ("en",), alters=lambda _: summary))
    (told,) = of(Summary, desk.gloss("de"))
    assert isinstance(told, Summary)
    assert [(one.text, one.evidence) for one in told.sentences] == [("SplitNet needs 12% of the tokens.", [1])]
    (english,) = of(Summary, desk.gloss("en"))
    assert isinstance(english, Summary) and english.sentences[0].text == "SplitNet needs 12% of the tokens."
    (chinese,) = of(Summary, desk.gloss("zh"))
    assert isinstance(chinese, Summary) and chinese.sentences[0].text.startswith("甲句的译文")
    roles = [one.role for one in of(Done, desk.gloss("de"))[0].models]
    assert roles == ["glosser", "translator", "summarizer"]


def test_a_number_that_the_summarizer_makes_up_is_flagged() -> None:
    summary = "SplitNet needs 37% of the tokens."
    desk = GlossService(Selection(summarizer="brief"), brief=EchoTextModel("brief", ("en",), alters=lambda _: summary))
    (told,) = of(Summary, desk.gloss("de", ["summary"]))
    assert isinstance(told, Summary)
    assert ("number_added", "37%") in {(flag.code, flag.params["text"]) for flag in told.sentences[0].flags}


def test_a_summary_that_nothing_supports_gives_way_to_the_usual_one() -> None:
    desk = GlossService(
        Selection(summarizer="brief"), brief=EchoTextModel("brief", ("en",), alters=lambda _: "Cats purr loudly today.")
    )
    (told,) = of(Summary, desk.gloss("de", ["summary"]))
    assert isinstance(told, Summary) and all(one.evidence for one in told.sentences)


def test_every_language_that_somebody_speaks_is_a_target() -> None:
    desk = GlossService()
    info = desk.speakers.engine(desk.engine, "tlh").info
    assert info.targets == ("zh", "de", "fr")
    with pytest.raises(UnknownTarget, match="zh, de, fr, zh-TW, en"):
        desk.gloss("tlh")


def test_a_bundle_that_is_gone_is_named() -> None:
    with pytest.raises(BundleError, match="'lost' is not installed any more"):
        GlossService(Selection(translator="lost")).gloss("de")
    with pytest.raises(BundleError, match="no bundle 'lost'"):
        GlossService(Selection(summarizer="lost")).gloss("zh")


def test_idle_models_leave_memory() -> None:
    desk = GlossService(Selection(summarizer="brief"))
    desk.speakers.engine(desk.engine, "de")
    desk.now = IDLE_SECONDS - 1
    desk.speakers.engine(desk.engine, "zh")
    desk.now = IDLE_SECONDS
    for call in desk.waiting:
        call()
    desk.speakers.engine(desk.engine, "de")
    assert (desk.loaded.count("polyglot"), desk.loaded.count("brief")) == (2, 1), "the summarizer was used meanwhile"


def test_nobody_waits_any_more() -> None:
    desk = GlossService()
    engine = desk.speakers.engine(desk.engine, "de")
    encoding = engine.encode(Source("", ("One.",)))
    with pytest.raises(Cancelled):
        list(engine.decode(encoding, [RowRequest("translate", 0)], lambda: True))
    with pytest.raises(BadRequest, match="no summarizer"):
        list(engine.decode(encoding, [RowRequest(ENGLISH_SUMMARY)]))
