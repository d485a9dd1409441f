"""What must never be taken apart: formulas, web addresses, DOIs, e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

ProtectedKind = Literal["formula", "url"]

_LONGEST_FORMULA = 1500
TEXT_ENVIRONMENTS = "itemize|enumerate|description|quote|quotation|center|abstract|flushleft|small|verse|list"
"""Environments of TeX that hold text."""
_IN_ADDRESS = r"[^\s()<>{}\u3000-\u9fff\uff00-\uffef]"
_CANDIDATE = re.compile(
    r"(?P<environment> \\begin\{(?P<name>(?!(?:" + TEXT_ENVIRONMENTS + r")\})[a-z]{1,20}\*?)\}"
    r"  .{1,1500}? \\end\{(?P=name)\} )"
    r"| (?P<display> (?<!\\)\$\$ [^$]{1,1500} \$\$ | (?<!\\)\\\[ .{1,1500}? \\\] )"
    r"| (?P<round>   (?<!\\)\\\( .{1,1500}? \\\) )"
    r"| (?P<dollars> (?<!\\)\$ (?: \\. | [^$\\] ){1,1500} \$ )"
    r"| (?P<url> (?: https?:// | \bwww\.(?=\w) | \b10\.\d{4,9}/ )"
    rf"          (?: {_IN_ADDRESS} | \( {_IN_ADDRESS}{{1,200}}+ \) )++"
    r"         | \b[A-Za-z0-9._+-]{1,64} @ [A-Za-z][A-Za-z0-9-]{0,62}"
    r"           (?: \.[A-Za-z0-9-]{1,63} ){0,8} \.[A-Za-z]{2,}\b )",
    re.VERBOSE | re.DOTALL,
)
_PROSE = re.compile(r"(?<![a-z])[a-z]{3,},?\s+[a-z]{2,},?\s+[a-z]{2,}")
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
