"""Papers without a translation → the model's own translation of them, as further rows to learn from.

    python -m models.recipe.forward --work models/work --bundle models/shipped/gloss-en-zh --papers 25000

Reads train.docs.pkl and train.tok.pkl; appends to forward.jsonl, a line for each paper, and goes on where it ended.
With dropout on the learner's side this is the noisy self-training of He et al. 2020 ("Revisiting self-training for
neural sequence generation").
"""

from __future__ import annotations

import json
import multiprocessing
import random
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from arxiv_gloss.engine.bundle import open_bundle
from arxiv_gloss.engine.glosser.engine import Seq2Seq
from arxiv_gloss.engine.glosser.layout import lay_out
from arxiv_gloss.engine.protocol import Engine, RowRequest, Source
from arxiv_gloss.engine.protocol import Row as Said
from arxiv_gloss.engine.tokenizer import Tokenizer
from arxiv_gloss.text.slots import mark, required_slots
from models.network.documents import TokenRow, is_translated, load_documents
from models.network.ids import IDS, TASK

from .corpus import PlainDocument, load_plain
from .workfolder import add_work, stage_parser

_SURE = -0.75
"""Rows that the model says with a lower mean log probability are not learnt from: the worst tenth."""
_SEED = 7


class Forward(NamedTuple):
    """The rows of one paper that the model translated itself."""

    id: str
    rows: list[TokenRow]


def requests(document: PlainDocument) -> tuple[Source, list[RowRequest]]:
    """The marked paper, and a row for its title and each of its sentences, which owe what the server's rows owe.

    A sentence with numbers that Chinese writes in another way (text/numbers/localised.py) is left out: training marks
    only those that stay as they are.
    """
    marked = mark(document.title, document.segments)
    localised = mark(document.title, document.segments, "zh")
    wanted = [
        RowRequest("translate", k, required_slots(text, marked.surfaces))
        for k, (text, served) in enumerate(zip(marked.segments, localised.segments, strict=True))
        if text == served
    ]
    if marked.title and marked.title == localised.title:
        wanted.append(RowRequest("title", None, required_slots(marked.title, marked.surfaces)))
    return Source(marked.title, tuple(marked.segments)), wanted


def is_good(said: Said) -> bool:
    return said.complete and bool(said.ids) and said.score > _SURE


def translate(document: PlainDocument, engine: Engine, tokenizer: Tokenizer) -> Forward:
    """What the model says of a paper, as rows over its only window."""
    source, wanted = requests(document)
    layout = lay_out(source, tokenizer)
    rows = []
    for request, said in engine.decode(engine.encode(source), wanted):
        seen = layout.title if request.segment is None else layout.segments[request.segment]
        if seen is not None and is_good(said):
            rows.append(TokenRow(TASK[request.task], seen.start, seen.end, np.array(said.ids, np.uint16)))
    return Forward(document.id, rows)


_engine: Engine
_tokenizer: Tokenizer


def _start_worker(bundle: Path) -> None:
    global _engine, _tokenizer
    _engine = Seq2Seq(open_bundle(bundle))
    _tokenizer = Tokenizer(bundle, IDS)


def _translate(document: PlainDocument) -> Forward:
    return translate(document, _engine, _tokenizer)


def read_forward(path: Path) -> Iterator[Forward]:
    """The papers of a file that `main` wrote; a line that was broken off is left out."""
    if not path.exists():
        return
    for line in path.read_text().splitlines():
        try:
            held = json.loads(line)
        except json.JSONDecodeError:
            continue
        rows = [TokenRow(task, start, end, np.array(ids, np.uint16)) for task, start, end, ids in held["rows"]]
        yield Forward(held["id"], rows)


def line_of(forward: Forward) -> str:
    rows = [(row.task, row.start, row.end, row.target.tolist()) for row in forward.rows]
    return json.dumps({"id": forward.id, "rows": rows}, separators=(",", ":")) + "\n"


def choose(work: Path) -> list[PlainDocument]:
    """Papers that fit one window, stand once in the corpus and have no translation, in a fixed random order."""
    documents = load_documents(work / "train.tok.pkl")
    count = Counter(d.id for d in documents)
    fitting = {d.id for d in documents if count[d.id] == 1 and not is_translated(d)}
    papers = [d for d in load_plain(work / "train.docs.pkl") if d.id in fitting and d.archive != "tech"]
    random.Random(_SEED).shuffle(papers)
    return papers


def main() -> None:
    parser = stage_parser(__doc__)
    add_work(parser)
    parser.add_argument("--bundle", type=Path, required=True, help="the bundle that translates")
    parser.add_argument(
        "--papers", type=int, default=25_000, help="papers in the file in the end (default: %(default)s)"
    )
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    path = args.work / "forward.jsonl"
    done = {forward.id for forward in read_forward(path)}
    todo = islice((d for d in choose(args.work) if d.id not in done), max(0, args.papers - len(done)))
    count = len(done)
    with path.open("a") as file, multiprocessing.Pool(args.processes, _start_worker, (args.bundle,)) as pool:
        file.write("\n")  # behind a line that was broken off, if there is one
        for forward in pool.imap_unordered(_translate, todo, chunksize=20):
            file.write(line_of(forward))
            count += 1
            if count % 500 == 0:
                file.flush()
                print(f"{count} papers", flush=True)


if __name__ == "__main__":
    main()
