"""HTML papers (arXiv's `/html/…`, made by LaTeXML) as a `Document`: better text than a PDF gives, and real formulas.

Read is what stands in `article.ltx_document` alone. Class names: https://math.nist.gov/~BMiller/LaTeXML/manual/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from arxiv_gloss.errors import UnknownPage
from arxiv_gloss.papers.document import Document, Figure, Paragraph, Section
from arxiv_gloss.papers.markup import Element, parse

_LEVELS = {
    "ltx_part": 1,
    "ltx_chapter": 1,
    "ltx_section": 1,
    "ltx_appendix": 1,
    "ltx_subsection": 2,
    "ltx_subsubsection": 3,
    "ltx_paragraph": 4,
    "ltx_subparagraph": 5,
}
_FLOATS = frozenset(("ltx_figure", "ltx_table", "ltx_float", "ltx_algorithm"))
_FORMULAS = frozenset(("ltx_equation", "ltx_equationgroup"))
_LEFT_OUT = frozenset(
    (
        "ltx_title_document",
        "ltx_authors",
        "ltx_dates",
        "ltx_abstract",
        "ltx_classification",
        "ltx_keywords",
        "ltx_note",
        "ltx_ERROR",
        "ltx_TOC",
        "ltx_pagination",
        "ltx_rdf",
    )
)
_NO_TEXT = frozenset(("ltx_note", "ltx_ERROR", "ltx_missing_citation", "ltx_role_refnum"))
_SPACE_INSIDE = re.compile(r"(?<=[(\[]) | (?=[,.;:)\]])|(?<=\$) (?=-[a-z])")
"""Spaces that the page's indentation put where print has none."""
_LOST_CITATIONS = re.compile(r"(?: ;)+(?=[ .,)]|$)")
_LABEL = re.compile(r"(?<![^\W\d_])(?P<word>[^\W\d_]{1,30})\.?\s{0,3}(?P<number>[\w.-]{1,30}?)\s{0,3}[:.]?\s{0,3}$")
_SMALL_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "in",
        "to",
        "is",
        "for",
        "we",
        "that",
        "with",
        "are",
        "by",
        "this",
        "be",
        "from",
        "it",
        "which",
        "our",
        "an",
        "as",
    ]
)
_SHORTEST_UNSECTIONED = 200
"""Characters; what is shorter before the first section is what the conversion could not place."""


def read_html(html: str) -> Document:
    """Reads an HTML paper. Raises UnknownPage for a page that LaTeXML did not make."""
    page = parse(html)
    article = page.find("article", "ltx_document")
    if article is None:
        raise UnknownPage("This page is no HTML paper of arXiv's; read the paper's PDF instead.")
    title = article.find(name="ltx_title_document")
    abstract = _abstract(article)
    reading = _Reading()
    for kind, element in _blocks(article):
        reading.take(kind, element)
    return Document(
        title=_line(title) if title else "",
        authors=tuple(_authors(article)),
        abstract=abstract,
        sections=reading.finished(),
        figures=tuple(reading.figures),
        footnotes=tuple(Paragraph(text) for text in _footnotes(article)),
        references=tuple(reading.references),
    )


def _abstract(article: Element) -> str:
    """The abstract; of several in different languages the one in English, if there is one."""
    abstracts = [
        "\n\n".join(_line(each) for each in element.find_all(name="ltx_p"))
        for element in article.find_all(name="ltx_abstract")
    ]
    return max(abstracts, key=_english_words, default="") if len(abstracts) > 1 else "".join(abstracts)


