"""The account of numbers: what the source states must stand in the target, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from arxiv_gloss.text.numbers.languages import Language, language
from arxiv_gloss.text.numbers.opposites import WordPair, denial_lost, flipped, unsaid
from arxiv_gloss.text.numbers.polarity import bound, comparison_flipped, negation_lost
from arxiv_gloss.text.numbers.quantities import Quantity, flatten, quantities, skeleton

EntryState = Literal["matched", "missing", "added", "count", "unit_changed"]
"""`count`: it stands on both sides, but not as often."""
EntryKind = Literal["number", "identifier", "formula", "url"]
Fault = tuple[str, dict[str, str]]

_LATIN_WORD = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z]{3,}(?![A-Za-z0-9]|-\d)")
_LONGEST_NAME = 100
_INSIDE = re.compile(r"\d{1,60}(?:\.\d{1,60})?")
_SAME_UNIT = {"percentage_point": "percent"}
_LOOSE_UNITS = frozenset({"bit", "degree", "percentage_point", "kelvin"})
"""Their short forms mean too many other things for a difference to prove anything."""
_DIGITS = frozenset({"number", "attached"})
_OFTEN_PUT_IN = frozenset({"percent", "percentage_point", "multiple", "year", "month", "day"})


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One item of the account. `text` is as the source has it; as the target has it where it was added."""

    state: EntryState
    kind: EntryKind
    text: str
    counterpart: str = ""
    """As the other side has it, when that differs in its unit."""
    serious: bool = True
    """False where a good text may well say it in another way; then it raises no flag."""
    times: tuple[int, int] = (0, 0)
    """Where the count differs: how often it stands in the source, and in the target."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The account of one source and one target text."""

    entries: tuple[LedgerEntry, ...]
    negation_lost: bool
    comparison_flipped: bool
    opposites: tuple[WordPair, ...] = ()
    """Words of which the target has the opposite."""
    unsaid: tuple[WordPair, ...] = ()
    """Phrases that the target says in none of the usual ways."""

    def flags(self) -> list[Fault]:
        """(code, params) of all that does not add up. Codes: `number_missing`, `number_added`, `unit_changed`, the
        same for `identifier`, `formula` and `url`, `number_count` and the like, then `negation_lost`,
        `comparison_flipped`, `direction_flipped` and `word_missing`."""
        flags: list[Fault] = []
        for entry in self.entries:
            if not entry.serious or entry.state == "matched":
                continue
            if entry.state == "unit_changed":
                flags.append(("unit_changed", {"source": entry.text, "target": entry.counterpart}))
            elif entry.state == "count":
                here, there = map(str, entry.times)
                flags.append((f"{entry.kind}_count", {"text": entry.text, "source": here, "target": there}))
            else:
                flags.append((f"{entry.kind}_{entry.state}", {"text": entry.text}))
        if self.negation_lost:
            flags.append(("negation_lost", {}))
        if self.comparison_flipped:
            flags.append(("comparison_flipped", {}))
        flags += [("direction_flipped", {"source": one.source, "target": one.target}) for one in self.opposites]
        return flags + [("word_missing", {"text": one.source, "target": one.target}) for one in self.unsaid]


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
    if not target_side.table.latin:
        entries += _foreign_words(target_side, source_side)
    if complete:
        entries += _formulas(source_side, target_side, "missing") + _numbers(source_side, target_side, "missing")
        entries = _number_words(source_side, target_side) + _numberings(source_side, target_side) + entries
    worded = (source_code, target_code) == ("en", "zh")
    denial = negation_lost(source_side.flat, target_side.flat, source_side.table, target_side.table)
    return Ledger(
        tuple(entries),
        complete and (denial or (worded and denial_lost(source, target))),
        comparison_flipped(source_side.flat, target_side.flat, source_side.table, target_side.table)
        or _bound_flipped(source_side, target_side),
        tuple(flipped(source, target)) if worded else (),
        tuple(unsaid(source, target)) if worded and complete else (),
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
    """Of the text without its formulas."""
    compact: str

    @classmethod
    def of(cls, text: str, table: Language) -> _Side:
        flat, taken = flatten(text)
        return cls(text, flat, table, taken, tuple(quantities(flat, table)), skeleton(flat), _compact(flat))

    def loose(self, other: _Side) -> set[Fraction]:
        """Numbers inside identifiers and formulas that the other side does not have, so may have written out."""
        inside = [one.text for one in self.quantities if one.kind == "identifier"]
        inside = [text for text in inside if not _spells(other, text)]
        inside += [text for text in self.taken if text not in other.taken]
        return {Fraction(number) for text in inside for number in _INSIDE.findall(text)}


def _compact(text: str) -> str:
    return re.sub(r"[\s_-]", "", text).casefold()


def _formulas(side: _Side, other: _Side, state: EntryState) -> list[LedgerEntry]:
    """Each formula and address as often as it stands here; the other side may write a formula as plain text."""
    entries = []
    here, there = (Counter(map(skeleton, one.taken)) for one in (side, other))
    left = there.copy()
    for text in side.taken:
        kind: EntryKind = "formula" if text[0] in "$\\" else "url"
        key = skeleton(text)
        found = left[key] > 0 or _writes(other, key)
        left[key] -= 1
        if found or not there[key]:
            entries.append(LedgerEntry("matched" if found else state, kind, text))
        else:
            entries.append(LedgerEntry("count", kind, text, times=_times(here[key], there[key], state)))
    return entries


def _times(here: int, there: int, state: EntryState) -> tuple[int, int]:
    """In the source, and in the target. What is missing is looked for from the source's side."""
    return (here, there) if state == "missing" else (there, here)


def _foreign_words(side: _Side, other: _Side) -> Iterator[LedgerEntry]:
    """Latin words of this side that the other one has not, not even as a part: a name that was made up."""
    for word in dict.fromkeys(_LATIN_WORD.findall(side.flat)):
        if word.casefold() not in other.compact and not _spells(other, word.removesuffix("s")):
            yield LedgerEntry("added", "identifier", word)


def _writes(side: _Side, key: str) -> bool:
    """Whether a formula stands in the text without dollar signs; a single letter only by itself."""
    if len(key) == 1 and key.isalpha():
        return bool(re.search(rf"(?<![A-Za-z]){re.escape(key)}(?![A-Za-z])", side.flat))
    return key in side.skeleton


def _numbers(side: _Side, other: _Side, state: EntryState) -> list[LedgerEntry]:
    """Entries for what is written in digits on this side."""
    entries = []
    loose = other.loose(side)
    for one in side.quantities:
        if one.kind == "identifier":
            found = _has_identifier(other, one.text)
            entries.append(LedgerEntry("matched" if found else state, "identifier", one.text, serious=state == "added"))
        elif one.kind in _DIGITS:
            equal = [two for two in other.quantities if _equal(one, two)]
            repeats = sum(_equal(one, two) for two in side.quantities if two.kind in _DIGITS)
            if not equal and not one.values & loose:
                entries.append(LedgerEntry(state, "number", one.text))
            elif state == "missing" and repeats > len(equal) and not one.values & loose:
                entries.append(LedgerEntry("count", "number", one.text, times=(repeats, len(equal))))
            elif equal:
                entries += _unit_entries(one, equal, other, state)
    return entries


def _bound_flipped(source: _Side, target: _Side) -> bool:
    """True when a number is a lower bound on one side and an upper bound on the other."""

    def bounds(side: _Side) -> dict[Fraction, set[int]]:
        found: dict[Fraction, set[int]] = {}
        for one in side.quantities:
            for value in one.values:
                found.setdefault(value, set()).add(bound(side.flat, one.start, one.end, side.table))
        return found

    theirs = bounds(target)
    return any({-way for way in ways} == theirs.get(value) for value, ways in bounds(source).items() if ways != {0})


def _unit_entries(one: Quantity, equal: list[Quantity], other: _Side, state: EntryState) -> list[LedgerEntry]:
    """What is equal must also be measured alike. A unit may be left out (10-20%), and some may be put in."""
    if state == "added":
        known = {*_OFTEN_PUT_IN, *_LOOSE_UNITS, *(two.unit for two in other.quantities)}
        put_in = one.unit not in known and all(two.unit is None for two in equal)
        if one.unit and (put_in or all(_differ(one.unit, two.unit) for two in equal)):
            return [LedgerEntry("unit_changed", "number", equal[0].text, one.text)]
        return []
    if one.unit and all(_differ(one.unit, two.unit) for two in equal):
        return [LedgerEntry("unit_changed", "number", one.text, equal[0].text)]
    return [LedgerEntry("matched", "number", one.text)]


def _number_words(source: _Side, target: _Side) -> list[LedgerEntry]:
    """What is counted in words. A `two` comes and goes easily; more than two does not."""
    missing = _uncovered(source, target)
    added = _uncovered(target, source)
    exchanged = bool(missing and added)

    def entry(state: EntryState, one: Quantity) -> LedgerEntry:
        return LedgerEntry(state, "number", one.text, serious=exchanged or max(one.values) > 2)

    return [entry("missing", one) for one in missing] + [entry("added", one) for one in added]


def _numberings(source: _Side, target: _Side) -> list[LedgerEntry]:
    """(1), (2), (3) may become first, second, third, but not (1), (3)."""
    ours, theirs = (
        Counter(_compact(one.text) for one in side.quantities if one.kind == "numbering") for side in (source, target)
    )
    if ours and not theirs:
        stated = {value for one in target.quantities for value in one.values}
        return [LedgerEntry("missing", "number", text) for text in ours if Fraction(text) not in stated]
    if not ours:
        return []
    stated = {value for one in target.quantities for value in one.values}
    missing = [LedgerEntry("missing", "number", text) for text in ours - theirs if Fraction(text) not in stated]
    return missing + [LedgerEntry("added", "number", text) for text in theirs - ours]


def _uncovered(side: _Side, other: _Side) -> list[Quantity]:
    loose = other.loose(side)
    return [
        one
        for one in side.quantities
        if one.kind == "counted" and not one.values & loose and not any(_equal(one, two) for two in other.quantities)
    ]


def _equal(one: Quantity, two: Quantity) -> bool:
    return bool(one.values & two.values) or _compact(one.text) == _compact(two.text)


def _differ(one: str | None, two: str | None) -> bool:
    if not one or not two or one in _LOOSE_UNITS or two in _LOOSE_UNITS:
        return False
    return _SAME_UNIT.get(one, one) != _SAME_UNIT.get(two, two)


def _has_identifier(other: _Side, text: str) -> bool:
    """Whether the other side has it, in whatever spelling, or at least its numbers."""
    if _spells(other, text):
        return True
    numbers = {Fraction(number) for number in _INSIDE.findall(text)}
    stated = {value for two in other.quantities for value in two.values}
    return numbers <= stated | {Fraction(number) for taken in other.taken for number in _INSIDE.findall(taken)}


def _spells(side: _Side, identifier: str) -> bool:
    """GPT-4, gpt4 and GPT 4 are one. What is longer than any name is looked for as it is."""
    if len(identifier) > _LONGEST_NAME:
        return identifier in side.flat
    spelled = r"[\s_-]?".join(map(re.escape, _compact(identifier)))
    return bool(re.search(rf"(?<![a-z0-9]){spelled}(?!\d)", side.flat, re.IGNORECASE))
