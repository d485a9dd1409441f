"""Text that is rewritten while every character remembers where in the original it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traced:
    """`starts[i]` and `ends[i]` bound, in code points of the original, what character i of `text` came from."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, original: str) -> Traced:
        return cls(original, range(len(original)), range(1, len(original) + 1))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the original that `text[start:end]` (not empty) came from."""
        return self.starts[start], self.ends[end - 1]

    def replace(self, pattern: re.Pattern[str], by: str | Callable[[re.Match[str]], str]) -> Traced:
        """As `pattern.sub`, but without group references. New characters come from the whole match."""
        return self.replace_spans(
            (*match.span(), by if isinstance(by, str) else by(match)) for match in pattern.finditer(self.text)
        )

    def unwrap(self, pattern: re.Pattern[str]) -> Traced:
        """Keep of each match only its group 1; what is kept remembers its own place."""
        cuts: list[tuple[int, int, str]] = []
        for match in pattern.finditer(self.text):
            cuts += [(match.start(), match.start(1), ""), (match.end(1), match.end(), "")]
        return self.replace_spans(cuts)

    def replace_spans(self, replacements: Iterable[tuple[int, int, str]]) -> Traced:
        """Put other text in the place of (start, end) pairs, which come from left to right without overlaps."""
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for start, end, new in replacements:
            if start == end:
                continue
            text += self.text[done:start], new
            first, last = self.span(start, end)
            starts += [*self.starts[done:start], *[first] * len(new)]
            ends += [*self.ends[done:start], *[last] * len(new)]
            done = end
        if not done:
            return self
        text.append(self.text[done:])
        return Traced("".join(text), [*starts, *self.starts[done:]], [*ends, *self.ends[done:]])
