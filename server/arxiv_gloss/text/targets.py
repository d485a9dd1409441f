"""Target languages. Two need no model: Traditional Chinese, from Chinese, and English, from the abstract itself."""

from __future__ import annotations

ENGLISH = "en"
TAIWAN = "zh-TW"


def tongue(target: str) -> str:
    """The language that a model must speak for a target."""
    return "zh" if target == TAIWAN else target


def offered(spoken: tuple[str, ...]) -> tuple[str, ...]:
    """The targets that work here, of an engine that speaks these itself."""
    more = (TAIWAN,) if "zh" in spoken else ()
    return (*spoken, *(target for target in (*more, ENGLISH) if target not in spoken))
