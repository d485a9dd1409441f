"""A text in which every formula and address is one character, so that patterns can speak of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from arxiv_gloss.text.protected import protected

FORMULA, POWER, NUMBER, TIMES, PLUS_MINUS, RELATION, ADDRESS = map(chr, range(0xE001, 0xE008))
"""Any formula, and of formulas: what is only raised or lowered, only a number, only a sign. Then addresses."""
FORMULAS = f"{FORMULA}-{RELATION}"
"""As a range within a class of a pattern."""
_RESERVED = re.compile(f"[{FORMULA}-{ADDRESS}]")
_KINDS = (
    (re.compile(r"(?<!\s)\s*[\^_].*", re.DOTALL), POWER),
    (
        re.compile(
            r"(?<![-+\s])[-+\s]*\.?\d[\d.,\s]*(?:\\pm\s*[\d.]+\s*)?(?:\\times\s*10\s*\^\s*(?:\{[-+\d\s]+\}|\d))?"
        ),
        NUMBER,
    ),
    (re.compile(r"(?<!\s)\s*\\(?:times|cdot)\s*"), TIMES),
    (re.compile(r"(?<!\s)\s*\\(?:pm|mp)\s*"), PLUS_MINUS),
    (
        re.compile(
            r"(?<!\s)\s*(?:[<>=~]|\\(?:sim|simeq|approx|approxeq|leq?|geq?|leqslant|geqslant|lesssim|gtrsim|ll|gg|lt|gt|neq"
            r"|equiv|propto|cong))\s*"
        ),
        RELATION,
    ),
)


@dataclass(frozen=True, slots=True)
class Masked:
    """`text` with one character for each formula and address; `starts` and `ends` bound, in the original, what each
    of its characters stands for."""

    text: str
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, original: str) -> Masked:
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for start, end, kind in [*protected(original), (len(original), len(original), None)]:
            text.append(_RESERVED.sub("\ufffd", original[done:start]))
            starts += range(done, start)
            ends += range(done + 1, start + 1)
            if kind:
                text.append(ADDRESS if kind == "url" else _kind(original[start:end]))
                starts.append(start)
                ends.append(end)
            done = end
        return cls("".join(text), starts, ends)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the original that `text[start:end]` (not empty) stands for."""
        return self.starts[start], self.ends[end - 1]


def _kind(formula: str) -> str:
    inside = formula.strip("$") if formula.startswith("$") else formula[2:-2]
    return next((sign for pattern, sign in _KINDS if pattern.fullmatch(inside)), FORMULA)
