"""A bundle's weights for a larger target vocabulary: what training goes on from when pieces were added.

    python -m models.recipe.grow --work models/work --bundle models/shipped/gloss-en-zh

Reads init.npz (lexicon.py) and the bundle; writes start.safetensors. Rows of pieces that the bundle has stay as they
are. A new piece's row is what a linear map, fitted on the old ones, makes of the mean encoder state of the source
pieces that it translates; its prior follows from its frequency in the same way.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models.network.checkpoint import save_weights
from models.network.ids import BASE, PIECE, TARGET_ROWS
from models.packing.bundle_weights import bundle_weights

from .workfolder import add_work, stage_parser

_SEEN_OFTEN, _SEEN = 20, 3
"""Links that a piece needs to be fitted on, and to be placed by the map."""
_RIDGE = 3.0


def fitted(inputs: np.ndarray, outputs: np.ndarray) -> np.ndarray:
    """The ridge regression [D + 1, E] from inputs [N, D] to outputs [N, E]."""
    x = np.concatenate([inputs, np.ones((len(inputs), 1))], 1)
    weights: np.ndarray = np.linalg.solve(x.T @ x + _RIDGE * np.eye(x.shape[1]), x.T @ outputs)
    return weights


def apply(weights: np.ndarray, inputs: np.ndarray) -> np.ndarray:
    outputs: np.ndarray = np.concatenate([inputs, np.ones((len(inputs), 1))], 1) @ weights
    return outputs


def grow(weights: dict[str, Tensor], states: np.ndarray, seen: np.ndarray, unigram: np.ndarray) -> dict[str, Tensor]:
    """The weights with TARGET_ROWS target rows. `states` [rows, width], `seen` [rows], `unigram` [rows] as init.npz."""
    old_rows, old_prior = weights["target.weight"].numpy(), weights["prior"].numpy()
    count = len(old_rows)
    units = states / np.maximum(np.linalg.norm(states, axis=1, keepdims=True), 1e-6)
    pieces = np.arange(len(states)) >= PIECE - BASE
    known = np.flatnonzero((seen[:count] >= _SEEN_OFTEN) & pieces[:count])
    rows = apply(fitted(units[known], old_rows[known]), units[count:])
    rare = np.flatnonzero(pieces[:count] & (unigram[:count] < _SEEN_OFTEN))
    rows[seen[count:] < _SEEN] = old_rows[rare].mean(0) + 0.1 * old_rows[rare].std(0) * np.random.default_rng(
        1
    ).standard_normal((int((seen[count:] < _SEEN).sum()), old_rows.shape[1]))
    frequency = np.log((unigram + 1) / unigram.sum())[:, None]
    prior = apply(fitted(frequency[known], old_prior[known][:, None]), frequency[count:])[:, 0]
    return weights | {
        "target.weight": torch.from_numpy(np.concatenate([old_rows, rows.astype(np.float32)])),
        "prior": torch.from_numpy(np.concatenate([old_prior, prior.astype(np.float32)])),
    }


def main() -> None:
    parser = stage_parser(__doc__)
    add_work(parser)
    parser.add_argument("--bundle", type=Path, required=True)
    args = parser.parse_args()
    weights = bundle_weights(args.bundle)
    start = np.load(args.work / "init.npz")
    before = len(weights["target.weight"])
    grown = grow(weights, start["e"], start["n"], start["unigram"])
    assert len(grown["target.weight"]) == TARGET_ROWS, "the vocabulary has another size than ids.PIECES says"
    save_weights(args.work / "start.safetensors", grown, torch.float32)
    placed = int((start["n"][before:] >= _SEEN).sum())
    print(f"{before} target rows, now {TARGET_ROWS}; {placed} new ones placed by the map")


if __name__ == "__main__":
    main()
