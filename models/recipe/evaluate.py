"""Measure a checkpoint or a bundle on dev, through the product itself, and print the tables of the model card.

    python -m models.recipe.evaluate --corpus DIR --checkpoint CHECKPOINT --tokenizers DIR [--salience FILE]
    python -m models.recipe.evaluate --corpus DIR --bundle models/shipped/NAME

Two sets, each paper glossed as a reader's is, terms, second tries, checks and withheld takeaways included: the corpus's
dev papers that have a translation, a summary of 2-4 sentences or takeaways (--papers N: a fixed sample of them; --all:
those with structured fields alone too), and the papers of all fields written for this project (models/data).
--json FILE writes the figures, --samples FILE twenty papers for a person to judge.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from arxiv_gloss.engine.bundle import open_bundle
from arxiv_gloss.engine.protocol import Engine
from arxiv_gloss.errors import GlossError
from arxiv_gloss.events import Part
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.services.gloss.result import GlossResult, collect
from arxiv_gloss.storage.glossary import shipped_lexicon
from arxiv_gloss.storage.row_cache import RowCache
from arxiv_gloss.text.numbers.ledger import account
from arxiv_gloss.text.slots import Surface
from models.network.batches import NEAR
from models.network.ids import STRUCTURED

from . import measures
from .corpus import archive_of, read_rows
from .workfolder import DATA, add_corpus, stage_parser

PARTS: tuple[Part, ...] = ("title", "translation", "summary", "takeaways", "gist")
POOLED = 30
"""Archives with fewer papers are pooled."""
SAMPLES = 20
SAMPLES_HEAD = """# Samples

Twenty papers of dev, drawn by a fixed seed, as the bundle beside this file glosses them. Titles and abstracts are arXiv
metadata (CC0); the references come from the sources that CARD.md names, under the licences that it names, and were
themselves written by large language models."""


@dataclass
class _Kept:
    """How much of something came through."""

    total: int = 0
    kept: int = 0

    def add(self, kept: bool) -> None:
        self.total += 1
        self.kept += kept

    @property
    def share(self) -> float:
        return self.kept / self.total if self.total else 1.0


@dataclass
class Results:
    """Outputs with their references, by what is measured."""

    translations: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    """By archive."""
    pairs: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    """title, summary, takeaways, tldr, motivation …: (output, reference)"""
    kept: dict[str, _Kept] = field(default_factory=lambda: defaultdict(_Kept))
    """numbers, names, formulas of translated sentences; faulty texts"""
    lengths: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Shares of a translation's characters: `before` it, of a `takeaway`"""
    samples: list[dict[str, Any]] = field(default_factory=list)


def joined_parts(texts: Sequence[str]) -> str:
    """Condensed sentences as one text."""
    return "".join(f"{text.strip().rstrip('。；;')}。" for text in texts if text.strip())


def outputs_of(gloss: GlossResult) -> dict[str, str]:
    """Everything that a reader is shown, by what it is compared with."""
    takeaways = [one for one in gloss.takeaways or [] if not one.withheld]
    outputs = {label: joined_parts([one.text for one in takeaways if one.label == label]) for label in STRUCTURED}
    outputs["takeaways"] = joined_parts([one.text for one in takeaways])
    outputs["summary"] = joined_parts([one.text for one in gloss.summary.sentences]) if gloss.summary else ""
    outputs["tldr"] = gloss.gist.text if gloss.gist else ""
    outputs["title"] = gloss.title.text if gloss.title else ""
    return outputs


def references(paper: dict[str, Any]) -> dict[str, str]:
    """What the outputs are compared with; a one-line summary is a tldr."""
    texts = dict(paper.get("structured") or {})
    texts["tldr"] = paper.get("tldr") or ""
    texts["takeaways"] = joined_parts(
        [one["text"] if isinstance(one, dict) else one for one in paper.get("takeaways") or []]
    )
    texts["title"] = paper.get("title_zh") or ""
    if paper.get("summary"):
        texts["tldr" if paper.get("summary_kind") == "tldr" else "summary"] = paper["summary"]
    return {name: text for name, text in texts.items() if text}


def account_for(kept: dict[str, _Kept], source: str, text: str, surfaces: Sequence[Surface]) -> None:
    """Numbers, formulas and acronyms of a source sentence that its translation has."""
    for surface in surfaces:
        if surface.kind in ("formula", "url", "code"):
            kept["formulas"].add((surface.rendering or surface.text) in text)
        elif surface.kind == "name" and measures.is_acronym(surface.text):
            kept["names"].add(surface.text.removesuffix("'s") in text)
    for entry in account(source, text).entries:
        if entry.kind == "number" and entry.state in ("matched", "missing", "count", "unit_changed"):
            kept["numbers"].add(entry.state == "matched")


def measure_lengths(gloss: GlossResult, outputs: dict[str, str], results: Results) -> None:
    """How much stands before the translation, and how long a takeaway is beside its sentence's translation."""
    translation = "".join(one.text for one in gloss.segments)
    if not gloss.takeaways or not translation:
        return
    results.lengths["before"].append(len(outputs["summary"] + outputs["takeaways"]) / len(translation))
    for one in gloss.takeaways:
        if not one.withheld and len(one.evidence) == 1:
            results.lengths["takeaway"].append(len(one.text) / max(1, len(gloss.segments[one.evidence[0]].text)))


