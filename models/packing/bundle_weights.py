"""A packed bundle's weights as a checkpoint's again, to train on: the inverse of `arrange` in recipe/pack.py."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from arxiv_gloss.engine.bundle import EMBEDDINGS, WEIGHTS_FILE, Config, open_bundle
from arxiv_gloss.errors import BundleError

Tensors = dict[str, Tensor]


def widened(stored: Tensors) -> Tensors:
    """Float32 tensors; int8 ones times their scale, which is per row for embeddings and per column for the rest."""
    out: Tensors = {}
    for name, tensor in stored.items():
        if name.endswith(".scale"):
            continue
        scale = stored.get(f"{name.removesuffix('weight')}scale") if tensor.dtype == torch.int8 else None
        out[name] = tensor.float()
        if scale is not None:
            out[name] *= scale[:, None] if name in EMBEDDINGS else scale
    return out


def split_linear(tensors: Tensors, fused: str, names: list[str]) -> Tensors:
    """One fused linear layer, weight [in, sum of outs], as several of torch's [out, in]."""
    weights = tensors[f"{fused}.weight"].T.chunk(len(names))
    biases = tensors[f"{fused}.bias"].chunk(len(names))
    out = {f"{name}.weight": weight for name, weight in zip(names, weights, strict=True)}
    return out | {f"{name}.bias": bias for name, bias in zip(names, biases, strict=True)}


def bundle_weights(folder: Path) -> Tensors:
    """Parameters of network/model.py in float32. Raises BundleError when the bundle is damaged."""
    config = open_bundle(folder).config
    if not isinstance(config, Config):
        raise BundleError(f"The bundle {folder.name} is no glosser.")
    shape = config.shape
    tensors = widened(load_file(folder / WEIGHTS_FILE))
    out = {name: tensors[name] for name in EMBEDDINGS} | {"prior": tensors["target.bias"]}
    for stack, layers in (("encoder", shape.encoder_layers), ("decoder", shape.decoder_layers)):
        positions = tensors[f"{stack}.positions.weight"]
        out[f"{stack}.embed_positions.weight"] = torch.cat([torch.zeros(2, positions.shape[1]), positions])
        out |= {name: value for name, value in tensors.items() if name.startswith(stack) and "norm" in name}
        for layer in (f"{stack}.layers.{n}" for n in range(layers)):
            out |= split_linear(tensors, f"{layer}.self_attn.qkv", [f"{layer}.self_attn.{p}_proj" for p in "qkv"])
            for name in (f"{layer}.self_attn.out_proj", f"{layer}.fc1", f"{layer}.fc2"):
                out |= split_linear(tensors, name, [name])
            if stack == "decoder":
                attention = f"{layer}.encoder_attn"
                out |= split_linear(tensors, f"{attention}.out_proj", [f"{attention}.out_proj"])
                query = split_linear(tensors, f"{attention}.q_proj", [f"{attention}.q_proj"])
                out |= {name: value * shape.head_size**0.5 for name, value in query.items()}
    cross = [f"decoder.layers.{n}.encoder_attn.{p}_proj" for n in range(shape.decoder_layers) for p in "kv"]
    return {name: value.contiguous() for name, value in (out | split_linear(tensors, "cross", cross)).items()}
