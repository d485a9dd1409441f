"""The sentences of an abstract, and where each of them stands in it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from arxiv_gloss.text.offset_map import Traced
from arxiv_gloss.text.protected import protected
from arxiv_gloss.text.tex import BREAK, plain
from arxiv_gloss.text.validity import check_abstract, check_title

__all__ = ["SegmentSpan", "check_abstract", "check_title", "normalise", "split", "utf16_span"]

LONGEST_SEGMENT = 1_000
"""Characters of a segment, a formula counted as three or four: far below what the encoder takes."""
MOST_PIECES = 360
"""Rough vocabulary pieces of a segment; bounds tables of numbers, which have few characters a piece."""


@dataclass(frozen=True, slots=True)
class SegmentSpan:
    """One sentence of an abstract. `start` and `end` count code points of the abstract as it was given;
    `text` is the sentence normalised."""

    index: int
    start: int
    end: int
    text: str


_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_OUR_SIGNS = str.maketrans(f"⟪⟫⟦⟧{BREAK}", "«»[] ")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_HEADING = re.compile(r"^\s*Abstract\s*[:：]\s*", re.IGNORECASE)
_TIDY: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=[a-z])-[ \t]*\n\s*(?=[a-z])"), "-"),
    (re.compile(r"\s+"), " "),
    (re.compile(r"^ | $"), ""),
    (re.compile(r"(?<=[a-z])- (?!(?:and|or|to|versus|nor|vs|but)\b)(?=[a-z])"), "-"),
    (re.compile(r" (?=[.,;](?: |$))"), ""),
)
_BULLETS = re.compile(
    r"(?:(?<=[.:;,!?])|(?<= and)|(?<= or)|(?<=\n)) ?\n[ \t]{0,8}(?:[-*•‣▪·] (?=\S)|(?=\(?[1-9][.)] \S))|[•‣▪]"
)
"""Lines that begin with a mark or a number, where the line before does not run on; round bullets anywhere."""
_MASK = re.compile(r"⟦(\d+)⟧")

_BREAK = re.compile(rf'(?<=[.!?])(["”)\]]?)\s+(?=["“(\[$\\]?[A-Z0-9\\$(\[])| ?{BREAK}[ {BREAK}]*')
_UNFINISHED = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|et al|etc|cf|vs|Fig|fig|Eq|eq|resp|approx|Dr|Prof|Sec|No|Ref|w\.r\.t|a\.k\.a|St|Mr|Ms"
    r"|viz|wrt|Inc|U\.S|i\.i\.d|Vol|Thm|Def|Prop|Lem|dim|ca|Gpc|Jr|Eqs|eqs|Figs|figs|Refs|Secs|Nos|Vols|Thms|Chap|Tab"
    r"|Phys|Rev|Lett|Nucl|Astron|Astrophys|Math|Proc|Commun|Mod|Ann|Appl|Sci|Chem|Soc|Amer|Natl|Acad|Inst|Univ|Dept"
    r"|Theor|Comput|Int|Adv|Mon|Opt|Lect|Eur|Publ|Bull|Stat|Sov|Geom|Topol|Anal)\.$|(?:^|\s)[A-Z]\.$"
)
_TURNS = re.compile(f" ?{BREAK}[ {BREAK}]*")
_SHORTEST_SENTENCE = 12
_LONGEST_BRACKET = 200
"""Characters on either side of a stop in square brackets, in which no sentence ends: [Phys. Rev. B 90, 075125]."""
_LONGEST_END = 16
"""Characters that an abbreviation, and what stands before it, may have."""
_PIECE = re.compile(r"[A-Za-z]{1,5}|\d{1,2}|⟦\d+⟧|[^\sA-Za-z\d]")
_CUTS = (re.compile(r"; "), re.compile(r"[,:] "), re.compile(r" "))


def normalise(text: str) -> str:
    """One line of plain Unicode; formulas stay TeX, and every bare dollar sign in it delimits one."""
    masked, surfaces = _normalised(text)
    return _unmasked(_TURNS.sub(" ", masked.text).strip(" "), surfaces)


def split(abstract: str) -> list[SegmentSpan]:
    """The sentences of an abstract in order; nothing but white space, a heading and marks of lists
    lies between them."""
    masked, surfaces = _normalised(abstract)
    segments: list[SegmentSpan] = []
    for sentence in _sentences(masked.text):
        for first, last in _cut(masked.text, *sentence):
            span = masked.span(first, last)
            segments.append(SegmentSpan(len(segments), *span, _unmasked(masked.text[first:last], surfaces)))
    return segments


def utf16_span(abstract: str, segment: SegmentSpan) -> tuple[int, int]:
    """Start and end of a segment in UTF-16 units of the abstract, as browsers count."""
    before = _utf16_length(abstract[: segment.start])
    return before, before + _utf16_length(abstract[segment.start : segment.end])


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _normalised(text: str) -> tuple[Traced, list[str]]:
    """The text with ⟦k⟧ in the place of protected surface k, and these surfaces."""
    traced = Traced.of(text.translate(_OUR_SIGNS))
    traced = traced.replace(_ENTITY, lambda match: html.unescape(match[0]).translate(_OUR_SIGNS))
    traced = traced.replace(_INVISIBLE, "").replace(_HEADING, "")
    spans = [(start, end) for start, end, _ in protected(traced.text)]
    surfaces = [" ".join(traced.text[start:end].split()) for start, end in spans]
    traced = traced.replace_spans((*span, f"⟦{number}⟧") for number, span in enumerate(spans))
    if len(_BULLETS.findall(traced.text)) > 1:
        traced = traced.replace(_BULLETS, BREAK)
    traced = plain(traced)
    for rule, by in _TIDY:
        traced = traced.replace(rule, by)
    return traced, surfaces


def _unmasked(text: str, surfaces: list[str]) -> str:
    return _MASK.sub(lambda match: surfaces[int(match[1])], text)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Bounds of the sentences: a full stop, then a capital or a digit, unless what ends there is no sentence."""
    start = 0
    for gap in [*_BREAK.finditer(text), None]:
        if gap is None:
            end = len(text)
        elif gap[1] is None:
            end = gap.start()
        elif _is_sentence(text, start, gap.start()):
            end = gap.end(1)
        else:
            continue
        if start < end:
            yield start, end
        start = gap.end() if gap else end


def _is_sentence(text: str, start: int, end: int) -> bool:
    if end - start < _SHORTEST_SENTENCE or _UNFINISHED.search(text, max(start, end - _LONGEST_END), end):
        return False
    opened = text.rfind("[", max(start, end - _LONGEST_BRACKET), end)
    return opened < 0 or "]" in text[opened:end] or "]" not in text[end : end + _LONGEST_BRACKET]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Bounds of the parts of a sentence that is too long for the encoder; the sentence itself if it is not."""
    while (limit := _limit(text, start, end)) < end:
        half = (start + limit) // 2
        last = limit
        for boundary in _CUTS:
            places = [match.end() for match in boundary.finditer(text, half, limit)]
            if places:
                last = places[-1]
                break
        yield start, start + len(text[start:last].rstrip())
        start = last
    yield start, end


def _limit(text: str, start: int, end: int) -> int:
    """Where a part that begins at `start` must end at the latest; never inside a mask."""
    limit = min(end, start + LONGEST_SEGMENT)
    for count, piece in enumerate(_PIECE.finditer(text, start, end)):
        if count == MOST_PIECES or piece.end() > limit:
            return min(limit, piece.start())
    return limit
