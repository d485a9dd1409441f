"""The engine of glosser bundles: encodes a paper once and decodes all its rows in one batch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from arxiv_gloss.engine.bundle import Bundle, Config, Decoding, fp16_name
from arxiv_gloss.engine.device import KNOWN, best_device
from arxiv_gloss.engine.glosser.batch import Batch, RowState
from arxiv_gloss.engine.glosser.beam_search import BeamSearch, SentenceLimit, max_length
from arxiv_gloss.engine.glosser.layout import Layout, Slice, lay_out
from arxiv_gloss.engine.glosser.logits_mask import logits_mask
from arxiv_gloss.engine.glosser.salience import SalienceHead
from arxiv_gloss.engine.glosser.spelling import Spelling, words_of
from arxiv_gloss.engine.memory import trim
from arxiv_gloss.engine.protocol import LOWEST, SCORE_DIGITS, Encoding, EngineInfo, Row, RowRequest, Source
from arxiv_gloss.engine.session import Graph, Value, Weights, as_value
from arxiv_gloss.engine.tokenizer import Tokenizer
from arxiv_gloss.errors import BadRequest, BundleError, Cancelled

SEGMENT_TASKS = {"translate", "gist"}
_STOP = re.compile(r"[.?!:;](?=[\s)\]\"']|$)")
"""What may end a sentence of a source. A row has no more sentences than its source may have."""


@dataclass(frozen=True, slots=True)
class Window:
    """An encoded window: the decoder's cross keys and values, and how many tokens they stand for."""

    cross: dict[str, Value]
    length: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """The engine's side of an Encoding."""

    layout: Layout
    windows: tuple[Window, ...]


