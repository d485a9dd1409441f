"""Corpus rows → documents: sentences of the abstract, and the Chinese texts that belong to them.

    python -m models.recipe.corpus --corpus DIR --work models/work [--gpl3]

Reads train, dev, extra-fields.train, sentences.{wide,tech}.train and, with --gpl3, extra-gpl3.train (*.jsonl.xz) of the
corpus, and models/data; writes {train,dev}.docs.pkl.
Segments are cut as the server cuts them; where a translation joins two sentences, the document joins them too. What was
written for this project is there sentence by sentence, and is taken as it stands.
"""

from __future__ import annotations

import json
import lzma
import math
import multiprocessing
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from arxiv_gloss.text.protected import protected
from arxiv_gloss.text.segments import normalise, split
from models.network.documents import load_pickle, save_pickle
from models.network.ids import STRUCTURED

from .workfolder import DATA, add_corpus, add_work, stage_parser


class PlainRow(NamedTuple):
    """A target text. `segment` is the sentence that it translates; None for the title and for summaries. A text of one
    of the STRUCTURED tasks that has a segment condenses that sentence, and says what the sentence is good for."""

    task: str
    segment: int | None
    text: str


class PlainDocument(NamedTuple):
    id: str
    title: str
    segments: list[str]
    rows: list[PlainRow]
    archive: str
    """First category without its subject class, `cs`; `tech` for sentences of manuals."""


def load_plain(path: Path) -> list[PlainDocument]:
    return [
        PlainDocument(i, title, segments, [PlainRow(*row) for row in rows], archive)
        for i, title, segments, rows, archive in load_pickle(path)
    ]


def save_plain(path: Path, documents: Sequence[PlainDocument]) -> None:
    save_pickle(path, [(*d[:3], [tuple(row) for row in d.rows], d.archive) for d in documents])


