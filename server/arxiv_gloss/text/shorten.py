"""A sentence of an abstract, shorter, by rules that cannot change what it says."""

from __future__ import annotations

import re

_THIS_PAPER = r"(?:paper|work|article|study|report|letter|research|thesis|survey|manuscript|contribution)"
_CONNECTION = re.compile(
    rf"^(?:(?:However|Moreover|Furthermore|Additionally|In addition|Finally|Specifically|In particular|Notably|Also"
    rf"|Besides|Thus|Therefore|Hence|Consequently|Overall|Here|Nevertheless|Nonetheless|Meanwhile|Importantly"
    rf"|Interestingly|In this {_THIS_PAPER}|In the present {_THIS_PAPER}|In summary|In conclusion"
    r"|To (?:address|tackle|overcome|solve|mitigate|bridge|fill) (?:this|these|the) (?:\w+ ){0,2}\w+"
    r"|As a result|More specifically|To this end|To that end|To our knowledge),\s+)+(?=\S)"
)
_ASIDE = re.compile(r"\s\((?:e\.g\.|i\.e\.|see|cf\.)[^()$]*\)")


def shorten(sentence: str) -> str:
    """Without the words that tie it to its neighbours, and without asides."""
    rest = _ASIDE.sub("", _CONNECTION.sub("", sentence))
    begins_plainly = re.match(r"[a-z]+\b", rest)
    return rest[0].upper() + rest[1:] if begins_plainly else rest
