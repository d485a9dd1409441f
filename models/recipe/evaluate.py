"""Measure a checkpoint or a bundle on dev and print the table of the model card.

    python -m models.recipe.evaluate --corpus DIR --checkpoint CHECKPOINT --tokenizers DIR [--salience FILE]
    python -m models.recipe.evaluate --corpus DIR --bundle models/shipped/NAME

Whole abstracts, surfaces put back, every paper of dev that has a translation, a summary of 2-4 sentences or takeaways
(--papers N: a fixed sample of them; --all: those with structured fields alone too). Segments, slots, the choice of
sentences and the second try at a sentence that lost something are the server's; numbers and formulas are counted before
that. --json FILE writes the figures, --samples FILE twenty papers for a person to judge.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from arxiv_gloss.engine.bundle import open_bundle
from arxiv_gloss.engine.protocol import Encoding, Engine, Row, RowRequest, Source
from arxiv_gloss.errors import GlossError
from arxiv_gloss.services.gloss import selection
from arxiv_gloss.services.gloss.rendering import Rendered, render_translation
from arxiv_gloss.text.numbers.ledger import account
from arxiv_gloss.text.segments import split
from arxiv_gloss.text.slots import Marked, mark, owed, render, slots_in, unmark

from . import measures
from .corpus import read_rows
from .ids import STRUCTURED
from .workfolder import add_corpus, stage_parser

POOLED = 30
"""Archives with fewer papers are pooled."""
SAMPLES = 20
SAMPLES_HEAD = """# Samples

Twenty papers of dev, drawn by a fixed seed, as the bundle beside this file glosses them. Titles and abstracts are arXiv
metadata (CC0); the references come from the sources that CARD.md names, under the licences that it names, and were
themselves written by large language models."""


@dataclass
class Kept:
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
    kept: dict[str, Kept] = field(default_factory=lambda: defaultdict(Kept))
    """numbers, names, formulas of translated sentences; faulty rows"""
    samples: list[dict[str, Any]] = field(default_factory=list)


def requests_for(paper: dict[str, Any], encoding: Encoding, marked: Marked) -> list[RowRequest]:
    """The rows that this paper's references can judge, asked for as the server asks."""
    requests: list[RowRequest] = []
    if paper.get("translation"):
        requests = [RowRequest("translate", k, owed(one, marked.surfaces)) for k, one in enumerate(marked.segments)]
    if paper.get("title_zh"):
        requests.append(RowRequest("title", required_slots=owed(marked.title, marked.surfaces)))
    if not encoding.salience:
        whole = {"summary": "summary", "tldr": "tldr", "takeaways": "takeaways", "structured": None}
        for name, task in whole.items():
            if paper.get(name):
                requests += [RowRequest(t) for t in ([task] if task else STRUCTURED)]
        return requests
    wanted = {pick.segment for pick in selection.takeaways(encoding.salience)}
    wanted |= {*selection.summary(encoding.salience), selection.gist(encoding.salience)}
    return requests + [RowRequest("gist", k) for k in sorted(wanted)]


def joined(texts: Sequence[str]) -> str:
    """CondensationSection sentences as one text."""
    return "".join(f"{text.strip().rstrip('。；;')}。" for text in texts if text.strip())


def condensed(salience: selection.Salience, gists: dict[int, str]) -> Iterator[tuple[str, str]]:
    """(what it is, text) of everything that is made of gists."""
    picks = selection.takeaways(salience)
    for label in STRUCTURED:
        yield label, joined([gists[pick.segment] for pick in picks if pick.label == label])
    yield "takeaways", joined([gists[pick.segment] for pick in picks])
    yield "summary", joined([gists[k] for k in selection.summary(salience)])
    yield "tldr", joined([gists[selection.gist(salience)]])


def references(paper: dict[str, Any]) -> dict[str, str]:
    """What the outputs are compared with; a one-line summary is a tldr."""
    texts = dict(paper.get("structured") or {})
    texts["tldr"] = paper.get("tldr") or ""
    texts["takeaways"] = "".join(paper.get("takeaways") or [])
    texts["title"] = paper.get("title_zh") or ""
    if paper.get("summary"):
        texts["tldr" if paper.get("summary_kind") == "tldr" else "summary"] = paper["summary"]
    return {name: text for name, text in texts.items() if text}


def account_for(kept: dict[str, Kept], marked: Marked, segment: int, first: Row, served: Row) -> None:
    """Numbers and formulas of a source sentence that its translation has before any repair; acronyms, after it."""
    source = marked.segments[segment]
    said, text = set(slots_in(first.text)), render(served.text, marked.surfaces)
    for slot in dict.fromkeys(slots_in(source)):
        surface = marked.surfaces[slot]
        if surface.kind in ("formula", "url"):
            kept["formulas"].add(slot in said)
        elif surface.kind == "name" and measures.is_acronym(surface.text):
            kept["names"].add(surface.text.removesuffix("'s") in text)
    entries = account(unmark(source, marked.surfaces), render(first.text, marked.surfaces)).entries
    for entry in entries:
        if entry.kind == "number" and entry.state in ("matched", "missing", "count", "unit_changed"):
            kept["numbers"].add(entry.state == "matched")


def as_served(
    engine: Engine, encoding: Encoding, marked: Marked, requests: list[RowRequest], rows: dict[int, Row]
) -> None:
    """Decode titles and translations that lost something once more, as the server does; take what it would take."""
    shown: dict[int, Rendered] = {}
    for k, request in enumerate(requests):
        if request.task in ("title", "translate"):
            shown[k] = _worded(marked, request, rows[k])
    again = [k for k, one in shown.items() if not one.lost <= requests[k].required_slots]
    asked = [replace(requests[k], required_slots=requests[k].required_slots | shown[k].lost) for k in again]
    for request, row in engine.decode(encoding, asked) if asked else ():
        n = asked.index(request)
        if _worded(marked, request, row).better_than(shown[again[n]]):
            rows[again[n]] = row