_WORD = re.compile(r"\w+")
_LATIN = re.compile(r"[A-Za-z0-9]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ACRONYM = re.compile(r"\b(?=[A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*[A-Z0-9])[A-Za-z][A-Za-z0-9-]+\b")
SENTENCE_END = re.compile(r"(?<=[。！？])(?![”」）])")
HAN_PER_WORD = 1.75
"""Chinese characters per English word, median of the corpus."""
MOVES = ((1, 1, 0.0), (1, 2, 0.6), (2, 1, 0.6), (2, 2, 1.3), (1, 3, 1.5), (3, 1, 1.5))
"""(English sentences, Chinese sentences, price) of one alignment step, as in Gale and Church (1993)."""
WORST_PAIR = 2.5
"""A pair that costs more is no translation."""


class Pair(NamedTuple):
    """English sentences [start, end) and the Chinese text that translates them."""

    start: int
    end: int
    text: str
    cost: float


def chinese_sentences(text: str) -> list[str]:
    return [part.strip() for part in SENTENCE_END.split(text) if part.strip()]


def formulas(text: str) -> frozenset[str]:
    """Formulas and addresses of either language: they are copied, never translated."""
    return frozenset(" ".join(text[start:end].split()) for start, end, _ in protected(text))


def anchors(text: str) -> frozenset[str]:
    """What looks the same in both languages: numbers, acronyms, formulas."""
    found = formulas(text) | frozenset(_NUMBER.findall(text.replace(",", "")))
    return found | {acronym.strip("-") for acronym in _ACRONYM.findall(text)}


def pair_cost(english: str, chinese: str) -> float:
    """How badly two texts fit by length and anchors; about 0 for a good pair, 9 when one is empty."""
    words = len(_WORD.findall(english))
    characters = len(_HAN.findall(chinese)) + 0.5 * len(_LATIN.findall(chinese))
    if not words or not characters:
        return 9.0
    cost = 2.2 * math.log(max(characters, 1) / (HAN_PER_WORD * words)) ** 2
    here, there = anchors(english), anchors(chinese)
    if here and there:
        cost += 1.6 * (1 - len(here & there) / min(len(here), len(there)))
    elif here or there:
        cost += 0.5
    return cost


def align_sentences(english: Sequence[str], chinese: Sequence[str]) -> list[Pair]:
    """Cheapest alignment of the sentences of both languages, in order; empty when there is none."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(english) + 1):
        for j in range(len(chinese) + 1):
            if (i, j) not in best:
                continue
            for di, dj, price in MOVES:
                to = (i + di, j + dj)
                if to[0] > len(english) or to[1] > len(chinese):
                    continue
                cost = best[i, j][0] + price + pair_cost(" ".join(english[i : to[0]]), "".join(chinese[j : to[1]]))
                if to not in best or cost < best[to][0]:
                    best[to] = (cost, (i, j))
    at = (len(english), len(chinese))
    if at not in best:
        return []
    pairs = []
    while at != (0, 0):
        cost, before = best[at]
        pairs.append(Pair(before[0], at[0], "".join(chinese[before[1] : at[1]]), cost - best[before][0]))
        at = before
    return pairs[::-1]


def summaries(row: dict[str, Any]) -> Iterator[PlainRow]:
    """Texts about the whole abstract."""
    gpl3 = "arxiv-daily" in str(row.get("source") or "")
    kind = "digest" if gpl3 else "tldr" if row.get("summary_kind") == "tldr" else "summary"
    if row.get("summary"):
        yield PlainRow(kind, None, row["summary"])
    if row.get("tldr") and kind != "tldr":
        yield PlainRow("tldr", None, row["tldr"])
    for label in STRUCTURED:
        if text := (row.get("structured") or {}).get(label):
            yield PlainRow(label, None, text)
    if bullets := known_bullets(row) if gpl3 else row.get("takeaways"):
        yield PlainRow("takeaways", None, "\n".join(f"• {bullet}" for bullet in bullets))


def known_bullets(row: dict[str, Any]) -> list[str]:
    """Takeaways whose numbers and acronyms all stand in the abstract: some sources drew on the full text."""
    known = anchors(f"{row.get('title') or ''} {row['abstract']}")
    return [bullet for bullet in row.get("takeaways") or [] if anchors(bullet) <= known]


def plain_document(row: dict[str, Any]) -> PlainDocument | None:
    """One paper; None when no Chinese text of it is left."""
    segments = [segment.text for segment in split(row["abstract"])]
    rows: list[PlainRow] = []
    if row.get("translation") and (pairs := align_sentences(segments, chinese_sentences(row["translation"]))):
        segments = [" ".join(segments[pair.start : pair.end]) for pair in pairs]
        for k, (segment, pair) in enumerate(zip(segments, pairs, strict=True)):
            if pair.cost < WORST_PAIR and formulas(segment) == formulas(pair.text):
                rows.append(PlainRow("translate", k, pair.text))
    known = formulas(row["abstract"])
    rows += [summary for summary in summaries(row) if formulas(summary.text) <= known]
    if row.get("title") and row.get("title_zh"):
        rows.append(PlainRow("title", None, row["title_zh"]))
    return (
        PlainDocument(row["id"], row.get("title") or "", segments, rows, archive_of(row)) if rows and segments else None
    )


def archive_of(row: dict[str, Any]) -> str:
    categories = row.get("categories") or "?"
    first = categories if isinstance(categories, str) else categories[0]
    return re.split(r"[ ,.]", first)[0]


def _written(row: dict[str, Any]) -> PlainDocument | None:
    """A paper that was translated sentence by sentence for this project."""
    pairs = [(normalise(english), chinese) for english, chinese in row["sentences"]]
    rows = [
        PlainRow("translate", k, text) for k, (english, text) in enumerate(pairs) if formulas(english) == formulas(text)
    ]
    if row.get("title_zh"):
        rows.append(PlainRow("title", None, row["title_zh"]))
    return PlainDocument(row["id"], row["title"], [english for english, _ in pairs], rows, archive_of(row))


def _condensed(row: dict[str, Any]) -> PlainDocument | None:
    """A paper whose takeaways were written for this project, each as a condensation of one sentence."""
    segments = [normalise(sentence) for sentence in row["sentences"]]
    takeaways = [one for one in row.get("takeaways") or [] if one["label"] in STRUCTURED]
    rows = [PlainRow(one["label"], one["segment"], one["text"]) for one in takeaways]
    return PlainDocument(row["id"], row["title"], segments, rows, archive_of(row)) if rows else None


def summarised(row: dict[str, Any]) -> PlainDocument | None:
    """What the summary written for a paper rests on, as a paper of its own: the sentences of its takeaways, those alone
    that hold every number and acronym of the summary."""
    if not row.get("summary"):
        return None
    first: dict[str, int] = {}
    for one in row.get("takeaways") or []:
        first.setdefault(one["label"], one["segment"])
    every = sorted({one["segment"] for one in row.get("takeaways") or []})
    for chosen in (sorted({first[label] for label in SUMMED_UP if label in first}), every):
        segments = [normalise(row["sentences"][k]) for k in chosen]
        if segments and anchors(row["summary"]) <= anchors(" ".join([row["title"], *segments])):
            rows = [PlainRow("digest", None, row["summary"])]
            return PlainDocument(f"{row['id']}s", row["title"], segments, rows, archive_of(row))
    return None


SUMMED_UP = ("motivation", "method", "result")


def single(row: dict[str, Any]) -> PlainDocument | None:
    """A sentence pair, of an abstract or of a manual, as a paper of one sentence."""
    if not 3 < len(row["en"].split()) < 70:
        return None
    archive = archive_of(row) if "categories" in row else "tech"
    return PlainDocument(row["id"], "", [normalise(row["en"])], [PlainRow("translate", 0, row["zh"])], archive)


WRITTEN = (("papers", _written), ("summaries", _condensed), ("summaries", summarised), ("sentences", single))
"""What was written for this project, in DATA, and how it is read."""
MANUALS = ("sentences.wide", "sentences.tech")
"""Sentence pairs of manuals and handbooks, in the corpus."""


def read_rows(path: Path) -> list[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def main() -> None:
    parser = stage_parser(__doc__)
    add_corpus(parser)
    add_work(parser)
    parser.add_argument("--gpl3", action="store_true", help="add the GPL-3.0 rows: digests and takeaways")
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    extra = ["extra-fields.train", *(["extra-gpl3.train"] if args.gpl3 else [])]
    for split_name, papers in (("train", ["train", *extra]), ("dev", ["dev"])):
        with multiprocessing.Pool(args.processes) as pool:
            rows = [row for name in papers for row in read_rows(args.corpus / f"{name}.jsonl.xz")]
            documents = [d for d in pool.imap(plain_document, rows, chunksize=100) if d]
            if split_name == "train":
                texts = [(DATA / f"{name}.jsonl.xz", read) for name, read in WRITTEN]
                texts += [(args.corpus / f"{name}.train.jsonl.xz", single) for name in MANUALS]
                for path, read in texts:
                    documents += [d for d in pool.imap(read, read_rows(path), chunksize=100) if d]
        save_plain(args.work / f"{split_name}.docs.pkl", documents)
        tasks = Counter(row.task for d in documents for row in d.rows)
        print(f"{split_name}: {len(documents)} documents;", ", ".join(f"{k} {n}" for k, n in tasks.most_common()))


if __name__ == "__main__":
    main()
