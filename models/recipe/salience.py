"""The salience head: which sentence serves as motivation, method, result, conclusion, one-line tldr, in the summary.

    python -m models.recipe.salience --work models/work --checkpoint CHECKPOINT [--papers 3000]

Reads train.tok.pkl, dev.tok.pkl, gist.pkl, gist.dev.pkl (mine.py) and a checkpoint, whose encoder stays as it is;
writes salience.safetensors: `weight` float32 [labels, 387], `bias` float32 [labels], in the order of `ids.LABELS`.
It belongs to that checkpoint: train it again when the encoder has changed. (train.py shows the encoder the same labels
through a head of its own, which is not shipped: what a sentence is good for must be in its state to be read there.)

A sentence's features are the encoder's state at its <seg> (384), its place k/(n-1), whether it is the first, whether it
is the last. The head is a logistic regression per label; a label is learned on the papers where it was mined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import save_file

from models.network.checkpoint import load_model
from models.network.documents import TokenDocument, load_documents, load_pickle, segment_spans
from models.network.ids import LABELS, STRUCTURED, TASK
from models.network.model import Gloss
from models.network.segment_states import segment_states

from .workfolder import add_work, stage_parser

Mined = dict[tuple[int, str, int], tuple[int, int, np.ndarray, float, int]]
"""(document, "g", n) → (start, end, target, score, task it came from); see mine.py."""
PLACES = 3
"""Features after the encoder's state: relative position, is first, is last."""


class SaliencePaper(NamedTuple):
    features: np.ndarray
    """float32 [sentences, width + 3]"""
    labels: np.ndarray
    """float32 [labels, sentences]: 1 where the sentence was mined for that label; a row of NaN when none was."""


def places(count: int) -> np.ndarray:
    """float32 [count, 3]: k/(n-1), is first, is last."""
    k = np.arange(count, dtype=np.float32)
    return np.stack([k / max(1, count - 1), (k == 0).astype(np.float32), (k == count - 1).astype(np.float32)], 1)


def mined_labels(document: TokenDocument, found: Iterable[tuple[int, int]]) -> np.ndarray:
    """[labels, sentences] of one paper, from (start of the sentence, task) pairs."""
    index = {start: k for k, (start, _) in enumerate(segment_spans(document.source))}
    labels = np.zeros((len(LABELS), len(index)), np.float32)
    row = {TASK[label]: n for n, label in enumerate(LABELS)}
    for start, task in found:
        if task in row:
            labels[row[task], index[start]] = 1
    labels[labels.sum(1) == 0] = np.nan
    return labels


def found_by_document(mined: Mined) -> dict[int, list[tuple[int, int]]]:
    """{document: (start of the sentence, task) pairs}"""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (n, _, _), (start, _, _, _, task) in mined.items():
        found[n].append((start, task))
    return found


def papers(
    model: Gloss, documents: list[TokenDocument], mined: Mined, limit: int | None = None, seed: int = 0
) -> list[SaliencePaper]:
    """Features and labels of papers with at least three sentences and something mined (at most `limit` of them), and
    of those whose takeaways were written for this project: where there are some, they alone teach what a takeaway is.
    """
    found = found_by_document(mined)
    written = [n for n, document in enumerate(documents) if document.labels is not None and n not in found]
    chosen = sorted(found)
    if limit is not None and limit < len(chosen):
        chosen = sorted(np.random.default_rng(seed).choice(chosen, limit, replace=False).tolist())
    labels = [mined_labels(documents[n], found[n]) for n in chosen]
    if written:
        for known in labels:
            known[: len(STRUCTURED)] = np.nan
    labels += [label for n in written if (label := documents[n].labels) is not None]
    states = segment_states(model, [documents[n] for n in (*chosen, *written)])
    return [
        SaliencePaper(np.concatenate([state, places(len(state))], 1, dtype=np.float32), known)
        for state, known in zip(states, labels, strict=True)
    ]


