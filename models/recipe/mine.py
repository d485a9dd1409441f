"""Chinese sentences of summaries that condense one source sentence: rows of the task `gist`, and salience labels.

    python -m models.recipe.mine --work models/work

Reads {train,dev}.tok.pkl, lexicon.npz, target.json; writes
    gist.pkl, gist.dev.pkl   {(document, "g", n): (start, end, target ids, score, task it came from)}
    gistrows.pkl             {document: rows of the task gist, with links}: what train.py adds
Which sentence a motivation, method, result, conclusion or tldr came from is what salience.py learns.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse
from tokenizers import Tokenizer

from models.network.documents import TokenDocument, TokenRow, load_documents, save_pickle, segment_spans
from models.network.ids import BASE, NEWLINE, PIECE, PIECES, TARGET_ROWS, TASK

from .lexicon import ALIGNED, CountedLexicon
from .workfolder import add_work, stage_parser

_SHORTEST = 8
"""A Chinese sentence of fewer tokens says too little to be found."""
LENGTHS = (0.2, 0.6)
"""How long a condensation may be, in target tokens per source token."""
_SURE, _COVERED = 0.95, 0.45
"""Least score, and least share of the target that the lexicon finds in the source. A near-translation scores 1.35."""
FULL_SOURCE, FULL_TARGET = 0.3, 0.2
"""Translation shares that count as certain: a piece has several renderings."""
SENTENCE_ENDS = "。！？；;"


class MinedSentence(NamedTuple):
    """Target tokens of one summary sentence and the source slice that they condense."""

    start: int
    end: int
    target: np.ndarray
    score: float
    task: int


class Miner:
    """Scores a Chinese sentence against every source sentence, by the counted lexicon in both directions."""

    def __init__(self, counts: scipy.sparse.csr_matrix, ends: np.ndarray) -> None:
        by_source, by_target = (np.asarray(counts.sum(axis)).ravel() + 3 for axis in (1, 0))
        self.to_target = (scipy.sparse.diags(1 / by_source) @ counts).tocsr()
        self.to_source = (counts @ scipy.sparse.diags(1 / by_target)).tocsr()
        self.ends = ends

    def sentences(self, pieces: np.ndarray) -> Iterator[tuple[int, int]]:
        """[start, end) of each sentence of a target, line breaks left out."""
        cuts = np.unique(np.concatenate([[0], np.flatnonzero(self.ends[pieces]) + 1, [len(pieces)]]))
        for start, end in pairwise(cuts):
            end -= pieces[end - 1] == NEWLINE - BASE
            if end - start >= _SHORTEST:
                yield int(start), int(end)

    def mine(self, document: TokenDocument) -> Iterator[MinedSentence]:
        """Sentences of the document's summaries whose source is clear."""
        spans = segment_spans(document.source)
        if len(spans) < 3:
            return
        source = document.source.astype(np.int64)
        to_target, to_source = self.to_target[source], self.to_source[source]
        for row in document.rows:
            if row.task in (*ALIGNED, TASK["gist"]):
                continue
            pieces = row.target.astype(np.int64) - BASE
            forward = np.minimum(to_target[:, pieces].toarray() / FULL_SOURCE, 1)
            backward = np.minimum(to_source[:, pieces].toarray() / FULL_TARGET, 1)
            for start, end in self.sentences(pieces):
                covered = np.array([self.covered(forward[a:b, start:end]) for a, b in spans])
                used = np.array([backward[a + 1 : b, start:end].max(1).mean() if b - a > 1 else 0 for a, b in spans])
                best = int((covered + used).argmax())
                score = float(covered[best] + used[best])
                if score > _SURE and covered[best] > _COVERED:
                    yield MinedSentence(*spans[best], row.target[start:end].copy(), score, row.task)

    @staticmethod
    def covered(shares: np.ndarray) -> float:
        """Share of the target that the source slice explains; impossible when their lengths do not fit."""
        source_length, target_length = shares.shape
        if not LENGTHS[0] < target_length / source_length < LENGTHS[1]:
            return -9.0
        return float(shares.max(0).mean())


def sentence_ends(target: Tokenizer) -> np.ndarray:
    """bool [target rows]: pieces after which a sentence is over."""
    ends = np.zeros(TARGET_ROWS, bool)
    ends[NEWLINE - BASE] = True
    for piece in range(PIECES):
        ends[PIECE - BASE + piece] = target.id_to_token(piece)[-1] in SENTENCE_ENDS
    return ends


def gist_rows(
    documents: list[TokenDocument], found: dict[tuple[int, str, int], MinedSentence], lexicon: CountedLexicon
) -> dict[int, list[tuple[Any, ...]]]:
    """{document: rows of the task gist}, as plain tuples."""
    rows: dict[int, list[tuple[Any, ...]]] = {}
    for (n, _, _), one in found.items():
        links = lexicon.links(documents[n].source[one.start : one.end], one.target)
        rows.setdefault(n, []).append(tuple(TokenRow(TASK["gist"], one.start, one.end, one.target, links)))
    return rows


def main() -> None:
    parser = stage_parser(__doc__)
    add_work(parser)
    work: Path = parser.parse_args().work
    counts = scipy.sparse.load_npz(work / "lexicon.npz")
    miner = Miner(counts, sentence_ends(Tokenizer.from_file(str(work / "target.json"))))
    for split, name in (("dev", "gist.dev.pkl"), ("train", "gist.pkl")):
        documents = load_documents(work / f"{split}.tok.pkl")
        found = {(n, "g", k): one for n, d in enumerate(documents) for k, one in enumerate(miner.mine(d))}
        save_pickle(work / name, {key: tuple(one) for key, one in found.items()})
        print(f"{split}: {len(found)} gist rows of {len({n for n, _, _ in found})} papers")
    save_pickle(work / "gistrows.pkl", gist_rows(documents, found, CountedLexicon(counts)))


if __name__ == "__main__":
    main()
