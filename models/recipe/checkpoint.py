"""Checkpoints: what training goes on from. Three kinds of file hold the model's weights:

*.pt            train.py's own: weights (fp32), optimiser, counters
*.safetensors   weights alone, with these parameter names, in any float type
a folder        a packed bundle (read through engine/bundle.py)
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from .model import Gloss, Shape

HEAD_WIDTH = 32
"""Width of one attention head; no tensor's size tells it."""


def shape_of(weights: dict[str, Tensor]) -> Shape:
    """Sizes of the model that these weights belong to."""
    width = weights["target.weight"].shape[1]
    layers = {stack: {k.split(".")[2] for k in weights if k.startswith(f"{stack}.layers.")} for stack in STACKS}
    return Shape(
        target_rows=weights["target.weight"].shape[0],
        source_rows=weights["source.weight"].shape[0],
        width=width,
        heads=width // HEAD_WIDTH,
        feed_forward=weights["encoder.layers.0.fc1.weight"].shape[0],
        encoder_layers=len(layers["encoder"]),
        decoder_layers=len(layers["decoder"]),
    )


STACKS = ("encoder", "decoder")


def read(path: Path) -> dict[str, Any]:
    """A training checkpoint: model, optimizer, step, seen (tokens), … `weights_only`: nothing in it is executed."""
    return torch.load(path, map_location="cpu", weights_only=True, mmap=True)


def load_weights(path: Path) -> dict[str, Tensor]:
    """Weights in fp32 from a checkpoint or a safetensors file."""
    if path.suffix == ".safetensors":
        weights = load_file(path)
    else:
        held = read(path)
        weights = held.get("model", held.get("m"))
    return {name: value.float() for name, value in weights.items()}


def load_model(path: Path, dropout: float = 0.0) -> Gloss:
    """The model of a checkpoint or safetensors file, on the CPU, in fp32."""
    weights = load_weights(path)
    model = Gloss(shape_of(weights), dropout)
    model.load_state_dict(weights)
    return model


def write(path: Path, checkpoint: dict[str, Any]) -> None:
    """Written beside and renamed, so that a broken run leaves the old checkpoint."""
    beside = path.with_name(path.name + ".new")
    torch.save(checkpoint, beside)
    beside.replace(path)


def save_weights(path: Path, weights: dict[str, Tensor], dtype: torch.dtype = torch.float16) -> None:
    """Weights alone, as safetensors."""
    save_file({name: value.to(dtype).contiguous() for name, value in weights.items()}, path)
