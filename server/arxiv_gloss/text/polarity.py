"""Negations that got lost, and comparisons that were turned around."""

from __future__ import annotations

from arxiv_gloss.text.languages import Language


def negation_lost(source: str, target: str, source_table: Language, target_table: Language) -> bool:
    """True when the target denies less often than the source."""
    return _negations(source, source_table) > _negations(target, target_table)


def comparison_flipped(source: str, target: str, source_table: Language, target_table: Language) -> bool:
    """True when all comparisons of the source go one way and all of the target the other way."""
    source_more, source_less = _comparisons(source, source_table)
    target_more, target_less = _comparisons(target, target_table)
    return (source_more > 0 and not source_less and target_less > 0 and not target_more) or (
        source_less > 0 and not source_more and target_more > 0 and not target_less
    )


def _negations(text: str, table: Language) -> int:
    return len(table.negation.findall(table.not_negation.sub(" ", text)))


def _comparisons(text: str, table: Language) -> tuple[int, int]:
    less = len(table.less.findall(text))
    return len(table.more.findall(table.less.sub(" ", text))), less
