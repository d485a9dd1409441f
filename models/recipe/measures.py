"""What is measured on outputs, as pure functions of texts."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

LOOP = re.compile(r"(.{2,12})\1\1", re.DOTALL)
"""The same two to twelve characters three times in a row."""
ACRONYM = re.compile(r"[A-Z].*[A-Z]")

Pairs = Sequence[tuple[str, str]]
"""(output, reference)"""


def common_subsequence(a: str, b: str) -> int:
    """Length of the longest common subsequence, bit-parallel (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for k, character in enumerate(b):
        places[character] = places.get(character, 0) | 1 << k
    every = (1 << len(b)) - 1
    free = every
    for character in a:
        matched = free & places.get(character, 0)
        free = ((free + matched) | (free - matched)) & every
    return len(b) - free.bit_count()


def rouge_l(output: str, reference: str) -> float:
    """ROUGE-L F1 on characters, blanks left out."""
    output, reference = "".join(output.split()), "".join(reference.split())
    if not output or not reference:
        return 0.0
    return 2 * common_subsequence(output, reference) / (len(output) + len(reference))


def mean_rouge_l(pairs: Pairs) -> float:
    return sum(rouge_l(output, reference) for output, reference in pairs) / len(pairs)


def bleu(pairs: Pairs) -> float:
    """sacrebleu, corpus level, tokenizer `zh`: Chinese by character."""
    import sacrebleu

    return float(sacrebleu.corpus_bleu([a for a, _ in pairs], [[b for _, b in pairs]], tokenize="zh").score)


def chrf(pairs: Pairs) -> float:
    import sacrebleu

    return float(sacrebleu.corpus_chrf([a for a, _ in pairs], [[b for _, b in pairs]]).score)


def interval(measure: Callable[[Pairs], float], pairs: Pairs, rounds: int = 200, seed: int = 1) -> tuple[float, float]:
    """95 % bootstrap interval of a corpus measure."""
    rng = random.Random(seed)
    values = sorted(measure(rng.choices(pairs, k=len(pairs))) for _ in range(rounds))
    return values[int(0.025 * rounds)], values[int(0.975 * rounds) - 1]


def loops(text: str) -> bool:
    return bool(LOOP.search(text))


def is_acronym(surface: str) -> bool:
    """Two capitals, or a digit behind a letter: what is never translated."""
    return bool(ACRONYM.search(surface)) or any(character.isdigit() for character in surface)
