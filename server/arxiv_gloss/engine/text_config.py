"""`config.json` of a bundle made from a hub's model: a translator or a summarizer, text in and text out."""

from __future__ import annotations

import msgspec

TEXT_FORMAT = 2


class Speech(msgspec.Struct, frozen=True):
    """How a model is asked for one target language."""

    before: tuple[int, ...]
    """Source ids before the text: a language tag, or the words of an instruction."""
    after: tuple[int, ...]
    """Source ids behind the text."""
    said: tuple[int, ...]
    """What the decoder is taken to have said already; the start token first."""


class Generation(msgspec.Struct, frozen=True):
    """How a text is searched, in the terms of transformers' GenerationConfig."""

    beam: int
    length_penalty: float
    no_repeat: int
    """No run of so many tokens is said twice; 0: any may be."""
    least: int
    """Fewest tokens, those of `Speech.said` included."""
    most: int
    """Most tokens, those of `Speech.said` included."""
    end: int
    never: tuple[int, ...]
    """Tokens that are never said."""


class Origin(msgspec.Struct, frozen=True):
    """Where a bundle comes from."""

    model: str
    """Name on the hub, or of the folder."""
    revision: str
    """The commit on the hub; empty for a folder."""
    licence: str
    parameters: int


class TextConfig(msgspec.Struct, frozen=True):
    """`config.json`."""

    format: int
    name: str
    roles: tuple[str, ...]
    family: str
    source: str
    speeches: dict[str, Speech]
    """For each target language."""
    precision: str
    source_limit: int
    """Most source tokens, those of the Speech included."""
    pad: int
    tag: str
    """How a slot is written so that the model keeps it: `{}` stands for its number; empty when it keeps none."""
    generation: Generation
    origin: Origin
    weights: dict[str, list[str]]
    """For each graph, the names of the tensors that it is given. `.T` at the end asks for the transpose."""
    files: dict[str, str]
    """SHA-256 of each file."""

    @property
    def targets(self) -> tuple[str, ...]:
        return tuple(self.speeches)
