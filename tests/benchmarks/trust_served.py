"""What readers are told, over papers glossed by the services: numbers and formulas right or flagged, terms, BLEU.

    python -m tests.benchmarks.trust_served --dev dev.jsonl.xz --papers 60 [--cache FILE] [--no-terms]

Rows are decoded once and kept in --cache, so that a change of rules is measured in seconds.
"""

from __future__ import annotations

import argparse
import lzma
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import sacrebleu

from arxiv_gloss.events import Flag
from arxiv_gloss.registry.bundles import load_glosser
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.services.gloss.result import GlossAccumulator
from arxiv_gloss.settings import load
from arxiv_gloss.storage.glossary import Glossaries, shipped
from arxiv_gloss.storage.row_cache import RowCache
from arxiv_gloss.text.numbers.ledger import account
from arxiv_gloss.text.protected import protected
from arxiv_gloss.text.terms.glossary import Glossary


def translated(dev: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(dev, "rt", encoding="utf-8") as lines:
        yield from (row for row in map(msgspec.json.decode, lines) if row["translation"])


def count_numbers(source: str, text: str, flags: Iterable[Flag], tally: Counter[str]) -> None:
    """Every number of the source counts, also where the ledger raises no flag."""
    flagged = any(flag.code in ("number_missing", "number_added", "unit_changed") for flag in flags)
    for entry in account(source, text).entries:
        if entry.kind == "number" and entry.state in ("matched", "missing", "count", "unit_changed"):
            tally["numbers"] += 1
            tally["numbers right"] += entry.state == "matched"
            tally["numbers right or flagged"] += entry.state == "matched" or flagged


def count_formulas(source: str, text: str, flags: Iterable[Flag], tally: Counter[str]) -> None:
    """Here intact means: character by character."""
    flagged = any(flag.code.startswith(("formula", "number", "unit", "url")) for flag in flags)
    for start, end, kind in protected(source):
        tally[f"{kind}s"] += 1
        intact = source[start:end].replace("\\%", "%") in text.replace("\\%", "%")
        tally[f"{kind}s intact"] += intact
        tally[f"{kind}s intact or flagged"] += intact or flagged


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--papers", type=int, default=60)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--no-terms", action="store_true", help="leave terms as they were decoded")
    options = parser.parse_args()
    terms = (lambda: Glossaries(Glossary(), Glossary())) if options.no_terms else shipped
    glosser = Glosser(load_glosser(load()), RowCache(options.cache), glossaries=terms)
    tally, codes = Counter[str](), Counter[str]()
    made: dict[str, list[str]] = {"translation": [], "title": []}
    wanted: dict[str, list[str]] = {"translation": [], "title": []}
    for row in islice(translated(options.dev), options.papers):
        collected = GlossAccumulator()
        query = GlossQuery(row["id"], row["title"], row["abstract"])
        for event in glosser.gloss(query):
            collected.add(event)
        gloss = collected.result()
        assert gloss.title is not None and gloss.summary is not None
        made["translation"].append("".join(segment.text for segment in gloss.segments))
        wanted["translation"].append(row["translation"])
        if row["title_zh"]:
            made["title"].append(gloss.title.text)
            wanted["title"].append(row["title_zh"])
        for one in (gloss.title, *gloss.segments):
            count_numbers(one.source, one.text, one.flags, tally)
            count_formulas(one.source, one.text, one.flags, tally)
        takeaways = gloss.takeaways or []
        tally["segments"] += len(gloss.segments)
        tally["segments flagged"] += sum(bool(segment.flags) for segment in gloss.segments)
        tally["takeaways"] += len(takeaways)
        tally["takeaways withheld"] += sum(one.withheld for one in takeaways)
        for said in (*takeaways, *gloss.summary.sentences):
            tally["condensed"] += 1
            tally["condensed flagged"] += bool(said.flags)
            tally["evidence resolves"] += bool(said.evidence) and all(k < len(gloss.segments) for k in said.evidence)
        everything = (gloss.title, *gloss.segments, *takeaways, *gloss.summary.sentences)
        tally["texts with a slot token"] += sum("⟪" in one.text or "⟫" in one.text for one in everything)
        codes.update(flag.code for one in everything for flag in one.flags)
        assert collected.done is not None
        for name, count in msgspec.to_builtins(collected.done.counts).items():
            tally[f"counts.{name}"] += count
    for name, count in tally.items():
        whole = next((base for base in tally if name.startswith(f"{base} ") and base != name), None)
        share = f"{count / tally[whole]:9.2%} of {whole}" if whole and tally[whole] else ""
        print(f"{name:32}{count:7} {share}")
    for code, count in codes.most_common():
        print(f"  {code:30}{count:7}")
    for part, texts in made.items():
        print(f"BLEU {part:12}{sacrebleu.corpus_bleu(texts, [wanted[part]], tokenize='zh').score:8.2f}")


if __name__ == "__main__":
    main()
