"""Right words or an honest doubt, over papers glossed by the services: terms, BLEU, what is marked, and the time.

    python -m tests.benchmarks.words --papers fields.papers.dev.jsonl|dev.jsonl.xz [--bundle DIR] [--limit N]
        [--judged models/data/judged.tsv]

A term of the base whose rendering stands in a sentence's reference must stand in its translation. With --judged,
sentences of papers that were read count where the text is still the one that was judged.
"""

from __future__ import annotations

import argparse
import lzma
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from arxiv_gloss.engine.bundle import open_bundle
from arxiv_gloss.engine.glosser.engine import load_engine
from arxiv_gloss.errors import GlossError
from arxiv_gloss.events import Flag
from arxiv_gloss.registry.bundles import load_glosser
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.services.gloss.result import GlossResult
from arxiv_gloss.services.gloss.terms import archives_of
from arxiv_gloss.settings import load
from arxiv_gloss.storage.glossary import shipped_lexicon
from arxiv_gloss.storage.row_cache import RowCache
from arxiv_gloss.text.segments import normalise
from arxiv_gloss.text.terms.term_base import shipped_base
from models.recipe import measures
from models.recipe.doubt import Judged, read_judged

DOUBTS = ("unsure", "untranslated")
LONGEST_KNOWN = 1
"""Characters of a rendering that proves nothing."""


@dataclass
class Tally:
    """What is counted of one archive."""

    counts: Counter[str] = field(default_factory=Counter)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    titles: list[tuple[str, str]] = field(default_factory=list)

    def line(self, archive: str) -> str:
        counts, sentences = self.counts, max(1, self.counts["sentences"])
        terms = f"{counts['terms right'] / counts['terms']:.3f}" if counts["terms"] else "-"
        return (
            f"{archive:9} {counts['papers']:4}"
            f"  BLEU {measures.bleu(self.pairs):5.1f}  chrF {measures.chrf(self.pairs):5.1f}"
            f"  titles {measures.bleu(self.titles) if self.titles else 0:5.1f}  terms {terms:>5} of {counts['terms']:4}"
            f"  unsure {counts['unsure'] / sentences:.1%}  untranslated {counts['untranslated'] / sentences:.1%}"
            f"  doubtful papers {counts['doubtful']}"
        )


def papers_of(path: Path) -> Iterator[dict[str, Any]]:
    """Papers that have a reference translation."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        yield from (row for row in map(msgspec.json.decode, lines) if row.get("translation"))


def categories_of(paper: dict[str, Any]) -> tuple[str, ...]:
    named = paper.get("categories") or ()
    return tuple(named.replace(",", " ").split()) if isinstance(named, str) else tuple(named)


def doubt_of(flags: list[Flag]) -> str | None:
    return next((flag.code for flag in flags if flag.code in DOUBTS), None)


def count(gloss: GlossResult, paper: dict[str, Any], tally: Tally) -> None:
    """Terms and BLEU of one paper, and what is marked."""
    archives = archives_of(categories_of(paper))
    references = {normalise(english): chinese for english, chinese in paper.get("sentences") or ()}
    for segment in gloss.segments:
        tally.counts["sentences"] += 1
        tally.counts[doubt_of(segment.flags) or "sure"] += 1
        reference = references.get(segment.source, "")
        for one in shipped_base().find(segment.source, archives):
            if len(one.term.target) > LONGEST_KNOWN and one.term.target in reference:
                tally.counts["terms"] += 1
                tally.counts["terms right"] += one.term.target in segment.text
    tally.counts["papers"] += 1
    tally.counts["doubtful"] += gloss.doubtful
    tally.pairs.append(("".join(segment.text for segment in gloss.segments), paper["translation"]))
    if gloss.title and paper.get("title_zh"):
        tally.titles.append((gloss.title.text, paper["title_zh"]))


def count_judged(gloss: GlossResult, known: dict[tuple[str, str, str], Judged], tally: Counter[str]) -> None:
    texts = [(str(one.index), one.text, one.flags) for one in gloss.segments]
    texts += [("T", gloss.title.text, gloss.title.flags)] if gloss.title else []
    for sentence, text, flags in texts:
        if judged := known.get((gloss.id or "", sentence, text)):
            kind = "wrong" if judged.is_wrong else "right"
            tally[kind] += 1
            tally[f"{kind} marked"] += doubt_of(flags) is not None


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--papers", type=Path, required=True)
    parser.add_argument("--bundle", type=Path, help="instead of the one that is installed")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--judged", type=Path)
    options = parser.parse_args()
    engine = load_engine(open_bundle(options.bundle)) if options.bundle else load_glosser(load())
    glosser = Glosser(engine, RowCache(None), lexicon=shipped_lexicon)
    known = {row.key: row for row in read_judged(options.judged)} if options.judged else {}
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    judged, seconds = Counter[str](), list[float]()
    for paper in islice(papers_of(options.papers), options.limit):
        begun = time.perf_counter()
        try:
            gloss = glosser.collect(
                GlossQuery(paper["id"], paper["title"], paper["abstract"], categories=categories_of(paper))
            )
        except GlossError as problem:
            print(f"{paper['id']}: {problem.message}")
            continue
        seconds.append(time.perf_counter() - begun)
        for name in ((archives_of(categories_of(paper)) or ("?",))[0], "all"):
            count(gloss, paper, tallies[name])
        count_judged(gloss, known, judged)
    for archive, tally in sorted(tallies.items(), key=lambda item: (item[0] == "all", item[0])):
        print(tally.line(archive))
    for kind in ("wrong", "right"):
        if judged[kind]:
            print(f"judged {kind}: {judged[f'{kind} marked'] / judged[kind]:.1%} of {judged[kind]} marked")
    print(f"{sorted(seconds)[len(seconds) // 2]:.2f} s a panel (median of {len(seconds)})")


if __name__ == "__main__":
    main()
