"""Placeholders: slots for models that were not trained with any. Numbered, in a form that the model keeps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from arxiv_gloss.engine.protocol import SlotText
from arxiv_gloss.markers import MARKER, marker


@dataclass(frozen=True, slots=True)
class WithPlaceholders:
    """A text for a model, and how its slots are found again."""

    text: str
    placeholders: dict[int, str]
    """Slot to the placeholder that stands for it."""
    verbatim: dict[int, str]
    """Slot to the formula or address that stands there itself."""


def insert(marked: str, surfaces: Sequence[SlotText], required: frozenset[int], form: str) -> WithPlaceholders:
    """A marked text as a model reads it. Required slots, and what a marker stands in the place of, become placeholders
    of this `form` (`{}` for the slot's number); without a form they stand as they are. Names and numbers that are not
    required stay as words."""
    out: list[str] = []
    placeholders: dict[int, str] = {}
    verbatim: dict[int, str] = {}
    done = 0
    for found in MARKER.finditer(marked):
        slot = int(found[1])
        before = marked[done : found.start()]
        surface = surfaces[slot] if slot < len(surfaces) else SlotText("")
        standing = surface.shown or surface.text
        stands = bool(standing) and before.endswith(standing)
        done = found.end()
        if form and (slot in required or not stands):
            placeholders[slot] = form.format(slot)
            out += [before.removesuffix(standing) if stands else before, placeholders[slot]]
        elif stands:
            out += [before.removesuffix(standing), surface.text]
        else:
            verbatim[slot] = surface.text
            out += [before, surface.text]
    return WithPlaceholders("".join([*out, marked[done:]]), placeholders, verbatim)


def restore(text: str, sent: WithPlaceholders) -> str | None:
    """The marked text of a model's `text`; None when a placeholder was lost or doubled."""
    for slot in sorted(sent.placeholders, reverse=True):  # X12 before X1
        found = list(_loosely(sent.placeholders[slot]).finditer(text))
        if len(found) != 1:
            return None
        text = text[: found[0].start()] + marker(slot) + text[found[0].end() :]
    for slot, surface in sorted(sent.verbatim.items(), key=lambda one: -len(one[1])):
        if surface:
            text = text.replace(surface, marker(slot))
    return text


def _loosely(placeholder: str) -> re.Pattern[str]:
    """The placeholder, with spaces between its signs, but not as a part of a longer number or word."""
    inside = r"\s?".join(re.escape(part) for part in re.findall(r"\d+|\w|[^\w\s]", placeholder))
    return re.compile(rf"(?<![⟪\w]){inside}(?![\w⟫])" if placeholder[0].isalnum() else rf"{inside}(?!⟫)", re.IGNORECASE)
