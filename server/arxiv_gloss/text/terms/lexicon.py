"""Which Chinese goes with which English word: just enough to see whether two sentences speak of the same things.

Chinese is known by pairs of characters, so that nothing must be cut into words. A lexicon is counted from sentence
pairs (`count_lexicon`), kept as a TSV of word, then pairs, and takes in the terms of a glossary.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

Lexicon = Mapping[str, frozenset[str]]
"""From a stem, or stems with spaces, to character pairs."""

LONGEST_PHRASE = 4
_WORD = re.compile(r"[A-Za-z]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("s", ""))
_SEEN_OFTEN, _SEEN_TOGETHER = 4, 3
_MOST_COMMON = 0.15
"""Share of the sentences; a word in more of them says nothing."""
_LEAST_DICE, _LEAST_SHARE, _TIMES_CHANCE = 0.08, 0.3, 3
_PAIRS_A_WORD = 8


def stems(text: str) -> list[str]:
    """The words of an English text in lower case, without plural endings."""
    return [_stem(word.lower()) for word in _WORD.findall(text)]


def _stem(word: str) -> str:
    for ending, by in _ENDINGS:
        if word.endswith(ending) and len(word) > 4:
            return word[: -len(ending)] + by
    return word


def pairs_of(chinese: str) -> Iterator[str]:
    """All two characters that stand side by side."""
    for run in _CHINESE.findall(chinese):
        yield from (run[start : start + 2] for start in range(len(run) - 1))


def known_pairs(english: str, lexicon: Lexicon) -> set[str]:
    """The character pairs that some word or phrase of an English text may become."""
    words = stems(english)
    phrases = (
        " ".join(words[start : start + length])
        for length in range(1, LONGEST_PHRASE + 1)
        for start in range(len(words) - length + 1)
    )
    return {pair for phrase in phrases for pair in lexicon.get(phrase, ())}


def with_terms(lexicon: Lexicon, terms: Iterable[tuple[str, str]]) -> Lexicon:
    """A lexicon that also knows (English, Chinese) terms."""
    merged: dict[str, frozenset[str]] = dict(lexicon)
    for english, chinese in terms:
        key = " ".join(stems(english))
        merged[key] = merged.get(key, frozenset()) | frozenset(pairs_of(chinese))
    return merged


def count_lexicon(sentences: Iterable[tuple[str, str]]) -> Lexicon:
    """Count (English, Chinese) sentence pairs. A character pair goes with a word when they are seen together often
    (Dice coefficient, or share of the word's sentences) and more often than by chance."""
    rows = [(set(stems(english)), set(pairs_of(chinese))) for english, chinese in sentences]
    words = Counter(word for english, _ in rows for word in english)
    pairs = Counter(pair for _, chinese in rows for pair in chinese)
    telling = {word for word, count in words.items() if _SEEN_OFTEN <= count < _MOST_COMMON * len(rows)}
    frequent = {pair for pair, count in pairs.items() if count >= _SEEN_OFTEN}
    together: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for english, chinese in rows:
        seen = chinese & frequent
        for word in english & telling:
            together[word].update(seen)
    lexicon: dict[str, frozenset[str]] = {}
    for word, counts in together.items():
        ranked: list[tuple[float, str]] = []
        for pair, count in counts.items():
            dice, share = 2 * count / (words[word] + pairs[pair]), count / words[word]
            by_chance = words[word] * pairs[pair] / len(rows)
            if count >= _SEEN_TOGETHER and (dice > _LEAST_DICE or share > _LEAST_SHARE):
                ranked += [(dice + _LEAST_SHARE * share, pair)] * (count > _TIMES_CHANCE * by_chance)
        if ranked:
            lexicon[word] = frozenset(pair for _, pair in sorted(ranked, reverse=True)[:_PAIRS_A_WORD])
    return lexicon


def read_lexicon(tsv: str) -> Lexicon:
    """A lexicon from lines of a word, a tab, and character pairs with spaces between them."""
    rows = (line.split("\t") for line in tsv.splitlines() if "\t" in line)
    return {row[0]: frozenset(row[1].split()) for row in rows}


def write_lexicon(lexicon: Lexicon) -> str:
    return "".join(f"{word}\t{' '.join(sorted(lexicon[word]))}\n" for word in sorted(lexicon))
