"""Negations that got lost, and comparisons that were turned around."""

from __future__ import annotations

from arxiv_gloss.text.numbers.languages import Language

_NEAR = 16
"""Characters before a number in which a comparison with it may begin."""


def negation_lost(source: str, target: str, source_table: Language, target_table: Language) -> bool:
    """True when the source denies something, and the target denies less often than the source asks for."""
    denied = _negations(source, source_table)
    implied = len(source_table.implied_negation.findall(source))
    return denied > 0 and denied + implied > _negations(target, target_table)


def comparison_flipped(source: str, target: str, source_table: Language, target_table: Language) -> bool:
    """True when all comparisons of the source go one way and all of the target the other way."""
    source_more, source_less = _comparisons(source, source_table)
    target_more, target_less = _comparisons(target, target_table)
    return (source_more > 0 and not source_less and target_less > 0 and not target_more) or (
        source_less > 0 and not source_more and target_more > 0 and not target_less
    )


def bound(text: str, start: int, end: int, table: Language) -> int:
    """1 when a comparison right beside a number makes it a lower bound, -1 an upper one, else 0."""
    near = max(0, start - _NEAR)
    window = text[near:end]
    for way, pattern in ((-1, table.less), (1, table.more)):
        touching = any(not window[match.end() : start - near].strip() for match in pattern.finditer(window))
        if touching or pattern.match(text, end):
            return way
    return 0


def _negations(text: str, table: Language) -> int:
    return len(table.negation.findall(table.not_negation.sub(" ", text)))


def _comparisons(text: str, table: Language) -> tuple[int, int]:
    less = len(table.less.findall(text))
    return len(table.more.findall(table.less.sub(" ", text))), less
