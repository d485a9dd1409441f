"""Tokenised papers, as every stage after `vocabulary` reads them.

Files are pickles of plain tuples and numpy arrays: only ever open those that you made yourself.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from .ids import SEG, TASK


class TokenRow(NamedTuple):
    """One thing the decoder learns to say."""

    task: int
    """Task token: the decoder's first input."""
    start: int
    """First encoder position that the row may look at."""
    end: int
    """One behind the last."""
    target: np.ndarray
    """uint16 [T]: token ids, without task and end token."""
    links: np.ndarray | None = None
    """uint16 [K, 2]: (encoder position within the slice, target position) pairs that guide the attention."""


class TokenDocument(NamedTuple):
    """One paper: encoded once, several rows decoded."""

    id: str
    source: np.ndarray
    """uint16 [S]: <ttl> title <seg> sentence 1 <seg> sentence 2 …"""
    rows: list[TokenRow]
    labels: np.ndarray | None = None
    """float32 [labels, sentences]: 1 where a sentence serves as the label; rows of NaN where nothing is known."""
    forward: bool = False
    """Whether its translation is the model's own (forward.py)."""
    archive: str = ""
    """Of its first category; `tech` for sentences of manuals."""


def load_documents(path: Path) -> list[TokenDocument]:
    """Documents of `vocabulary`'s *.tok.pkl."""
    return [
        TokenDocument(i, source, [TokenRow(*row) for row in rows], labels, archive=archive)
        for i, source, rows, labels, archive in load_pickle(path)
    ]


def save_documents(path: Path, documents: list[TokenDocument]) -> None:
    save_pickle(path, [(d.id, d.source, [tuple(row[:4]) for row in d.rows], d.labels, d.archive) for d in documents])


def attach_links(documents: list[TokenDocument], links: dict[tuple[int, int], np.ndarray]) -> None:
    """Give row j of document n the links stored under (n, j)."""
    for n, document in enumerate(documents):
        document.rows[:] = [row._replace(links=links.get((n, j))) for j, row in enumerate(document.rows)]


def segment_spans(source: np.ndarray) -> list[tuple[int, int]]:
    """Encoder positions [start, end) of each sentence; the start is its <seg>."""
    starts = np.flatnonzero(source == SEG)
    ends = np.append(starts[1:], len(source))
    return [(int(a), int(b)) for a, b in zip(starts, ends, strict=True)]


def is_translated(document: TokenDocument) -> bool:
    return any(row.task == TASK["translate"] for row in document.rows)


def load_pickle(path: Path) -> Any:
    with path.open("rb") as file:
        return pickle.load(file)


def save_pickle(path: Path, value: Any) -> None:
    """Written beside and renamed, so that a broken run leaves the old file."""
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        pickle.dump(value, file, protocol=5)
    beside.replace(path)
