"""Stand-ins for translators and summarizers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from arxiv_gloss.engine.protocol import GeneratedText, ModelInfo
from arxiv_gloss.errors import Cancelled


@dataclass
class EchoTextModel:
    """Says the source behind the target's name, and remembers what it was asked."""

    name: str = "polyglot"
    targets: tuple[str, ...] = ("de", "fr")
    tag: str = "[{}]"
    most_words: int = 50
    alters: Callable[[str], str] = lambda text: text
    """What becomes of a text."""
    asked: list[str] = field(default_factory=list)

    @property
    def info(self) -> ModelInfo:
        return ModelInfo(self.name, f"digest of {self.name}", "int8", "CPU", self.targets)

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def max_source_tokens(self, target: str) -> int:
        return self.most_words

    def generate(
        self, texts: Sequence[str], target: str, cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[int, GeneratedText]]:
        for position in reversed(range(len(texts))):
            if cancelled():
                raise Cancelled("Nobody listens.")
            self.asked.append(texts[position])
            said = self.alters(texts[position])
            yield position, GeneratedText(said, tuple(range(len(said))), -0.2, True)
