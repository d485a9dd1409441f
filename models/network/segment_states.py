"""The encoder's state at each sentence's mark: what the salience head reads, while it trains and when it is served."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from .documents import TokenDocument, segment_spans
from .model import Gloss


@torch.no_grad()
def segment_states(model: Gloss, documents: Sequence[TokenDocument], batch_tokens: int = 8_000) -> list[np.ndarray]:
    """Encoder states at the sentences' marks, float32 [sentences, width] for each document."""
    order = sorted(range(len(documents)), key=lambda n: len(documents[n].source))
    states: list[np.ndarray] = [np.empty(0)] * len(documents)
    at = 0
    while at < len(order):
        length = -(-len(documents[order[at]].source) // 32) * 32
        some = order[at : at + max(1, batch_tokens // length)]
        length = -(-max(len(documents[n].source) for n in some) // 32) * 32
        ids = torch.zeros(len(some), length, dtype=torch.long)
        for row, n in enumerate(some):
            ids[row, : len(documents[n].source)] = torch.from_numpy(documents[n].source.astype(np.int64))
        encoded = model.encode(ids, ids > 0).float().numpy()
        for row, n in enumerate(some):
            states[n] = encoded[row, [start for start, _ in segment_spans(documents[n].source)]]
        at += len(some)
    return states
