"""The slow, obvious twin: optimum's export of the same weights, one row at a time, every step from the beginning.

It has no past, no batch, no int8 and no graph of ours, so what it says is what the model says. Tests and the recipe
compare the engine with it; nobody is served by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from arxiv_gloss.engine.bundle import Bundle
from arxiv_gloss.engine.glosser.engine import Encoded, Seq2Seq
from arxiv_gloss.engine.glosser.layout import Slice
from arxiv_gloss.engine.protocol import Encoding, Row, RowRequest
from arxiv_gloss.engine.session import make_session, options
from arxiv_gloss.errors import Cancelled

Floats = NDArray[np.float32]


class Reference(Seq2Seq):
    """Reads and writes text like Seq2Seq, but runs `encoder_model.onnx` and `decoder_model.onnx` of `export`."""

    def __init__(self, bundle: Bundle, export: Path) -> None:
        super().__init__(bundle)
        self._export_encoder = make_session((export / "encoder_model.onnx").read_bytes(), options(1))
        self._export_decoder = make_session((export / "decoder_model.onnx").read_bytes(), options(1))

    def decode(
        self,
        encoding: Encoding,
        requests: Sequence[RowRequest],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[tuple[int, Row]]:
        encoded = encoding.handle
        assert isinstance(encoded, Encoded)
        for position, request in enumerate(requests):
            seen = self._seen(encoded.layout, request)
            window = encoded.layout.windows[seen.window]
            states = self._states(window)[:, seen.start : seen.end]
            yield position, self._say(encoding, position, request, seen, states, cancelled)

    def _states(self, window: Sequence[int]) -> Floats:
        ids = np.array([window], np.int64)
        states: Floats = self._export_encoder.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]
        return states

    def _say(
        self,
        encoding: Encoding,
        position: int,
        request: RowRequest,
        seen: Slice,
        states: Floats,
        cancelled: Callable[[], bool],
    ) -> Row:
        top = self._step.output_sizes["best_scores"]
        live = self._live(encoding, position, request, seen)
        mask = np.ones((1, states.shape[1]), np.int64)
        while live.running:
            if cancelled():
                raise Cancelled("Nobody waits for this any more.")
            logs = np.stack([self._next(states, mask, live.task, line.said) for line in live.search.lines])
            scores = logs + np.stack(live.bans())
            tokens = np.argsort(-scores, axis=1, kind="stable")[:, :top]
            best = np.take_along_axis(scores, tokens, axis=1)
            live.running = bool(live.search.advance(best.tolist(), tokens.tolist(), logs.item))
        assert isinstance(encoding.handle, Encoded)
        return self._row(encoding.handle.layout, live, seen.window)

    def _next(self, states: Floats, mask: NDArray[np.int64], task: int, said: Sequence[int]) -> Floats:
        """Log probabilities [V] of the token after `said`."""
        base = self._config.ids.base
        fed = {
            "input_ids": np.array([[task, *said]], np.int64) + base,
            "encoder_hidden_states": states,
            "encoder_attention_mask": mask,
        }
        logits: Floats = self._export_decoder.run(["logits"], fed)[0][0, -1, base:]
        normalised: Floats = logits - np.logaddexp.reduce(logits)
        return normalised
