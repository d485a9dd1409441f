"""Every kind of PDF that text was lost from: each statement read once, in its place, and what cannot be read said."""

from __future__ import annotations

import re

import pytest

from arxiv_gloss.papers.document import Document
from arxiv_gloss.papers.pdf.process import read_document
from tests.server.papers.pdf_kinds import MAKERS, STYLES, Kind
from tests.server.papers.test_pdf_reader import read_bytes

SOME = [kind for k, make in enumerate(MAKERS) for kind in make(STYLES[(7 * k + 3) % len(STYLES)], k)]
"""Each kind in another style; all of them in all styles take minutes (tests/benchmarks/pdf_reading.py --kinds)."""


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"Remark (\d+)", text)]


def text_of(paper: Document) -> str:
    return "\n".join(paragraph.text for section in paper.sections for paragraph in section.paragraphs)


def in_worker(kind: Kind) -> Document:
    return read_document(kind.pdf) if kind.kind == "junk before the header" else read_bytes(kind.pdf)


@pytest.mark.parametrize("kind", SOME, ids=lambda kind: f"{kind.kind}: {kind.variant}")
def test_no_statement_is_lost_without_a_word(kind: Kind) -> None:
    paper = in_worker(kind)
    abstract, body = numbers(paper.abstract), numbers(text_of(paper))
    wanted = [number for number in range(1, kind.statements + 1) if number not in kind.garbled]
    assert sorted(abstract + body) == wanted
    if kind.abstract > 0:
        assert abstract == list(range(1, kind.abstract + 1))
    everything = "\n".join([paper.title, paper.abstract, text_of(paper), *(one.title for one in paper.sections)])
    assert not [text for text in kind.absent if text in everything]
    assert tuple((notice.code, notice.pages) for notice in paper.notices) == kind.notices
