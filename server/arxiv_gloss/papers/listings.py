"""arXiv's lists, read from their pages: new, recent, month, catchup, author and search results.

The list is the truth of a day: the API lags behind it. Counts are kept as the page prints them, so that whoever works
through a list can tell whether it is complete.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from arxiv_gloss.errors import BadPaperId, UnknownPage
from arxiv_gloss.papers.ids import PaperId
from arxiv_gloss.papers.markup import Element, parse, tidy

_SHOWING = re.compile(r"\s{0,9}\(?(?:continued,? )?showing\D{0,40}(\d{1,9}) of (\d{1,9}) entries\s{0,9}\)?")
_TOTAL = re.compile(r"Total of ([\d,]+) entr")
_RESULTS = re.compile(r"Showing [\d,]+[–-][\d,]+ of ([\d,]+) results")
_DATE = re.compile(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})")
_SUBJECT = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")
_HIDDEN_ADDRESS = re.compile(r"this (?:https?|ftp) URL")
_SAYS_WITHDRAWN = re.compile(
    r"\b(?:this|the) (?:paper|article|submission|manuscript|preprint|work|version|note) (?:has been|have been|is|was)"
    r" (?:\w+ )?(?:withdrawn|removed)\b",
    re.IGNORECASE,
)
_REMARKS_WITHDRAWN = re.compile(
    r"^\W*(?:paper |article )?(?:is |has been |was )?(?:temporarily )?withdrawn\b"
    r"|\bwithdrawn (?:by|due to|because|at the request)",
    re.IGNORECASE,
)
"""In comments, which are shorter of words."""
_DESCRIPTOR = frozenset(("descriptor",))


@dataclass(frozen=True, slots=True)
class ListEntry:
    id: PaperId | None
    """None where a file of the reader's own names none."""
    title: str
    """With its formulas in TeX, as on the page."""
    authors: tuple[str, ...]
    subjects: tuple[str, ...]
    """Categories such as `cs.CL`; the first is the primary one."""
    abstract: str | None
    """None where the page does not show it."""
    comments: str | None
    journal: str | None
    kind: str
    """new, cross or replaced; search results and months are all new"""
    own_id: str = ""
    """What the reader calls it, where a file of theirs has an id that is none of arXiv's."""

    @property
    def key(self) -> str:
        """The same for the same paper, whatever list it stands in."""
        return self.id.name if self.id else self.own_id or f"{self.title}\n{self.abstract}"

    @property
    def withdrawn(self) -> bool:
        """Whether its comments or its abstract say so, as arXiv's do."""
        comments, abstract = self.comments or "", (self.abstract or "")[:300]
        remarked = _REMARKS_WITHDRAWN.search(comments) or _SAYS_WITHDRAWN.search(comments)
        return bool(remarked or _SAYS_WITHDRAWN.search(abstract))


@dataclass(frozen=True, slots=True)
class ListSection:
    title: str
    """As printed, without its count; empty where a page has one section only."""
    date: date | None
    """Of the announcement, on pages that list several days."""
    total: int | None
    """Entries that the section has, as the page says; it may show fewer."""
    papers: tuple[ListEntry, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    kind: str
    """list or search, or file for one of the reader's own"""
    title: str
    date: date | None
    """Of the announcement, on pages of one day."""
    total: int | None
    """Entries or results that arXiv counts in all, of which a page may show a part; None where it does not say."""
    sections: tuple[ListSection, ...]

    @property
    def topic(self) -> str:
        """What a list's page calls itself, `Computation and Language`; empty where it has no such heading, or one that
        every list has, `New submissions`."""
        return self.title if self.kind == "list" and not _ANY_LIST.match(self.title) else ""

    @property
    def papers(self) -> tuple[ListEntry, ...]:
        """All papers in the order of the page, each once."""
        first: dict[str, ListEntry] = {}
        for section in self.sections:
            for paper in section.papers:
                first.setdefault(paper.key, paper)
        return tuple(first.values())


def read_listing(html: str) -> Listing:
    """Reads a list or search page. Raises UnknownPage for any other."""
    page = parse(html)
    results = list(page.find_all("li", "arxiv-result"))
    if results or _is_search(page):
        return _search(page, results)
    lists = [element for element in page.find_all("dl") if element.attributes.get("id") == "articles"]
    whole = next((element for element in page.find_all("div") if element.attributes.get("id") == "dlpage"), None)
    if whole is None and not lists:
        raise UnknownPage("This page is no arXiv list or search page; save the list itself as HTML and try again.")
    return _list(whole or page, lists)


_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "dd",
        "dt",
        "tr",
        "header",
    ]
)


def lines_of(html: str) -> str:
    """The text of any page, a paragraph for each block of it."""
    pieces: list[str] = []
    for element in parse(html).walk():
        if element.tag in _BLOCKS and not any(inner.tag in _BLOCKS for inner in _elements(element)):
            pieces.append(_plain(element, frozenset()).replace("\n", " "))
    return "\n\n".join(piece for piece in pieces if piece)


_ANY_LIST = re.compile(r"(?:New|Cross|Replace\w*)[ -](?:submissions?|lists?|listings?)", re.IGNORECASE)


def _list(page: Element, lists: list[Element]) -> Listing:
    heading = page.find("h1")
    title = heading.text() if heading else ""
    text = page.text()
    dates = [*(h.text() for h in page.find_all("h3") if h.text().startswith("Showing new listings")), title]
    total = _TOTAL.search(text)
    return Listing(
        kind="list",
        title=title,
        date=next((found for each in dates if (found := _date(each))), None),
        total=_number(total[1]) if total else None,
        sections=tuple(_section(element) for element in lists),
    )


