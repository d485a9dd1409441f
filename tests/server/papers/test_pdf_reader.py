"""What is read from a PDF: front, sections, order, hyphens, formulas, figures, and what is left out."""

from __future__ import annotations

import re
import struct

import pymupdf
import pytest

from arxiv_gloss.errors import PdfNoText, PdfTooLarge
from arxiv_gloss.papers.document import Document
from arxiv_gloss.papers.pdf.figures import crop
from arxiv_gloss.papers.pdf.reader import parse_pdf
from tests.server.papers import make_pdf
from tests.server.papers.make_pdf import Made


def read_bytes(pdf: bytes) -> Document:
    with pymupdf.open(stream=pdf, filetype="pdf") as opened:
        return parse_pdf(opened)


@pytest.fixture(scope="module")
def made() -> Made:
    return make_pdf.two_column_paper()


@pytest.fixture(scope="module")
def paper(made: Made) -> Document:
    return read_bytes(made.pdf)


def text(paper: Document) -> str:
    paragraphs = [paragraph.text for section in paper.sections for paragraph in section.paragraphs]
    return "\n".join([paper.abstract, *paragraphs])


def statements(paper: Document) -> list[int]:
    return [int(number) for number in re.findall(r"statement (\d+)", text(paper))]


def test_front_matter(paper: Document) -> None:
    assert paper.title == "A Generated Paper for Readers of Portable Documents"
    assert paper.authors == ("Jane Doe", "Richard Roe")
    assert paper.abstract.startswith("Here the careful reader will find statement 1 of")
    assert paper.abstract.endswith("statement 3 of this generated manuscript.")


def test_sections_have_levels_and_pages(paper: Document) -> None:
    assert [(section.level, section.title, section.page) for section in paper.sections] == [
        (1, "1 Introduction", 1),
        (2, "1.1 Background and notation", 1),
        (1, "2 Results", 2),
        (1, "3 Conclusion", 2),
    ]


def test_columns_are_read_one_after_the_other(paper: Document, made: Made) -> None:
    assert statements(paper) == list(range(1, made.statements + 1))


def test_parted_words_become_whole_and_compounds_stay(paper: Document) -> None:
    whole = text(paper)
    for word in ("paragraph that you read", "typesetting", "information", "become", "written"):
        assert word in whole
    assert "state-of-the-art" in whole and "well-known compounds" in whole
    assert "- " not in whole


def test_a_sentence_goes_on_across_a_display_formula(paper: Document) -> None:
    assert "The energy is $(1)$ and this sentence ends after it." in text(paper)


def test_header_page_number_and_labels_are_no_text(paper: Document) -> None:
    whole = text(paper)
    for furniture in ("J. Doe and R. Roe", "epochs", "loss of the model", "Baseline", "Figure 1:", "Institute"):
        assert furniture not in whole


def test_footnotes_and_references_are_kept_apart(paper: Document) -> None:
    assert [note.text for note in paper.footnotes] == ["A note at the foot of the first column."]
    assert len(paper.references) == 5
    assert paper.references[4] == "[5] A. Author. The title of reference 5 is long enough to wrap. Journal, 2020."


def test_paragraphs_know_where_they_stand(paper: Document) -> None:
    first = paper.sections[0].paragraphs[0]
    assert first.page == 1 and first.box is not None
    assert 50 < first.box[0] < first.box[2] < 300


def test_figures_and_tables_have_captions_and_boxes(paper: Document, made: Made) -> None:
    figure, table = paper.figures
    assert (figure.kind, figure.number, figure.page) == ("figure", "1", 1)
    assert figure.caption == "The loss of the model falls, as losses of models do, over all of the epochs."
    assert (table.kind, table.number, table.caption) == ("table", "1", "Scores of three systems on one task.")
    for found, drawn in ((figure, made.figure), (table, made.table)):
        assert found.box is not None
        box = pymupdf.Rect(found.box)
        # Labels have white around their glyphs, so that the ink begins a little inside their boxes.
        assert box.x0 <= drawn.x0 + 1 and box.y0 <= drawn.y0 and box.x1 >= drawn.x1 and box.y1 >= drawn.y1 - 1
        assert box.width < drawn.width + 12 and box.height < drawn.height + 12


def test_a_crop_is_a_png_at_two_pixels_a_point(paper: Document, made: Made) -> None:
    box = paper.figures[0].box
    assert box is not None
    with pymupdf.open(stream=made.pdf, filetype="pdf") as pdf:
        png = crop(pdf[0], box)
    width, _ = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG") and abs(width - 2 * (box[2] - box[0])) <= 2


@pytest.mark.parametrize("line_numbers", [True, False])
def test_manuscripts_with_line_numbers_and_run_in_abstract(line_numbers: bool) -> None:
    paper = read_bytes(make_pdf.manuscript(line_numbers))
    assert paper.title == "On Manuscripts with Numbered Lines"
    assert [section.title for section in paper.sections] == ["I. INTRODUCTION", "II. METHODS", "III. DISCUSSION"]
    assert {section.level for section in paper.sections} == {1}
    assert paper.abstract.startswith("Here the careful reader")
    assert statements(paper) == list(range(1, 41))
    assert not re.search(r"manuscript\. \d+", text(paper))


def test_a_conference_paper_with_run_in_abstract_and_italic_subsections() -> None:
    paper = read_bytes(make_pdf.conference_paper())
    assert paper.authors == ("Ana Lima", "Bo Chen", "Chloe D. Dupont")
    assert paper.abstract.startswith("This paper shows") and paper.abstract.endswith("seen any paper before.")
    assert [(section.level, section.title) for section in paper.sections] == [
        (1, "I. INTRODUCTION"),
        (1, "II. METHOD"),
        (2, "A. Setting of the Problem"),
        (2, "B. Training"),
    ]
    numbers = statements(paper)
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 90
    figure, table = paper.figures
    assert figure.box is not None and figure.box[0] < 80 and figure.box[2] > 530
    assert (table.number, table.caption) == ("I", "SCORES OF THE SYSTEMS")
    assert table.box is not None and table.box[2] < 300


def test_text_flows_around_a_figure() -> None:
    paper = read_bytes(make_pdf.wrapped_figure_paper())
    assert statements(paper) == list(range(1, 47))
    (figure,) = paper.figures
    assert figure.caption == "A circle in a frame, as it was drawn by hand."
    assert figure.box is not None and figure.box[0] > 390 and figure.box[3] < 265
    assert "circle" not in text(paper)


def test_text_that_nobody_sees_is_not_read() -> None:
    whole = text(read_bytes(make_pdf.with_hidden_text()))
    assert "HIDDEN" not in whole
    assert "White on dark is seen by everybody and stays." in whole


def test_a_scan_has_no_text() -> None:
    with pytest.raises(PdfNoText, match="text recognition"):
        read_bytes(make_pdf.scan())


def test_too_much_text_is_refused(made: Made) -> None:
    with pymupdf.open(stream=made.pdf, filetype="pdf") as pdf, pytest.raises(PdfTooLarge):
        parse_pdf(pdf, most_characters=1000)


def test_progress_is_told_page_by_page(made: Made) -> None:
    told: list[tuple[int, int]] = []
    with pymupdf.open(stream=made.pdf, filetype="pdf") as pdf:
        parse_pdf(pdf, lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_a_document_survives_its_json(paper: Document) -> None:
    assert Document.from_json(paper.to_json()) == paper
