"""How near a text is to a reference: BLEU and chrF, for figures that a reader compares on one machine.

The recipe's figures come from sacrebleu; these differ from them by their tokens, not in their order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import exp, log

_UNIT = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|\w+|[^\w\s]")
_Pairs = Sequence[tuple[str, str]]
"""(text, reference)"""


def bleu(pairs: _Pairs) -> float:
    """Corpus BLEU, 0 to 100 (Papineni et al. 2002), over words and single Chinese or Japanese signs."""
    if all(text == reference for text, reference in pairs):
        return 100.0
    found, counted, length, wanted = [0] * 4, [0] * 4, 0, 0
    for text, reference in pairs:
        ours, theirs = _UNIT.findall(text), _UNIT.findall(reference)
        length, wanted = length + len(ours), wanted + len(theirs)
        for n in range(4):
            grams, there = _grams(ours, n + 1), _grams(theirs, n + 1)
            found[n] += (grams & there).total()
            counted[n] += grams.total()
    if not all(found):
        return 0.0
    mean = sum(log(a / b) for a, b in zip(found, counted, strict=True)) / 4
    return 100 * exp(mean + min(0.0, 1 - wanted / max(1, length)))


def chrf(pairs: _Pairs, order: int = 6, beta: float = 2.0) -> float:
    """Corpus chrF2, 0 to 100 (Popović 2015), over characters without white space."""
    precision: list[float] = []
    recall: list[float] = []
    for n in range(1, order + 1):
        both = ours = theirs = 0
        for text, reference in pairs:
            said, meant = (_grams("".join(one.split()), n) for one in (text, reference))
            both += (said & meant).total()
            ours += said.total()
            theirs += meant.total()
        if ours and theirs:
            precision.append(both / ours)
            recall.append(both / theirs)
    p, r = (sum(some) / max(1, len(some)) for some in (precision, recall))
    return 100 * (1 + beta**2) * p * r / (beta**2 * p + r) if p and r else 0.0


def _grams(units: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(units[k : k + n]) for k in range(len(units) - n + 1))
