"""Documents → batches: every document's source once, its rows in groups of like length.

Lengths and counts are rounded up, so that few shapes occur: on a CPU each new matrix shape costs milliseconds.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from .documents import TokenDocument, TokenRow, is_translated
from .ids import EOS, LABELS, SEG, TTL

POOL = 200
"""Documents that are sorted by length together."""


class Group(NamedTuple):
    """Rows of a batch that are decoded together; R rows of T tokens that see at most S positions each."""

    memory: Tensor
    """int64 [R, S]: positions in the flattened encoder output"""
    visible: Tensor
    """bool [R, S]"""
    inputs: Tensor
    """int64 [R, T]: decoder input, the task first"""
    wanted: Tensor
    """int64 [R, T]: what comes next; 0 is padding"""
    linked: Tensor
    """int64 [K]: the decoder positions (flattened) that have links"""
    links: Tensor
    """bool [K, S]: where each of them should look"""
    narrow: bool
    """Whether the rows see a slice (translations, titles, gists) rather than the whole paper."""


class TrainingBatch(NamedTuple):
    source: Tensor
    """int64 [B, S], 0 is padding"""
    groups: list[Group]
    marks: Tensor
    """int64 [N]: positions in the flattened encoder output of sentences with known labels"""
    labels: Tensor
    """float32 [N, labels]; NaN is not known"""

    @property
    def tokens(self) -> int:
        """Source and target tokens, padding not counted."""
        return int((self.source > 0).sum()) + sum(int((group.wanted > 0).sum()) for group in self.groups)

    def to(self, device: torch.device) -> TrainingBatch:
        if device.type == "cpu":
            return self
        move = [Group._make(v.to(device) if isinstance(v, Tensor) else v for v in group) for group in self.groups]
        return TrainingBatch(self.source.to(device), move, self.marks.to(device), self.labels.to(device))


def round_up(n: int, step: int) -> int:
    return -(-n // step) * step


def padded(lists: Sequence[np.ndarray], length_step: int, row_step: int) -> Tensor:
    """int64 [rows, length], both rounded up, 0 where there is nothing."""
    out = np.zeros((round_up(len(lists), row_step), round_up(max(map(len, lists)), length_step)), np.int64)
    for row, ids in zip(out, lists, strict=False):
        row[: len(ids)] = ids
    return torch.from_numpy(out)


def length_groups(
    rows: Sequence[tuple[int, TokenRow, bool]], waste: float = 1.25
) -> Iterator[list[tuple[int, TokenRow, bool]]]:
    """Rows (document, row, narrow?) by width of view and length, cut where padding would waste over a quarter."""
    for narrow in (True, False):
        group: list[tuple[int, TokenRow, bool]] = []
        filled = 0
        for item in sorted((r for r in rows if r[2] is narrow), key=lambda r: len(r[1].target)):
            length = len(item[1].target) + 1
            if len(group) >= 8 and length * (len(group) + 1) > waste * (filled + length):
                yield group
                group, filled = [], 0
            group.append(item)
            filled += length
        if group:
            yield group


def collate_group(rows: Sequence[tuple[int, TokenRow, bool]], source_length: int) -> Group:
    count = round_up(len(rows), 8)
    width = round_up(max(row.end - row.start for _, row, _ in rows), 32)
    document, start, length = (np.zeros(count, np.int64) for _ in range(3))
    for n, (d, row, _) in enumerate(rows):
        document[n], start[n], length[n] = d, row.start, row.end - row.start
    columns = np.arange(width)
    memory = document[:, None] * source_length + np.minimum(start[:, None] + columns, source_length - 1)
    inputs = padded([np.concatenate([[row.task], row.target]) for _, row, _ in rows], 16, 8)
    wanted = padded([np.concatenate([row.target, [EOS]]) for _, row, _ in rows], 16, 8)
    looks = np.zeros((count, inputs.shape[1], width), np.bool_)
    for n, (_, row, _) in enumerate(rows):
        if row.links is not None and len(row.links):
            looks[n, row.links[:, 1], row.links[:, 0]] = True
    linked = looks.any(2).reshape(-1).nonzero()[0]
    return Group(
        torch.from_numpy(memory),
        torch.from_numpy(columns < length[:, None]),
        inputs,
        wanted,
        torch.from_numpy(linked),
        torch.from_numpy(looks.reshape(-1, width)[linked]),
        rows[0][2],
    )


def collate(documents: Sequence[TokenDocument]) -> TrainingBatch:
    source = padded([d.source for d in documents], 32, 2)
    rows = [(n, row, row.end - row.start < len(d.source)) for n, d in enumerate(documents) for row in d.rows]
    groups = [collate_group(group, source.shape[1]) for group in length_groups(rows)]
    return TrainingBatch(source, groups, *collate_labels(documents, source.shape[1]))


def collate_labels(documents: Sequence[TokenDocument], source_length: int) -> tuple[Tensor, Tensor]:
    """Marks and labels of a batch; their number is rounded up with labels that are not known."""
    marks, labels = [np.zeros(0, np.int64)], [np.zeros((0, len(LABELS)), np.float32)]
    for n, document in enumerate(documents):
        if document.labels is not None:
            marks.append(n * source_length + np.flatnonzero(document.source == SEG))
            labels.append(document.labels.T)
    at, known = np.concatenate(marks), np.concatenate(labels)
    missing = -len(at) % 32
    at, known = np.pad(at, (0, missing)), np.pad(known, ((0, missing), (0, 0)), constant_values=np.nan)
    return torch.from_numpy(at), torch.from_numpy(known)


def document_tokens(document: TokenDocument) -> int:
    return len(document.source) + sum(len(row.target) + 1 for row in document.rows)


def forever(documents: Sequence[TokenDocument], rng: random.Random) -> Iterator[TokenDocument]:
    """Pass after pass over the documents, shuffled anew each time."""
    order = list(documents)
    while True:
        rng.shuffle(order)
        yield from order


NEAR = ("cs", "eess", "stat")
"""Archives of which the translated corpus is full."""


def kind(document: TokenDocument) -> str:
    """`translated` papers of computer science and its neighbours, of other `fields`, `forward` ones (translated by the
    model), single `sentences` of abstracts, `technical` ones of manuals; papers that are `condensed` sentence by
    sentence; `other` papers."""
    if document.forward:
        return "forward"
    if not is_translated(document):
        return "other" if document.labels is None else "condensed"
    if document.source[0] == TTL:
        return "translated" if document.archive in NEAR else "fields"
    return "technical" if document.archive == "tech" else "sentences"


def mixed(
    documents: Sequence[TokenDocument], shares: Mapping[str, float], rng: random.Random
) -> Iterator[TokenDocument]:
    """Documents of each kind, shuffled, in these shares; a kind that has none is left out."""
    kinds: dict[str, list[TokenDocument]] = {}
    for document in documents:
        kinds.setdefault(kind(document), []).append(document)
    wanted = [name for name in kinds if shares[name] > 0]
    streams = {name: forever(kinds[name], rng) for name in wanted}
    while True:
        yield next(streams[rng.choices(wanted, [shares[name] for name in wanted])[0]])


def batches(
    documents: Sequence[TokenDocument], tokens: int, shares: Mapping[str, float], rng: random.Random
) -> Iterator[TrainingBatch]:
    """Endless batches of about `tokens` tokens, each of documents of like length, in random order."""
    stream = mixed(documents, shares, rng)
    while True:
        pool = sorted((next(stream) for _ in range(POOL)), key=lambda d: len(d.source))
        packs: list[list[TokenDocument]] = [[]]
        filled = 0
        for document in pool:
            size = document_tokens(document)
            if packs[-1] and filled + size > tokens:
                packs.append([])
                filled = 0
            packs[-1].append(document)
            filled += size
        rng.shuffle(packs)
        for pack in packs:
            yield collate(pack)
