"""Lists of papers from anywhere: arXiv's page of a day, a saved page, rows of JSON, or abstracts copied as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from arxiv_gloss.errors import BadPaperId, BadRequest, UnknownPage
from arxiv_gloss.papers.ids import PaperId
from arxiv_gloss.papers.listings import ListEntry, Listing, ListSection, lines_of, read_listing
from arxiv_gloss.papers.metadata import Arxiv, Get, get
from arxiv_gloss.papers.saved_files import without_markup

LONGEST_PAGE = 20_000_000
"""Bytes of a list: 2,000 entries with their abstracts have some 6 MB."""
CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]{2}|\.[a-z]+(?:-[a-z]+)*)?")
_FIELD = re.compile(r"(title|authors?|comments|arxiv|id|abstract)\s*[:：]\s*", re.IGNORECASE)


class _Row(msgspec.Struct, frozen=True):
    """One line of a JSONL file; other keys are allowed and ignored."""

    abstract: str
    id: str | int | None = None
    title: str | None = None
    authors: list[str] | str | None = None
    categories: list[str] | str | None = None
    comments: str | None = None


def list_address(category: str, day: date | None) -> str:
    """Where arXiv lists a category's papers with their abstracts: those of today, or of a day. Raises BadRequest."""
    if not CATEGORY.fullmatch(category):
        raise BadRequest(f"{category!r} is not an arXiv category. Give one like cs.CL, math or astro-ph.GA.")
    if day is None:
        return f"https://arxiv.org/list/{category}/new?show=2000"
    return f"https://arxiv.org/catchup/{category}/{day.isoformat()}?abs=True&show=2000"


def fetch_list(
    category: str, day: date | None, arxiv: Arxiv, get: Get = lambda where: get(where, LONGEST_PAGE)
) -> Listing:
    """Raises BadRequest, ArxivError or UnknownPage."""
    where = list_address(category, day)
    return read_listing(arxiv.politely(lambda: get(where)).decode("utf-8", "replace"))


def read_list(text: str) -> Listing:
    """A saved page of arXiv, JSON lines, or text in which each abstract follows the word `Abstract:`; `text` is what
    `saved_files.decoded` makes of a file.

    Raises BadRequest for anything else, UnknownPage for another page.
    """
    beginning = text.lstrip()[:2000].lower()
    if beginning.startswith("<") or "<html" in beginning:
        return _page(text)
    papers = tuple(_rows(text) if beginning.startswith("{") else _copied(text))
    if not papers:
        raise BadRequest("No paper was found. Give a saved arXiv list, JSON lines, or text with `Abstract: …` in it.")
    return Listing("file", "", None, len(papers), (ListSection("", None, len(papers), papers),))


def _page(html: str) -> Listing:
    """A saved list, or whatever page has abstracts in its text, as reader modes leave them. Raises UnknownPage."""
    try:
        return read_listing(html)
    except UnknownPage:
        papers = tuple(_copied(lines_of(html)))
        if not papers:
            raise
        return Listing("file", "", None, len(papers), (ListSection("", None, len(papers), papers),))


def _rows(text: str) -> Iterator[ListEntry]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line, type=_Row)
        except msgspec.MsgspecError as problem:
            raise BadRequest(f"Line {number} is not a row with an abstract: {problem}.") from problem
        yield _paper(
            id=str(row.id or ""),
            title=row.title or "",
            authors=_names(row.authors, r",\s*|\s+and\s+|;\s*"),
            subjects=_names(row.categories, r"[\s,;]+"),
            abstract=row.abstract,
            comments=row.comments,
        )


def _copied(text: str) -> Iterator[ListEntry]:
    """Paragraphs as people copy them; a title, authors or an id may stand before each abstract."""
    known: dict[str, str] = {}
    for paragraph in re.split(r"\n\s*\n", text):
        for line in paragraph.splitlines():
            found = _FIELD.match(line.strip())
            if found:
                name = found[1].lower().rstrip("s") if found[1].lower().startswith("author") else found[1].lower()
                if name == "abstract" and "abstract" in known:
                    yield _from_fields(known)
                    known = {}
                last = name
                known[name] = line.strip()[found.end() :]
            elif known:
                known[last] += f" {line.strip()}"
        if known.get("abstract"):
            yield _from_fields(known)
            known = {}


def _from_fields(known: dict[str, str]) -> ListEntry:
    return _paper(
        id=known.get("arxiv") or known.get("id") or "",
        title=known.get("title", ""),
        authors=_names(known.get("author"), r",\s*|\s+and\s+|;\s*"),
        subjects=(),
        abstract=known["abstract"],
        comments=known.get("comments"),
    )


def _paper(id: str, abstract: str, **fields: Any) -> ListEntry:
    own_id = ""
    try:
        found = PaperId.parse(id)
    except BadPaperId:
        found, own_id = None, id.strip()  # an id of the reader's own is no reason to lose the paper
    text = without_markup(abstract).strip() or None
    return ListEntry(id=found, abstract=text, journal=None, kind="new", own_id=own_id, **fields)


def _names(given: list[str] | str | None, separator: str) -> tuple[str, ...]:
    parts = re.split(separator, given) if isinstance(given, str) else given or []
    return tuple(part.strip() for part in parts if part.strip())
