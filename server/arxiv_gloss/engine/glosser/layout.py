"""Where the tokens of a paper stand: windows that the encoder takes, and each segment's place in them.

A window reads `<ttl> title <seg> sentence 1 <seg> sentence 2 …`. A paper that is too long for one window gets several,
cut between sentences, each with the title in front, so that nothing is cut off in silence.
"""

from __future__ import annotations

from dataclasses import dataclass

from arxiv_gloss.engine.protocol import Source
from arxiv_gloss.engine.tokenizer import Tokenizer
from arxiv_gloss.errors import BadRequest

WINDOW = 510
"""Tokens at most, as in training."""
TITLE_SHARE = 128
"""A title longer than this stands in the first window only."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Tokens start … end-1 of a window."""

    window: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """`windows` are token ids; `title` is None for a paper without one; `segments` has one slice per segment."""

    windows: tuple[tuple[int, ...], ...]
    title: Slice | None
    segments: tuple[Slice, ...]


def lay_out(source: Source, tokenizer: Tokenizer) -> Layout:
    """Raises BadRequest when the title or one segment alone is longer than a window."""
    ids = tokenizer.ids
    title = [ids.title, *tokenizer.encode(source.title)] if source.title else []
    segments = [[ids.segment, *tokenizer.encode(text)] for text in source.segments]
    if len(title) >= WINDOW or any(len(segment) > WINDOW for segment in segments):
        raise BadRequest("The title or one sentence is longer than the model can read (about 500 tokens). Shorten it.")
    windows: list[list[int]] = [list(title)]
    slices: list[Slice] = []
    for segment in segments:
        if len(windows[-1]) + len(segment) > WINDOW:
            again = title if len(title) <= TITLE_SHARE and len(title) + len(segment) <= WINDOW else []
            windows.append(list(again))
        start = len(windows[-1])
        windows[-1] += segment
        slices.append(Slice(len(windows) - 1, start, start + len(segment)))
    return Layout(
        tuple(tuple(window) for window in windows),
        Slice(0, 0, len(title)) if title else None,
        tuple(slices),
    )
