"""Documents → token ids: the source by MiniLM's WordPiece, the target by 11,000 pieces of its own.

    python -m models.recipe.vocabulary --work models/work [--pieces BUNDLE/target.json | --grow BUNDLE/target.json]

Reads {train,dev}.docs.pkl; writes zh.model (trained when --pieces is not given), tokenizer.json, target.json,
{train,dev}.tok.pkl. A checkpoint fits one vocabulary: to go on from it, give its pieces.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import marisa_trie
import numpy as np

from arxiv_gloss.engine.glosser.layout import lay_out
from arxiv_gloss.engine.protocol import Source
from arxiv_gloss.engine.tokenizer import Tokenizer
from arxiv_gloss.errors import BadRequest
from arxiv_gloss.markers import MARKER
from arxiv_gloss.text import slots
from arxiv_gloss.text.segments import normalise
from arxiv_gloss.text.terms.glossary import FoundTerm, Term
from arxiv_gloss.text.terms.term_base import LONGEST_TERM, MOST_WORDS, TERM_WORD, TermBase, TermEntry, normalised
from models.network.documents import TokenDocument, TokenRow, save_documents
from models.network.ids import IDS, LABELS, PIECES, TASK
from models.packing.tokenizers_json import source_tokenizer, target_tokenizer

from .corpus import PlainDocument, PlainRow, load_plain
from .term_base import TERMS, read_entries
from .workfolder import add_minilm, add_work, stage_parser

LARGER = PIECES + PIECES // 4
"""Pieces of a vocabulary that further ones are taken from."""
_MAX_SENTENCE, _MAX_SUMMARY = 120, 240
"""Longest targets that are trained on, in tokens; longer ones are mostly faults of the data."""


def mark_document(document: PlainDocument, base: TermBase) -> PlainDocument:
    """Numbers, names, formulas and URLs become slots; the same for training and serving. Of the terms, those that the
    targets say as the term base does, and of them a share that differs from paper to paper: the model is to do with and
    without. A translation that has not every number, formula and URL of its source as it stands there is left out: it
    would teach to leave them out."""
    marked = slots.mark(document.title, document.segments, terms=said_terms(document, base))
    targets = slots.mark_targets(marked, [row.text for row in document.rows])
    rows = [row._replace(text=own_terms(marked, row, text)) for row, text in zip(document.rows, targets, strict=True)]
    kept = [row for row in rows if not lost_slots(marked, row)]
    return document._replace(title=marked.title, segments=list(marked.segments), rows=kept)


def own_terms(marked: slots.Marked, row: PlainRow, text: str) -> str:
    """A row's marked text with the slots of terms only that its own source has: it can say no others."""
    if row.segment is None and row.task != "title":
        return text
    own = slots.slots_in(marked.title if row.segment is None else marked.segments[row.segment])
    for slot in set(slots.slots_in(text)) - set(own):
        if marked.surfaces[slot].kind == "term":
            text = text.replace(f"⟪{slot}⟫", marked.surfaces[slot].rendering)
    return text


TERM_SHARES = (0.0, 0.5, 0.95)
"""A paper's terms become slots with one of these probabilities."""


def said_terms(document: PlainDocument, base: TermBase) -> slots.FindTerms:
    """The terms of a document whose rendering stands in every target text that should have it, or some of them."""
    texts = [normalise(document.title), *document.segments]
    targets = {None if row.task == "title" else row.segment: row.text for row in document.rows if is_aligned(row)}
    others = "\n".join(row.text for row in document.rows if not is_aligned(row))
    found = [base.matches(text) for text in texts]
    good: dict[str, str | None] = {}
    for k, matches in enumerate(found):
        target = targets.get(None if k == 0 else k - 1, None if targets else others)
        if target is None:
            continue
        for start, end, entry in matches:
            key = normalised(TERM_WORD.findall(texts[k][start:end]))
            options = [good[key]] if good.get(key) else [] if key in good else [entry.target, *entry.elsewhere.values()]
            good[key] = next((one for one in options if one and is_said(one, target, document.archive)), None)
    rng = random.Random(f"{_SEED} {document.id}")
    share = rng.choice(TERM_SHARES)
    chosen = {key: one for key, one in good.items() if one and rng.random() < share}
    terms: dict[str, list[FoundTerm]] = {}
    for text, matches in zip(texts, found, strict=True):
        kept = terms.setdefault(text, [])
        for start, end, _ in matches:
            target = chosen.get(normalised(TERM_WORD.findall(text[start:end])))
            if target and not (kept and start < kept[-1].end):
                kept.append(FoundTerm(start, end, Term(text[start:end], target)))
    return lambda text: terms.get(text, ())


def is_said(rendering: str, target: str, archive: str) -> bool:
    """Whether a target has a rendering. One character proves little where it is part of everyday words."""
    return rendering in target and (len(rendering) > 1 or archive not in EVERYDAY)


def is_aligned(row: PlainRow) -> bool:
    return row.task in ("translate", "title")


EVERYDAY = ("tech", "cs", "eess", "stat")
_SEED = 5


