"""What must never be taken apart: formulas, web addresses, DOIs, e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

ProtectedKind = Literal["formula", "url"]

_LONGEST_FORMULA = 1500
_CANDIDATE = re.compile(
    r"""
    (?P<environment> \\begin\{(?P<name>[a-z]+\*?)\} .+? \\end\{(?P=name)\} )
  | (?P<display>     (?<!\\)\$\$ [^$]+? \$\$ | (?<!\\)\\\[ .+? \\\] )
  | (?P<round>       (?<!\\)\\\( .+? \\\) )
  | (?P<dollars>     (?<!\\)\$ (?: \\. | [^$\\] )+ \$ )
  | (?P<url>         (?: https?:// | \bwww\.(?=\w) ) [^\s()<>{}\u3000-\u9fff\uff00-\uffef]+
                   | \b10\.\d{4,9}/ [^\s()<>{}\u3000-\u9fff\uff00-\uffef]+
                   | \b[A-Za-z0-9._+-]+ @ [A-Za-z][A-Za-z0-9-]* (?: \.[A-Za-z0-9-]+ )* \.[A-Za-z]{2,}\b )
    """,
    re.VERBOSE | re.DOTALL,
)
_PROSE = re.compile(r"[a-z]{3,},?\s+[a-z]{2,},?\s+[a-z]{2,}")
_TEX = re.compile(r"[\\^_=]")


def protected(text: str) -> Iterator[tuple[int, int, ProtectedKind]]:
    """(start, end, kind) of all that is protected, from left to right, without overlaps."""
    at = 0
    while match := _CANDIDATE.search(text, at):
        start, end = match.span()
        if match["url"]:
            end = start + len(match[0].rstrip(".,;:!?'\"*"))
            yield start, end, "url"
        elif _is_formula(match, text):
            yield start, end, "formula"
        else:
            end = start + 1
        at = end


def _is_formula(match: re.Match[str], text: str) -> bool:
    """A dollar sign may also be money, or have lost its partner; then what follows it reads as prose."""
    if len(match[0]) > _LONGEST_FORMULA:
        return False
    if not match["dollars"]:
        return True
    inside = match[0][1:-1]
    if inside[:1].isdigit() and (inside[-1:].isspace() or text[match.end() : match.end() + 1].isdigit()):
        return False
    return bool(inside.strip()) and (bool(_TEX.search(inside)) or not _PROSE.search(inside))