def _english_words(text: str) -> float:
    """Share of the smallest English words among all; other languages share few of them."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return sum(word in _SMALL_WORDS for word in words) / (len(words) or 1)


@dataclass(slots=True)
class _Draft:
    title: str
    level: int
    anchor: str | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """The sections as they grow, in the order of the page."""

    drafts: list[_Draft] = field(default_factory=lambda: [_Draft("", 1)])
    figures: list[Figure] = field(default_factory=list)
    references: list[str] = field(default_factory=list)

    def take(self, kind: str, element: Element) -> None:
        if kind == "section":
            heading = next((child for child in _elements(element) if "ltx_title" in child.classes), None)
            level = next(_LEVELS[name] for name in _LEVELS if name in element.classes)
            self.drafts.append(_Draft(_line(heading) if heading else "", level, element.attributes.get("id")))
        elif kind == "text":
            text = _running(element)
            misplaced = len(self.drafts) == 1 and element.find(name="ltx_ERROR") is not None
            if text and not misplaced:
                self.drafts[-1].paragraphs.append(Paragraph(text))
        elif kind == "reference":
            self.references.append(_line(element))
        elif figure := _figure(element):
            self.figures.append(figure)

    def finished(self) -> tuple[Section, ...]:
        first, *rest = self.drafts
        if rest:
            first.paragraphs = [each for each in first.paragraphs if len(each.text) >= _SHORTEST_UNSECTIONED]
        drafts = [draft for draft in (first, *rest) if draft.title or draft.paragraphs]
        return tuple(Section(one.title, one.level, None, tuple(one.paragraphs), one.anchor) for one in drafts)


def _blocks(article: Element) -> Iterator[tuple[str, Element]]:
    """Sections, stretches of text, floats and references in the order of the page."""
    pending = _elements(article)[::-1]
    while pending:
        element = pending.pop()
        classes = element.classes
        if element.tag == "#stretch":
            yield "text", element
        elif classes & _LEFT_OUT or element.hidden:
            continue
        elif classes & _FLOATS:
            yield "float", element
        elif "ltx_bibitem" in classes:
            yield "reference", element
        elif "ltx_para" in classes:
            pending.extend(reversed(_stretches(element)))
        elif classes & _LEVELS.keys():
            yield "section", element
            pending.extend(each for each in reversed(_elements(element)) if "ltx_title" not in each.classes)
        elif "ltx_p" in classes or classes & _FORMULAS:
            yield "text", Element("#stretch", {}, [element])
        else:
            pending.extend(reversed(_elements(element)))


def _stretches(paragraph: Element) -> list[Element]:
    """A paragraph's parts: text and the formulas in it as one, lists and floats between as they are."""
    parts: list[Element] = []
    for child in _elements(paragraph):
        if "ltx_p" in child.classes or child.classes & _FORMULAS:
            if not parts or parts[-1].tag != "#stretch":
                parts.append(Element("#stretch", {}))
            parts[-1].children.append(child)
        else:
            parts.append(child)
    return parts


def _running(stretch: Element) -> str:
    """Text that goes on across display formulas; each stands as its number, `$(3.2)$`, or as `$…$`."""
    pieces: list[str] = []
    for element in _elements(stretch):
        if element.classes & _FORMULAS:
            numbers = [tag.text() for tag in element.find_all(name="ltx_tag_equation")]
            pieces.append(", ".join(f"${number}$" for number in dict.fromkeys(numbers) if number) or "$…$")
        else:
            pieces.append(_line(element))
    text = " ".join(piece for piece in pieces if piece)
    return text if re.search(r"[^\W\d_]{2}", re.sub(r"\$[^$]*\$", "", text)) else ""


def _figure(element: Element) -> Figure | None:
    """A figure, table or algorithm with a caption; None for one without, such as a panel."""
    captions = [each for each in element.find_all("figcaption") if "ltx_caption" in each.classes]
    own = [each for each in captions if any(each is child for child in element.children)] or captions[-1:]
    if not own:
        return None
    tag = own[0].find(name="ltx_tag")
    label = _LABEL.match(tag.text()) if tag else None
    if label is None:
        return None
    words = label["word"].lower()
    kind = "table" if words.startswith("tab") else "algorithm" if words.startswith(("alg", "list")) else "figure"
    sources = tuple(image.attributes.get("src", "") for image in element.find_all("img"))
    text = _neat(own[0].text(_NO_TEXT | {"ltx_tag"}))
    shown = tuple(source for source in sources if source)
    return Figure(kind, label["number"], text, sources=shown, anchor=element.attributes.get("id"))


def _authors(article: Element) -> Iterator[str]:
    """The names: the first line of each creator, parted at commas, marks and `and`."""
    for creator in article.find_all(name="ltx_creator"):
        person = creator.find(name="ltx_personname")
        if person is None:
            continue
        lines = person.text(_NO_TEXT).split("\n")
        names = re.split(r"\$[^$]*\$| \[|\]|,|;|&|\band\b|\d|[∗†‡*]", lines[0])
        yield from (name.strip() for name in names if len(name.strip()) > 3)


def _footnotes(article: Element) -> Iterator[str]:
    for note in article.find_all(name="ltx_role_footnote"):
        content = note.find(name="ltx_note_content") or note
        yield _neat(content.text(frozenset(("ltx_note_mark", "ltx_tag", "ltx_note_type"))))


def _line(element: Element) -> str:
    return _neat(element.text(_NO_TEXT))


def _neat(text: str) -> str:
    return _SPACE_INSIDE.sub("", _LOST_CITATIONS.sub("", text.replace("\n", " ")))


def _elements(element: Element) -> list[Element]:
    return [child for child in element.children if isinstance(child, Element)]
