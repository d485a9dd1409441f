"""The engine of glosser bundles: encodes a paper once and decodes all its rows in one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arxiv_gloss.engine.bundle import Bundle, Config, in_half
from arxiv_gloss.engine.device import KNOWN, best_device
from arxiv_gloss.engine.glosser.batch import Batch, Live
from arxiv_gloss.engine.glosser.beam_search import Search, bans, row_limit
from arxiv_gloss.engine.glosser.layout import Layout, Slice, lay_out
from arxiv_gloss.engine.glosser.salience import Salience
from arxiv_gloss.engine.glosser.spelling import Spelling, words_of
from arxiv_gloss.engine.memory import tidy
from arxiv_gloss.engine.protocol import Encoding, EngineInfo, Row, RowRequest, Source
from arxiv_gloss.engine.session import Graph, Value, Weights, as_value
from arxiv_gloss.engine.tokenizer import Tokenizer
from arxiv_gloss.errors import BadRequest, BundleError, Cancelled

SEGMENT_TASKS = {"translate", "gist"}
SCORE_DIGITS = 4
"""Scores and support are rounded, so that the last bits of a sum are not taken for news."""


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
            Graph(bundle, in_half(name) if half else name, weights, threads, device) for name in ("encoder", "step")
        )
        self._salience = Salience(weights) if weights.has("salience.weight") else None
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

    def encode(self, source: Source) -> Encoding:
        layout = lay_out(source, self._tokenizer)
        windows, states = self._read(layout)
        marks = [states[s.window][s.start] for s in layout.segments]
        salience = self._salience.judge(np.stack(marks)) if self._salience and marks else ()
        return Encoding(source, salience, Encoded(layout, windows))

    def vector(self, source: Source) -> tuple[float, ...]:
        """The mean of the encoder's states, as MiniLM, from which the encoder comes, pools them."""
        _, states = self._read(lay_out(source, self._tokenizer))
        mean = np.concatenate(states).mean(0)
        return tuple(map(float, mean / np.linalg.norm(mean)))

    def _read(self, layout: Layout) -> tuple[tuple[Window, ...], list[NDArray[np.float32]]]:
        """The windows, and the encoder's states [tokens, D] in each."""
        windows: list[Window] = []
        states: list[NDArray[np.float32]] = []
        for ids in layout.windows:
            made = self._encoder.flow({"ids": as_value(np.array([ids], np.int64))})
            states.append(made.pop("states").numpy()[0])
            windows.append(Window(made, len(ids)))
        return tuple(windows), states

    def decode(
        self,
        encoding: Encoding,
        requests: Sequence[RowRequest],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[tuple[int, Row]]:
        encoded = encoding.handle
        assert isinstance(encoded, Encoded)
        seen = [self._seen(encoded.layout, request) for request in requests]
        for number, window in enumerate(encoded.windows):
            here = [k for k, slice_ in enumerate(seen) if slice_.window == number]
            if not here:
                continue
            rows = [self._live(encoding, k, requests[k], seen[k]) for k in here]
            batch = Batch(self._step, self._config.shape, window.cross, window.length, rows)
            while batch.running:
                if cancelled():
                    raise Cancelled("Nobody waits for this any more.")
                for live in batch.step():
                    yield live.position, self._row(encoded.layout, live, number)
            del batch
            tidy()

    def _seen(self, layout: Layout, request: RowRequest) -> Slice:
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

    def _live(self, encoding: Encoding, position: int, request: RowRequest, seen: Slice) -> Live:
        config = self._config
        assert isinstance(encoding.handle, Encoded)
        window = encoding.handle.layout.windows[seen.window]
        source = window[seen.start : seen.end]
        ban = bans(config.ids, config.shape.target_size, source, request)
        words = words_of(_text_of(encoding.source, request)) if config.decoding.spell else None
        return Live(
            position,
            Search(
                config.ids,
                config.decoding,
                request,
                row_limit(config.decoding, len(source)),
                self._tokenizer.letters,
            ),
            seen.start,
            seen.end,
            config.ids.task(request.task) - config.ids.base,
            ban,
            None if words is None else Spelling(self._tokenizer.latin, words, ban),
        )

    def _row(self, layout: Layout, live: Live, window: int) -> Row:
        line, complete = live.search.result
        ids = tuple(token + self._config.ids.base for token in line.said)
        looked = np.zeros((len(ids), live.end)) if live.looked is None else live.looked
        attention = looked.sum(0, dtype=np.float64)
        weights = [attention[s.start : s.end].sum() if s.window == window else 0.0 for s in layout.segments]
        total = sum(weights)
        return Row(
            text=self._tokenizer.decode(ids),
            ids=ids,
            score=round(line.mean_score, SCORE_DIGITS),
            alignment=tuple(looked[: len(ids), live.start : live.end].argmax(1).tolist()),
            support=tuple(round(float(w / total), SCORE_DIGITS) if total else 0.0 for w in weights),
            complete=complete,
        )


def _text_of(source: Source, request: RowRequest) -> str:
    """What a row may see, as marked text."""
    if request.segment is not None and request.task in SEGMENT_TASKS:
        return source.segments[request.segment]
    return source.title if request.task == "title" else " ".join((source.title, *source.segments))


def load_engine(bundle: Bundle, threads: int = 1) -> Seq2Seq:
    """Load a bundle on the best device. Raises BundleError or EngineError."""
    on_cpu = Seq2Seq(bundle, threads)
    if in_half("step") not in bundle.config.weights:  # packed by an earlier version
        return on_cpu
    return best_device(bundle, on_cpu, lambda: Seq2Seq(bundle, threads, "CUDA", half=True), _known)


def _known(engine: Seq2Seq) -> tuple[int, ...]:
    ((_, row),) = engine.decode(engine.encode(Source("", (KNOWN,))), [RowRequest("translate", 0)])
    return row.ids
