"""Lists from files: a saved page, rows of JSON, and abstracts as people copy them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from arxiv_gloss.errors import BadRequest, UnknownPage
from arxiv_gloss.papers import sources
from arxiv_gloss.papers.metadata import Arxiv

PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
ROWS = """{"id": "2601.99901", "title": "A Title", "abstract": "One.", "authors": "Jane Doe and Richard Roe", "x": 1}

{"abstract": "Two.", "authors": ["Ana Lima"], "categories": "cs.CL cs.LG", "comments": "7 pages"}
"""
COPIED = """Title: A Title
Authors: Jane Doe, Richard Roe
arXiv: 2601.99901v2
Abstract: This is one abstract
of two lines.

Abstract: And this is another.

A remark that belongs to nothing.
"""


def test_a_saved_list() -> None:
    listing = sources.read_list((PAGES / "list_cs.CL_new.html").read_text(encoding="utf-8"))
    assert [str(paper.id) for paper in listing.papers] == ["2601.99901", "2601.99902", "2601.99903", "2512.99904"]
    assert listing.date == date(2026, 1, 2)
    assert [(one.total, len(one.papers)) for one in listing.sections] == [(2, 2), (1, 1), (1, 1)]


def test_rows_of_json() -> None:
    one, two = sources.read_list(ROWS).papers
    assert (str(one.id), one.title, one.authors) == ("2601.99901", "A Title", ("Jane Doe", "Richard Roe"))
    assert (two.id, two.authors, two.subjects, two.comments) == (None, ("Ana Lima",), ("cs.CL", "cs.LG"), "7 pages")


def test_abstracts_as_they_are_copied() -> None:
    one, two = sources.read_list(COPIED).papers
    assert (str(one.id), one.title, one.authors) == ("2601.99901v2", "A Title", ("Jane Doe", "Richard Roe"))
    assert (one.abstract, two.abstract) == ("This is one abstract of two lines.", "And this is another.")


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("", BadRequest, "No paper"),
        ("nothing of the kind", BadRequest, "No paper"),
        ('{"title": "no abstract"}', BadRequest, "Line 1"),
        ('{"abstract": "One."}\n{', BadRequest, "Line 2"),
        ("<html><body>404</body></html>", UnknownPage, "list"),
    ],
)
def test_what_is_no_list_says_so(text: str, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        sources.read_list(text)


def test_a_paper_that_is_listed_twice_counts_once() -> None:
    assert len(sources.read_list(ROWS.replace("\n\n", "\n" + ROWS.splitlines()[0] + "\n")).papers) == 2


@pytest.mark.parametrize(
    ("category", "day", "address"),
    [
        ("cs.CL", None, "https://arxiv.org/list/cs.CL/new?show=2000"),
        ("astro-ph.GA", date(2026, 1, 2), "https://arxiv.org/catchup/astro-ph.GA/2026-01-02?abs=True&show=2000"),
        ("cond-mat.str-el", None, "https://arxiv.org/list/cond-mat.str-el/new?show=2000"),
    ],
)
def test_where_arxiv_lists_a_day(category: str, day: date | None, address: str) -> None:
    assert sources.list_address(category, day) == address


@pytest.mark.parametrize("category", ["", "../etc", "cs.CL/new", "CS", "cs.CL?x=1", "http://evil.com"])
def test_what_is_no_category(category: str) -> None:
    with pytest.raises(BadRequest, match="not an arXiv category"):
        sources.list_address(category, None)


def test_a_day_is_fetched_by_its_page() -> None:
    asked: list[str] = []

    def get(where: str) -> bytes:
        asked.append(where)
        return (PAGES / "list_cs.CL_new.html").read_bytes()

    arxiv = Arxiv(lambda _: b"", lambda: 0.0, lambda _: None)
    assert len(sources.fetch_list("cs.CL", None, arxiv, get).papers) == 4
    assert asked == ["https://arxiv.org/list/cs.CL/new?show=2000"]
