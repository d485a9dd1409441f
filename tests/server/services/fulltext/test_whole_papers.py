"""A whole paper's gloss: every section told by its own sentences, every claim with its place in the paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arxiv_gloss.errors import Cancelled, EngineError, NotEnglish
from arxiv_gloss.events import (
    Done,
    FigureCaption,
    Flag,
    Overview,
    PagesRead,
    PaperOutline,
    Picture,
    Point,
    SectionGist,
    Segment,
    WholeEvent,
)
from arxiv_gloss.papers.document import Document, Figure, Notice, Paragraph, Section
from arxiv_gloss.services.fulltext.chunks import LONGEST_CHUNK, chunk_sentences, chunks
from arxiv_gloss.services.fulltext.glosser import FullTextGlosser
from arxiv_gloss.services.fulltext.markdown import paper_markdown
from arxiv_gloss.services.fulltext.notices import NOTICES
from arxiv_gloss.services.fulltext.result import PaperAccumulator
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.storage.row_cache import RowCache
from tests.server.conftest import ABSTRACT, TITLE
from tests.server.fakes import EchoEngine
from tests.server.papers import make_pdf

INTRODUCTION = Paragraph(
    "Reading a long document takes a model a great deal of time. Readers of papers in another language wait longest.", 1
)
METHOD = Paragraph("Our cache keeps the states of all earlier tokens in one tensor. It needs 41.2% of the memory.", 2)
PAPER = Document(
    title=TITLE,
    authors=("Jane Doe", "Richard Roe"),
    abstract=ABSTRACT,
    sections=(
        Section("1 Introduction", 1, 1, (INTRODUCTION,)),
        Section("2 The SplitNet RowCache", 1, 2, (METHOD,)),
        Section("2.1 Empty", 2, 2, ()),
    ),
    figures=(Figure("figure", "1", "The cache of one layer.", 2), Figure("table", "IV", "Latency in ms.", 3)),
    pages=3,
)


def whole(
    engine: EchoEngine | None = None, target: str = "zh", paper: Document = PAPER, **more: Any
) -> list[WholeEvent]:
    papers = FullTextGlosser(Glosser(engine or EchoEngine(), RowCache(None)))
    return list(papers.from_document(paper, GlossQuery(None, target=target), **more))


def collected(events: Iterable[WholeEvent]) -> PaperAccumulator:
    made = PaperAccumulator()
    for event in events:
        made.add(event)
    return made


def of(kind: type, events: list[WholeEvent]) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


def test_outline_comes_first_and_done_last() -> None:
    events = whole()
    outline = events[0]
    assert isinstance(outline, PaperOutline)
    assert [(one.title, one.level, one.page) for one in outline.sections] == [
        ("1 Introduction", 1, 1),
        ("2 The SplitNet RowCache", 1, 2),
        ("2.1 Empty", 2, 2),
    ]
    assert (outline.pages, outline.figures, outline.authors) == (3, 2, ["Jane Doe", "Richard Roe"])
    assert isinstance(events[-1], Done)


def test_sections_are_told_by_their_own_sentences() -> None:
    first, second, empty = of(SectionGist, whole())
    assert first.title.text == "1 引言"
    assert second.title.text.startswith("2 题目")
    (place,) = first.evidence
    assert place.source in INTRODUCTION.text
    assert (place.section, place.page) == ("1 Introduction", 1)
    assert "要点" in first.gist
    assert (empty.gist, empty.evidence) == ("", [])


def test_the_abstract_is_placed_in_the_paper() -> None:
    events = whole()
    assert len(of(Segment, events)) == 4
    sentences = of(Overview, events)[0].sentences
    assert sentences and all(place.section == "Abstract" for one in sentences for place in one.evidence)
    assert all(place.source in ABSTRACT for one in sentences for place in one.evidence)


def test_the_body_adds_takeaways_that_the_abstract_does_not_give() -> None:
    points = of(Point, whole())
    assert [point.index for point in points] == list(range(len(points)))
    added = [point for point in points if point.evidence[0].section != "Abstract"]
    assert {point.evidence[0].section for point in added} == {"1 Introduction", "2 The SplitNet RowCache"}


def test_a_body_that_repeats_the_abstract_adds_nothing() -> None:
    again = Document(TITLE, (), ABSTRACT, (Section("1 Introduction", 1, 1, (Paragraph(ABSTRACT, 1),)),), (), pages=1)
    points = of(Point, whole(paper=again))
    assert {point.evidence[0].section for point in points} == {"Abstract"}


def test_captions_are_translated() -> None:
    first, second = of(FigureCaption, whole())
    assert (first.kind, first.number, first.page, first.caption.source) == ("figure", "1", 2, "The cache of one layer.")
    assert "译文" in first.caption.text
    assert (second.kind, second.number) == ("table", "IV")


def test_in_english_the_sentences_are_the_paper_s_own() -> None:
    engine = EchoEngine()
    events = whole(engine, "en")
    assert not engine.decoded
    first, second, _ = of(SectionGist, events)
    assert (first.title.text, second.title.text) == ("1 Introduction", "2 The SplitNet RowCache")
    assert first.gist.rstrip(".") in INTRODUCTION.text
    assert of(FigureCaption, events)[0].caption.text == "The cache of one layer."


def test_in_taiwan_s_characters() -> None:
    engine = EchoEngine(says={("translate", 0): "软件"})
    events = whole(engine, "zh-TW")
    assert of(Segment, events)[0].text.count("軟體") == 1
    assert "軟體" in of(FigureCaption, events)[0].caption.text


def test_nothing_is_converted_twice() -> None:
    """Twice through OpenCC, 運算子 would become 運運算元."""
    engine = EchoEngine(says={("translate", 0): "运算符", ("gist", 0): "运算符"})
    text = paper_markdown(collected(whole(engine, "zh-TW")).result())
    assert "運算子" in text and "運運算元" not in text


def test_done_counts_the_whole_paper() -> None:
    engine = EchoEngine(drops={("translate", 2): {1}}, keeps_dropping=True, cut_off={("gist", 2), ("translate", 2)})
    events = whole(engine)
    counts = events[-1].counts if isinstance(events[-1], Done) else None
    points = of(Point, events)
    latest = {point.index: point for point in points}
    assert counts is not None
    assert (counts.segments, counts.takeaways) == (4, len(latest))
    assert counts.withheld == sum(point.withheld for point in latest.values()) == 1
    assert counts.flags > 0


@pytest.mark.parametrize(("target", "digits_only"), [("de", True), ("zh", False), ("en", False)])
def test_done_says_how_numbers_were_checked(target: str, digits_only: bool) -> None:
    (done,) = of(Done, whole(EchoEngine(targets=("zh", "de")), target))
    assert done.digits_only is digits_only


def test_without_an_abstract_the_beginning_stands_in() -> None:
    bare = Document(TITLE, (), "", PAPER.sections, (), pages=3)
    events = whole(paper=bare)
    assert of(Segment, events)[0].source == INTRODUCTION.text.split(". ")[0] + "."
    assert of(Overview, events)[0].sentences[0].evidence[0].section == "1 Introduction"


def test_cancelled_in_the_middle() -> None:
    engine = EchoEngine()
    with pytest.raises(Cancelled):
        whole(engine, cancelled=lambda: len(engine.decoded) > 10)


def test_what_fails_in_a_section_is_told() -> None:
    with pytest.raises(EngineError, match="no memory"):
        whole(EchoEngine(fails=EngineError("There is no memory.")))


def test_pieces_are_short_and_keep_their_pages() -> None:
    read = [Paragraph(f"Sentence {k} of a long section, which goes on for some time. " * 3, k) for k in range(1, 40)]
    cut = chunks(TITLE, chunk_sentences(read), "zh")
    assert len(cut) > 3
    assert [page for chunk in cut for page in chunk.pages] == [k for k in range(1, 40) for _ in range(3)]
    assert all(sum(len(one.source) for one in chunk.paper.segments) <= LONGEST_CHUNK for chunk in cut)


def test_from_a_pdf_with_its_pictures() -> None:
    papers = FullTextGlosser(Glosser(EchoEngine(), RowCache(None)))
    events = list(papers.from_pdf(make_pdf.two_column_paper().pdf, GlossQuery(None), pictures=True))
    assert events[:2] == [PagesRead(1, 2), PagesRead(2, 2)]
    assert [one.title.text for one in of(SectionGist, events)][:2] == ["1 引言", "1.1 题目"]
    assert len(of(Picture, events)) == 2
    assert isinstance(events[-1], Done)


def test_closing_a_pdf_s_stream_ends_it() -> None:
    papers = FullTextGlosser(Glosser(EchoEngine(), RowCache(None)))
    events = papers.from_pdf(make_pdf.two_column_paper().pdf, GlossQuery(None))
    assert next(events) == PagesRead(1, 2)
    events.close()  # type: ignore[attr-defined]


def test_markdown_links_the_pictures_and_names_the_pages() -> None:
    papers = FullTextGlosser(Glosser(EchoEngine(), RowCache(None)))
    paper = collected(papers.from_pdf(make_pdf.two_column_paper().pdf, GlossQuery(None), pictures=True))
    text = paper_markdown(paper.result())
    assert set(paper.files()) == {"01-figure-1.png", "02-table-1.png"}
    for part in ("## Summary", "## Takeaways", "![Figure 1](01-figure-1.png)", "Abstract, p. 1", "## 2 结果"):
        assert part in text


@pytest.mark.parametrize(
    ("title", "told"),
    [("Appendix A Introduction", "附录 A 引言"), ("Appendix B.2 Odds and Ends", "附录 B.2 题目"), ("Appendix", "附录")],
)
def test_headings_keep_their_numbers(title: str, told: str) -> None:
    papers = FullTextGlosser(Glosser(EchoEngine(), RowCache(None)))
    events = list(papers.from_document(replace(PAPER, sections=(Section(title, 1),)), GlossQuery(None)))
    assert [one.title.text for one in of(SectionGist, events)] == [told]


FRENCH = (
    "Nous donnons ici une première mesure de la durée de vie des ponts. Nous montrons que la méthode proposée est plus "
    "rapide que les autres pour tous les cas étudiés."
)


def test_an_abstract_in_another_language_does_not_stop_an_english_paper() -> None:
    events = whole(paper=replace(PAPER, abstract=FRENCH))
    outline = events[0]
    assert isinstance(outline, PaperOutline) and outline.notices == [Flag("abstract_not_english")]
    segments = of(Segment, events)
    assert [one.text for one in segments] == [one.source for one in segments] and len(segments) == 2
    assert all(one.flags == [Flag("not_english")] for one in segments)
    places = [place for point in of(Point, events) for place in point.evidence]
    assert places and all(place.section != "Abstract" for place in places)
    assert any(isinstance(event, Overview) and event.sentences for event in events)


def test_a_paper_in_another_language_is_refused() -> None:
    french = Section("1 Introduction", 1, 1, (Paragraph(FRENCH, 1),))
    with pytest.raises(NotEnglish):
        whole(paper=replace(PAPER, abstract=FRENCH, sections=(french,)))


def test_a_section_in_another_language_is_not_glossed_and_says_so() -> None:
    paper = replace(PAPER, sections=(*PAPER.sections, Section("Annexe", 1, 3, (Paragraph(FRENCH, 3),))))
    last = of(SectionGist, whole(paper=paper))[-1]
    assert last.gist == "" and Flag("not_english") in last.flags


def test_what_could_not_be_read_is_said_with_its_pages() -> None:
    paper = replace(PAPER, notices=(Notice("letters_unreadable", (1, 2, 3, 7)), Notice("text_recognised", (5,))))
    events = whole(paper=paper)
    outline = events[0]
    assert isinstance(outline, PaperOutline)
    assert outline.notices == [
        Flag("letters_unreadable", {"pages": "1-3, 7"}),
        Flag("text_recognised", {"pages": "5"}),
    ]
    assert "The letters of pages 1-3, 7 cannot be read" in paper_markdown(collected(events).result())


def test_every_notice_has_words_in_every_language() -> None:
    words = Path(__file__).parents[4] / "extension" / "shared" / "words"
    for code in NOTICES:
        for language in ("en", "zh"):
            assert f"    {code}: (" in (words / f"{language}.ts").read_text(encoding="utf-8")
