"""`config.json` of a bundle made from a hub's model: a translator or a summarizer, text in and text out."""

from __future__ import annotations

import msgspec

TEXT_FORMAT = 2


class Prompt(msgspec.Struct, frozen=True):
    """How a model is prompted for one target language. Names on disk are older."""

    encoder_prefix: tuple[int, ...] = msgspec.field(name="before")
    """Source ids before the text: a language tag, or the words of an instruction."""
    encoder_suffix: tuple[int, ...] = msgspec.field(name="after")
    """Source ids behind the text."""
    decoder_prefix: tuple[int, ...] = msgspec.field(name="said")
    """Target ids that the decoder is given; the start token first."""


class Generation(msgspec.Struct, frozen=True):
    """How a text is searched, in the terms of transformers' GenerationConfig."""

    beam: int
    length_penalty: float
    no_repeat_ngram_size: int = msgspec.field(name="no_repeat")
    """No n-gram of this size occurs twice; 0: any may."""
    min_length: int = msgspec.field(name="least")
    """Fewest tokens, those of `Prompt.decoder_prefix` included."""
    max_length: int = msgspec.field(name="most")
    """Most tokens, those of `Prompt.decoder_prefix` included."""
    end: int
    suppress_tokens: tuple[int, ...] = msgspec.field(name="never")


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
    prompts: dict[str, Prompt] = msgspec.field(name="speeches")
    """For each target language."""
    precision: str
    source_limit: int
    """Most source tokens, those of the Prompt included."""
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
        return tuple(self.prompts)
