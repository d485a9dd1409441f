"""The tables of numbers, units, negations and comparisons, one a language, read from `tables/`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

ARABIC = r"\d{1,3}(?:,\d{3}){1,20}(?:\.\d{1,60})?(?!\d)|\d{1,60}(?:\.\d{1,60})?"
"""Of a number with more digits the first 60: no abstract counts so far, and time must not grow with their square."""


@dataclass(frozen=True)
class Language:
    """One table, with its word lists made into patterns."""

    values: Mapping[str, Fraction]
    """Number words; together with the scales below they follow one grammar in all languages."""
    small_scales: Mapping[str, Fraction]
    """Multiply what stands directly before them: hundred, 十."""
    large_scales: Mapping[str, Fraction]
    """Multiply all that stands before them: million, 万."""
    fixed: Mapping[str, Fraction]
    """Words that are a quantity by themselves: half, twice, first, 首."""
    units: Mapping[str, str]
    """From a unit as it is written to its canonical name."""
    phrase: re.Pattern[str]
    """A number with its scales. Groups: `arabic`, and `touching`, a scale letter as in 7B."""
    word: re.Pattern[str]
    """One Arabic number or one word of a phrase."""
    fixed_word: re.Pattern[str]
    parts: Mapping[str, int]
    part: re.Pattern[str]
    """A number (group 1) of equal parts (group 2) of a whole: two thirds."""
    months: Mapping[str, int]
    month: re.Pattern[str]
    unit: re.Pattern[str]
    """A unit, tried right after a number; group 1 is its name."""
    measured: re.Pattern[str]
    """What proves, right after a number word, that it counts something."""
    vague: re.Pattern[str]
    """What makes, right before a number word, a mere order of magnitude of it: 数百万."""
    negation: re.Pattern[str]
    not_negation: re.Pattern[str]
    implied_negation: re.Pattern[str]
    """Words that other languages say with a negation: unseen, lack."""
    latin: bool
    """Written in Latin letters. A language that is not has Latin words from its source alone."""
    more: re.Pattern[str]
    less: re.Pattern[str]


def has_table(code: str) -> bool:
    """Whether numbers of a language can be read in words too."""
    return files("arxiv_gloss.text").joinpath("tables", f"{code}.toml").is_file()


@cache
def language(code: str) -> Language:
    """The table of `en`, `zh`, or any other file in `tables/`. Raises FileNotFoundError for what has none."""
    table, symbols = _read(code), _read("symbols")
    bounded = bool(table["word_boundaries"])
    values, small, large, fixed = (
        _fractions(table[key]) for key in ("values", "small_scales", "large_scales", "fixed")
    )
    touching = _fractions(symbols["scales"])
    units = _names(symbols["units"]) | _names(table["units"])
    return Language(
        values=values,
        small_scales=small,
        large_scales=large | touching,
        fixed=fixed,
        units=units,
        phrase=_phrase(table, [*values, *small, *large], [*small, *large], touching),
        word=re.compile(rf"{ARABIC}|{_any([*_capitals([*values, *small, *large]), *touching])}"),
        fixed_word=_words(fixed, bounded),
        parts=table["parts"],
        part=re.compile(rf"({_words(values, bounded).pattern})[ -]({_any(table['parts'])})(?![A-Za-z])"),
        months=table["months"],
        month=re.compile(rf"\b(?:{_any(table['months'])})\b(?=\.?,? \d)|(?<=\d )(?:{_any(table['months'])})\b"),
        unit=re.compile(rf"[ -]?({'|'.join(_unit(name) for name in _longest_first(units))})"),
        measured=re.compile("|".join(table["measures"]["words"])),
        vague=re.compile(rf"(?:{_any(table['measures']['vague_after'])})$"),
        negation=_words(table["negations"]["words"], bounded),
        not_negation=_words(table["negations"]["exempt"], bounded),
        implied_negation=_stems(table["negations"].get("implied", ())),
        latin=bool(table["latin"]),
        more=_patterns(table["comparisons"]["more"], bounded),
        less=_patterns(table["comparisons"]["less"], bounded),
    )


def _phrase(
    table: Mapping[str, Any], numbers: Sequence[str], scales: Sequence[str], touching: Iterable[str]
) -> re.Pattern[str]:
    """A number as it may be written: in digits, with a sign or words that multiply it, or in words alone."""
    bounded = bool(table["word_boundaries"])
    no_word = rf"(?!{_any(table['not_numbers'])})"
    word = no_word + _words(numbers, bounded).pattern
    scale = no_word + _words(scales, bounded).pattern
    roughly = rf"[ -]?(?:{_any(table['roughly'])})?"
    more_words = rf"(?:{table['joiner']}{word})*"
    return re.compile(
        rf"(?<![\d.])(?P<arabic>{ARABIC})"
        rf"(?:(?P<touching>{_any(touching)})(?![A-Za-z0-9])|{roughly}{scale}{more_words})?"
        rf"|{word}{more_words}"
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("arxiv_gloss.text").joinpath("tables", f"{name}.toml").read_text("utf-8"))


def _fractions(entries: Mapping[str, int | float | str]) -> dict[str, Fraction]:
    return {word: Fraction(value) for word, value in entries.items()}


def _names(units: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {written: name for name, forms in units.items() for written in forms}


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in _longest_first(words)) or "(?!)"


def _words(words: Iterable[str], bounded: bool) -> re.Pattern[str]:
    """Any of the words, in lower case or with a capital; as whole words where the script has such."""
    if not bounded:
        return re.compile(f"(?:{_any(words)})")
    return re.compile(rf"(?:(?<![A-Za-z])(?:{_any(_capitals(words))})(?![A-Za-z]))")


def _capitals(words: Iterable[str]) -> list[str]:
    return [form for word in words for form in (word, word[0].upper() + word[1:])]


def _patterns(patterns: Iterable[str], bounded: bool) -> re.Pattern[str]:
    either = f"(?:{'|'.join(patterns)})"
    return re.compile(rf"(?<![A-Za-z]){either}(?![A-Za-z])" if bounded else either, re.IGNORECASE)


def _stems(stems: Iterable[str]) -> re.Pattern[str]:
    """Words in which `*` stands for any letters; without words, what never matches."""
    either = "|".join(re.escape(stem).replace(r"\*", "[A-Za-z]*") for stem in stems)
    return re.compile(rf"(?<![A-Za-z-])(?:[A-Za-z]+-)?(?:{either})(?![A-Za-z])" if either else r"(?!)", re.IGNORECASE)


def _unit(name: str) -> str:
    """A unit of letters ends where they end; a sign of multiplication is none when a factor follows."""
    if re.search(r"[A-Za-z]$", name):
        return re.escape(name) + r"(?![A-Za-z0-9])" + (r"(?!\s*\d)" if name in "xX" else "")
    return re.escape(name) + (r"(?!\s*\d)" if name == "×" else "")
