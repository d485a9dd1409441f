from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from models.network import checkpoint
from models.network.batches import batches, collate
from models.network.documents import TokenDocument, segment_spans
from models.network.head_loss import HeadLoss
from models.network.ids import LABELS
from models.network.model import Gloss, NetworkShape
from models.recipe.train import Trainer, losses, run

CPU = torch.device("cpu")
Settings = Callable[..., argparse.Namespace]

SHARES = {"translated": 0.5, "technical": 0, "other": 0.5}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """What train.parse gives, for a short run."""

    def make(**changes: object) -> argparse.Namespace:
        values: dict[str, object] = {
            "out": tmp_path / "gloss.pt",
            "log": tmp_path / "train.jsonl",
            "minutes": 60.0,
            "tokens": 0,
            "steps": 2,
            "smoothing": 0.1,
            "lr": 3e-3,
            "encoder_rate": 1.0,
            "warm_up": 1,
            "guide": 1.0,
            "guide_until": 1.0,
            "salience": 0.3,
            "average": 0.5,
            "report_every": 1,
            "save_minutes": 10.0,
        }
        return argparse.Namespace(**(values | changes))

    return make


def log_of(args: argparse.Namespace) -> list[dict[str, float]]:
    return [json.loads(line) for line in args.log.read_text().splitlines()]


def test_the_loss_falls_and_the_log_says_so(
    tiny_model: Gloss, documents: list[TokenDocument], settings: Settings
) -> None:
    args = settings(steps=12)
    run(Trainer(tiny_model, args, CPU, half=False), batches(documents, 400, SHARES, random.Random(1)), dev=[])
    reports = [line for line in log_of(args) if "nll" in line]
    assert [line["step"] for line in reports] == list(range(1, 13))
    assert sum(line["nll"] for line in reports[-3:]) < sum(line["nll"] for line in reports[:3]) - 1
    assert reports[-1]["seen"] > reports[0]["seen"]


def test_a_resumed_run_goes_on_as_if_it_had_not_stopped(
    tiny_shape: NetworkShape, documents: list[TokenDocument], settings: Settings
) -> None:
    some = [collate(documents[:4]), collate(documents[4:8]), collate(documents[8:12])]
    torch.manual_seed(3)
    straight = Trainer(Gloss(tiny_shape), settings(tokens=10_000), CPU, half=False)
    torch.manual_seed(3)
    args = settings(tokens=10_000)
    stopped = Trainer(Gloss(tiny_shape), args, CPU, half=False)
    for batch in some:
        straight.train_on(batch)
    for batch in some[:2]:
        stopped.train_on(batch)
    stopped.save(args.out)
    resumed = Trainer(checkpoint.load_model(args.out), args, CPU, half=False)
    resumed.load(checkpoint.load_checkpoint(args.out))
    resumed.train_on(some[2])
    assert (resumed.step, resumed.seen) == (straight.step, straight.seen)
    for name, ours, theirs in zip(straight.names, resumed.master, straight.master, strict=True):
        torch.testing.assert_close(ours, theirs, msg=name)
    assert resumed.average and straight.average
    for ours, theirs in zip(resumed.average, straight.average, strict=True):
        torch.testing.assert_close(ours, theirs)


def test_a_broken_save_leaves_the_old_checkpoint(tiny_model: Gloss, settings: Settings, tmp_path: Path) -> None:
    args = settings()
    trainer = Trainer(tiny_model, args, CPU, half=False)
    trainer.save(args.out)
    with pytest.raises(AttributeError):
        checkpoint.save_checkpoint(args.out, {"m": lambda: None})
    assert checkpoint.load_checkpoint(args.out)["step"] == 0


def test_bfloat16_parameters_follow_their_masters(
    tiny_model: Gloss, documents: list[TokenDocument], settings: Settings
) -> None:
    trainer = Trainer(tiny_model, settings(), CPU, half=True)
    before = [w.clone() for w in trainer.master]
    trainer.train_on(collate(documents[:4]))
    assert all(p.dtype == torch.bfloat16 for p in trainer.parameters)
    assert any(not torch.equal(a, b) for a, b in zip(before, trainer.master, strict=True))
    for w, p in zip(trainer.master, trainer.parameters, strict=True):
        assert torch.equal(w.bfloat16(), p)


