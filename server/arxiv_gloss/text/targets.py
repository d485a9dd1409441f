"""Target languages. Two need no model: Traditional Chinese, from Chinese, and English, from the abstract itself."""

from __future__ import annotations

ENGLISH = "en"
TAIWAN = "zh-TW"


def language_of(target: str) -> str:
    """The language that a model must write for a target."""
    return "zh" if target == TAIWAN else target


def targets_of(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The targets that work with an engine that writes these languages."""
    more = (TAIWAN,) if "zh" in languages else ()
    return (*languages, *(target for target in (*more, ENGLISH) if target not in languages))
