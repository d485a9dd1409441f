"""Codes, which are copied sign by sign: arXiv ids, references to journals, checksums, coordinates, words in other
scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from arxiv_gloss.text.symbols.found import Symbol
from arxiv_gloss.text.symbols.masked import Masked

_CODE = re.compile(
    r"""
    (?<![\w.]) arXiv: (?: \d{4}\.\d{4,5} (?: v\d{1,2} )? | [a-z-]{2,12} (?: \.[A-Z]{2} )? /\d{7} (?: v\d{1,2} )? )
  | (?<![\w.]) \d{4}\.\d{4,5}v\d{1,2} \b
  | \[ (?= [^\[\]]{0,200} [A-Z][a-z]{1,9}\. ) [A-Z][^\[\]]{4,200} \d{1,7} [^\[\]\d]{0,4} \]
  | (?<![\w.]) [-+−]? \d{1,3} [hd°] \ ? \d{1,2} [m'′] (?: \ ? \d{1,2} (?: \.\d{1,6} )? (?: s | "| ″ )? )? (?!\w)
  | (?<![\w.,/-]) (?! \d+ (?: [xX] \d+ )+ \b ) \d++ [A-Za-z]++ \d [A-Za-z0-9]*+ (?: \.[A-Za-z0-9]++ )*+ (?![\w])
  | (?<![\w.,/-]) \d{1,6} (?: -\d{1,6} ){2,6} (?![\w-])
  | (?<![\w.]) (?: [A-Z][A-Za-z]{1,9} \. \ ? ){2,6} (?: [A-D]\ )?
    (?: \d{1,4} (?: ,\ ? [A-Z]? \d{1,7} )? (?: \ ? \(\d{4}\) )? )? (?<![\s.])
  | [\u0400-\u052f\u0590-\u06ff\u0900-\u097f\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+
    """,
    re.VERBOSE,
)
_NAME = re.compile(r"(?<![\w.,/-])\d{1,2}[A-Z]{2,6}[A-Z0-9]{0,6}(?![\w-])")
_NO_NAME = re.compile(r"(?<!\d)\d+(?:AM|PM|BC|AD|CE|BCE|ST|ND|RD|TH)$")


def codes(masked: Masked) -> Iterator[Symbol]:
    """All of a text; names that begin with a digit (`2MASS`) last."""
    for match in _CODE.finditer(masked.text):
        yield Symbol(*masked.span(*match.span()), "code")
    for match in _NAME.finditer(masked.text):
        if not _NO_NAME.match(match[0]):
            yield Symbol(*masked.span(*match.span()), "name")
