"""What int8 changes: greedy sentences of a bundle against those of its checkpoint in fp32, in the same engine.

    python -m tests.benchmarks.parity --checkpoint CHECKPOINT --bundle FOLDER --dev dev.jsonl.xz [--papers 60]

That the engine in fp32 says what PyTorch says, token for token, is held by tests/models/packing/test_engine_parity.py.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from itertools import islice
from pathlib import Path

import sacrebleu
from msgspec.structs import replace

from arxiv_gloss.engine.bundle import Bundle, open_bundle
from arxiv_gloss.engine.glosser.engine import Seq2Seq
from arxiv_gloss.engine.protocol import RowRequest, Source
from arxiv_gloss.text.segments import split
from arxiv_gloss.text.slots import Marked, mark, render, required_slots
from models.recipe.pack import read_checkpoint, write_bundle
from tests.benchmarks.trust_served import translated


def greedy(folder: Path) -> Seq2Seq:
    bundle = open_bundle(folder)
    decoding = replace(bundle.config.decoding, beam=1, prune=math.inf)
    return Seq2Seq(Bundle(bundle.name, bundle.path, replace(bundle.config, decoding=decoding), bundle.digest))


def sentences(engine: Seq2Seq, marked: Marked) -> list[str]:
    """The translation of each sentence, its numbers and formulas required as the server requires them."""
    requests = [
        RowRequest("translate", k, required_slots(one, marked.surfaces)) for k, one in enumerate(marked.segments)
    ]
    rows = dict(engine.decode(engine.encode(Source(marked.title, marked.segments)), requests))
    return [render(rows[request].text, marked.surfaces) for request in requests]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--bundle", type=Path, required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--papers", type=int, default=60)
    args = parser.parse_args()
    made: dict[str, list[str]] = {"fp32": [], "int8": []}
    wanted: list[str] = []
    same = count = 0
    with tempfile.TemporaryDirectory() as scratch:
        exact = Path(scratch) / "fp32"
        heads = open_bundle(args.bundle).config.shape.heads
        write_bundle(exact, "fp32", read_checkpoint(args.checkpoint), heads, args.bundle, None, "fp32")
        engines = {"fp32": greedy(exact), "int8": greedy(args.bundle)}
        for paper in islice(translated(args.dev), args.papers):
            marked = mark(paper["title"], [segment.text for segment in split(paper["abstract"])], "zh")
            said = {name: sentences(engine, marked) for name, engine in engines.items()}
            same += sum(one == other for one, other in zip(said["fp32"], said["int8"], strict=True))
            count += len(marked.segments)
            wanted.append(paper["translation"])
            for name, texts in said.items():
                made[name].append("".join(texts))
    print(f"identical: {same} of {count} sentences ({same / count:.1%})")
    for name, texts in made.items():
        print(f"BLEU {name}: {sacrebleu.corpus_bleu(texts, [wanted], tokenize='zh').score:.2f}")


if __name__ == "__main__":
    main()
