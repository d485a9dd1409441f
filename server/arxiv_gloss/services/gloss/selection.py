"""Which sentences of an abstract matter, and as what: pure functions of the encoder's salience.

`salience[k][label]` is the probability that segment k served as `label` (motivation, method, result, conclusion,
tldr). Nothing here looks at text, so a policy can be measured on stored salience alone.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from arxiv_gloss.events import Label

Salience = Sequence[dict[str, float]]

TAKEAWAY_LABELS: tuple[Label, ...] = ("motivation", "method", "result", "conclusion")
SUMMARY_LABELS = ("tldr", "method", "result", "conclusion")
"""A sentence may serve in a summary as each of these. Of all that was tried with gists, the rule of `summary` comes
closest to the references of dev (models/LOG.md); so do the numbers below."""
MAX_SUMMARY = 4
SUMMARY_SHARE = 0.35
"""A sentence must be worth so much of what the best one is worth."""
SUMMARY_WEIGHTS = {"tldr": 1.0, "method": 0.5, "result": 0.5, "conclusion": 0.6, "motivation": 0.3}
FURTHER_RESULTS = 2
LABEL_FLOOR = 0.1
"""Below this probability a label stays empty: an abstract without a stated motivation gets none."""
FURTHER_FLOOR = 0.15
"""A sentence beyond the four labels must be this probable as a result to be a takeaway of its own."""
_SHORTEST = 3
"""Sentences of an abstract that has more to say than its translation."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A segment chosen to become a takeaway."""

    segment: int
    label: Label


def takeaways(salience: Salience) -> list[Pick]:
    """The best segment per label and up to FURTHER_RESULTS further results, in the order of LABELS; no segment twice.
    None of an abstract that its translation says as briefly."""
    if len(salience) < _SHORTEST:
        return []
    picked: dict[int, Label] = {}
    pairs = [(row.get(label, 0.0), -k, label) for k, row in enumerate(salience) for label in TAKEAWAY_LABELS]
    open_labels = set(TAKEAWAY_LABELS)
    for probability, minus_k, label in sorted(pairs, key=lambda pair: (-pair[0], -pair[1])):
        if probability >= LABEL_FLOOR and label in open_labels and -minus_k not in picked:
            picked[-minus_k] = label
            open_labels.discard(label)
    results = [
        k for k, row in enumerate(salience) if role_of(row) == "result" and row.get("result", 0.0) >= FURTHER_FLOOR
    ]
    further = sorted((k for k in results if k not in picked), key=lambda k: (-salience[k]["result"], k))
    picked.update((k, "result") for k in further[:FURTHER_RESULTS])
    return sorted(
        (Pick(k, label) for k, label in picked.items()), key=lambda one: (TAKEAWAY_LABELS.index(one.label), one.segment)
    )


def summary(salience: Salience) -> list[int]:
    """Two to four segments in source order (one where there is only one): by the probability of being in a summary, and
    half that of the best part that it could play there."""
    worth = [row.get("summary", 0.0) + 0.5 * max(row.get(name, 0.0) for name in SUMMARY_LABELS) for row in salience]
    chosen = [k for k, row in enumerate(salience) if row]
    ranked = sorted(chosen, key=lambda k: (-worth[k], k))[:MAX_SUMMARY]
    return sorted(k for rank, k in enumerate(ranked) if rank < 2 or worth[k] >= SUMMARY_SHARE * worth[ranked[0]])


def english_only(salience: Salience, foreign: Container[int]) -> Salience:
    """With an empty row, which is chosen for nothing, for each sentence that is not in English."""
    return [{} if k in foreign else row for k, row in enumerate(salience)]


def relevance(row: dict[str, float]) -> float:
    """How much a sentence says of what its paper, or its part of the paper, is about."""
    return sum(weight * row.get(label, 0.0) for label, weight in SUMMARY_WEIGHTS.items())


def gist(salience: Salience) -> int:
    """The one segment that says the paper in one line."""
    chosen = [k for k, row in enumerate(salience) if row] or range(len(salience))
    return max(chosen, key=lambda k: (salience[k].get("tldr", 0.0), weight(salience[k]), -k))


def role_of(row: dict[str, float]) -> Label:
    """The role of a sentence. A `tldr` sentence counts as `method`."""
    return max(
        TAKEAWAY_LABELS, key=lambda name: max(row.get(name, 0.0), row.get("tldr", 0.0) if name == "method" else 0.0)
    )


def weight(row: dict[str, float]) -> float:
    """The probability of its most probable label."""
    return max(row.values(), default=0.0)
