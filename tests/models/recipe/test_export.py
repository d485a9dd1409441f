"""The checkpoint, transformers' BART and optimum's ONNX export say the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor
from transformers import BartForConditionalGeneration

from models.network.decode import DecodeQuery, Rules, greedy
from models.network.ids import BASE, EOS, PIECE, TASK
from models.network.model import Gloss
from models.recipe.export import compare, example, export_onnx, onnx_logits, our_logits, to_bart

pytestmark = pytest.mark.filterwarnings("ignore")  # the exporter's tracing warns on every cast


@pytest.fixture
def lively_model(tiny_model: Gloss) -> Gloss:
    """Random, but with positions so large that greedy decoding does not say one piece forever."""
    with torch.no_grad():
        tiny_model.decoder.embed_positions.weight.normal_(std=2)
    return tiny_model.eval()


def full_logits(forward: BartForConditionalGeneration, source: Tensor, said: Tensor) -> Tensor:
    with torch.no_grad():
        logits: Tensor = forward(
            input_ids=source, attention_mask=torch.ones_like(source), decoder_input_ids=said
        ).logits
    return logits


def slow_greedy(
    logits_of: Callable[[Tensor, Tensor], np.ndarray], source: list[int], task: str, length: int
) -> list[int]:
    """Every step from the beginning; only pieces and the end may be said."""
    said = [TASK[task]]
    for _ in range(length):
        scores = np.asarray(logits_of(torch.tensor([source]), torch.tensor([said])))[0, -1].copy()
        scores[: PIECE - BASE] = [-np.inf if k != EOS - BASE else v for k, v in enumerate(scores[: PIECE - BASE])]
        said.append(int(scores.argmax()) + BASE)
        if said[-1] == EOS:
            break
    return [token for token in said[1:] if token != EOS]


def test_bart_has_our_logits(lively_model: Gloss) -> None:
    source, said = example(lively_model)
    theirs = full_logits(to_bart(lively_model), source, said)[..., BASE:].numpy()
    assert compare("BART", our_logits(lively_model, source, said).numpy(), theirs) < 1e-4


def test_bart_says_no_source_piece(lively_model: Gloss) -> None:
    source, said = example(lively_model)
    assert int(full_logits(to_bart(lively_model), source, said).argmax(-1).min()) >= BASE


def test_another_model_is_noticed(lively_model: Gloss) -> None:
    source, said = example(lively_model)
    ours = our_logits(lively_model, source, said).numpy()
    with pytest.raises(ValueError, match="does not compute"):
        compare("Another", ours, ours + 0.1)


def test_onnx_says_what_the_checkpoint_says(lively_model: Gloss, tmp_path: Path) -> None:
    bart = to_bart(lively_model)
    bart.save_pretrained(tmp_path / "bart")
    export_onnx(tmp_path / "bart", tmp_path / "onnx")
    source = list(range(2000, 2012))
    ask = DecodeQuery(TASK["translate"], np.arange(len(source)))
    rules = Rules(no_repeat=0, length_factor=0, length_constant=12)
    fast = greedy(lively_model, np.array(source), [ask], rules)[0].ids
    ours = slow_greedy(lambda s, y: our_logits(lively_model, s, y).numpy(), source, "translate", 12)
    theirs = slow_greedy(lambda s, y: onnx_logits(tmp_path / "onnx", s, y)[..., BASE:], source, "translate", 12)
    assert len(set(ours)) > 3
    assert ours == theirs == fast
