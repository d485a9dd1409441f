"""The shipped glossary: of the mined one, the terms that can be trusted.

    python -m models.recipe.terms --corpus DIR [--output FILE]

A mined rendering may be cut short (话式搜索), too long (autonomous: 自动驾驶) or none of a term (superior
results). A row stays when it was seen often, is made of content words alone, is not the rendering of a longer term,
and when in most sentences where both stand no one character goes on before or after the rendering.
"""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from arxiv_gloss.text.terms.glossary import Glossary, Term, read_terms

from .workfolder import add_corpus, stage_parser

_OUTPUT = Path("server/arxiv_gloss/text/tables/terms.tsv")
VARIANTS = _OUTPUT.with_name("variants.tsv")
"""Terms that have several renderings, by hand; every other term has one here, its best."""
_HEAD = """\
# English-Chinese terms, made by models/recipe/terms.py, one rendering a term (more in variants.tsv).
# From translations of xmkxabc/InsightArxiv and daily-arXiv-ai-enhanced (Apache-2.0) and of daily-paper-reader
# (MIT, (c) ziwenhahaha), and from the terminology of d2l-ai/d2l-zh (Apache-2.0).
"""
_LEAST = ((0.75, 15), (0.55, 100))
"""Score and count that a row must have, one pair or the other."""
MOST_OFTEN = 0.6
"""Share of one character before or after a rendering from which on it belongs to the rendering."""
RENDERING = re.compile(r"[\u4e00-\u9fff]{2,10}")
FUNCTION_CHARACTERS = re.compile(
    r"[的了在是和及其这该们所而且将被从对着]|通过|^[与为于以到性化式种个]|[与为于以到中上下种个]$"
)
NO_TERMS = frozenset(
    """a all an and any are as at based be between both by can complex current different diverse each enhanced existing
    experimental extensive few first for from generated good high higher improved in into is its key large low lower
    main major many modern more most multiple new novel of on one or other our overall over performance present
    previous proposed real recent results second several significant significantly similar single small specific
    state strong such superior that the their these this three to traditional two under unique using various via we
    which while with without work approach approaches method methods use effective efficient impressive better
    important""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class TermRow:
    english: str
    chinese: str
    count: int
    score: float
    by_hand: bool


def _read(path: Path) -> Iterator[TermRow]:
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        english, chinese, count, score, source = line.split("\t")
        english = re.sub(r" \(.*\)$", "", english)
        yield TermRow(english, re.split("[/（，]", chinese)[0], int(count), float(score), source.startswith("d2l"))


def plausible(row: TermRow) -> bool:
    words = re.findall(r"[a-z]+", row.english.lower())
    return row.by_hand or (
        any(row.score >= score and row.count >= count for score, count in _LEAST)
        and bool(RENDERING.fullmatch(row.chinese))
        and not FUNCTION_CHARACTERS.search(row.chinese)
        and not NO_TERMS & set(words)
    )


def without_parts(rows: Iterable[TermRow]) -> list[TermRow]:
    """Leave out what is only a part of a longer term with the same rendering."""
    by_rendering: defaultdict[str, list[TermRow]] = defaultdict(list)
    for row in rows:
        by_rendering[row.chinese].append(row)

    def is_part(row: TermRow) -> bool:
        return not row.by_hand and any(
            f" {row.english.lower()} " in f" {other.english.lower()} " and other is not row
            for other in by_rendering[row.chinese]
        )

    return [row for row in rows if not is_part(row)]


def cut_short(rows: Iterable[TermRow], sentences: Path) -> set[TermRow]:
    """Rows whose rendering goes on, in most of the sentences that have both sides, with one and the same character."""
    around: defaultdict[TermRow, Counter[str]] = defaultdict(Counter)
    by_word: defaultdict[str, list[TermRow]] = defaultdict(list)
    for row in rows:
        by_word[row.english.lower().split()[0]].append(row)
    with lzma.open(sentences, "rt", encoding="utf-8") as lines:
        for pair in map(json.loads, lines):
            english, chinese = pair["en"].lower(), pair["zh"]
            for word in {*re.findall(r"[\w'-]+", english)}:
                for row in by_word.get(word, ()):
                    at = chinese.find(row.chinese) if row.english.lower() in english else -1
                    if at >= 0:
                        end = at + len(row.chinese)
                        around[row].update(("seen", f"<{chinese[at - 1 : at]}", f">{chinese[end : end + 1]}"))
    return {row for row in rows if not row.by_hand and _goes_on(around[row])}


def _goes_on(around: Counter[str]) -> bool:
    seen = around.pop("seen", 0)
    letters = {place: count for place, count in around.items() if RENDERING.fullmatch(place[1:] * 2)}
    return any(count > MOST_OFTEN * seen and place[1:] not in "的和在与了" for place, count in letters.items())


def main() -> None:
    parser = stage_parser(__doc__)
    add_corpus(parser)
    parser.add_argument("--output", type=Path, default=_OUTPUT)
    options = parser.parse_args()
    mined = list(_read(options.corpus / "glossary.tsv"))
    likely = [row for row in mined if plausible(row)]
    whole = set(without_parts(mined)) & set(likely)
    kept = sorted(whole - cut_short(whole, options.corpus / "sentences.train.jsonl.xz"), key=_order)
    by_hand = Glossary(read_terms(VARIANTS.read_text(encoding="utf-8")))
    mined_terms = Glossary(Term(row.english, row.chinese) for row in kept)
    lines = [
        f"{row.english}\t{row.chinese}\n"
        for row in kept
        if not by_hand.variants(row.english) and mined_terms.variants(row.english)[0] == row.chinese
    ]
    options.output.write_text(_HEAD + "".join(lines), encoding="utf-8")
    print(f"{len(lines)} terms of {len(mined)} in {options.output}")


def _order(row: TermRow) -> tuple[str, bool, float]:
    return row.english.casefold(), not row.by_hand, -row.score


if __name__ == "__main__":
    main()
