"""The account of numbers: what the source states must stand in the target, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from arxiv_gloss.text.languages import Language, language
from arxiv_gloss.text.polarity import comparison_flipped, negation_lost
from arxiv_gloss.text.quantities import Quantity, flatten, quantities, skeleton

State = Literal["matched", "missing", "added", "unit_changed"]
EntryKind = Literal["number", "identifier", "formula", "url"]
Flag = tuple[str, dict[str, str]]

_INSIDE = re.compile(r"\d+(?:\.\d+)?")
_SAME_UNIT = {"percentage_point": "percent"}
_LOOSE_UNITS = frozenset({"bit", "degree", "percentage_point", "kelvin"})
"""Their short forms mean too many other things for a difference to prove anything."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the account. `text` is as the source has it; as the target has it where it was added."""

    state: State
    kind: EntryKind
    text: str
    counterpart: str = ""
    """As the other side has it, when that differs in its unit."""
    serious: bool = True
    """False where a good text may well say it in another way; then it raises no flag."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The account of one source and one target text."""

    entries: tuple[Entry, ...]
    negation_lost: bool
    comparison_flipped: bool

    def flags(self) -> list[Flag]:
        """(code, params) of all that does not add up. Codes: `number_missing`, `number_added`, `unit_changed`, the
        same for `identifier`, `formula` and `url`, then `negation_lost` and `comparison_flipped`."""
        flags: list[Flag] = []
        for entry in self.entries:
            if not entry.serious or entry.state == "matched":
                continue
            if entry.state == "unit_changed":
                flags.append(("unit_changed", {"source": entry.text, "target": entry.counterpart}))
            else:
                flags.append((f"{entry.kind}_{entry.state}", {"text": entry.text}))
        if self.negation_lost:
            flags.append(("negation_lost", {}))
        if self.comparison_flipped:
            flags.append(("comparison_flipped", {}))
        return flags


def account(
    source: str, target: str, complete: bool = True, source_code: str = "en", target_code: str = "zh"
) -> Ledger:
    """Compare a source and a target text, both as readers see them (surfaces in place, formulas as TeX).

    A translation must be `complete`. A condensation need not be: what it leaves out is no entry, but what it says
    must still stand in the source.
    """
    source_side = _Side.of(source, language(source_code))
    target_side = _Side.of(target, language(target_code))
    entries = _formulas(target_side, source_side, "added") + _numbers(target_side, source_side, "added")
    if complete:
        entries += _formulas(source_side, target_side, "missing") + _numbers(source_side, target_side, "missing")
        entries = _number_words(source_side, target_side) + _numberings(source_side, target_side) + entries
    return Ledger(
        tuple(entries),
        complete and negation_lost(source_side.flat, target_side.flat, source_side.table, target_side.table),
        comparison_flipped(source_side.flat, target_side.flat, source_side.table, target_side.table),
    )


@dataclass(frozen=True, slots=True)
class _Side:
    text: str
    flat: str
    table: Language
    taken: tuple[str, ...]
    """Formulas and addresses."""
    quantities: tuple[Quantity, ...]
    skeleton: str
    compact: str
    loose: frozenset[Fraction]
    """Numbers inside identifiers and formulas, which may have been written out on the other side."""

    @classmethod
    def of(cls, text: str, table: Language) -> _Side:
        flat, taken = flatten(text)
        found = tuple(quantities(flat, table))
        inside = [*taken, *(one.text for one in found if one.kind == "identifier")]
        loose = frozenset(Fraction(number) for part in inside for number in _INSIDE.findall(part))
        return cls(text, flat, table, taken, found, skeleton(text), _compact(flat), loose)


def _compact(text: str) -> str:
    return re.sub(r"[\s_-]", "", text).casefold()


def _formulas(side: _Side, other: _Side, state: State) -> list[Entry]:
    entries = []
    for text in side.taken:
        kind: EntryKind = "url" if text[0] not in "$\\" else "formula"
        found = text in other.text or (kind == "formula" and skeleton(text) in other.skeleton)
        entries.append(Entry("matched" if found else state, kind, text))
    return entries


def _numbers(side: _Side, other: _Side, state: State) -> list[Entry]:
    """Entries for what is written in digits on this side."""
    entries = []
    for one in side.quantities:
        if one.kind == "identifier":
            found = _has_identifier(other, one.text)
            entries.append(Entry("matched" if found else state, "identifier", one.text, serious=state == "added"))
        elif one.kind in ("number", "attached"):
            equal = [two for two in other.quantities if _equal(one, two)]
            repeats = sum(_equal(one, two) for two in side.quantities if two.kind == "number")
            if (not equal or (state == "missing" and repeats > len(equal))) and not one.values & other.loose:
                serious = state == "added" or one.kind == "number"
                entries.append(Entry(state, "number", one.text, serious=serious))
            elif state == "missing" and equal:
                entries.append(_unit_entry(one, equal))
    return entries


def _unit_entry(one: Quantity, equal: list[Quantity]) -> Entry:
    other = next((two for two in equal if not _differ(one.unit, two.unit)), None)
    if other or not one.unit:
        return Entry("matched", "number", one.text)
    return Entry("unit_changed", "number", one.text, equal[0].text)


def _number_words(source: _Side, target: _Side) -> list[Entry]:
    """What is counted in words. A `two` comes and goes easily; more than two does not."""
    missing = _uncovered(source, target)
    added = _uncovered(target, source)
    exchanged = bool(missing and added)

    def entry(state: State, one: Quantity) -> Entry:
        return Entry(state, "number", one.text, serious=exchanged or max(one.values) > 2)

    return [entry("missing", one) for one in missing] + [entry("added", one) for one in added]


def _numberings(source: _Side, target: _Side) -> list[Entry]:
    """(1), (2), (3) may become first, second, third, but not (1), (3)."""
    ours, theirs = (
        Counter(_compact(one.text) for one in side.quantities if one.kind == "numbering") for side in (source, target)
    )
    if not ours or not theirs:
        return []
    return [Entry("missing", "number", text) for text in (ours - theirs)] + [
        Entry("added", "number", text) for text in (theirs - ours)
    ]


def _uncovered(side: _Side, other: _Side) -> list[Quantity]:
    return [
        one
        for one in side.quantities
        if one.kind == "counted"
        and not one.values & other.loose
        and not any(_equal(one, two) for two in other.quantities)
    ]


def _equal(one: Quantity, two: Quantity) -> bool:
    return bool(one.values & two.values) or _compact(one.text) == _compact(two.text)


def _differ(one: str | None, two: str | None) -> bool:
    if not one or not two or one in _LOOSE_UNITS or two in _LOOSE_UNITS:
        return False
    return _SAME_UNIT.get(one, one) != _SAME_UNIT.get(two, two)


def _has_identifier(other: _Side, text: str) -> bool:
    """Whether the other side has it, in whatever spelling (GPT4, gpt-4), or at least its numbers."""
    if re.search(rf"(?<!\d){re.escape(_compact(text))}(?!\d)", other.compact):
        return True
    numbers = {Fraction(number) for number in _INSIDE.findall(text)}
    stated = {value for two in other.quantities for value in two.values}
    return numbers <= stated | other.loose
