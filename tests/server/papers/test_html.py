"""HTML papers: the same document as from a PDF, with formulas in TeX."""

from __future__ import annotations

from pathlib import Path

import pytest

from arxiv_gloss.errors import UnknownPage
from arxiv_gloss.papers.document import Document
from arxiv_gloss.papers.html import read_html

PAPER = Path(__file__).parents[2] / "fixtures" / "papers" / "latexml.html"


@pytest.fixture(scope="module")
def paper() -> Document:
    return read_html(PAPER.read_text(encoding="utf-8"))


def test_front_matter(paper: Document) -> None:
    assert paper.title == "A Paper with Mathematics"
    assert paper.authors == ("Jane Doe", "Richard Roe", "Wei Zhang")
    assert paper.abstract == r"We prove that $x^{2}\geq 0$."


def test_sections_without_what_the_conversion_misplaced(paper: Document) -> None:
    assert [(section.level, section.title) for section in paper.sections] == [
        (1, "1 Introduction"),
        (2, "1.1 Details"),
        (1, "Appendix A Proofs"),
    ]


def test_a_sentence_goes_on_across_a_display_formula(paper: Document) -> None:
    texts = [paragraph.text for paragraph in paper.sections[0].paragraphs]
    assert texts == ["Energy is $(1)$ as everybody knows (Einstein, 1905).", "First thing.", "Second thing."]


def test_spaces_of_the_markup_are_not_those_of_the_text(paper: Document) -> None:
    assert paper.sections[1].paragraphs[0].text == "An $N$-body problem."


def test_footnotes_and_references_are_kept_apart(paper: Document) -> None:
    assert [note.text for note in paper.footnotes] == ["Of some kind."]
    assert paper.references == ("A. Einstein, Ann. Phys. 17.",)


def test_figures_have_their_own_caption_and_all_pictures(paper: Document) -> None:
    figure, table = paper.figures
    assert (figure.kind, figure.number, figure.caption) == ("figure", "1", "Two panels.")
    assert figure.sources == ("x1.png", "x2.png")
    assert (table.kind, table.number, table.caption) == ("table", "2", "Numbers.")


def test_other_pages_are_refused() -> None:
    with pytest.raises(UnknownPage, match="PDF"):
        read_html("<html><body><article><p>Proceedings</p></article></body></html>")


def test_depth_does_not_break_the_reader() -> None:
    deep = "<div>" * 20_000 + "<p class='ltx_p'>Deep down.</p>"
    found = read_html(f"<article class='ltx_document'>{deep}</article>")
    assert [paragraph.text for section in found.sections for paragraph in section.paragraphs] == ["Deep down."]


def test_a_document_survives_its_json(paper: Document) -> None:
    assert Document.from_json(paper.to_json()) == paper
