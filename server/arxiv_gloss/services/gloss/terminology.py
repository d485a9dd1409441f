"""Enforces one rendering per term once the gloss is complete; events whose text changed are sent again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from arxiv_gloss.events import Event, Flag
from arxiv_gloss.services.gloss import flags
from arxiv_gloss.services.gloss.paper import Paper
from arxiv_gloss.services.gloss.result import GlossAccumulator
from arxiv_gloss.storage.glossary import Glossaries
from arxiv_gloss.text.slots import Surface
from arxiv_gloss.text.terms.glossary import unify

TextKey = tuple[str, int]
"""Kind and index of a text."""


@dataclass(frozen=True, slots=True)
class _Text:
    key: TextKey
    sources: tuple[str, ...]
    text: str
    flags: list[Flag]
    surfaces: tuple[Surface, ...] | None = None
    """Those of the source of a translation; None for a condensation."""


def unify_terms(paper: Paper, gloss: GlossAccumulator, glossaries: Glossaries) -> Iterator[Event]:
    """Events for all texts that the reader's glossary, or another text of the paper, has rendered otherwise."""
    texts = list(_texts(paper, gloss))
    made = unify([(" ".join(one.sources), one.text) for one in texts], glossaries.known, glossaries.own)
    changed: dict[TextKey, tuple[str, list[Flag]]] = {}
    for one, target in zip(texts, made, strict=True):
        text, found = _checked(one, target, glossaries)
        if (text, found) != (one.text, one.flags):
            changed[one.key] = text, found
    return _events(gloss, changed)


def _checked(one: _Text, target: str, glossaries: Glossaries) -> tuple[str, list[Flag]]:
    """The text with its terms replaced, unless the ledger finds fault with that; and a flag for each of the reader's
    terms that a translation does not have."""
    text, found = one.text, one.flags
    if target != one.text:
        new_flags = _flags(one, target)
        if len(new_flags) <= len(one.flags):
            text, found = target, new_flags
    if one.surfaces is None:
        return text, found
    terms = dict.fromkeys(place.term for place in glossaries.own.find(one.sources[0]))
    lost = [term for term in terms if term.target.casefold() not in text.casefold()]
    return text, found + [Flag("conflict", {"source": term.source, "target": term.target}) for term in lost]


def _flags(one: _Text, text: str) -> list[Flag]:
    kept = [flag for flag in one.flags if flag.code in flags.OF_THE_ROW]
    if one.surfaces is None:
        return [*flags.condensation_flags(one.sources, text), *kept]
    return [*flags.translation_flags(one.sources[0], text, one.surfaces), *kept]


def _texts(paper: Paper, gloss: GlossAccumulator) -> Iterator[_Text]:
    """Title first: of two renderings used equally often, the earlier one is taken."""
    if gloss.title and flags.NOT_ENGLISH not in gloss.title.flags:
        surfaces = paper.surfaces_in(paper.source.title)
        yield _Text(("title", 0), (paper.query.title,), gloss.title.text, gloss.title.flags, surfaces)
    for k, segment in sorted(gloss.segments.items()):
        if flags.NOT_ENGLISH in segment.flags:
            continue
        surfaces = paper.surfaces_in(paper.source.segments[k])
        yield _Text(("segment", k), (segment.source,), segment.text, segment.flags, surfaces)

    def sources(evidence: list[int]) -> tuple[str, ...]:
        """A row without evidence saw everything."""
        return tuple(segment.source for segment in paper.segments if not evidence or segment.index in evidence)

    for index, sentence in enumerate(gloss.summary.sentences if gloss.summary else ()):
        yield _Text(("sentence", index), sources(sentence.evidence), sentence.text, sentence.flags)
    for index, takeaway in sorted(gloss.takeaways.items()):
        yield _Text(("takeaway", index), sources(takeaway.evidence), takeaway.text, takeaway.flags)
    if gloss.gist:
        yield _Text(("gist", 0), sources(gloss.gist.evidence), gloss.gist.text, gloss.gist.flags)


def _events(gloss: GlossAccumulator, changed: dict[TextKey, tuple[str, list[Flag]]]) -> Iterator[Event]:
    if gloss.title and ("title", 0) in changed:
        text, found = changed["title", 0]
        yield replace(gloss.title, text=text, flags=found)
    for k, segment in sorted(gloss.segments.items()):
        if ("segment", k) in changed:
            text, found = changed["segment", k]
            yield replace(segment, text=text, flags=found)
    if gloss.summary and any(kind == "sentence" for kind, _ in changed):
        sentences = list(gloss.summary.sentences)
        for index, sentence in enumerate(sentences):
            text, found = changed.get(("sentence", index), (sentence.text, sentence.flags))
            sentences[index] = replace(sentence, text=text, flags=found)
        yield replace(gloss.summary, sentences=sentences)
    for index, takeaway in sorted(gloss.takeaways.items()):
        if ("takeaway", index) in changed:
            text, found = changed["takeaway", index]
            yield replace(takeaway, text=text, flags=found)
    if gloss.gist and ("gist", 0) in changed:
        text, found = changed["gist", 0]
        yield replace(gloss.gist, text=text, flags=found)
