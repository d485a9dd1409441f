"""Slots for models that never saw one: numbered tags in a form that the model keeps, and back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from arxiv_gloss.engine.protocol import SlotText

_MARKER = re.compile(r"⟪(\d{1,3})⟫")


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text for a model, and how its slots are found again."""

    text: str
    tags: dict[int, str]
    """Slot to the tag that stands for it."""
    verbatim: dict[int, str]
    """Slot to the formula or address that stands there itself."""


def tagged(marked: str, surfaces: Sequence[SlotText], required: frozenset[int], form: str) -> Tagged:
    """A marked text as a model reads it. Required slots, and what a marker stands in the place of, become tags of
    this `form`; without one they stand as they are. Names and numbers that are not required stay as words."""
    out: list[str] = []
    tags: dict[int, str] = {}
    verbatim: dict[int, str] = {}
    done = 0
    for found in _MARKER.finditer(marked):
        slot = int(found[1])
        before = marked[done : found.start()]
        surface = surfaces[slot] if slot < len(surfaces) else SlotText("")
        standing = surface.shown or surface.text
        stands = bool(standing) and before.endswith(standing)
        done = found.end()
        if form and (slot in required or not stands):
            tags[slot] = form.format(slot)
            out += [before.removesuffix(standing) if stands else before, tags[slot]]
        elif stands:
            out += [before.removesuffix(standing), surface.text]
        else:
            verbatim[slot] = surface.text
            out += [before, surface.text]
    return Tagged("".join([*out, marked[done:]]), tags, verbatim)


def untagged(text: str, asked: Tagged) -> str | None:
    """The marked text of what the model said; None when a tag was lost or doubled."""
    for slot in sorted(asked.tags, reverse=True):  # X12 before X1
        found = list(_loosely(asked.tags[slot]).finditer(text))
        if len(found) != 1:
            return None
        text = f"{text[: found[0].start()]}⟪{slot}⟫{text[found[0].end() :]}"
    for slot, surface in sorted(asked.verbatim.items(), key=lambda one: -len(one[1])):
        if surface:
            text = text.replace(surface, f"⟪{slot}⟫")
    return text


def _loosely(tag: str) -> re.Pattern[str]:
    """The tag, with spaces between its signs, but not as a part of a longer number or word."""
    inside = r"\s?".join(re.escape(part) for part in re.findall(r"\d+|\w|[^\w\s]", tag))
    return re.compile(rf"(?<![⟪\w]){inside}(?![\w⟫])" if tag[0].isalnum() else rf"{inside}(?!⟫)", re.IGNORECASE)
