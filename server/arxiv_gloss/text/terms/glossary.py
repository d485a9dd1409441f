"""Terms and their renderings: the reader's glossary, the shipped one, and what a paper itself defines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from arxiv_gloss.errors import BadRequest

KEEP = "="
"""As a rendering: the term stays in English."""


@dataclass(frozen=True, slots=True)
class Term:
    """A source term and its rendering, which is the term itself where it stays in English."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """A term in a source sentence, from `start` to `end`."""

    start: int
    end: int
    term: Term


def read_terms(tsv: str) -> list[Term]:
    """Terms from a TSV of source, rendering and any further columns. Empty lines, `#` comments and a header line
    (`en`, `source` or `term`) are skipped. Raises BadRequest naming the line that has no rendering."""
    terms: list[Term] = []
    for number, line in enumerate(tsv.removeprefix("\ufeff").splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip() or line.startswith("#") or (number == 1 and cells[0] in ("en", "source", "term")):
            continue
        if len(cells) < 2 or not cells[0] or not cells[1]:
            raise BadRequest(f"Line {number} of the glossary needs a term, a tab and a rendering.")
        terms.append(Term(cells[0], cells[0] if cells[1] == KEEP else cells[1]))
    return terms


def write_terms(terms: Iterable[Term]) -> str:
    """The TSV of some terms, sorted, so that equal glossaries are equal files."""
    ordered = sorted(terms, key=lambda term: (term.source.casefold(), term.source))
    return "".join(f"{term.source}\t{KEEP if term.target == term.source else term.target}\n" for term in ordered)


class Glossary:
    """Terms to look up. Of several renderings of one term the first given is used; the others are known as
    variants, which `unify` replaces. So a reader's terms come before the shipped ones."""

    def __init__(self, *sources: Iterable[Term]) -> None:
        self._renderings: dict[str, list[Term]] = {}
        for term in (term for source in sources for term in source):
            known = self._renderings.setdefault(_key(term.source), [])
            if term.target not in (other.target for other in known):
                known.append(term)
        self._longest: dict[str, int] = {}
        """Words of the longest term that begins with a word."""
        for words in map(str.split, self._renderings):
            for first in words[:1]:
                self._longest[first] = max(self._longest.get(first, 0), len(words))

    def __len__(self) -> int:
        return len(self._renderings)

    def find(self, sentence: str) -> list[FoundTerm]:
        """The terms of a sentence from left to right, the longest wherever several begin."""
        words = list(_WORD.finditer(sentence))
        keys = [_key(word[0]) for word in words]
        found: list[FoundTerm] = []
        at = 0
        while at < len(words):
            step = 1
            longest = self._longest.get(keys[at], 0)
            for length in range(min(longest, len(words) - at), 0, -1):
                start, end = words[at].start(), words[at + length - 1].end()
                terms = self._renderings.get(" ".join(keys[at : at + length]))
                if terms and _case_fits(terms[0].source, sentence[start:end]):
                    found.append(FoundTerm(start, end, terms[0]))
                    step = length
                    break
            at += step
        return found

    def variants(self, source: str) -> list[str]:
        """All known renderings of a term, the one to use first."""
        return [term.target for term in self._renderings.get(_key(source), ())]


_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+'/]*[A-Za-z0-9+]|[A-Za-z0-9]")
_PLURAL = re.compile(r"(?<=[a-z]{3})(?<!s)s$|(?<=[A-Z])s$")


def _key(source: str) -> str:
    """Terms are equal without regard to case, hyphens and a plural s."""
    words = [_PLURAL.sub("", word) for word in _WORD.findall(source.replace("-", " "))]
    return " ".join(words).casefold()


def _case_fits(term: str, text: str) -> bool:
    """A short acronym (`IS`, `CAN`) is no common word."""
    return not (term.isupper() and len(term) <= 4) or text.rstrip("s").isupper()


def unify(pairs: Sequence[tuple[str, str]], glossary: Glossary, own: Glossary) -> list[str]:
    """The targets of a paper's (source, target) texts, title first, with each term rendered in one way.

    A term of `own`, the reader's glossary, gets its rendering there. Any other term gets, of its known renderings,
    the one that the paper's targets have most often, the earliest where several are.
    """
    found = [_terms_of(source, glossary, own) for source, _ in pairs]
    chosen: dict[str, str] = {}
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (_, target), terms in zip(pairs, found, strict=True):
        for key, term in terms.items():
            if own.variants(key):
                chosen[key] = own.variants(key)[0]
            elif standing := _standing(target, glossary.variants(term.source)):
                votes[key][standing] += 1
    for key, counts in votes.items():
        chosen.setdefault(key, counts.most_common(1)[0][0])
    targets: list[str] = []
    for (_, target), terms in zip(pairs, found, strict=True):
        for key in sorted(terms, key=len, reverse=True):
            if key not in chosen:
                continue
            variants = {*own.variants(key), *glossary.variants(key)}
            others = {one for other in terms if other != key for one in glossary.variants(other)}
            target = _replaced(target, chosen[key], variants, others)
        targets.append(target)
    return targets


def _terms_of(source: str, glossary: Glossary, own: Glossary) -> dict[str, Term]:
    return {_key(one.term.source): one.term for table in (glossary, own) for one in table.find(source)}


def _standing(target: str, variants: Sequence[str]) -> str | None:
    """The longest known rendering that stands in a target."""
    return next((one for one in sorted(variants, key=len, reverse=True) if one in target), None)


def _replaced(target: str, chosen: str, variants: set[str], others: set[str]) -> str:
    """Put the chosen rendering in the place of other ones; never inside itself, the rendering of another term of the
    sentence, or a Latin word."""
    options = sorted({chosen, *variants, *others}, key=len, reverse=True)
    pattern = "|".join(
        rf"(?<![A-Za-z]){re.escape(one)}(?![A-Za-z])" if one.isascii() else re.escape(one) for one in options
    )
    return re.sub(pattern, lambda match: match[0] if match[0] in others else chosen, target)
