"""Copy slots: numbered markers for what must survive translation unchanged.

A marker is `⟪3⟫`. In the source it follows its surface (a number, an acronym, a mixed-case or proper name, a term), or
stands in the place of it (a formula, an address). In the target it stands alone, and `render` puts the surface back, or
the rendering of a term. A bar before a term (`| black hole⟪3⟫`) says where it begins; its words stay, so that the
encoder knows what the slot means. Numbers go in order of first appearance: title first, then the segments.

These rules are part of what a model learns. `RULES` names them, bundles carry it, and they change only together with
training; what is `shown` in the place of a localised quantity reads like any other number, and needs none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Literal

from arxiv_gloss.markers import MARKER
from arxiv_gloss.text.common_words import is_common
from arxiv_gloss.text.numbers.localised import LOCALISED_LANGUAGE, localised, settled
from arxiv_gloss.text.segments import normalise
from arxiv_gloss.text.symbols.finders import symbols
from arxiv_gloss.text.symbols.spellings import spellings
from arxiv_gloss.text.terms.glossary import FoundTerm
from arxiv_gloss.text.titles import every_word, in_small_letters, no_common_word, no_word

RULES = 2
MAX_SLOTS = 64

SurfaceKind = Literal["formula", "url", "code", "number", "name", "term"]
FindTerms = Callable[[str], Sequence[FoundTerm]]
"""The terms of a sentence with their renderings, from left to right, without overlaps."""
_PROTECTED = ("formula", "url", "code")
TERM_BEGINS = "| "
"""Before the words of a term, in a marked source."""


@dataclass(frozen=True, slots=True)
class Surface:
    """What a slot stands for, exactly as the source has it; a formula with its TeX delimiters."""

    text: str
    kind: SurfaceKind
    shown: str = ""
    """What a model reads in its place, where that is something else."""
    rendering: str = ""
    """How the target language writes it, where that is known."""

    @property
    def stands_apart(self) -> bool:
        """Whether its words are not in the marked text."""
        return bool(self.shown) or self.kind in _PROTECTED


@dataclass(frozen=True, slots=True)
class Marked:
    """A paper with markers. `surfaces[k]` belongs to `⟪k⟫`; there are at most MAX_SLOTS."""

    title: str
    segments: tuple[str, ...]
    surfaces: tuple[Surface, ...]


_SUFFIXED = re.compile(r"⟪(\d+)⟫([A-Za-z]{1,3})(?![A-Za-z])")
_BROKEN_MARKER = re.compile(r"⟪\d*|\d{0,20}⟫|[⟦⟧]")
_ESCAPE = re.compile(r"\\(?=[%&#_])")
_LEFT_BEHIND = (
    (re.compile(r"（[，、 ]*）|\([,; ]*\)"), ""),
    (re.compile(r" {2,}"), " "),
    (re.compile(r" (?=[，。；：、！？）,.;:!?)])"), ""),
)
"""What a marker that was dropped leaves: empty brackets, double spaces, spaces before a stop."""
_LATIN = "A-Za-zÀ-ÖØ-öø-ž"
_TOKEN = re.compile(rf"\d+(?:[.,]\d+)*|[{_LATIN}][{_LATIN}0-9]*(?:[-_+./'][{_LATIN}0-9]+)*")
_PLAIN_TAIL = re.compile(rf"[{_LATIN}]?[a-zà-öø-ž]{{2,}}")
_DOUBLE_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ž]{2,}(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ž]{2,}){1,3}")
"""Michelson-Morley."""
_PLURAL_ACRONYM = re.compile(r"(?<![A-Z0-9-])[A-Z][A-Z0-9-]+s")
_CAPITAL_OR_DIGIT = re.compile(r"[A-Z0-9]")
_TRANSLATED_PART = re.compile(r"'s$|(?:^|[-/+_.])[a-z]{2,}(?:$|[-/+_.])")
"""Of a name, what no translation keeps: `human-AI`, `SAM's`. Of acronyms without it, references keep 97 %."""
_CAPITAL_INSIDE = re.compile(r"[A-Z0-9À-ÖØ-Þ]")
_NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        """
    The This That These Those We Our In On For By With From To At As It Its An A And But Or Of However Moreover
    Furthermore Here There When While Where Given Although Results Method Methods Background Conclusion Conclusions
    Objective Purpose Eqs Figs Refs Secs Using Based Their They Finally First Second Third I If
    """,
    )
)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    surface: Surface


def no_terms(text: str) -> Sequence[FoundTerm]:
    """For languages and models that have no slots for terms."""
    return ()


def mark(title: str, segments: Sequence[str], language: str = "", terms: FindTerms = no_terms) -> Marked:
    """Number the surfaces of a paper and mark them. `segments` are normalised (`SegmentSpan.text`); the title need not.
    For a `language` that has rules for it (localised.py), quantities are marked with their rendering in it; `terms`
    with theirs. Two forms of a term, or two terms, that are rendered alike share a slot.

    When there are more surfaces than slots, formulas and addresses come first, and terms last.
    """
    texts = in_small_letters([normalise(title), *segments])
    by_rendering: dict[str, Surface] = {}
    found = [
        list(_surfaces(text, may_be_name, language, _term_surfaces(text, terms(text), by_rendering)))
        for text, may_be_name in zip(
            texts, [no_common_word(texts[1:]), *repeat(every_word, len(segments))], strict=True
        )
    ]
    numbers = _numbered([one.surface for text in found for one in text])
    marked = [_marked(text, surfaces, numbers) for text, surfaces in zip(texts, found, strict=True)]
    return Marked(marked[0], tuple(marked[1:]), tuple(numbers))


def slots_in(marked_text: str) -> list[int]:
    """The numbers of all markers in a text, in order, repetitions included."""
    return [int(number) for number in MARKER.findall(marked_text)]


def required_slots(marked_text: str, surfaces: Sequence[Surface]) -> frozenset[int]:
    """The slots that a translation must say from the start: numbers, formulas, addresses, terms. A name may be
    translated."""
    return frozenset(slot for slot in slots_in(marked_text) if surfaces[slot].kind != "name")


def acronyms(marked_text: str, surfaces: Sequence[Surface]) -> frozenset[int]:
    """The names that no translation renders. To require them from the start would make lines, and time, a third more
    for the few that are lost: these are decoded again instead."""
    return frozenset(slot for slot in slots_in(marked_text) if _is_acronym(surfaces[slot]))


def _is_acronym(surface: Surface) -> bool:
    coined = len(_CAPITAL_OR_DIGIT.findall(surface.text)) > 1 or any(sign.isdigit() for sign in surface.text)
    return surface.kind == "name" and coined and not _TRANSLATED_PART.search(surface.text)


def close_up(marked_text: str, marked_source: str) -> str:
    """The text without spaces between a marker and letters that follow it directly in the source (`⟪4⟫M`, `⟪2⟫x`)."""
    for slot, letters in set(_SUFFIXED.findall(marked_source)):
        marked_text = re.sub(rf"(⟪{slot}⟫) +(?={letters}(?![A-Za-z]))", r"\1", marked_text)
    return marked_text


def render(marked_text: str, surfaces: Sequence[Surface]) -> str:
    """Text for readers: surfaces in the place of their markers; markers of no surface, and halves of markers, go.

    A space is put only between two surfaces that would run together (`BERT` `GPT`, `3` `5`, two formulas); terms may.
    """

    def surface(match: re.Match[str]) -> str:
        number = int(match[1])
        if number >= len(surfaces):
            return ""
        this = surfaces[number]
        after = MARKER.match(marked_text, match.end())
        runs_on = after and int(after[1]) < len(surfaces) and surfaces[int(after[1])].kind == this.kind != "term"
        return (this.rendering or this.text) + (" " if runs_on else "")

    marked_text = _ESCAPE.sub("", marked_text)
    text = _BROKEN_MARKER.sub("", MARKER.sub(surface, marked_text))
    for pattern, by in _LEFT_BEHIND:
        text = pattern.sub(by, text)
    text = text.strip()
    return settled(text) if any(surface.rendering for surface in surfaces) else text


def unmark(marked_source: str, surfaces: Sequence[Surface]) -> str:
    """A source text as it was before `mark`: names and numbers still stand there, formulas and addresses come back."""

    out: list[str] = []
    done = 0
    for match in MARKER.finditer(marked_source):
        surface = surfaces[int(match[1])]
        before = marked_source[done : match.start()]
        if surface.kind == "term":
            start, _, term = before.rpartition(TERM_BEGINS)
            before = start + term
        out.append(before.removesuffix(surface.shown))
        out.append(surface.text if surface.stands_apart else "")
        done = match.end()
    return "".join([*out, marked_source[done:]])


def _term_surfaces(text: str, terms: Sequence[FoundTerm], by_rendering: dict[str, Surface]) -> list[_Found]:
    """`by_rendering` has the surface of each rendering so far, and gets those that are new."""
    return [
        _Found(
            one.start,
            one.end,
            by_rendering.setdefault(
                one.term.target, Surface(text[one.start : one.end], "term", rendering=one.term.target)
            ),
        )
        for one in terms
    ]


def _surfaces(
    text: str, may_be_name: Callable[[str], bool], language: str, terms: Sequence[_Found]
) -> Iterator[_Found]:
    """The surfaces of one segment from left to right. Words are judged without the protected parts between them."""
    done = 0
    first = True
    for one in [*_with_terms(list(_apart(text, language)), terms), None]:
        for match in _TOKEN.finditer(text, done, one.start if one else len(text)):
            first = first or text[: match.start()].rstrip().endswith((".", ":", ";", "?", "!"))
            if surface := _judge(match[0], no_word if first else may_be_name):
                yield _Found(match.start(), match.start() + len(surface.text), surface)
            first = False
        if one:
            yield one
            first = False
            done = one.end


def _apart(text: str, language: str) -> Iterator[_Found]:
    """What belongs together sign by sign, and between it what the target language writes in another way."""
    done = 0
    localises = language == LOCALISED_LANGUAGE
    for symbol in [*symbols(text), None]:
        start = symbol.start if symbol else len(text)
        for one in localised(text[done:start]) if localises else ():
            place = (done + one.start, done + one.end)
            yield _Found(*place, Surface(text[slice(*place)], "number", one.shown, one.rendering))
        if symbol:
            rendering = symbol.rendering if localises else ""
            yield _Found(start, symbol.end, Surface(text[start : symbol.end], symbol.kind, symbol.shown, rendering))
            done = symbol.end


def _with_terms(apart: list[_Found], terms: Sequence[_Found]) -> list[_Found]:
    """Both, from left to right; a term goes before a quantity, what is protected before a term."""
    if not terms:
        return apart
    fixed = [one for one in apart if one.surface.kind in _PROTECTED]
    kept = [one for one in terms if not any(_overlap(one, other) for other in fixed)]
    rest = [one for one in apart if one in fixed or not any(_overlap(one, term) for term in kept)]
    return sorted([*kept, *rest], key=lambda one: one.start)


def _overlap(one: _Found, other: _Found) -> bool:
    return one.start < other.end and other.start < one.end


def _judge(token: str, may_be_name: Callable[[str], bool]) -> Surface | None:
    """The surface that a token begins with: `GPT-based` gives `GPT`, `CNNs` gives `CNN`, `model` nothing."""
    if token[0].isdigit():
        return Surface(token, "number")
    parts = token.split("-")
    while len(parts) > 1 and _PLAIN_TAIL.fullmatch(parts[-1]):
        parts.pop()
    word = "-".join(parts)
    if _CAPITAL_INSIDE.search(word[1:]):
        return Surface(word[:-1] if _PLURAL_ACRONYM.fullmatch(word) else word, "name")
    if _DOUBLE_NAME.fullmatch(token) and may_be_name(token) and not all(map(is_common, token.split("-"))):
        return Surface(token, "name")
    if word[0].isupper() and len(word) > 2 and word not in _NO_NAMES and may_be_name(word):
        return Surface(word, "name")
    return None


def _numbered(surfaces: Sequence[Surface]) -> dict[Surface, int]:
    """Slot numbers in order of first appearance, with enough of them kept for what is protected."""
    distinct = list(dict.fromkeys(surfaces))
    ordered = sorted(distinct, key=lambda one: 0 if one.kind in _PROTECTED else 2 if one.kind == "term" else 1)
    taken = set(ordered[:MAX_SLOTS])
    return {surface: number for number, surface in enumerate(one for one in distinct if one in taken)}


def _marked(text: str, found: Sequence[_Found], numbers: dict[Surface, int]) -> str:
    out: list[str] = []
    done = 0
    for one in found:
        if one.surface not in numbers:
            continue
        out.append(text[done : one.start])
        if one.surface.kind == "term":
            out.append(TERM_BEGINS)
        out.append(one.surface.shown if one.surface.stands_apart else text[one.start : one.end])
        out.append(f"⟪{numbers[one.surface]}⟫")
        done = one.end
    out.append(text[done:])
    return "".join(out).replace(r"\$", "$")


def mark_targets(marked: Marked, targets: Sequence[str]) -> list[str]:
    """For training: put markers in the place of all surfaces of the paper that stand in its target texts."""
    if not marked.surfaces:
        return [_ESCAPE.sub("", target) for target in targets]
    numbers = {surface: number for number, surface in enumerate(marked.surfaces)}
    suffixes: dict[str, set[str]] = {}
    for slot, letters in _SUFFIXED.findall(" ".join((marked.title, *marked.segments))):
        suffixes.setdefault(marked.surfaces[int(slot)].text, set()).add(letters)
    ordered = sorted(marked.surfaces, key=lambda one: (one.kind in _PROTECTED, len(_written(one))), reverse=True)
    pattern = re.compile("|".join(f"({_in_target(one, suffixes.get(one.text, set()))})" for one in ordered))

    def marker(match: re.Match[str]) -> str:
        return f"⟪{numbers[ordered[(match.lastindex or 1) - 1]]}⟫"

    with_markers = [pattern.sub(marker, target) for target in targets]
    return [_ESCAPE.sub("", target) for target in with_markers]


def _written(surface: Surface) -> str:
    """As the target texts of training have it."""
    return surface.rendering if surface.kind == "term" else surface.text


def _in_target(surface: Surface, suffixes: set[str]) -> str:
    """Names and numbers count only as whole words; an acronym may carry a plural s, a number the letters that follow it
    in the source (`3D`, `6.5M`)."""
    if surface.kind in _PROTECTED or surface.shown:
        return spellings(surface.text)
    literal = re.escape(_written(surface))
    if not _written(surface).isascii():
        return literal
    ends = r"(?![A-Za-z0-9]|\.\d)"
    if re.search(r"[A-Z]$", surface.text):
        ends = rf"(?=s?{ends})"
    elif suffixes:
        ends = rf"(?:{ends}|(?=(?:{'|'.join(sorted(suffixes))})(?![A-Za-z0-9])))"
    return r"(?<![A-Za-z0-9.])" + literal + ends
