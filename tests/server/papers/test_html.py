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


def page(abstracts: str, text: str) -> str:
    return (
        f'<article class="ltx_document">{abstracts}<section class="ltx_section"><h2 class="ltx_title">1 Start</h2>'
        f'<div class="ltx_para"><p class="ltx_p">{text}</p></div></section></article>'
    )


@pytest.mark.parametrize(
    ("markup", "read_as"),
    [
        ("10<sup>15</sup> carriers", "10$^{15}$ carriers"),
        ("10<sup>-6</sup> parts of H<sub>2</sub>O", "10$^{-6}$ parts of H$_{2}$O"),
        ("the 2<sup>nd</sup> of 3 cm<sup>2</sup>", "the 2nd of 3 cm$^{2}$"),
        ("at 20<sup>∘</sup>C", "at 20°C"),
        ("x<sub>i</sub><sup>2</sup> grows", "x$_{i}^{2}$ grows"),
        ('as shown<sup><a href="#b1">12</a></sup> before', "as shown [12] before"),
        ('seen <span style="display: none">not </span>by<b hidden> nobody</b> all', "seen by all"),
        (
            'seen <span style="color:#FFFFFF;">not </span>by<b style="color: rgb(255, 255, 255)"> nobody</b> all',
            "seen by all",
        ),
        ('seen <span style="font-size:1%">not </span>by<b style="font-size: 1px"> nobody</b> all', "seen by all"),
        ('seen <span style="opacity: 0.0">not </span>by<b style="x:y; opacity:0"> nobody</b> all', "seen by all"),
        ('white on <span style="color:#fff;background:#000">black</span>', "white on black"),
        ('<span style="font-size:90%">small</span> and <b style="color:#FFFF00">yellow</b>', "small and yellow"),
        ("tagged\U000e0041\U000e0042 and \u202eturned", "tagged and turned"),
        ('Sr<math alttext="{}_{2}"><mi>x</mi></math>RuO<math alttext="{}_{4}"><mi>x</mi></math>', "Sr$_{2}$RuO$_{4}$"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup></math> grows", "$x^{2}$ grows"),
        ("<math><mfrac><mn>1</mn><msqrt><mi>n</mi></msqrt></mfrac></math> falls", r"$\frac{1}{\sqrt{n}}$ falls"),
        ('<mjx-container class="MathJax"><mjx-math></mjx-math></mjx-container> is lost', "$…$ is lost"),
        ('<span class="MathJax" data-mathml="<math><mi>k</mi></math>">k</span> is kept', "$k$ is kept"),
    ],
)
def test_formulas_come_from_whatever_the_page_kept(markup: str, read_as: str) -> None:
    (section,) = read_html(page("", markup)).sections
    assert [paragraph.text for paragraph in section.paragraphs] == [read_as]


def test_of_several_abstracts_the_english_one_counts() -> None:
    french = "Nous donnons la première mesure de la durée de vie des ponts dans les vallées."
    english = "We give the first measurement of the life of bridges in valleys."
    both = "".join(f'<div class="ltx_abstract"><p class="ltx_p">{text}</p></div>' for text in (french, english))
    assert read_html(page(both, "The text is in English.")).abstract == english
