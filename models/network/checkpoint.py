"""Checkpoints: what training goes on from. Three kinds of file hold the model's weights:

*.pt            train.py's own, a dict: `m` weights to ship (averaged, fp32), `w` weights to train on (absent when
                nothing was averaged), `o` optimiser, `step`, `seen` (tokens), `elapsed` (seconds)
*.safetensors   weights alone, under these names, in any float type
a folder        a packed bundle
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from models.packing.bundle_weights import bundle_weights

from .model import Gloss, NetworkShape

HEAD_WIDTH = 32
"""Width of one attention head; no tensor's size tells it."""


def network_shape(weights: dict[str, Tensor]) -> NetworkShape:
    """Sizes of the model that these weights belong to."""
    width = weights["target.weight"].shape[1]

    def layers(stack: str) -> int:
        return len({name.split(".")[2] for name in weights if name.startswith(f"{stack}.layers.")})

    return NetworkShape(
        target_rows=weights["target.weight"].shape[0],
        source_rows=weights["source.weight"].shape[0],
        width=width,
        heads=width // HEAD_WIDTH,
        feed_forward=weights["encoder.layers.0.fc1.weight"].shape[0],
        encoder_layers=layers("encoder"),
        decoder_layers=layers("decoder"),
    )


def load_checkpoint(path: Path) -> dict[str, Any]:
    """A training checkpoint. Nothing in it is executed (`weights_only`)."""
    held: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return held


def load_weights(path: Path) -> dict[str, Tensor]:
    """The weights to ship, in fp32, from any of the three."""
    if path.is_dir():
        return bundle_weights(path)
    weights = load_file(path) if path.suffix == ".safetensors" else load_checkpoint(path)["m"]
    return {name: value.float() for name, value in weights.items()}


def load_model(path: Path, dropout: float = 0.0) -> Gloss:
    """The model of any of the three, on the CPU, in fp32. Where the file has no salience head, it is a new one."""
    weights = load_weights(path)
    model = Gloss(network_shape(weights), dropout)
    missing, unknown = model.load_state_dict(weights, strict=False)
    if unknown or any(not name.startswith("salience.") for name in missing):
        raise ValueError(f"{path}: weights of another model: {[*missing, *unknown][:5]}")
    return model


def save_checkpoint(path: Path, checkpoint: dict[str, Any]) -> None:
    """Written beside and renamed, so that a broken run leaves the old checkpoint."""
    beside = path.with_name(f"{path.name}.new")
    torch.save(checkpoint, beside)
    beside.replace(path)


def save_weights(path: Path, weights: dict[str, Tensor], dtype: torch.dtype = torch.float16) -> None:
    """Weights alone, as safetensors."""
    save_file({name: value.to(dtype).contiguous() for name, value in weights.items()}, path)
