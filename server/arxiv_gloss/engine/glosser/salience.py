"""The salience head: what each sentence of an abstract is good for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from arxiv_gloss.engine.session import Weights

LABELS = ("motivation", "method", "result", "conclusion", "tldr", "summary")
"""In the order of the head's rows; a head may know only the first of them."""


def features(segment_states: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32 [n, D] encoder states at the segments' marks -> [n, D + 3]: with relative position, is first, is last."""
    count = len(segment_states)
    place = np.arange(count, dtype=np.float32)
    relative = place / max(1, count - 1)
    edges = [relative, (place == 0).astype(np.float32), (place == count - 1).astype(np.float32)]
    return np.concatenate([segment_states, np.stack(edges, 1)], axis=1)


class SalienceHead:
    """A logistic regression for each label (models/recipe/salience.py) on the encoder's own states."""

    def __init__(self, weights: Weights) -> None:
        self._weight = weights.array("salience.weight").astype(np.float32)
        self._bias = weights.array("salience.bias").astype(np.float32)

    def predict(self, segment_states: NDArray[np.float32]) -> tuple[dict[str, float], ...]:
        """The probability of each label for each segment, from float32 [n, D] encoder states."""
        chances = 1 / (1 + np.exp(-(features(segment_states) @ self._weight.T + self._bias)))
        return tuple(dict(zip(LABELS, map(float, row), strict=False)) for row in chances)
