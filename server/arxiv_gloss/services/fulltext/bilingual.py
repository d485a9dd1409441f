"""A whole paper in both languages: every heading, paragraph, caption and note with its translation beneath."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from arxiv_gloss.clock import Clock
from arxiv_gloss.errors import BadRequest
from arxiv_gloss.events import Event, Segment
from arxiv_gloss.papers.document import Document, bounded
from arxiv_gloss.services.fulltext.paragraphs import ParagraphQuery, fields_of, heading_events
from arxiv_gloss.services.gloss.flags import UNTRANSLATED
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.text.escaping import escape_markdown as escaped
from arxiv_gloss.text.length_split import joined
from arxiv_gloss.text.targets import language_of

WORKERS = 2
"""Parts that are translated at the same time."""
PartKind = Literal["heading", "paragraph", "caption", "note"]


@dataclass(frozen=True, slots=True)
class Part:
    kind: PartKind
    source: str
    level: int = 0
    """Of a heading: 1 for the title."""
    label: str = ""
    """Of a caption: `Figure 3`."""


@dataclass(frozen=True, slots=True)
class TranslatedPart:
    part: Part
    text: str
    """Empty where it is left as it is: formulas alone, another language."""


def texts_of(document: Document) -> list[Part]:
    """Everything of a paper that is text, in order; captions and notes come after the sections."""
    parts = [Part("heading", document.title, 1)] if document.title else []
    if document.abstract:
        parts.append(Part("heading", "Abstract", 2))
        parts += [Part("paragraph", text) for text in document.abstract.split("\n\n")]
    for section in document.sections:
        if section.title:
            parts.append(Part("heading", section.title, min(6, section.level + 1)))
        parts += [Part("paragraph", one.text) for one in section.paragraphs]
    parts += [
        Part("caption", one.caption, label=f"{one.kind.capitalize()} {one.number}")
        for one in document.figures
        if one.caption
    ]
    return parts + [Part("note", note.text) for note in document.footnotes if note.text]


def translated(
    glosser: Glosser, document: Document, target: str, categories: Sequence[str] = ()
) -> Iterator[TranslatedPart]:
    """Each part of the paper with its translation, in order, as soon as it is there. Raises EngineError."""
    document = bounded(document)
    fields = fields_of(categories, target, document.title, document.abstract)

    def translate(part: Part) -> TranslatedPart:
        kind: Literal["heading", "paragraph"] = "heading" if part.kind == "heading" else "paragraph"
        query = ParagraphQuery(part.source, kind, document.title, target, fields)
        return TranslatedPart(part, _translation(glosser, query))

    with ThreadPoolExecutor(WORKERS, thread_name_prefix="paragraph") as pool:
        try:
            yield from pool.map(translate, texts_of(document))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _translation(glosser: Glosser, query: ParagraphQuery) -> str:
    try:
        events = _begun(glosser, query)
    except BadRequest:
        return ""
    segments: dict[int, Segment] = {}
    for event in events(lambda: False):
        if isinstance(event, Segment):
            segments[event.index] = event
    texts = [one.source if UNTRANSLATED in one.flags else one.text for _, one in sorted(segments.items())]
    return joined(texts, language_of(query.target))


def _begun(glosser: Glosser, query: ParagraphQuery) -> Callable[[Callable[[], bool]], Iterator[Event]]:
    """Raises BadRequest for what cannot be translated."""
    if query.kind == "heading":
        return heading_events(glosser, query, Clock())
    paper = glosser.prepare(query.as_abstract)
    return lambda cancelled: glosser.events(paper, cancelled)


def bilingual_markdown(parts: Sequence[TranslatedPart]) -> str:
    """Each part with its translation beneath; formulas stay TeX."""
    return "\n\n".join(_markdown(one) for one in parts) + "\n"


def _markdown(one: TranslatedPart) -> str:
    texts = [escaped(text) for text in dict.fromkeys([one.part.source, one.text]) if text]
    match one.part.kind:
        case "heading":
            return "\n\n".join(f"{'#' * one.part.level} {text}" for text in texts)
        case "caption":
            return f"**{escaped(one.part.label)}.** " + "\n\n".join(texts)
        case "note":
            return "\n>\n".join(f"> {text}" for text in texts)
        case _:
            return "\n\n".join(texts)
