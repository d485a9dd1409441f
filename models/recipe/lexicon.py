"""Which source piece a target piece translates: word alignments, counted into a lexicon, and what follows from it.

    python -m models.recipe.lexicon --work models/work

Reads train.tok.pkl; writes
    align.pkl     {(document, row): uint8 [K, 2]} links of the translate and title rows, aligned by eflomal
    lexicon.npz   how often a source piece was linked to a target piece, scipy CSR [embedding rows, target rows]
    links.pkl     as align.pkl, for all rows: a piece of a summary may look wherever the lexicon knows it from
    init.npz      for bert_start.load_lexicon: mean encoder state of the source pieces of each target piece
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
import torch

from models.network.bert_start import load_minilm
from models.network.documents import TokenDocument, load_documents, save_pickle
from models.network.ids import BASE, EOS, TARGET_ROWS, TASK
from models.network.model import Gloss

from .workfolder import add_minilm, add_work, stage_parser

Links = dict[tuple[int, int], np.ndarray]
ALIGNED = (TASK["translate"], TASK["title"])
_SEEN_OFTEN, SHARE_OF_SOURCE, SHARE_OF_TARGET = 3, 0.08, 0.15
"""A lexicon entry counts from so many links on, if it is such a share of its source or of its target piece's links."""
MOST_PLACES = 6
"""A target piece that is known from more places than this says nothing about where to look."""
STATE_DOCUMENTS = 6_000


def symmetrised(forward: str, backward: str) -> np.ndarray:
    """Links of both directions where they agree, and those of either for target pieces without one; uint8 [K, 2]."""
    one, other = ({tuple(map(int, pair.split("-"))) for pair in line.split()} for line in (forward, backward))
    links = one & other
    covered = {target for _, target in links}
    links |= {link for link in one | other if link[1] not in covered}
    return np.array(sorted(links, key=lambda link: link[1]), np.uint8).reshape(-1, 2)


def align_words(documents: list[TokenDocument], work: Path) -> Links:
    """Word alignments of the aligned tasks' rows by eflomal (Östling and Tiedemann 2016), on token ids as words."""
    import eflomal

    keys = [(n, j) for n, d in enumerate(documents) for j, row in enumerate(d.rows) if row.task in ALIGNED]
    files = {name: work / f"align.{name}" for name in ("source", "target", "forward", "backward")}
    with files["source"].open("w") as source, files["target"].open("w") as target:
        for n, j in keys:
            row = documents[n].rows[j]
            source.write(" ".join(map(str, documents[n].source[row.start : row.end])) + "\n")
            target.write(" ".join(map(str, row.target)) + "\n")
    with files["source"].open() as source, files["target"].open() as target:
        eflomal.Aligner(model=3).align(
            source,
            target,
            links_filename_fwd=str(files["forward"]),
            links_filename_rev=str(files["backward"]),
            quiet=True,
        )
    with files["forward"].open() as forward, files["backward"].open() as backward:
        links = {key: symmetrised(f, b) for key, f, b in zip(keys, forward, backward, strict=True)}
    for file in files.values():
        file.unlink()
    return links


def count_pairs(documents: list[TokenDocument], links: Links) -> scipy.sparse.csr_matrix:
    """How often each source piece was linked to each target piece."""
    sources, targets = [], []
    for (n, j), pairs in links.items():
        row = documents[n].rows[j]
        sources.append(documents[n].source[row.start : row.end][pairs[:, 0]].astype(np.int64))
        targets.append(row.target[pairs[:, 1]].astype(np.int64) - BASE)
    at = (np.concatenate(sources), np.concatenate(targets))
    shape = (BASE + TARGET_ROWS, TARGET_ROWS)
    return scipy.sparse.coo_matrix((np.ones(len(at[0])), at), shape=shape).tocsr()


