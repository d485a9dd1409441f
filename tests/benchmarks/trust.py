"""How much the checks catch, and how often they cry wolf.

    python -m tests.benchmarks.trust --sentences sentences.dev.jsonl.xz --documents dev.jsonl.xz [--lexicon FILE]

`--sentences` holds rows {id, en, zh}: sentence pairs of good translations, those of one paper in order.
`--documents` holds rows {abstract, takeaways | structured}. `--lexicon` tries another lexicon than the shipped one.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from arxiv_gloss.storage.glossary import shipped_lexicon
from arxiv_gloss.text.numbers.ledger import account
from arxiv_gloss.text.segments import normalise, split
from arxiv_gloss.text.terms.evidence import THRESHOLD, from_words
from arxiv_gloss.text.terms.lexicon import Lexicon, read_lexicon

from .mutations import WITHIN_A_SENTENCE

Tally = Counter[str]
_TRIES = 2
"""Mutations of each kind a sentence."""
MISPLACED_BY = 0.12
"""How much better another segment must explain a translation than its own for it to be out of place."""
_OTHER_PAPER = 37
"""How many rows away the other paper of a swapped takeaway is."""


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def flags_of(source: str, target: str) -> Counter[str]:
    return Counter(str(flag) for flag in account(source, target).flags())


def sentence_level(papers: list[list[tuple[str, str]]], made: Tally, caught: Tally, alarms: Tally) -> None:
    """False alarms on single sentences, and mutations of them."""
    for number, (source, target) in enumerate(pair for paper in papers for pair in paper):
        before = flags_of(source, target)
        alarms["sentences"] += 1
        alarms["flagged"] += bool(before)
        alarms.update({f"  {code}" for code, _ in account(source, target).flags()})
        for mutation in WITHIN_A_SENTENCE:
            for attempt in range(_TRIES):
                chance = random.Random(f"{number} {mutation.__name__} {attempt}")
                spoiled = mutation(source, target, chance)
                if spoiled is not None and spoiled != target:
                    made[mutation.__name__] += 1
                    caught[mutation.__name__] += bool(flags_of(source, spoiled) - before)


def belongs_to(target: str, own: int, segments: Sequence[str], lexicon: Lexicon) -> int:
    """The index of the segment that a translation is of: `own`, unless another one explains it much better."""
    shares = [from_words(target, [segment], lexicon).score for segment in segments]
    best = max(range(len(segments)), key=shares.__getitem__)
    return best if shares[best] - shares[own] > MISPLACED_BY else own


def paper_level(
    papers: list[list[tuple[str, str]]], lexicon: Lexicon, made: Tally, caught: Tally, alarms: Tally
) -> None:
    """Translations that stand at the wrong sentence of their paper."""
    for number, paper in enumerate(papers):
        if len(paper) < 3:
            continue
        sources = [source for source, _ in paper]
        alarms["placed"] += len(paper)
        alarms["  misplaced"] += sum(
            belongs_to(target, own, sources, lexicon) != own for own, (_, target) in enumerate(paper)
        )
        one, two = random.Random(number).sample(range(len(paper)), 2)
        made["sentences_swapped"] += 1
        caught["sentences_swapped"] += any(
            belongs_to(paper[other][1], own, sources, lexicon) != own
            or bool(flags_of(sources[own], paper[other][1]) - flags_of(*paper[own]))
            for own, other in ((one, two), (two, one))
        )


def takeaway_level(
    documents: list[dict[str, Any]], lexicon: Lexicon, made: Tally, caught: Tally, alarms: Tally
) -> None:
    """Takeaways of another paper must be held back, those of the paper shown."""
    segments = [[segment.text for segment in split(row["abstract"])] for row in documents]
    for number, row in enumerate(documents):
        other = segments[(number + _OTHER_PAPER) % len(segments)]
        for takeaway in row.get("takeaways") or list((row.get("structured") or {}).values()):
            alarms["takeaways"] += 1
            alarms["  withheld"] += from_words(takeaway, segments[number], lexicon).score < THRESHOLD
            made["takeaway_of_another_paper"] += 1
            caught["takeaway_of_another_paper"] += from_words(takeaway, other, lexicon).score < THRESHOLD


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    for name in ("sentences", "documents", "lexicon"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--limit", type=int, default=400, help="papers whose takeaways are tried")
    options = parser.parse_args()

    lexicon = read_lexicon(options.lexicon.read_text("utf-8")) if options.lexicon else shipped_lexicon()
    made, caught, alarms = Counter[str](), Counter[str](), Counter[str]()
    if options.sentences:
        by_paper: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in rows(options.sentences):
            by_paper[row["id"]].append((normalise(row["en"]), row["zh"]))
        papers = list(by_paper.values())
        sentence_level(papers, made, caught, alarms)
        paper_level(papers, lexicon, made, caught, alarms)
    if options.documents:
        documents = list(islice(rows(options.documents), options.limit))
        takeaway_level(documents, lexicon, made, caught, alarms)

    total = "sentences"
    for name, count in alarms.items():
        total = name if not name.startswith((" ", "flagged")) else total
        print(f"{name:28} {count:6} {100 * count / alarms[total]:7.2f} %")
    print()
    for name in [*made, "all"]:
        these, those = (caught[name], made[name]) if name != "all" else (caught.total(), made.total())
        print(f"{name:28} {these:6} of {those:6} {100 * these / max(1, those):7.2f} %")


if __name__ == "__main__":
    main()
