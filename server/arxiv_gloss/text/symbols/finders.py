"""All symbols of a text, from left to right."""

from __future__ import annotations

from collections.abc import Iterator

from arxiv_gloss.text.symbols.codes import codes
from arxiv_gloss.text.symbols.found import Symbol
from arxiv_gloss.text.symbols.glued import glued
from arxiv_gloss.text.symbols.masked import ADDRESS, Masked
from arxiv_gloss.text.symbols.measures import measures
from arxiv_gloss.text.symbols.names import names
from arxiv_gloss.text.symbols.relations import relations


def symbols(text: str) -> Iterator[Symbol]:
    """What belongs together in a normalised text, without overlaps: of two, what begins first; of two that begin
    together, the longer."""
    masked = Masked.of(text)
    found = [*measures(masked), *relations(masked), *glued(masked), *codes(masked), *names(masked), *_addresses(masked)]
    end = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            yield one
            end = one.end


def _addresses(masked: Masked) -> Iterator[Symbol]:
    for at, sign in enumerate(masked.text):
        if sign == ADDRESS:
            yield Symbol(masked.starts[at], masked.ends[at], "url")
