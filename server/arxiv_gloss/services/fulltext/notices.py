"""What a reader has to know about how a paper was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from arxiv_gloss.events import Flag
from arxiv_gloss.papers.document import Document
from arxiv_gloss.services.fulltext.abstract import is_foreign
from arxiv_gloss.services.gloss.query import GlossQuery

NOTICES = {
    "text_recognised": "The text of pages {pages} was made by text recognition, which makes mistakes of its own.",
    "letters_unreadable": "The letters of pages {pages} cannot be read: a font there does not say what it prints.",
    "pages_without_text": "Pages {pages} are pictures without text; nothing of them was read.",
    "abstract_not_english": "The abstract is not in English; the beginning of the text stands in for it.",
}
"""For the terminal and Markdown, by their codes; the panel words them itself."""


def notices(document: Document, query: GlossQuery) -> Iterator[Flag]:
    """`pages`, where a notice is about some, is like `1-3, 7`."""
    for notice in document.notices:
        yield Flag(notice.code, {"pages": ranges(notice.pages)} if notice.pages else {})
    if is_foreign(document, query):
        yield Flag("abstract_not_english")


def ranges(numbers: Iterable[int]) -> str:
    """Ascending numbers as a reader writes them: `1-3, 7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