def training_terms(mined: str = "") -> TermBase:
    """The shipped terms, and `mined` ones (a TSV of term and rendering) as other renderings or further terms."""
    table = read_entries(TERMS.read_text("utf-8"))
    for line in mined.splitlines()[1:]:
        term, target, *_ = line.split("\t")
        key = normalised(TERM_WORD.findall(term))
        if not key or len(key) > LONGEST_TERM or key.count(" ") >= MOST_WORDS:
            continue
        if key not in table:
            table[key] = TermEntry(target, ("?",), {}, 0)
        elif table[key].target != target:
            table[key].elsewhere["?"] = target
    return TermBase(marisa_trie.BytesTrie([(key, entry.write()) for key, entry in table.items()]))


def lost_slots(marked: slots.Marked, row: PlainRow) -> set[int]:
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


def grown(old: str, larger: str, terms: Iterable[str], pieces: int) -> str:
    """The tokenizer `old` (a target.json), each piece with its id, and behind them as many more as make `pieces`: every
    character of GB2312's first level and of the terms, then what the tokenizer `larger` has most often.

    Scores are log probabilities; those of another vocabulary compare well enough, and a character comes last.
    """
    made, vocabulary = json.loads(old), json.loads(larger)["model"]["vocab"]
    entries = made["model"]["vocab"]
    known = {piece for piece, _ in entries}
    wanted = dict.fromkeys([*first_level(), *(sign for term in terms for sign in term if _HAN.fullmatch(sign))])
    least = min(score for _, score in entries)
    added = {sign: least for sign in wanted if sign not in known}
    for piece, score in sorted(vocabulary, key=lambda one: -one[1]):
        if piece not in known and _HAN.fullmatch(piece):
            added.setdefault(piece, score)
    entries += [[piece, score] for piece, score in list(added.items())[: pieces - len(entries)]]
    return json.dumps(made, ensure_ascii=False)


def first_level() -> list[str]:
    """The 3,755 most common characters, as GB 2312 has them."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return [sign for code in codes if (sign := code.decode("gb2312", "ignore"))]


_HAN = re.compile(r"[\u4e00-\u9fff]+")


def token_document(plain: PlainDocument, tokenizer: Tokenizer) -> TokenDocument | None:
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
        if not 0 < len(target) <= (_MAX_SENTENCE if row.task in ("translate", "title") else _MAX_SUMMARY):
            continue
        seen = layout.title if row.task == "title" else None
        seen = layout.segments[row.segment] if row.segment is not None else seen
        start, end = (seen.start, seen.end) if seen else (0, len(source))
        task = "gist" if row.segment is not None and row.task != "translate" else row.task
        rows.append(TokenRow(TASK[task], start, end, np.array(target, np.uint16)))
    return TokenDocument(plain.id, source, rows, known_labels(plain), archive=plain.archive) if rows else None


def known_labels(plain: PlainDocument) -> np.ndarray | None:
    """float32 [labels, sentences] of a paper whose takeaways name their sentences; None for others."""
    known = [(row.task, row.segment) for row in plain.rows if row.task in LABELS and row.segment is not None]
    if not known:
        return None
    labels = np.zeros((len(LABELS), len(plain.segments)), np.float32)
    for label, segment in known:
        labels[LABELS.index(label), segment] = 1
    labels[labels.sum(1) == 0] = np.nan
    return labels


_base: TermBase
_tokenizer: Tokenizer


def _start_marking(mined: str) -> None:
    global _base
    _base = training_terms(mined)


def _mark(plain: PlainDocument) -> PlainDocument:
    return mark_document(plain, _base)


def _start_worker(folder: Path) -> None:
    global _tokenizer
    _tokenizer = Tokenizer(folder, IDS)


def _token_document(plain: PlainDocument) -> TokenDocument | None:
    return token_document(plain, _tokenizer)


def main() -> None:
    parser = stage_parser(__doc__)
    add_work(parser)
    add_minilm(parser)
    parser.add_argument("--pieces", type=Path, help="a bundle's target.json, to use instead of training pieces")
    parser.add_argument("--terms", type=Path, help="TSV of mined terms, to learn from beside the shipped ones")
    parser.add_argument("--grow", type=Path, help="a bundle's target.json, to add pieces to")
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    work: Path = args.work
    mined = args.terms.read_text("utf-8") if args.terms else ""
    with multiprocessing.Pool(args.processes, _start_marking, (mined,)) as pool:
        marked = {
            split: pool.map(_mark, load_plain(work / f"{split}.docs.pkl"), chunksize=500) for split in ("train", "dev")
        }
    source_tokenizer(args.minilm / "tokenizer.json").save(str(work / "tokenizer.json"))
    if args.pieces:
        shutil.copyfile(args.pieces, work / "target.json")
    else:
        train_pieces(marked["train"], work / "zh.model", PIECES if args.grow is None else LARGER)
        trained = target_tokenizer(work / "zh.model").to_str()
        renderings = (entry.target for entry in read_entries(TERMS.read_text("utf-8")).values())
        old = args.grow and args.grow.read_text("utf-8")
        (work / "target.json").write_text(grown(old, trained, renderings, PIECES) if old else trained, "utf-8")
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
