"""Stand-ins at the boundaries: an engine that echoes, and an arXiv that answers from memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase

from arxiv_gloss.engine.protocol import Encoding, EngineInfo, Row, RowRequest, Source
from arxiv_gloss.errors import Cancelled
from arxiv_gloss.text.slots import slots_in

LABELS = ("motivation", "method", "result", "conclusion")
Place = tuple[str, int | None]
"""Task and segment of a row."""


def labelled_in_turn(count: int) -> tuple[dict[str, float], ...]:
    """Sentence 0 is the motivation, 1 the method and so on; sentence 1 also serves as the one-line summary."""
    return tuple(
        {label: 0.8 - 0.01 * k if k % 4 == position else 0.1 for position, label in enumerate(LABELS)}
        | {"tldr": 0.9 if k == 1 else 0.05}
        for k in range(count)
    )


@dataclass
class FakeClock:
    """Seconds that pass when a test says so."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class EchoEngine:
    """Says for each row which row it is, and repeats its slots. `info.summary` is `gist` or `abstractive`."""

    summary: str = "gist"
    drops: dict[Place, set[int]] = field(default_factory=dict)
    """Slots that a row leaves out unless they are required."""
    keeps_dropping: bool = False
    """Leave them out even then."""
    says: dict[Place, str] = field(default_factory=dict)
    """Words that a row says in the end."""
    plain: bool = False
    """Say these words alone."""
    cut_off: set[Place] = field(default_factory=set)
    unsure: set[Place] = field(default_factory=set)
    fails: Exception | None = None
    gate: threading.Event | None = None
    """When given, decoding waits for it before each row."""
    stopped: threading.Event = field(default_factory=threading.Event)
    """Set when a decoding that waited at the gate was cancelled."""
    digest: str = "echo"
    targets: tuple[str, ...] = ("zh",)
    encoded: list[Source] = field(default_factory=list)
    decoded: list[RowRequest] = field(default_factory=list)

    @property
    def info(self) -> EngineInfo:
        return EngineInfo("echo", self.digest, "fp32", "CPU", ("glosser",), self.targets, 1, self.summary)

    def encode(self, source: Source) -> Encoding:
        self.encoded.append(source)
        salience = labelled_in_turn(len(source.segments)) if self.summary == "gist" else ()
        return Encoding(source, salience, handle=None)

    def embed(self, source: Source) -> tuple[float, ...]:
        """How often each letter is there."""
        text = " ".join((source.title, *source.segments)).lower()
        counts = [text.count(letter) for letter in ascii_lowercase]
        length = sum(count * count for count in counts) ** 0.5 or 1.0
        return tuple(count / length for count in counts)

    def decode(
        self, encoding: Encoding, requests: Sequence[RowRequest], cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[RowRequest, Row]]:
        for request in requests:
            while self.gate is not None and not self.gate.wait(0.01):
                if cancelled():
                    self.stopped.set()
                    raise Cancelled("Nobody listens.")
            if cancelled():
                raise Cancelled("Nobody listens.")
            if self.fails is not None:
                raise self.fails
            self.decoded.append(request)
            yield request, self._row(encoding.source, request)

    def _row(self, source: Source, request: RowRequest) -> Row:
        place = (request.task, request.segment)
        seen = source.title if request.task == "title" else " ".join(source.segments)
        if request.segment is not None:
            seen = source.segments[request.segment]
        dropped = self.drops.get(place, set())
        if not self.keeps_dropping:
            dropped = dropped - request.required_slots
        slots = [slot for slot in dict.fromkeys(slots_in(seen)) if slot not in dropped]
        text = _TEXTS[request.task].format(
            name=_NAMES[(request.segment or 0) % 10], slots="".join(f"⟪{s}⟫" for s in slots)
        )
        said = self.says.get(place, "")
        text = said if self.plain and said else text + said
        count = len(source.segments)
        support = tuple(1.0 if k == request.segment else 0.0 for k in range(count))
        if request.segment is None:
            support = _leaning(count) if request.task == "summary" else (1 / max(1, count),) * count
        score = -2.0 if place in self.unsure else -0.25
        return Row(text, tuple(range(len(text))), score, support, place not in self.cut_off, origin="echo")


def _leaning(count: int) -> tuple[float, ...]:
    return (0.6, *[0.4 / (count - 1)] * (count - 1)) if count > 1 else (1.0,)


_NAMES = "甲乙丙丁戊己庚辛壬癸"
"""Of sentences, without a number that the ledger would count."""
_TEXTS = {
    "title": "题目{slots}",
    "translate": "{name}句的译文{slots}。",
    "gist": "{name}句的要点{slots}。",
    "summary": "摘要的第一句。摘要的第二句。",
    "takeaways": "• 要点之一\n• 要点之二",
    "tldr": "一句话。",
}
