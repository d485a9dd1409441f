"""A checkpoint that answers like the server's engine (engine/protocol.py), so that both are evaluated by one code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file

from arxiv_gloss.engine.glosser.engine import SEGMENT_TASKS
from arxiv_gloss.engine.glosser.layout import Layout, Slice, lay_out
from arxiv_gloss.engine.glosser.salience import LABELS, features
from arxiv_gloss.engine.protocol import Encoding, EngineInfo, Row, RowRequest, Source
from arxiv_gloss.engine.tokenizer import Tokenizer
from arxiv_gloss.text.slots import RULES

from .checkpoint import load_model
from .decode import DecodeQuery, Rules, greedy
from .documents import TokenDocument
from .ids import IDS, TASK
from .segment_states import segment_states


class TorchEngine:
    """Greedy decoding of a checkpoint in fp32. Papers longer than one window lose what stands behind it in rows that
    see the whole paper; support stays empty."""

    def __init__(self, checkpoint: Path, tokenizers: Path, salience: Path | None, rules: Rules | None = None) -> None:
        self._model = load_model(checkpoint).eval()
        self._tokenizer = Tokenizer(tokenizers, IDS)
        self._head = load_file(salience) if salience else None
        self._rules = rules or Rules(letters=self._tokenizer.letters)
        self.info = EngineInfo(
            name=checkpoint.stem,
            digest="",
            precision="fp32",
            provider="torch",
            roles=("glosser",),
            targets=("zh",),
            rules=RULES,
            summary="gist" if salience else "abstractive",
        )

    def encode(self, source: Source) -> Encoding:
        layout = lay_out(source, self._tokenizer)
        return Encoding(source, self._salience(layout) if self._head else (), layout)

    @torch.no_grad()
    def embed(self, source: Source) -> tuple[float, ...]:
        """The mean of the encoder's states, as the server's engine pools them."""
        windows = [torch.tensor([ids]) for ids in lay_out(source, self._tokenizer).windows]
        states = [self._model.encode(ids, torch.ones_like(ids, dtype=torch.bool))[0] for ids in windows]
        mean = torch.cat(states).mean(0)
        return tuple(map(float, mean / mean.norm()))

    def decode(
        self, encoding: Encoding, requests: Sequence[RowRequest], cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[RowRequest, Row]]:
        layout = encoding.handle
        assert isinstance(layout, Layout)
        views = [self._view(layout, request) for request in requests]
        for number, window in enumerate(layout.windows):
            here = [k for k, view in enumerate(views) if view.window == number]
            asks = [DecodeQuery(TASK[requests[k].task], np.arange(views[k].start, views[k].end)) for k in here]
            if not asks:
                continue
            for k, said in zip(here, greedy(self._model, np.array(window), asks, self._rules), strict=True):
                text = self._tokenizer.decode(said.ids)
                yield requests[k], Row(text, tuple(said.ids), 0.0, (), said.complete)

    def _view(self, layout: Layout, request: RowRequest) -> Slice:
        if request.task in SEGMENT_TASKS and request.segment is not None:
            return layout.segments[request.segment]
        if request.task == "title" and layout.title:
            return layout.title
        return Slice(0, 0, len(layout.windows[0]))

    @torch.no_grad()
    def _salience(self, layout: Layout) -> tuple[dict[str, float], ...]:
        assert self._head is not None
        windows = [TokenDocument("", np.array(window), []) for window in layout.windows]
        marks = np.concatenate(segment_states(self._model, windows))
        chances = 1 / (1 + np.exp(-(features(marks) @ self._head["weight"].T + self._head["bias"])))
        return tuple(dict(zip(LABELS, map(float, row), strict=False)) for row in chances)