class CountedLexicon:
    """The entries of a counted lexicon that can be trusted."""

    def __init__(self, counts: scipy.sparse.csr_matrix) -> None:
        by_source, by_target = (np.asarray(counts.sum(axis)).ravel() + 5 for axis in (1, 0))
        entries = counts.tocoo()
        shares = entries.data / by_source[entries.row] > SHARE_OF_SOURCE
        shares |= entries.data / by_target[entries.col] > SHARE_OF_TARGET
        kept = (entries.data >= _SEEN_OFTEN) & shares
        self.pairs = np.sort(entries.row[kept].astype(np.int64) * TARGET_ROWS + entries.col[kept])

    def links(self, source: np.ndarray, target: np.ndarray) -> np.ndarray:
        """uint16 [K, 2]: where in `source` each piece of `target` may look, unless that is everywhere."""
        pairs = source.astype(np.int64)[:, None] * TARGET_ROWS + (target.astype(np.int64) - BASE)[None]
        at = np.minimum(np.searchsorted(self.pairs, pairs), len(self.pairs) - 1)
        known = self.pairs[at] == pairs
        known[:, known.sum(0) > MOST_PLACES] = False
        sources, targets = known.nonzero()
        order = np.argsort(targets, kind="stable")
        return np.stack([sources[order], targets[order]], 1).astype(np.uint16)


def all_links(documents: list[TokenDocument], aligned: Links, lexicon: CountedLexicon) -> Links:
    """The aligned rows' links as they are, the other rows' from the lexicon."""
    links = {}
    for n, document in enumerate(documents):
        for j, row in enumerate(document.rows):
            known = aligned.get((n, j))
            links[n, j] = lexicon.links(document.source[row.start : row.end], row.target) if known is None else known
    return links


@torch.no_grad()
def encoder_states(model: Gloss, documents: list[TokenDocument], chosen: list[int]) -> Iterator[tuple[int, np.ndarray]]:
    """(document, its encoder states [S, width]) of the chosen ones, shortest first."""
    order = sorted(chosen, key=lambda n: len(documents[n].source))
    for start in range(0, len(order), 16):
        some = order[start : start + 16]
        ids = torch.zeros(len(some), max(len(documents[n].source) for n in some), dtype=torch.long)
        for row, n in enumerate(some):
            ids[row, : len(documents[n].source)] = torch.from_numpy(documents[n].source.astype(np.int64))
        states = model.encode(ids, ids > 0).numpy()
        yield from ((n, states[row, : len(documents[n].source)]) for row, n in enumerate(some))


def start_values(model: Gloss, documents: list[TokenDocument], links: Links) -> dict[str, np.ndarray]:
    """`e` mean centred state of each target piece's sources, `n` how often it was linked, `mu` mean state,
    `unigram` how often it is said."""
    width = model.shape.width
    sums, seen, total, positions = np.zeros((TARGET_ROWS, width)), np.zeros(TARGET_ROWS), np.zeros(width), 0
    linked = sorted({n for n, _ in links})
    chosen = np.random.default_rng(1).permutation(linked)[:STATE_DOCUMENTS].tolist()
    for n, states in encoder_states(model, documents, chosen):
        total += states.sum(0)
        positions += len(states)
        centred = states - states.mean(0)
        for j, row in enumerate(documents[n].rows):
            if (n, j) in links and len(links[n, j]):
                source, target = links[n, j].T.astype(int)
                pieces = row.target[target].astype(int) - BASE
                np.add.at(sums, pieces, centred[source + row.start])
                np.add.at(seen, pieces, 1)
    unigram = np.zeros(TARGET_ROWS)
    for document in documents:
        for row in document.rows:
            unigram += np.bincount(row.target.astype(int) - BASE, minlength=TARGET_ROWS)
            unigram[EOS - BASE] += 1
    return {"e": sums / (seen[:, None] + 2), "n": seen, "mu": total / positions, "unigram": unigram}


def main() -> None:
    parser = stage_parser(__doc__)
    add_work(parser)
    add_minilm(parser)
    args = parser.parse_args()
    documents = load_documents(args.work / "train.tok.pkl")
    aligned = align_words(documents, args.work)
    save_pickle(args.work / "align.pkl", aligned)
    counts = count_pairs(documents, aligned)
    scipy.sparse.save_npz(args.work / "lexicon.npz", counts)
    lexicon = CountedLexicon(counts)
    print(f"{sum(map(len, aligned.values()))} links of {len(aligned)} rows; {len(lexicon.pairs)} lexicon entries")
    save_pickle(args.work / "links.pkl", all_links(documents, aligned, lexicon))
    model = Gloss().eval()
    load_minilm(model, args.minilm / "model.safetensors")
    arrays: dict[str, Any] = {**start_values(model, documents, aligned)}
    np.savez(args.work / "init.npz", **arrays)


if __name__ == "__main__":
    main()
