"""Documents → token ids: the source by MiniLM's WordPiece, the target by 8,000 pieces of its own.

    python -m models.recipe.vocabulary --work models/work [--pieces zh8000.model]

Reads {train,dev}.docs.pkl; writes zh8000.model (trained when --pieces is not given), tokenizer.json, target.json,
{train,dev}.tok.pkl. A checkpoint fits one vocabulary: to go on from it, give its pieces.
"""

from __future__ import annotations

import multiprocessing
import random
import shutil
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from arxiv_gloss.engine.glosser.layout import lay_out
from arxiv_gloss.engine.protocol import Source
from arxiv_gloss.engine.tokenizer import MARKER, Tokenizer
from arxiv_gloss.errors import BadRequest
from arxiv_gloss.text import slots

from .corpus import PlainDocument, PlainRow, load_plain
from .documents import Document, Row, save_documents
from .ids import IDS, PIECES, TASK
from .tokenizers_json import source_tokenizer, target_tokenizer
from .workfolder import add_minilm, add_work, stage_parser

MAX_SENTENCE, MAX_SUMMARY = 120, 240
"""Longest targets that are trained on, in tokens; longer ones are mostly faults of the data."""


def mark(document: PlainDocument) -> PlainDocument:
    """Numbers, names, formulas and URLs become slots; the same for training and serving. A translation that has not
    every number, formula and URL of its source as it stands there is left out: it would teach to leave them out."""
    marked = slots.mark(document.title, document.segments)
    targets = slots.mark_targets(marked, [row.text for row in document.rows])
    rows = [row._replace(text=text) for row, text in zip(document.rows, targets, strict=True)]
    kept = [row for row in rows if not lost(marked, row)]
    return document._replace(title=marked.title, segments=list(marked.segments), rows=kept)


def lost(marked: slots.Marked, row: PlainRow) -> set[int]:
    """Slots of a translation's source that it does not have, those of names aside: names may be translated."""
    if row.task not in ("translate", "title"):
        return set()
    source = marked.title if row.segment is None else marked.segments[row.segment]
    missing = set(slots.slots_in(source)) - set(slots.slots_in(row.text))
    return {slot for slot in missing if marked.surfaces[slot].kind != "name"}


def train_pieces(documents: Iterable[PlainDocument], model: Path, pieces: int = PIECES, sample: int = 14_000) -> None:
    """Train sentencepiece (Unigram) on the marked targets of some documents; slots are cut out, lines kept apart."""
    import sentencepiece

    chosen = list(documents)
    chosen = random.Random(1).sample(chosen, min(sample, len(chosen)))
    text = model.with_suffix(".txt")
    with text.open("w", encoding="utf-8") as file:
        for document in chosen:
            for row in document.rows:
                file.writelines(p + "\n" for p in MARKER.sub("\n", row.text).split("\n") if len(p) > 1)
    sentencepiece.SentencePieceTrainer.train(
        input=str(text),
        model_prefix=str(model.with_suffix("")),
        vocab_size=pieces,
        model_type="unigram",
        character_coverage=0.9998,
        byte_fallback=True,
        split_digits=True,
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        normalization_rule_name="identity",
        pad_id=0,
        bos_id=1,
        eos_id=2,
        unk_id=3,
        input_sentence_size=250_000,
        shuffle_input_sentence=True,
        minloglevel=1,
    )
    text.unlink()


def token_document(plain: PlainDocument, tokenizer: Tokenizer) -> Document | None:
    """Ids of a marked document; None when it needs two windows or nothing is left to learn from it."""
    try:
        layout = lay_out(Source(plain.title, tuple(plain.segments)), tokenizer)
    except BadRequest:
        return None
    if len(layout.windows) > 1:
        return None
    source = np.array(layout.windows[0], np.uint16)
    rows = []
    for row in plain.rows:
        target = tokenizer.encode_target(row.text)
        if not 0 < len(target) <= (MAX_SENTENCE if row.task in ("translate", "title") else MAX_SUMMARY):
            continue
        seen = layout.title if row.task == "title" else None
        seen = layout.segments[row.segment] if row.segment is not None else seen
        start, end = (seen.start, seen.end) if seen else (0, len(source))
        rows.append(Row(TASK[row.task], start, end, np.array(target, np.uint16)))
    return Document(plain.id, source, rows) if rows else None


_tokenizer: Tokenizer


def _start_worker(folder: Path) -> None:
    global _tokenizer
    _tokenizer = Tokenizer(folder, IDS)


def _token_document(plain: PlainDocument) -> Document | None:
    return token_document(plain, _tokenizer)


def main() -> None:
    parser = stage_parser(__doc__)
    add_work(parser)
    add_minilm(parser)
    parser.add_argument("--pieces", type=Path, help="sentencepiece model to use instead of training one")
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    work: Path = args.work
    with multiprocessing.Pool(args.processes) as pool:
        marked = {
            split: pool.map(mark, load_plain(work / f"{split}.docs.pkl"), chunksize=500) for split in ("train", "dev")
        }
    model = work / "zh8000.model"
    if args.pieces:
        shutil.copyfile(args.pieces, model)
    else:
        train_pieces(marked["train"], model)
    source_tokenizer(args.minilm / "tokenizer.json").save(str(work / "tokenizer.json"))
    target_tokenizer(model).save(str(work / "target.json"))
    for split, plain in marked.items():
        with multiprocessing.Pool(args.processes, _start_worker, (work,)) as pool:
            documents = [d for d in pool.imap(_token_document, plain, chunksize=300) if d]
        save_documents(work / f"{split}.tok.pkl", documents)
        print(
            f"{split}: {len(documents)} of {len(plain)} documents; "
            f"source {sum(len(d.source) for d in documents) / 1e6:.2f}M, "
            f"target {sum(len(r.target) + 1 for d in documents for r in d.rows) / 1e6:.2f}M tokens"
        )


if __name__ == "__main__":
    main()
