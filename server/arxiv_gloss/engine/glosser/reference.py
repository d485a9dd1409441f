"""The slow, obvious twin: optimum's export of the same weights, one row at a time, every step from the beginning.

It has no KV cache, no batch, no int8 and none of our graphs, so its rows are the model's own. Tests and the recipe
compare the engine with it; it serves nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from arxiv_gloss.engine.bundle import Bundle
from arxiv_gloss.engine.glosser.batch import RowState
from arxiv_gloss.engine.glosser.engine import Encoded, Seq2Seq
from arxiv_gloss.engine.logits_processors import Floats
from arxiv_gloss.engine.protocol import Encoding, Row, RowRequest
from arxiv_gloss.engine.session import make_session, options
from arxiv_gloss.errors import Cancelled


class ReferenceEngine(Seq2Seq):
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
    ) -> Iterator[tuple[RowRequest, Row]]:
        assert isinstance(encoding.handle, Encoded)
        layout = encoding.handle.layout
        for request in requests:
            state = self._row_state(encoding, request)
            encoded = self._states(layout.windows[state.view.window])[:, state.view.start : state.view.end]
            self._search(state, encoded, cancelled)
            yield request, self._row(layout, state)

    def _states(self, window: Sequence[int]) -> Floats:
        """float32 [1, tokens, D]"""
        ids = np.array([window], np.int64)
        states: Floats = self._export_encoder.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]
        return states

    def _search(self, state: RowState, encoded: Floats, cancelled: Callable[[], bool]) -> None:
        """Run the row's search to its end over the states [1, S, D] that it may see."""
        top = self._step.output_sizes["best_scores"]
        mask = np.ones((1, encoded.shape[1]), np.int64)
        while state.running:
            if cancelled():
                raise Cancelled("Nobody waits for this any more.")
            logs = np.stack([self._next(encoded, mask, state.task, one.tokens) for one in state.search.beams])
            scores = logs + np.stack(state.masks())
            tokens = np.argsort(-scores, axis=1, kind="stable")[:, :top]
            best = np.take_along_axis(scores, tokens, axis=1)
            state.running = bool(state.search.advance(best.tolist(), tokens.tolist(), logs.item))

    def _next(self, encoded: Floats, mask: NDArray[np.int64], task: int, tokens: Sequence[int]) -> Floats:
        """Log probabilities float32 [V] of the token after `tokens`."""
        base = self._config.ids.base
        fed = {
            "input_ids": np.array([[task, *tokens]], np.int64) + base,
            "encoder_hidden_states": encoded,
            "encoder_attention_mask": mask,
        }
        logits: Floats = self._export_decoder.run(["logits"], fed)[0][0, -1, base:]
        normalised: Floats = logits - np.logaddexp.reduce(logits)
        return normalised
