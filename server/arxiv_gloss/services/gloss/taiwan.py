"""Traditional Chinese as Taiwan writes it, from Chinese: no model, but OpenCC's tables after all checks."""

from __future__ import annotations

from functools import cache
from typing import TypeVar, cast

import opencc
from msgspec.structs import replace

from arxiv_gloss.events import (
    Event,
    FigureCaption,
    Flag,
    Gist,
    Overview,
    Point,
    SectionGist,
    Segment,
    Statement,
    Summary,
    SummarySentence,
    Takeaway,
    Title,
    Translated,
    WholeEvent,
)
from arxiv_gloss.text.targets import TAIWAN

WithText = TypeVar("WithText", Title, Segment, Gist, SummarySentence, Takeaway, Statement, Point)
Streamed = TypeVar("Streamed", bound=Event | WholeEvent)


def in_script_of(event: Streamed, target: str) -> Streamed:
    """The event as a reader of `target` gets it, after all checks."""
    return cast(Streamed, _for_taiwan(event)) if target == TAIWAN else event


def _for_taiwan(event: Event | WholeEvent) -> Event | WholeEvent:
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
        case Point():
            return _in_taiwan(event)
        case Overview():
            return Overview([_in_taiwan(sentence) for sentence in event.sentences])
        case SectionGist():
            return replace(event, title=_translated(event.title), gist=_convert(event.gist), flags=_flags(event.flags))
        case FigureCaption():
            return replace(event, caption=_translated(event.caption), flags=_flags(event.flags))
        case _:
            return event


def _translated(both: Translated) -> Translated:
    return replace(both, text=_convert(both.text))


def _flags(flags: list[Flag]) -> list[Flag]:
    return [Flag(flag.code, {name: _convert(text) for name, text in flag.params.items()}) for flag in flags]


def _in_taiwan(one: WithText) -> WithText:
    return replace(one, text=_convert(one.text), flags=_flags(one.flags))


def _convert(text: str) -> str:
    """Characters and phrases as Taiwan writes them (OpenCC's s2twp: 软件 is 軟體); what is not Chinese stays."""
    return str(_converter().convert(text))


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2twp")
