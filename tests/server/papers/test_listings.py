"""Lists and search pages: every entry once, counts as the page prints them, and the traps of arXiv's markup."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from arxiv_gloss.errors import UnknownPage
from arxiv_gloss.papers.listings import Listing, read_listing

LISTS = Path(__file__).parents[2] / "fixtures" / "lists"
PAGES = os.environ.get("ARXIV_GLOSS_PAGES", "")
"""A folder of saved arXiv pages, to check the counts of each."""


def listing(name: str) -> Listing:
    return read_listing((LISTS / name).read_text(encoding="utf-8"))


def test_a_new_list_has_a_date_and_sections_with_counts() -> None:
    new = listing("new.html")
    assert (new.kind, new.title, new.date, new.total) == ("list", "Computation and Language", date(2024, 1, 2), 52)
    assert [(section.title, section.total, len(section.papers)) for section in new.sections] == [
        ("New submissions", 2, 2),
        ("Cross submissions", 10, 1),
        ("Replacement submissions", 40, 1),
    ]
    assert [[paper.kind for paper in section.papers] for section in new.sections] == [
        ["new", "new"],
        ["cross"],
        ["replaced"],
    ]


def test_an_entry_is_read_whole() -> None:
    first = listing("new.html").sections[0].papers[0]
    assert str(first.id) == "2401.00001"
    assert first.title == r"Small Models & Their $\ell_2$ Norms"
    assert first.authors == ("Jane Doe", "Richard Roe")
    assert first.subjects == ("cs.CL", "cs.LG", "math-ph")
    assert first.comments == "12 pages; code at https://example.org/code"
    assert first.abstract == "We study norms.\nThey fall by 95\\% when $n < 3$."


def test_old_ids_and_empty_abstracts() -> None:
    old = listing("new.html").sections[0].papers[1]
    assert str(old.id) == "hep-th/0501002"
    assert old.abstract is None
    assert old.journal == "J. Old 1 (2005) 2"


def test_a_page_saved_after_mathjax_gives_the_tex_once() -> None:
    assert listing("new.html").sections[1].papers[0].abstract == r"Saved after $\chi^2$ was set."


def test_papers_come_once_each_in_order() -> None:
    assert [paper.id and paper.id.name for paper in listing("new.html").papers] == [
        "2401.00001",
        "hep-th/0501002",
        "2401.00003",
    ]


def test_recent_lists_several_days_without_abstracts() -> None:
    recent = listing("recent.html")
    assert recent.date is None and recent.total == 1234
    assert [(section.date, len(section.papers)) for section in recent.sections] == [
        (date(2024, 1, 3), 1),
        (date(2024, 1, 2), 0),
    ]
    paper = recent.papers[0]
    assert (str(paper.id), paper.kind, paper.abstract) == ("2401.00009v2", "cross", None)
    assert paper.authors == ("P. Path", "K. Kede")


def test_search_titles_are_no_ids_and_abstracts_are_whole() -> None:
    search = listing("search.html")
    assert (search.kind, search.total) == ("search", 1002)
    first, second = search.papers
    assert first.title == "Suspended Graphene Drums"
    assert first.abstract == "We drum on graphene at 3 K."
    assert first.subjects == ("cond-mat.mes-hall", "physics.optics")
    assert (first.comments, first.journal) == ("4 pages", "J. Drums 3: 41 (2024)")
    assert (str(second.id), second.abstract) == ("cond-mat/0501012v3", None)


@pytest.mark.parametrize("html", ["", "<h1>Not found</h1>", "<html><body><p>arXiv</p></body></html>"])
def test_other_pages_are_refused(html: str) -> None:
    with pytest.raises(UnknownPage):
        read_listing(html)


def test_an_entry_without_an_id_is_an_error_and_not_lost() -> None:
    html = (LISTS / "new.html").read_text(encoding="utf-8").replace("/abs/2401.00003", "/abs/nothing")
    with pytest.raises(UnknownPage, match="nothing"):
        read_listing(html)


@pytest.mark.skipif(not PAGES, reason="ARXIV_GLOSS_PAGES names no folder of saved pages")
def test_counts_of_saved_pages() -> None:
    """Each paper that a page links is read once, and each section shows as many as it says."""
    paths = [path for path in sorted(Path(PAGES).glob("*.html")) if re.match(r"list_|catchup_|search_", path.name)]
    assert paths
    for path in paths:
        html = path.read_text(encoding="utf-8")
        found = read_listing(html)
        entries = html.count('title="Abstract"') or html.count('class="arxiv-result"')
        assert sum(len(section.papers) for section in found.sections) == entries, path.name
        assert all(paper.title and paper.authors and paper.subjects for paper in found.papers), path.name
        for section in found.sections:
            assert section.total in (None, len(section.papers)), path.name
        if found.total is not None and entries and "show=" not in path.name and "skip" not in path.name:
            assert found.total == entries, path.name


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("Computation and Language", "Computation and Language"),
        ("New Results in Logic", "New Results in Logic"),
        ("New submissions", ""),
        ("Cross-lists for Friday", ""),
        ("Replacement submissions (showing 5 of 5 entries)", ""),
    ],
)
def test_a_heading_that_every_list_has_names_no_topic(heading: str, topic: str) -> None:
    assert Listing("list", heading, None, None, ()).topic == topic
