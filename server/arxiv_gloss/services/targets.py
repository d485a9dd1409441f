"""Target languages. Two need no model: Traditional Chinese, from Chinese, and English, from the abstract itself."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

import opencc
from msgspec.structs import replace

from arxiv_gloss.events import Event, Flag, Gist, Segment, Summary, SummarySentence, Takeaway, Title

ENGLISH = "en"
TAIWAN = "zh-TW"
Worded = TypeVar("Worded", Title, Segment, Gist, SummarySentence, Takeaway)


def offered(spoken: tuple[str, ...]) -> tuple[str, ...]:
    """The targets that work here, of an engine that speaks these itself."""
    more = (TAIWAN,) if "zh" in spoken else ()
    return (*spoken, *(target for target in (*more, ENGLISH) if target not in spoken))


def localised(event: Event, target: str) -> Event:
    """The event as a reader of `target` gets it, after all checks."""
    if target != TAIWAN:
        return event
    match event:
        case Title():
            return _in_taiwan(event)
        case Segment():
            return _in_taiwan(event)
        case Gist():
            return _in_taiwan(event)
        case Takeaway():
            return _in_taiwan(event)
        case Summary():
            return Summary([_in_taiwan(sentence) for sentence in event.sentences])
        case _:
            return event


def _in_taiwan(worded: Worded) -> Worded:
    flags = [Flag(flag.code, {name: _convert(text) for name, text in flag.params.items()}) for flag in worded.flags]
    return replace(worded, text=_convert(worded.text), flags=flags)


def _convert(text: str) -> str:
    """Characters and phrases as Taiwan writes them (OpenCC's s2twp: 软件 is 軟體); what is not Chinese stays."""
    return str(_converter().convert(text))


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2twp")
