"""What the services see of an engine. Plain Python values only: no numpy leaves the engine.

Texts are marked texts (text/slots.py): `⟪3⟫` stands for the surface number 3 of the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

TRANSLATOR, SUMMARIZER = "translator", "summarizer"
"""Roles of text models."""
LOWEST = 8
"""Tokens of a row whose scores it tells."""
SCORE_DIGITS = 4
"""Scores and support are rounded, so that the last bits of a sum are not taken for news."""


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """The bundle that runs, as provenance needs it."""

    name: str
    digest: str
    precision: str
    provider: str
    roles: tuple[str, ...]
    targets: tuple[str, ...]
    rules: int
    """Version of the text rules (segments, slots) that the bundle was trained with."""
    summary: str
    """How summary and takeaways are made: `gist` (choose, then condense) or `abstractive`."""
    parts: tuple[PartInfo, ...] = ()
    """The bundles that take part, where they are several; `digest` is then that of all."""


@dataclass(frozen=True, slots=True)
class PartInfo:
    """One of several bundles, and what it does."""

    role: Literal["glosser", "translator", "summarizer"]
    name: str
    digest: str
    precision: str
    provider: str


@dataclass(frozen=True, slots=True)
class SlotText:
    """What a slot stands for."""

    text: str
    shown: str = ""
    """What stands before its marker instead, if it is not the text itself."""


@dataclass(frozen=True, slots=True)
class Source:
    """A paper as the encoder reads it: marked title (may be empty) and marked segments, at least one."""

    title: str
    segments: tuple[str, ...]
    surfaces: tuple[SlotText, ...] = field(default=(), compare=False)
    """What the slots stand for, for models that never saw a slot."""


@dataclass(frozen=True, slots=True)
class RowRequest:
    """One row to decode. `translate` and `gist` name a segment and see only it; `title` sees only the title;
    any other task sees the whole window."""

    task: str
    segment: int | None = None
    required_slots: frozenset[int] = frozenset()
    """Slots that the row must hold before it may end."""
    forbidden_slots: frozenset[int] = frozenset()
    """Slots that it may not hold, besides those that its source does not have."""


@dataclass(frozen=True, slots=True)
class Row:
    """One decoded row."""

    text: str
    """Marked target text."""
    ids: tuple[int, ...]
    """Target token ids, without the end token."""
    score: float
    """Mean natural log probability per token, end token included."""
    support: tuple[float, ...]
    """For each segment of the paper, the share of attention it got; sums to 1 (0 for the title row)."""
    complete: bool
    """False when the row was cut off by the length guard."""
    lowest: tuple[float, ...] = ()
    """Natural log probabilities of the LOWEST least probable tokens, rising; empty where the engine does not say."""
    origin: str = ""
    """Name of the model that wrote it."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoded paper. `handle` is the engine's own; `salience` holds, for each segment, a probability per label
    (motivation, method, result, conclusion, tldr), or is empty when the bundle has no head for it."""

    source: Source
    salience: tuple[dict[str, float], ...]
    handle: object = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A translator or summarizer bundle that runs, as provenance needs it."""

    name: str
    digest: str
    precision: str
    provider: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GeneratedText:
    """One text that a translator or summarizer has generated."""

    text: str
    ids: tuple[int, ...]
    """Target token ids, without the end token."""
    score: float
    """Mean natural log probability per token, end token included."""
    complete: bool
    """False when the text was cut off by the length limit."""


class Text2Text(Protocol):
    """A translator or a summarizer: texts in, texts out. Safe to use from several threads."""

    @property
    def info(self) -> ModelInfo: ...

    @property
    def tag(self) -> str:
        """How a slot is written so that the model keeps it, `{}` for its number; empty when it keeps none."""
        ...

    def count_tokens(self, text: str) -> int:
        """Source tokens of a text."""
        ...

    def max_source_tokens(self, target: str) -> int:
        """Most source tokens of a text. Raises BadRequest for a language that the model does not write."""
        ...

    def generate(
        self, texts: Sequence[str], target: str, cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[int, GeneratedText]]:
        """Yield (position in `texts`, text in `target`) as texts finish. Raises BadRequest for a text longer than
        `max_source_tokens`, Cancelled before the next step once `cancelled` is true."""
        ...


class Engine(Protocol):
    """Encode once, decode many rows in one batch. Safe to use from several threads."""

    @property
    def info(self) -> EngineInfo: ...

    def encode(self, source: Source) -> Encoding:
        """Raises BadRequest when one segment alone is longer than the encoder takes."""
        ...

    def embed(self, source: Source) -> tuple[float, ...]:
        """What a paper is about, as a vector of length 1 [D]; papers alike have a large scalar product.

        Raises as `encode`."""
        ...

    def decode(
        self,
        encoding: Encoding,
        requests: Sequence[RowRequest],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[tuple[RowRequest, Row]]:
        """Yield (request, row) as rows finish. Raises Cancelled before the next step once `cancelled` is true.

        A row depends on the encoding and its own request alone, never on the rows decoded beside it.
        """
        ...
