"""Lines of arXiv's snapshot and rows of our own."""

from __future__ import annotations

import pytest

from arxiv_gloss.errors import BadRequest
from arxiv_gloss.papers.records import PaperRecord, read_records

SNAPSHOT = (
    b'{"id":"hep-th/9901001","submitter":"A. Person","title":"Strings on\\n  a torus","categories":"hep-th math.AG",'
    b'"abstract":"  We study\\nstrings.\\n","versions":[{"version":"v1","created":"x"},{"version":"v2","created":"y"}],'
    b'"update_date":"2007-05-23"}\n'
)


def test_a_line_of_arxivs_snapshot() -> None:
    assert list(read_records([SNAPSHOT])) == [
        PaperRecord("hep-th/9901001", "Strings on a torus", "We study\nstrings.", ("hep-th", "math.AG"), 2)
    ]


def test_rows_of_our_own() -> None:
    lines = [
        b'{"id": "arXiv:2401.00001v3", "title": "T", "abstract": "A.", "categories": ["cs.CL"]}\n',
        b"\n",
        b'{"id": 17, "abstract": "B."}\n',
        b'{"title": "C", "extra": 1}',
    ]
    assert list(read_records(lines)) == [
        PaperRecord("2401.00001", "T", "A.", ("cs.CL",), 3),
        PaperRecord("17", "", "B."),
        PaperRecord("line-4", "C"),
    ]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("2401.01234", ("2401", "", 1)),
        ("0704.0001", ("0704", "", 0)),
        ("hep-th/9901001", ("9901", "hep-th", 0)),
        ("math.AG/0611800", ("0611", "math.AG", 0)),
        ("own/17", ("0000", "", 0)),
    ],
)
def test_the_place_of_a_paper_depends_on_its_id_alone(name: str, place: tuple[str, str, int]) -> None:
    assert PaperRecord(name).place == place
    assert PaperRecord(name).month == place[0]


def test_a_line_that_cannot_be_read_is_named() -> None:
    with pytest.raises(BadRequest, match=r"Line 2 .*cut off"):
        list(read_records([SNAPSHOT, SNAPSHOT[:50]]))
    with pytest.raises(BadRequest, match="Line 1 "):
        list(read_records([b'{"id": {}}\n']))