class Seq2Seq:
    """One loaded bundle. All state of a call lives in that call, so threads may share it."""

    def __init__(self, bundle: Bundle, threads: int = 1, device: str = "CPU", half: bool = False) -> None:
        """`half`: the graphs in fp16, which are made for CUDA."""
        config = bundle.config
        if not isinstance(config, Config):
            raise BundleError(f"The bundle {bundle.name} is no glosser: it can be {' and '.join(config.roles)}.")
        self._config = config
        self._tokenizer = Tokenizer(bundle.path, config.ids)
        weights = Weights(bundle)
        self._encoder, self._step = (
            Graph(bundle, fp16_name(name) if half else name, weights, threads, device) for name in ("encoder", "step")
        )
        self._salience = SalienceHead(weights) if weights.has("salience.weight") else None
        self.info = EngineInfo(
            name=bundle.name,
            digest=bundle.digest,
            precision="fp16" if half else config.precision,
            provider=self._step.provider,
            roles=config.roles,
            targets=config.targets,
            rules=config.rules,
            summary=config.summary,
        )

    def with_decoding(self, decoding: Decoding) -> Seq2Seq:
        """The same weights under other rules of decoding."""
        other = copy(self)
        other._config = replace(self._config, decoding=decoding)
        return other

    def encode(self, source: Source) -> Encoding:
        layout = lay_out(source, self._tokenizer)
        windows, states = self._read(layout)
        at_marks = [states[s.window][s.start] for s in layout.segments]
        salience = self._salience.predict(np.stack(at_marks)) if self._salience and at_marks else ()
        return Encoding(source, salience, Encoded(layout, windows))

    def embed(self, source: Source) -> tuple[float, ...]:
        """The mean of the encoder's states, as MiniLM, from which the encoder comes, pools them."""
        _, states = self._read(lay_out(source, self._tokenizer))
        mean = np.concatenate(states).mean(0)
        return tuple(map(float, mean / np.linalg.norm(mean)))

    def _read(self, layout: Layout) -> tuple[tuple[Window, ...], list[NDArray[np.float32]]]:
        """The windows, and the encoder's states [tokens, D] in each."""
        windows: list[Window] = []
        states: list[NDArray[np.float32]] = []
        for ids in layout.windows:
            made = self._encoder.run({"ids": as_value(np.array([ids], np.int64))})
            states.append(made.pop("states").numpy()[0])
            windows.append(Window(made, len(ids)))
        return tuple(windows), states

    def decode(
        self,
        encoding: Encoding,
        requests: Sequence[RowRequest],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[tuple[RowRequest, Row]]:
        encoded = encoding.handle
        assert isinstance(encoded, Encoded)
        states = [self._row_state(encoding, request) for request in requests]
        for number, window in enumerate(encoded.windows):
            rows = [state for state in states if state.view.window == number]
            if not rows:
                continue
            batch = Batch(self._step, self._config.shape, window.cross, window.length, rows)
            while batch.running:
                if cancelled():
                    raise Cancelled("Nobody waits for this any more.")
                for done in batch.step():
                    yield done.request, self._row(encoded.layout, done)
            del batch
            trim()

    def _view(self, layout: Layout, request: RowRequest) -> Slice:
        """What a row may look at. A row over the whole paper sees the first window."""
        if request.task not in self._config.ids.tasks:
            raise BadRequest(f"The bundle {self.info.name} does not know the task {request.task!r}.")
        if request.task in SEGMENT_TASKS:
            if request.segment is None or not 0 <= request.segment < len(layout.segments):
                raise BadRequest(f"A {request.task} row needs the index of a segment.")
            return layout.segments[request.segment]
        if request.task == "title":
            if layout.title is None:
                raise BadRequest("A title row needs a title.")
            return layout.title
        return Slice(0, 0, len(layout.windows[0]))

    def _row_state(self, encoding: Encoding, request: RowRequest) -> RowState:
        config = self._config
        assert isinstance(encoding.handle, Encoded)
        layout = encoding.handle.layout
        view = self._view(layout, request)
        source = layout.windows[view.window][view.start : view.end]
        limit = max_length(config.decoding, len(source))
        mask = logits_mask(config.ids, config.shape.target_size, source, request)
        text = _text_of(encoding.source, request)
        words = words_of(text) if config.decoding.spell else None
        sentences = SentenceLimit(self._tokenizer.stops, max(1, len(_STOP.findall(text))))
        return RowState(
            request,
            BeamSearch(config.ids, config.decoding, request, limit, self._tokenizer.letters, sentences),
            view,
            config.ids.task(request.task) - config.ids.base,
            mask,
            None if words is None else Spelling(self._tokenizer.latin, words, mask),
        )

    def _row(self, layout: Layout, state: RowState) -> Row:
        found, complete = state.search.result
        ids = tuple(token + self._config.ids.base for token in found.tokens)
        attention = (
            np.zeros(state.view.end) if state.cross_attention is None else state.cross_attention.sum(0, np.float64)
        )
        shares = [
            float(attention[s.start : s.end].sum()) if s.window == state.view.window else 0.0 for s in layout.segments
        ]
        total = sum(shares)
        return Row(
            text=self._tokenizer.decode(ids),
            ids=ids,
            score=round(found.mean_score, SCORE_DIGITS),
            support=tuple(round(share / total, SCORE_DIGITS) if total else 0.0 for share in shares),
            complete=complete,
            lowest=tuple(round(score, SCORE_DIGITS) for score in sorted(found.token_scores)[:LOWEST]),
            origin=self.info.name,
        )


def _text_of(source: Source, request: RowRequest) -> str:
    """What a row may see, as marked text."""
    if request.segment is not None and request.task in SEGMENT_TASKS:
        return source.segments[request.segment]
    return source.title if request.task == "title" else " ".join((source.title, *source.segments))


def load_engine(bundle: Bundle, threads: int = 1) -> Seq2Seq:
    """Load a bundle on the best device. Raises BundleError or EngineError."""
    on_cpu = Seq2Seq(bundle, threads)
    if fp16_name("step") not in bundle.config.weights:  # packed by an earlier version
        return on_cpu
    return best_device(bundle, on_cpu, lambda: Seq2Seq(bundle, threads, "CUDA", half=True), _known)


def _known(engine: Seq2Seq) -> tuple[int, ...]:
    ((_, row),) = engine.decode(engine.encode(Source("", (KNOWN,))), [RowRequest("translate", 0)])
    return row.ids