def test_the_average_is_what_is_measured(tiny_model: Gloss, documents: list[TokenDocument], settings: Settings) -> None:
    trainer = Trainer(tiny_model, settings(average=0.9), CPU, half=False)
    for _ in range(3):
        trainer.train_on(collate(documents[:4]))
    with trainer.averaged() as model:
        assert trainer.average
        for average, p in zip(trainer.average, model.parameters(), strict=True):
            assert torch.equal(average, p)
    for w, p in zip(trainer.master, trainer.parameters, strict=True):
        assert torch.equal(w, p)


def test_dev_losses_are_reported_by_width_of_view(
    tiny_model: Gloss, documents: list[TokenDocument], settings: Settings
) -> None:
    args = settings(steps=1)
    run(Trainer(tiny_model, args, CPU, half=False), batches(documents, 400, SHARES, random.Random(1)), [documents[:6]])
    assert {"dev_narrow", "dev_wide"} <= set(log_of(args)[-1])


def test_rate_and_guide_follow_the_tokens(tiny_model: Gloss, settings: Settings) -> None:
    args = settings(tokens=1000, warm_up=10, guide_until=0.5)
    trainer = Trainer(tiny_model, args, CPU, half=False)
    assert trainer.rate() == pytest.approx(args.lr / 10)
    assert trainer.guide_weight() == 1.0
    trainer.step, trainer.seen = 100, 500
    assert trainer.rate() == pytest.approx(args.lr * (0.03 + 0.97 * 0.5))
    assert trainer.guide_weight() == 0.0
    trainer.seen = 2000
    assert trainer.rate() == pytest.approx(args.lr * 0.03)


def test_head_loss_has_the_gradients_of_smoothed_cross_entropy() -> None:
    torch.manual_seed(0)
    states, target, prior = (torch.randn(*s, requires_grad=True) for s in ((700, 16), (50, 16), (50,)))
    wanted = torch.randint(0, 50, (700,))
    HeadLoss.apply(states, target, prior, wanted, 0.1).backward()
    ours = [t.grad.clone() for t in (states, target, prior) if t.grad is not None]
    for tensor in (states, target, prior):
        tensor.grad = None
    logits = states @ target.t() + prior
    torch.nn.functional.cross_entropy(logits, wanted, label_smoothing=0.1, reduction="sum").backward()
    for grad, tensor in zip(ours, (states, target, prior), strict=True):
        torch.testing.assert_close(grad, tensor.grad, rtol=1e-4, atol=1e-4)


def test_the_guide_is_smaller_where_attention_is_right(tiny_model: Gloss, documents: list[TokenDocument]) -> None:
    _, guide, *_ = losses(tiny_model, collate(documents[:2]), 0.0, guided=True)
    _, none, *_ = losses(tiny_model, collate(documents[:2]), 0.0, guided=False)
    assert float(guide.detach()) > 0
    assert float(none.detach()) == 0


def test_safetensors_and_checkpoints_load_alike(tiny_model: Gloss, settings: Settings, tmp_path: Path) -> None:
    args = settings()
    Trainer(tiny_model, args, CPU, half=False).save(args.out)
    checkpoint.save_weights(tmp_path / "w.safetensors", checkpoint.load_weights(args.out), torch.float32)
    one, two = checkpoint.load_model(args.out), checkpoint.load_model(tmp_path / "w.safetensors")
    assert one.shape == two.shape == tiny_model.shape
    for a, b in zip(one.parameters(), two.parameters(), strict=True):
        assert torch.equal(a, b)


def test_the_encoder_learns_what_sentences_are_good_for(
    tiny_model: Gloss, documents: list[TokenDocument], settings: Settings
) -> None:
    """Labels that are known are learned; what is not known leaves no trace."""

    def labelled(document: TokenDocument) -> TokenDocument:
        labels = np.full((len(LABELS), len(segment_spans(document.source))), np.nan, np.float32)
        labels[2] = 0
        labels[2, 0] = 1
        return document._replace(labels=labels)

    batch = collate([labelled(document) for document in documents[:4]])
    trainer = Trainer(tiny_model, settings(lr=1e-2), CPU, half=False)
    before, *_, after = [trainer.train_on(batch)[2] for _ in range(12)]
    assert after < before / 2
    assert tiny_model.salience.weight.grad is None and tiny_model.salience.bias[0] == 0
    assert trainer.train_on(collate(documents[:2]))[2] == 0