def _section(element: Element) -> ListSection:
    heading = element.find("h3")
    text = heading.text() if heading else ""
    showing = _SHOWING.search(text)
    title = (text[: showing.start()] if showing else text).strip()
    kind = "replaced" if title.startswith("Replace") else "cross" if title.startswith("Cross") else "new"
    papers: list[ListEntry] = []
    term: Element | None = None
    for child in element.children:
        if isinstance(child, Element) and child.tag == "dt":
            term = child
        elif isinstance(child, Element) and child.tag == "dd" and term is not None:
            papers.append(_entry(term, child, kind))
            term = None
    return ListSection(title, _date(title), int(showing[2]) if showing else None, tuple(papers))


def _entry(term: Element, details: Element, kind: str) -> ListEntry:
    links = [link for link in term.find_all("a") if link.attributes.get("title") == "Abstract"]
    if not links:
        raise UnknownPage("An entry of this list has no link to its abstract; arXiv may have changed its pages.")
    marks = term.text()
    if "(cross-list" in marks:
        kind = "cross"
    elif "(replaced" in marks:
        kind = "replaced"
    meta = details.find("div", "meta") or details
    abstract = next((each for each in meta.find_all("p") if "mathjax" in each.classes), None)
    subjects = meta.find(name="list-subjects")
    return ListEntry(
        id=_id(links[0]),
        title=_field(meta, "list-title") or "",
        authors=_authors(meta.find(name="list-authors")),
        subjects=tuple(_SUBJECT.findall(subjects.text(_DESCRIPTOR))) if subjects else (),
        abstract=(_plain(abstract) or None) if abstract else None,
        comments=_field(meta, "list-comments"),
        journal=_field(meta, "list-journal-ref"),
        kind=kind,
    )


def _id(link: Element) -> PaperId:
    """From the address, or from the link's own id, which is the paper's."""
    address = link.attributes.get("href", "").partition("/abs/")[2]
    try:
        return PaperId.parse(address.split("?")[0] or link.attributes.get("id", "") or link.text())
    except BadPaperId as problem:
        raise UnknownPage(f"An entry of this list has an id that is none of arXiv's: {problem.message}") from problem


def _field(meta: Element, name: str) -> str | None:
    element = meta.find(name=name)
    return _plain(element) if element else None


def _plain(element: Element, without: frozenset[str] = _DESCRIPTOR) -> str:
    """An element's text, with the addresses that arXiv hides behind `this https URL`."""
    for link in element.find_all("a"):
        if _HIDDEN_ADDRESS.fullmatch(link.text()) and link.attributes.get("href"):
            link.children = [link.attributes["href"]]
    return element.text(without)


def _authors(element: Element | None) -> tuple[str, ...]:
    if element is None:
        return ()
    names = [link.text() for link in element.find_all("a") if "searchtype=author" in link.attributes.get("href", "")]
    if not names:
        names = re.split(r",\s*| and ", element.text(_DESCRIPTOR).removeprefix("Authors:"))
    return tuple(name.strip().removeprefix("and ") for name in names if name.strip())


def _is_search(page: Element) -> bool:
    return any(form.attributes.get("action", "").startswith("/search") for form in page.find_all("form")) and any(
        heading.text().startswith(("Search", "Showing")) for heading in page.find_all("h1")
    )


def _search(page: Element, results: list[Element]) -> Listing:
    heading = page.find("h1")
    title = heading.text() if heading else ""
    total = _RESULTS.search(title)
    count = _number(total[1]) if total else (0 if not results else None)
    return Listing("search", title, None, count, (ListSection("", None, count, tuple(map(_result, results))),))


def _result(result: Element) -> ListEntry:
    # Here `.list-title` holds the id, and the title is `.title`.
    link = next((each for each in result.find_all("a") if "/abs/" in each.attributes.get("href", "")), None)
    if link is None:
        raise UnknownPage("A search result has no link to its abstract; arXiv may have changed its pages.")
    title = next((each for each in result.find_all("p", "title")), None)
    labelled = dict(_labelled(result))
    return ListEntry(
        id=_id(link),
        title=_plain(title) if title else "",
        authors=_authors(result.find("p", "authors")),
        # A tag without the category's name in full is a DOI.
        subjects=tuple(tag.text() for tag in result.find_all("span", "tag") if tag.attributes.get("data-tooltip")),
        abstract=_result_abstract(result),
        comments=labelled.get("comments"),
        journal=labelled.get("journal ref"),
        kind="new",
    )


def _result_abstract(result: Element) -> str | None:
    """The full abstract, which the page hides behind a shortened one; None when the reader chose to hide both."""
    for name in ("abstract-full", "abstract-short"):
        element = result.find("span", name)
        if element is not None:
            # Ends with a link that says More or Less.
            links = [child for child in _elements(element) if "is-size-7" in child.classes]
            element.children = [child for child in element.children if child not in links]
            return _plain(element)
    return None


def _elements(element: Element) -> list[Element]:
    return [child for child in element.children if isinstance(child, Element)]


def _labelled(result: Element) -> list[tuple[str, str]]:
    """`Comments: …` and `Journal ref: …`, which share one class."""
    found: list[tuple[str, str]] = []
    for element in result.find_all("p", "comments"):
        label, colon, text = _plain(element).partition(":")
        if colon:
            found.append((label.strip().lower(), tidy(text)))
    return found


def _date(text: str) -> date | None:
    match = _DATE.search(text)
    if match is None:
        return None
    for form in ("%d %b %Y", "%d %B %Y"):
        try:
            return datetime.strptime(" ".join(match.groups()), form).date()
        except ValueError:
            continue
    return None


def _number(text: str) -> int:
    return int(text.replace(",", ""))