def _worded(marked: Marked, request: RowRequest, row: Row) -> Rendered:
    source = marked.title if request.segment is None else marked.segments[request.segment]
    surfaces = marked.surfaces
    return render_translation(row, unmark(source, surfaces), source, surfaces, is_title=request.segment is None)


def judge(paper: dict[str, Any], engine: Engine, results: Results) -> None:
    """Gloss one paper and file its outputs."""
    marked = mark(paper.get("title") or "", [segment.text for segment in split(paper["abstract"])], tongue="zh")
    encoding = engine.encode(Source(marked.title, marked.segments))
    requests = requests_for(paper, encoding, marked)
    found = dict(engine.decode(encoding, requests))
    rows = {k: found[request] for k, request in enumerate(requests)}
    first = dict(rows)
    as_served(engine, encoding, marked, requests, rows)
    texts = {k: render(row.text, marked.surfaces) for k, row in rows.items()}
    for k, row in rows.items():
        results.kept["faulty"].add(not row.complete or not texts[k] or measures.loops(texts[k]))
    outputs = {request.task: texts[k] for k, request in enumerate(requests) if request.segment is None}
    if encoding.salience:
        gists = {r.segment: texts[k] for k, r in enumerate(requests) if r.task == "gist" and r.segment is not None}
        outputs |= dict(condensed(encoding.salience, gists))
    for name, reference in references(paper).items():
        if name in outputs:
            results.pairs[name].append((outputs[name], reference))
    translated = [k for k, request in enumerate(requests) if request.task == "translate"]
    if translated:
        archive = ((paper.get("categories") or ["?"])[0]).split(".")[0]
        text = "".join(texts[k] for k in translated)
        results.translations[archive].append((text, paper["translation"]))
        for segment, k in enumerate(translated):
            account_for(results.kept, marked, segment, first[k], rows[k])
        outputs["translation"] = text
    results.samples.append({"id": paper["id"], "paper": paper, "outputs": outputs})


def table(results: Results) -> list[tuple[str, float, float, float, int]]:
    """(what, value, must, aim, on how many) in the order of the model card."""
    translations = [pair for pairs in results.translations.values() for pair in pairs]
    pairs, kept = results.pairs, results.kept
    lines: list[tuple[str, float, float, float, int]] = []
    if translations:
        lines.append(("translation, BLEU (zh)", measures.bleu(translations), 66, 70, len(translations)))
        lines.append(("translation, chrF", measures.chrf(translations), 62, 66, len(translations)))
    if pairs["title"]:
        lines.append(("title, BLEU (zh)", measures.bleu(pairs["title"]), 68, 72, len(pairs["title"])))
    labelled = [pair for label in STRUCTURED for pair in pairs[label]]
    wanted = [("summary", pairs["summary"], 0.46, 0.52), ("labelled takeaways", labelled, 0.50, 0.58)]
    wanted.append(("takeaways", pairs["takeaways"], 0.42, 0.50))
    for name, some, must, aim in wanted:
        if some:
            lines.append((f"{name}, ROUGE-L", measures.mean_rouge_l(some), must, aim, len(some)))
    for name, title, must, aim in (
        ("numbers", "numbers found, %", 98, 99.5),
        ("names", "acronyms and Latin names kept, %", 97, 99),
        ("formulas", "formulas and URLs copied, %", 99.5, 100),
    ):
        lines.append((title, 100 * kept[name].share, must, aim, kept[name].total))
    faulty = kept["faulty"]
    lines.append(("empty, looping or cut-off rows, %", 100 * faulty.kept / max(1, faulty.total), 0.2, 0, faulty.total))
    return lines


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


def markdown(results: Results) -> str:
    lines = ["| | measured | must | aim | on |", "|---|---|---|---|---|"]
    for name, value, must, aim, count in table(results):
        lines.append(f"| {name} | {value:.{3 if 'ROUGE' in name else 1}f} | {must:g} | {aim:g} | {count} |")
    return "\n".join([*lines, "", *field_lines(results), "", *(archive_lines(results) if results.translations else [])])


def samples_text(results: Results, seed: int = 20) -> str:
    """Twenty papers drawn by a fixed seed: source, reference, output."""
    chosen = random.Random(seed).sample(results.samples, min(SAMPLES, len(results.samples)))
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


def load(args: argparse.Namespace) -> Engine:
    if args.bundle:
        from arxiv_gloss.engine.glosser.engine import Seq2Seq

        return Seq2Seq(open_bundle(args.bundle), args.threads)
    import torch

    from .torch_engine import TorchEngine

    torch.set_num_threads(args.threads)
    return TorchEngine(args.checkpoint, args.tokenizers, args.salience)


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
    engine, results = load(args), Results()
    papers = choose_papers(read_rows(args.corpus / "dev.jsonl.xz"), args.all, args.papers)
    for number, paper in enumerate(papers, 1):
        try:
            judge(paper, engine, results)
        except GlossError as error:
            print(f"{paper['id']}: {error.message}", flush=True)
        if number % 25 == 0:
            print(f"{number} of {len(papers)} papers", flush=True)
    print(markdown(results))
    if args.json:
        figures = {name: {"value": value, "count": count} for name, value, _, _, count in table(results)}
        args.json.write_text(json.dumps(figures, indent=2) + "\n")
    if args.markdown:
        args.markdown.write_text(markdown(results) + "\n", encoding="utf-8")
    if args.samples:
        args.samples.write_text(samples_text(results))


if __name__ == "__main__":
    main()