def judge(paper: dict[str, Any], glosser: Glosser, results: Results) -> None:
    """Gloss one paper and file its outputs."""
    categories = paper.get("categories") or ()
    categories = categories.replace(",", " ").split() if isinstance(categories, str) else categories
    query = GlossQuery(paper["id"], paper.get("title") or "", paper["abstract"], "zh", PARTS, tuple(categories))
    prepared = glosser.prepare(query)
    gloss = collect(glosser.events(prepared))
    outputs = outputs_of(gloss)
    for text in (outputs["title"], *(one.text for one in gloss.segments), *(o.text for o in gloss.takeaways or ())):
        results.kept["faulty"].add(not text or measures.loops(text))
    for name, reference in references(paper).items():
        results.pairs[name].append((outputs[name], reference))
    measure_lengths(gloss, outputs, results)
    if paper.get("translation"):
        outputs["translation"] = "".join(one.text for one in gloss.segments)
        results.translations[archive_of(paper)].append((outputs["translation"], paper["translation"]))
        for k, one in enumerate(gloss.segments):
            account_for(results.kept, one.source, one.text, prepared.surfaces_in(prepared.source.segments[k]))
    results.samples.append({"id": paper["id"], "paper": paper, "outputs": outputs})


SampleRow = tuple[str, float, float, float, int]
"""What, value, must, aim, on how many."""


def translation_lines(
    name: str, pairs: measures.Pairs, bleu: tuple[float, float], chrf: tuple[float, float]
) -> list[SampleRow]:
    if not pairs:
        return []
    return [
        (f"{name}, BLEU (zh)", measures.bleu(pairs), *bleu, len(pairs)),
        (f"{name}, chrF", measures.chrf(pairs), *chrf, len(pairs)),
    ]


def condensed_lines(results: Results, wanted: Sequence[tuple[str, Sequence[str], float, float]]) -> list[SampleRow]:
    """ROUGE-L of condensed texts; each of `wanted` is (what, names of its pairs, must, aim)."""
    lines = []
    for what, names, must, aim in wanted:
        if pairs := [pair for name in names for pair in results.pairs[name]]:
            lines.append((f"{what}, ROUGE-L", measures.mean_rouge_l(pairs), must, aim, len(pairs)))
    return lines


def kept_lines(results: Results) -> list[SampleRow]:
    kept = results.kept
    lines = [
        (title, 100 * kept[name].share, must, aim, kept[name].total)
        for name, title, must, aim in (
            ("numbers", "numbers found, %", 99, 99.5),
            ("names", "acronyms and Latin names kept, %", 99, 99.5),
            ("formulas", "formulas, codes and addresses copied, %", 100, 100),
        )
    ]
    faulty = kept["faulty"]
    share = 100 * faulty.kept / max(1, faulty.total)
    return [*lines, ("empty or looping texts, %", share, 0.2, 0, faulty.total)]


def table(results: Results) -> list[SampleRow]:
    """The corpus's dev papers, in the order of the model card."""
    translations = [pair for pairs in results.translations.values() for pair in pairs]
    lines = translation_lines("translation", translations, (69.5, 71), (64, 66))
    lines += translation_lines("title", results.pairs["title"], (68.5, 72), (64, 68))[:1]
    wanted = [("summary", ["summary"], 0.40, 0.46), ("labelled takeaways", STRUCTURED, 0.50, 0.58)]
    return [*lines, *condensed_lines(results, wanted), *kept_lines(results)]


def fields_table(results: Results) -> list[SampleRow]:
    """The papers of all fields: those outside computer science and its neighbours, and what was condensed."""
    outside = [pair for name, pairs in results.translations.items() if name not in NEAR for pair in pairs]
    lines = translation_lines("translation outside cs, eess, stat", outside, (60, 66), (55, 61))
    lines += translation_lines("title, all fields", results.pairs["title"], (70, 76), (62, 68))[:1]
    wanted = [("summary", ["summary"], 0.38, 0.44), ("takeaways", ["takeaways"], 0.42, 0.50)]
    lines += condensed_lines(results, wanted)
    for name, title, must, aim in (
        ("before", "characters before the translation : translation", 0.55, 0.45),
        ("takeaway", "takeaway : its sentence's translation", 0.65, 0.55),
    ):
        if values := results.lengths[name]:
            lines.append((title, sum(values) / len(values), must, aim, len(values)))
    return [*lines, *kept_lines(results)]


