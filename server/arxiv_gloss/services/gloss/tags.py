"""How a sentence stands in a prompt: in its own words, with a tag for each formula, address and code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from arxiv_gloss.engine.llm.prompts import TAG
from arxiv_gloss.markers import MARKER, marker
from arxiv_gloss.text.slots import TERM_BEGINS, Surface

TAGGED = frozenset({"formula", "url", "code"})
_TAG = re.compile(r"[\[【] ?# ?(\d{1,3}) ?[\]】]")


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence for a prompt."""

    text: str
    slots: Counter[int]
    """How often each slot stands in it as a tag."""


def tagged(marked: str, surfaces: Sequence[Surface]) -> Tagged:
    """A marked text as a prompt has it."""
    out: list[str] = []
    slots: Counter[int] = Counter()
    done = 0
    for match in MARKER.finditer(marked):
        slot = int(match[1])
        surface, before = surfaces[slot], marked[done : match.start()]
        done = match.end()
        if surface.kind == "term":
            start, _, term = before.rpartition(TERM_BEGINS)
            before = start + term
        out.append(before.removesuffix(surface.shown))
        if surface.kind in TAGGED:
            slots[slot] += 1
            out.append(TAG.format(slot))
        elif surface.stands_apart:
            out.append(surface.text)
    return Tagged("".join([*out, marked[done:]]), slots)


def with_markers(text: str, sent: Tagged) -> tuple[str, list[str]]:
    """The marked text of an answer, and the tags that stand in it less or more often than in its sentence."""
    found = Counter(int(number) for number in _TAG.findall(text))
    wrong = [TAG.format(slot) for slot in sorted({*found, *sent.slots}) if found[slot] != sent.slots[slot]]
    return _TAG.sub(lambda match: marker(int(match[1])), text), wrong