def fit(train: Sequence[SaliencePaper], label: int, decay: float = 3e-3, rounds: int = 60) -> tuple[np.ndarray, float]:
    """Logistic regression by L-BFGS on standardised features; returned for the features as they are."""
    known = [p for p in train if not np.isnan(p.labels[label, 0])]
    x = torch.from_numpy(np.concatenate([p.features for p in known]))
    y = torch.from_numpy(np.concatenate([p.labels[label] for p in known]))
    mean, spread = x.mean(0), x.std(0).clamp_min(1e-6)
    x = (x - mean) / spread
    weight = torch.zeros(x.shape[1], requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    search = torch.optim.LBFGS([weight, bias], max_iter=rounds, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        search.zero_grad()
        value = F.binary_cross_entropy_with_logits(x @ weight + bias, y) + decay * weight.square().sum()
        value.backward()
        return value

    search.step(loss)
    scaled = (weight / spread).detach()
    return scaled.numpy(), float(bias.detach() - scaled @ mean)


def hits(chosen: Sequence[int], dev: Sequence[SaliencePaper], label: int) -> tuple[float, int]:
    """Share of papers whose chosen sentence is one that was mined for the label, and their number."""
    judged = [p.labels[label, k] for k, p in zip(chosen, dev, strict=True) if not np.isnan(p.labels[label, 0])]
    return float(np.mean(judged)) if judged else 0.0, len(judged)


def usual_place(train: Sequence[SaliencePaper], label: int, bins: int = 10) -> np.ndarray:
    """Chance of the label by tenth of the paper: what position alone knows."""
    counts = np.zeros((bins, 2))
    for paper in train:
        if not np.isnan(paper.labels[label, 0]):
            tenth = np.minimum((paper.features[:, -PLACES] * bins).astype(int), bins - 1)
            np.add.at(counts, (tenth, 0), paper.labels[label])
            np.add.at(counts, (tenth, 1), 1)
    return (counts[:, 0] + 0.5) / (counts[:, 1] + 1)


def report(
    train: Sequence[SaliencePaper], dev: Sequence[SaliencePaper], weight: np.ndarray, bias: np.ndarray
) -> list[str]:
    """One line per label: how often the choice is a mined sentence, against place alone and a blind guess."""
    lines = [f"{'label':12}{'head':>8}{'place':>8}{'first':>8}{'last':>8}{'chance':>8}{'papers':>8}"]
    for n, label in enumerate(LABELS):
        by_tenth = usual_place(train, n)
        tenths = [np.minimum((p.features[:, -PLACES] * 10).astype(int), 9) for p in dev]
        choices = {
            "head": [int((p.features @ weight[n] + bias[n]).argmax()) for p in dev],
            "place": [int(by_tenth[t].argmax()) for t in tenths],
            "first": [0] * len(dev),
            "last": [len(p.features) - 1 for p in dev],
        }
        blind = float(np.mean([p.labels[n].mean() for p in dev if not np.isnan(p.labels[n, 0])]))
        shares = [hits(chosen, dev, n) for chosen in choices.values()]
        lines.append(f"{label:12}" + "".join(f"{share:8.3f}" for share, _ in shares) + f"{blind:8.3f}{shares[0][1]:8d}")
    return lines


def main() -> None:
    parser = stage_parser(__doc__)
    add_work(parser)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--papers", type=int, default=3_000, help="papers to learn from (default: %(default)s)")
    parser.add_argument("--dev-papers", type=int, default=500, help="papers to test on (default: %(default)s)")
    parser.add_argument("--out", type=Path, help="default: salience.safetensors in the work folder")
    args = parser.parse_args()
    model = load_model(args.checkpoint).eval()
    work: Path = args.work
    dev = papers(model, load_documents(work / "dev.tok.pkl"), load_pickle(work / "gist.dev.pkl"), args.dev_papers)
    train = papers(model, load_documents(work / "train.tok.pkl"), load_pickle(work / "gist.pkl"), args.papers)
    fitted = [fit(train, n) for n in range(len(LABELS))]
    weight = np.stack([w for w, _ in fitted]).astype(np.float32)
    bias = np.array([b for _, b in fitted], np.float32)
    out = args.out or work / "salience.safetensors"
    save_file({"weight": weight, "bias": bias}, out)
    print(f"{len(train)} papers; written {out}; share of dev papers where the choice is a mined sentence:")
    print("\n".join(report(train, dev, weight, bias)))


if __name__ == "__main__":
    main()
