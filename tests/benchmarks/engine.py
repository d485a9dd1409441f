"""The engine side by side with what people would use instead, on the same weights, in one run. Ratios first.

    python -m tests.benchmarks.engine --checkpoint CHECKPOINT --bundle FOLDER --dev dev.jsonl.xz [--beam 1]

Needs the extra [bench]. A panel is the title, every sentence, and a gist of each of four sentences. CTranslate2 plays
with its best hand: int8, each sentence a source of its own (it has no slices), all rows of a paper in one batch, an
output head of our size; PyTorch gets the same rows through transformers' `generate` in fp32.
"""

from __future__ import annotations

import argparse
import json
import lzma
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import ctranslate2
import msgspec
import numpy as np
import torch
from ctranslate2.converters import Converter
from ctranslate2.converters.transformers import BartLoader
from transformers import BartForConditionalGeneration

from arxiv_gloss.engine.bundle import Bundle, Ids, open_bundle
from arxiv_gloss.engine.glosser.engine import Seq2Seq
from arxiv_gloss.engine.protocol import RowRequest, Source
from arxiv_gloss.engine.tokenizer import Tokenizer
from arxiv_gloss.text.segments import split
from arxiv_gloss.text.slots import mark
from models.network.checkpoint import load_model
from models.recipe.export import to_bart

GISTS = 4
LONGEST = 200


@dataclass(frozen=True)
class Panel:
    """One paper's work: our source and requests, and the same rows as separate sources."""

    source: Source
    requests: list[RowRequest]
    sources: list[list[int]]
    tasks: list[int]


def panels(dev: Path, tokenizer: Tokenizer, count: int) -> list[Panel]:
    with lzma.open(dev, "rt", encoding="utf-8") as lines:
        papers = [json.loads(line) for line in lines]
    return list(islice((panel(paper, tokenizer) for paper in papers if paper["translation"]), count))


def panel(paper: dict[str, str], tokenizer: Tokenizer) -> Panel:
    ids = tokenizer.ids
    marked = mark(paper["title"], [segment.text for segment in split(paper["abstract"])])
    every = range(len(marked.segments))
    requests = [RowRequest("title"), *(RowRequest("translate", k) for k in every)]
    requests += [RowRequest("gist", k) for k in list(every)[:GISTS]]
    segments = [[ids.segment, *tokenizer.encode(text)] for text in marked.segments]
    title = [ids.title, *tokenizer.encode(marked.title)]
    sources = [title if request.segment is None else segments[request.segment] for request in requests]
    tasks = [ids.task(request.task) for request in requests]
    return Panel(Source(marked.title, marked.segments), requests, sources, tasks)


class Ours:
    def __init__(self, bundle: Bundle, threads: int) -> None:
        self._engine = Seq2Seq(bundle, threads)

    def __call__(self, work: Panel) -> int:
        """Number of target tokens."""
        return sum(len(row.ids) for _, row in self._engine.decode(self._engine.encode(work.source), work.requests))


class SplitVocabulary(Converter):
    """BART to CTranslate2, its decoder cut down to the rows that can be said, like our head."""

    def __init__(self, bart: BartForConditionalGeneration, base: int) -> None:
        self._bart, self._base = bart, base

    def _load(self) -> ctranslate2.specs.TransformerSpec:
        self._bart.config.normalize_before = False  # the loader still asks for what transformers has dropped
        spec = BartLoader().get_model_spec(self._bart)
        embedding = self._bart.model.shared.weight.detach()[self._base :].clone()
        spec.decoder.embeddings.weight = embedding
        spec.decoder.projection.weight = embedding
        spec.decoder.projection.bias = self._bart.final_logits_bias[0, self._base :].clone()
        spec.register_source_vocabulary(names(range(self._base + len(embedding))))
        spec.register_target_vocabulary(names(range(self._base, self._base + len(embedding))))
        spec.config.bos_token = spec.config.decoder_start_token = str(self._bart.config.decoder_start_token_id)
        spec.config.eos_token = str(self._bart.config.eos_token_id)
        spec.config.unk_token = "0"
        return spec


def names(ids: Iterable[int]) -> list[str]:
    return [str(token) for token in ids]


class CTranslate2:
    def __init__(self, folder: Path, workers: int, threads: int, beam: int) -> None:
        self._translator = ctranslate2.Translator(
            str(folder), device="cpu", inter_threads=workers, intra_threads=threads, compute_type="int8"
        )
        self._beam = beam

    def __call__(self, *work: Panel) -> int:
        results = self._translator.translate_batch(
            [names(source) for one in work for source in one.sources],
            target_prefix=[[str(task)] for one in work for task in one.tasks],
            beam_size=self._beam,
            max_decoding_length=LONGEST,
            max_batch_size=0 if len(work) == 1 else 64,
            no_repeat_ngram_size=3,
        )
        return sum(len(result.hypotheses[0]) - 1 for result in results)


