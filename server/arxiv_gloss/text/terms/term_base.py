"""The shipped term base: how Chinese papers of a field write its terms.

The table is a trie (marisa-trie) of normalised terms, so that it is mapped in a millisecond and one call finds all
terms that begin at a word. `models/recipe/term_base.py` writes it from `models/data/terms.fields.tsv`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from itertools import pairwise

import marisa_trie

from arxiv_gloss.text.terms.glossary import FoundTerm, Term

TERM_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ž0-9]+(?:'s)?")
LONGEST_TERM = 90
"""Characters of the longest term, normalised."""
MOST_WORDS = 8
_PLURALS = (
    (re.compile(r"'s$"), ""),
    (re.compile(r"(?<=[a-z]{2})ies$"), "y"),
    (re.compile(r"(?<=[a-z](?:ss|sh|ch))es$|(?<=[a-z]x)es$"), ""),
    (re.compile(r"(?<=[a-z]{2})(?:ices|ex)$"), "ix"),
    (re.compile(r"(?<=[a-z]{2})ae$"), "a"),
    (re.compile(r"(?<=[a-z]{3})(?<![sui])s$"), ""),
)
"""What makes the forms of a word equal: supernovae, matrices, theories, masses."""
_JOINT = re.compile(r"[ \-–]?")
_FAMILIES = (("hep-th", "hep-ph", "hep-ex", "hep-lat"), ("nucl-th", "nucl-ex"), ("math", "math-ph"))
"""Archives that share most of their terms."""
FIELDS_GUESSED = 2
REMEMBERED = 512
"""Texts whose terms are kept: a paper's are needed for its field, and again for its slots."""


@dataclass(frozen=True, slots=True)
class TermEntry:
    """One term. `archives` are those where it is typical, the most typical first; `elsewhere` has the renderings of
    archives that say it otherwise; `papers` is in how many of 64,000 abstracts it stands."""

    target: str
    archives: tuple[str, ...]
    elsewhere: dict[str, str]
    papers: int

    @classmethod
    def read(cls, value: bytes) -> TermEntry:
        target, archives, elsewhere, papers = value.decode().split("\t")
        pairs = (pair.split("=", 1) for pair in elsewhere.split(",") if pair)
        return cls(target, tuple(archives.split(",")), dict(pairs), int(papers))

    def write(self) -> bytes:
        elsewhere = ",".join(f"{archive}={target}" for archive, target in self.elsewhere.items())
        return "\t".join((self.target, ",".join(self.archives), elsewhere, str(self.papers))).encode()

    def rendering(self, archives: Sequence[str]) -> str | None:
        """How papers of these archives write it; None where that is not known."""
        for archive in archives:
            if archive in self.elsewhere:
                return self.elsewhere[archive]
            if archive in self.archives:
                return self.target
        related = {one for archive in archives for family in _FAMILIES if archive in family for one in family}
        return self.target if related & set(self.archives) else None


def normalised(words: Iterable[str]) -> str:
    """Terms are equal without regard to case, hyphens and plural forms."""
    return " ".join(map(_singular, words))


@lru_cache(20_000)
def _singular(word: str) -> str:
    word = word.lower()
    for pattern, by in _PLURALS:
        changed = pattern.sub(by, word)
        if changed != word:
            return changed
    return word


class TermBase:
    """Looks up the terms of sentences."""

    def __init__(self, trie: marisa_trie.BytesTrie) -> None:
        self._trie = trie
        self.matches = lru_cache(REMEMBERED)(self._matches)
        """All terms of a text, (start, end, entry), from left to right; overlapping ones too, the longest first."""

    def _matches(self, text: str) -> tuple[tuple[int, int, TermEntry], ...]:
        words = list(TERM_WORD.finditer(text))
        keys = [normalised([word[0]]) for word in words]
        joined = [bool(_JOINT.fullmatch(text, one.end(), two.start())) for one, two in pairwise(words)]
        found: list[tuple[int, int, TermEntry]] = []
        for at, word in enumerate(words):
            last = at
            while last < len(joined) and joined[last] and last - at < MOST_WORDS:
                last += 1
            ahead = " ".join(keys[at : last + 1])[:LONGEST_TERM]
            for key in sorted(self._trie.prefixes(ahead), key=len, reverse=True):
                if len(key) == len(ahead) or ahead[len(key)] == " ":
                    end = words[at + key.count(" ")].end()
                    found.append((word.start(), end, TermEntry.read(self._trie[key][0])))
        return tuple(found)

    def find(self, text: str, archives: Sequence[str]) -> list[FoundTerm]:
        """The terms of a sentence from left to right, as papers of these archives write them: the longest wherever
        several begin. What has no known rendering there is passed over."""
        found: list[FoundTerm] = []
        for start, end, entry in self.matches(text):
            if found and start < found[-1].end:
                continue
            target = entry.rendering(archives)
            if target is None and (" " in text[start:end] or "-" in text[start:end]) and not entry.elsewhere:
                target = entry.target
            if target:
                found.append(FoundTerm(start, end, Term(text[start:end], target)))
        return found

    def fields(self, texts: Iterable[str]) -> tuple[str, ...]:
        """The archives that a paper's terms of several words are typical of, the likeliest first."""
        votes: Counter[str] = Counter()
        for text in texts:
            for start, end, entry in self.matches(text):
                if " " in text[start:end]:
                    votes.update({archive: 1 / rank for rank, archive in enumerate(entry.archives, 1)})
        return tuple(archive for archive, _ in votes.most_common(FIELDS_GUESSED))


@cache
def shipped_base() -> TermBase:
    """The term base that comes with the package."""
    trie = marisa_trie.BytesTrie()
    with as_file(files("arxiv_gloss.text").joinpath("tables", "terms.marisa")) as path:
        trie.mmap(str(path))
    return TermBase(trie)