def archive_lines(results: Results) -> list[str]:
    """BLEU of translations by archive with a 95 % interval; small archives pooled."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for archive, pairs in results.translations.items():
        groups[archive if len(pairs) >= POOLED else "others"] += pairs
    lines = ["| archive | BLEU | 95 % | papers |", "|---|---|---|---|"]
    for archive, pairs in sorted(groups.items(), key=lambda item: -len(item[1])):
        low, high = measures.interval(measures.bleu, pairs)
        lines.append(f"| {archive} | {measures.bleu(pairs):.1f} | {low:.1f}-{high:.1f} | {len(pairs)} |")
    return lines


def field_lines(results: Results) -> list[str]:
    """ROUGE-L of each kind of condensed text."""
    names = [name for name in (*STRUCTURED, "tldr", "summary", "takeaways") if results.pairs[name]]
    lines = ["| text | ROUGE-L | papers |", "|---|---|---|"]
    return lines + [f"| {n} | {measures.mean_rouge_l(results.pairs[n]):.3f} | {len(results.pairs[n])} |" for n in names]


def table_lines(lines: Sequence[SampleRow]) -> list[str]:
    """A table in Markdown; shares of one have three decimals."""
    rows = ["| | measured | must | aim | on |", "|---|---|---|---|---|"]
    return rows + [
        f"| {n} | {v:.{3 if m <= 1 and '%' not in n else 1}f} | {m:g} | {a:g} | {c} |" for n, v, m, a, c in lines
    ]


def markdown_tables(dev: Results, fields: Results) -> str:
    parts = [
        ["**The corpus's dev papers**", "", *table_lines(table(dev))],
        ["**Papers of all fields, translated for this project**", "", *table_lines(fields_table(fields))],
        field_lines(dev),
        archive_lines(dev) if dev.translations else [],
        archive_lines(fields) if fields.translations else [],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def samples_text(*results: Results, seed: int = 20) -> str:
    """Twenty papers of the results together, drawn by a fixed seed: source, reference, output."""
    rng, each = random.Random(seed), SAMPLES // len(results)
    chosen = [one for some in results for one in rng.sample(some.samples, min(each, len(some.samples)))]
    parts = [SAMPLES_HEAD]
    for sample in chosen:
        paper = sample["paper"]
        parts.append(f"## {sample['id']} {paper.get('title') or ''}\n\n{paper['abstract']}")
        given = {**references(paper), "translation": paper.get("translation") or ""}
        for name, output in sample["outputs"].items():
            parts.append(f"**{name}**\n- reference: {given.get(name, '')}\n- output: {output}")
    return "\n\n".join(parts) + "\n"


def choose_papers(papers: list[dict[str, Any]], every: bool, limit: int | None, seed: int = 4) -> list[dict[str, Any]]:
    """Papers whose references measure more than the structured fields, or all; a fixed sample of `limit`."""
    chosen = [
        p
        for p in papers
        if every or p.get("translation") or p.get("takeaways") or (p.get("summary") and p["summary_kind"] == "summary")
    ]
    return chosen if limit is None else random.Random(seed).sample(chosen, min(limit, len(chosen)))


def _load(args: argparse.Namespace) -> Engine:
    if args.bundle:
        from arxiv_gloss.engine.glosser.engine import Seq2Seq

        return Seq2Seq(open_bundle(args.bundle), args.threads)
    import torch

    from models.network.torch_engine import TorchEngine

    torch.set_num_threads(args.threads)
    return TorchEngine(args.checkpoint, args.tokenizers, args.salience)


def gloss_all(papers: Sequence[dict[str, Any]], glosser: Glosser) -> Results:
    results = Results()
    for number, paper in enumerate(papers, 1):
        try:
            judge(paper, glosser, results)
        except GlossError as error:
            print(f"{paper['id']}: {error.message}", flush=True)
        if number % 25 == 0:
            print(f"{number} of {len(papers)} papers", flush=True)
    return results


def main() -> None:
    parser = stage_parser(__doc__)
    add_corpus(parser)
    model = parser.add_mutually_exclusive_group(required=True)
    model.add_argument("--bundle", type=Path)
    model.add_argument("--checkpoint", type=Path)
    parser.add_argument("--tokenizers", type=Path, help="folder of tokenizer.json and target.json, for a checkpoint")
    parser.add_argument("--salience", type=Path, help="salience.safetensors; without it rows are abstractive")
    parser.add_argument("--papers", type=int, help="a sample of so many papers")
    parser.add_argument("--all", action="store_true", help="also papers that have only structured fields or a tldr")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path, help="where to write the tables, for card.py")
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    glosser = Glosser(_load(args), RowCache(None), lexicon=shipped_lexicon)
    dev = gloss_all(choose_papers(read_rows(args.corpus / "dev.jsonl.xz"), args.all, args.papers), glosser)
    fields = gloss_all(read_rows(DATA / "papers.dev.jsonl.xz"), glosser)
    tables = markdown_tables(dev, fields)
    print(tables)
    if args.json:
        lines = {"dev": table(dev), "fields": fields_table(fields)}
        figures = {k: {one[0]: {"value": one[1], "count": one[4]} for one in some} for k, some in lines.items()}
        args.json.write_text(json.dumps(figures, indent=2) + "\n")
    if args.markdown:
        args.markdown.write_text(tables + "\n", encoding="utf-8")
    if args.samples:
        args.samples.write_text(samples_text(dev, fields))


if __name__ == "__main__":
    main()