class PyTorch:
    def __init__(self, bart: BartForConditionalGeneration, threads: int, beam: int) -> None:
        torch.set_num_threads(threads)
        self._bart, self._beam = bart, beam

    @torch.inference_mode()
    def __call__(self, work: Panel) -> int:
        longest = max(map(len, work.sources))
        ids = np.zeros((len(work.sources), longest), np.int64)
        for row, source in zip(ids, work.sources, strict=True):
            row[: len(source)] = source
        said = self._bart.generate(
            input_ids=torch.from_numpy(ids),
            attention_mask=torch.from_numpy((ids > 0).astype(np.int64)),
            decoder_start_token_id=work.tasks,
            num_beams=self._beam,
            do_sample=False,
            no_repeat_ngram_size=3,
            max_new_tokens=LONGEST,
            eos_token_id=self._bart.config.eos_token_id,
            pad_token_id=0,
        )
        return int((said[:, 1:] > 0).sum())


@dataclass(frozen=True)
class Timing:
    """Medians a panel. CPU seconds are what a busy machine leaves comparable."""

    wall: float
    cpu: float
    tokens: float


def timings(systems: dict[str, Callable[[Panel], int]], work: Sequence[Panel]) -> dict[str, Timing]:
    """All systems in turn on each panel, so that a neighbour disturbs them alike; the first panel warms up."""
    walls: dict[str, list[float]] = {name: [] for name in systems}
    cpus: dict[str, list[float]] = {name: [] for name in systems}
    tokens: dict[str, list[int]] = {name: [] for name in systems}
    for one in work:
        for name, system in systems.items():
            wall, cpu = time.perf_counter(), time.process_time()
            tokens[name].append(system(one))
            walls[name].append(time.perf_counter() - wall)
            cpus[name].append(time.process_time() - cpu)
    median = statistics.median
    return {n: Timing(median(walls[n][1:]), median(cpus[n][1:]), median(tokens[n][1:])) for n in systems}


def corpus_ours(bundle: Bundle, work: Sequence[Panel], workers: int) -> float:
    """Papers a second with `workers` threads over one engine of one thread."""
    engine = Ours(bundle, 1)
    engine(work[0])
    start = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(engine, work))
    return len(work) / (time.perf_counter() - start)


def corpus_ctranslate2(folder: Path, work: Sequence[Panel], workers: int, beam: int) -> float:
    system = CTranslate2(folder, workers, 1, beam)
    system(work[0])
    start = time.perf_counter()
    system(*work)
    return len(work) / (time.perf_counter() - start)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--bundle", type=Path, required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--papers", type=int, default=50)
    parser.add_argument("--corpus", type=int, default=500, help="papers of the corpus run; 0 leaves it out")
    parser.add_argument("--beam", type=int, default=1)
    return parser.parse_args()


def main() -> None:
    args = arguments()
    opened = open_bundle(args.bundle)
    decoding = msgspec.structs.replace(opened.config.decoding, beam=args.beam)
    bundle = Bundle(opened.name, opened.path, msgspec.structs.replace(opened.config, decoding=decoding), opened.digest)
    ids: Ids = bundle.config.ids
    work = panels(args.dev, Tokenizer(bundle.path, ids), max(args.papers, args.corpus))
    bart = to_bart(load_model(args.checkpoint).eval())
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "ct2"
        SplitVocabulary(deepcopy(bart), ids.base).convert(str(folder), quantization="int8")
        systems: dict[str, Callable[[Panel], int]] = {
            "ours": Ours(bundle, 1),
            "CTranslate2 int8": CTranslate2(folder, 1, 1, args.beam),
            "PyTorch fp32": PyTorch(bart, 1, args.beam),
        }
        found = timings(systems, work[: args.papers])
        ours = found["ours"]
        print(f"one panel, 1 thread, beam {args.beam}, medians of {args.papers - 1} papers")
        print(f"{'':18}{'/ ours':>8}{'CPU s':>8}{'wall s':>8}{'tokens':>8}")
        for name, one in found.items():
            print(f"{name:18}{one.cpu / ours.cpu:8.2f}{one.cpu:8.3f}{one.wall:8.3f}{one.tokens:8.0f}", flush=True)
        if args.corpus:
            many = work[: args.corpus]
            here = corpus_ours(bundle, many, 2)
            there = corpus_ctranslate2(folder, many, 2, args.beam)
            print(f"corpus of {len(many)} papers, 2 cores: ours {here:.2f} papers/s, CTranslate2 {there:.2f}", end="")
            print(f", ratio {here / there:.2f}")


if __name__ == "__main__":
    main()
