"""Labels: `Figure 3:`, `TABLE IV.`, the words and number with which a caption begins."""

from __future__ import annotations

import re

_LABEL = re.compile(
    r"(?:Supplementary |Extended Data |Supp\. ?|Online )?"
    r"(?P<word>Fig(?:ure|\.)?|FIG(?:URE|\.)?|Tab(?:le|\.)|TABLE|Algorithm|ALGORITHM|Listing|Scheme|Chart|Box)"
    r"\s?(?P<number>[A-Z]{0,2}[.-]?\d+(?:[.-]\d+)*[a-z]?|[IVXLC]+)"
    r"(?P<mark>\s?[.:|)]|\s[-–—])?(?=\s|$)"
)


def label_of(text: str) -> re.Match[str] | None:
    """The label at the text's beginning; its groups are `word`, `number` and `mark` (None where a blank follows)."""
    return _LABEL.match(text)


def without_label(text: str) -> str:
    """The caption's text without its label."""
    match = _LABEL.match(text)
    return text[match.end() :].strip() if match else text
