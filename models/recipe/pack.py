"""Checkpoint -> bundle: graphs without weights, every weight once in one safetensors file, digests in config.json.

    python -m models.recipe.pack CHECKPOINT OUT --tokenizers DIR [--salience FILE] [--precision int8|fp32] [--name NAME]

CHECKPOINT is a .safetensors file or a training checkpoint (.pt) with the parameter names of network/model.py. DIR holds
tokenizer.json (source) and target.json. Int8 weights are symmetric with one scale per output; embeddings, of which the
target's serves as the output head as well, have one scale per row.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec
import numpy as np
import onnx
from safetensors.numpy import load_file, save_file

from arxiv_gloss.engine.bundle import (
    CONFIG_FILE,
    EMBEDDINGS,
    FORMAT,
    SATURATION_FILE,
    TOKENIZER_FILE,
    WEIGHTS_FILE,
    Ids,
    Shape,
    digest_of,
    fp16_name,
)
from arxiv_gloss.hub.graphs import saturation
from arxiv_gloss.text.slots import RULES
from models.packing import graphs

Arrays = dict[str, np.ndarray]
DECODING = {
    "beam": 4,
    "no_repeat": 3,
    "length_factor": 2.0,
    "length_constant": 20,
    "length_limit": 200,
    "no_double": True,
    "spell": True,
    "prune": 1.2,
}
MAX_LEVEL = 127


def read_checkpoint(path: Path) -> Arrays:
    """Parameters by name as float32 arrays."""
    if path.suffix == ".safetensors":
        return {name: tensor.astype(np.float32) for name, tensor in load_file(path).items()}
    import torch

    state = torch.load(path, map_location="cpu", weights_only=True)["m"]
    return {name: tensor.float().numpy() for name, tensor in state.items()}


def _layers(tensors: Arrays, stack: str) -> int:
    return len({name.split(".")[2] for name in tensors if name.startswith(f"{stack}.layers.")})


def bundle_shape(tensors: Arrays, heads: int) -> Shape:
    return Shape(
        d_model=tensors["source.weight"].shape[1],
        heads=heads,
        ffn=tensors["encoder.layers.0.fc1.weight"].shape[0],
        encoder_layers=_layers(tensors, "encoder"),
        decoder_layers=_layers(tensors, "decoder"),
        source_size=tensors["source.weight"].shape[0],
        target_size=tensors["target.weight"].shape[0],
        positions=tensors["encoder.embed_positions.weight"].shape[0] - 2,  # BART leaves two rows unused
    )


def fuse(tensors: Arrays, names: list[str], to: str) -> Arrays:
    """Several linear layers over one input as one: weight [in, sum of outs], bias."""
    return {
        f"{to}.weight": np.concatenate([tensors[f"{n}.weight"] for n in names]).T,
        f"{to}.bias": np.concatenate([tensors[f"{n}.bias"] for n in names]),
    }


def arrange(tensors: Arrays, shape: Shape) -> Arrays:
    """The graphs' tensors in float32: linear weights turned to [in, out], projections fused, scales folded in."""
    out: Arrays = {
        "source.weight": tensors["source.weight"],
        "target.weight": tensors["target.weight"],
        "target.bias": tensors["prior"],
    }
    for stack, layers in (("encoder", shape.encoder_layers), ("decoder", shape.decoder_layers)):
        out[f"{stack}.positions.weight"] = tensors[f"{stack}.embed_positions.weight"][2:]
        norms = [f"{stack}.layernorm_embedding"]
        for layer in (f"{stack}.layers.{i}" for i in range(layers)):
            out |= fuse(tensors, [f"{layer}.self_attn.{p}_proj" for p in "qkv"], f"{layer}.self_attn.qkv")
            for name in (f"{layer}.self_attn.out_proj", f"{layer}.fc1", f"{layer}.fc2"):
                out |= fuse(tensors, [name], name)
            norms += [f"{layer}.self_attn_layer_norm", f"{layer}.final_layer_norm"]
            if stack == "decoder":
                norms.append(f"{layer}.encoder_attn_layer_norm")
                out |= fuse(tensors, [f"{layer}.encoder_attn.out_proj"], f"{layer}.encoder_attn.out_proj")
                query = fuse(tensors, [f"{layer}.encoder_attn.q_proj"], f"{layer}.encoder_attn.q_proj")
                out |= {name: tensor * shape.head_size**-0.5 for name, tensor in query.items()}
        out |= {f"{norm}.{part}": tensors[f"{norm}.{part}"] for norm in norms for part in ("weight", "bias")}
    cross = [f"decoder.layers.{i}.encoder_attn.{p}_proj" for i in range(shape.decoder_layers) for p in "kv"]
    return out | fuse(tensors, cross, "cross")


def is_linear(name: str, tensor: np.ndarray) -> bool:
    return tensor.ndim == 2 and name.endswith(".weight") and "positions" not in name


def quantise(tensors: Arrays) -> Arrays:
    """Linear weights and embeddings to int8 with float32 scales; the rest to float16 or float32."""
    out: Arrays = {}
    for name, tensor in tensors.items():
        if not is_linear(name, tensor):
            out[name] = tensor.astype(np.float32 if tensor.ndim == 1 else np.float16)
            continue
        axis = 1 if name in EMBEDDINGS else 0
        scale = np.maximum(np.abs(tensor).max(axis=axis), 1e-8) / MAX_LEVEL
        levels = np.round(tensor / np.expand_dims(scale, axis))
        out[name] = np.clip(levels, -MAX_LEVEL, MAX_LEVEL).astype(np.int8)
        out[name.removesuffix("weight") + "scale"] = scale.astype(np.float32)
    return out


def save_graph(model: onnx.ModelProto, path: Path) -> list[str]:
    """Write a graph; returns the names of the weights that it must be given."""
    path.write_bytes(model.SerializeToString())
    return [t.name for t in model.graph.initializer if t.data_location == onnx.TensorProto.EXTERNAL]


def write_bundle(
    out: Path,
    name: str,
    tensors: Arrays,
    heads: int,
    tokenizers: Path,
    salience: Mapping[str, np.ndarray] | None,
    precision: graphs.Precision,
    ids: Ids = Ids(),  # noqa: B008 - frozen
) -> Path:
    """Write the bundle folder `out`; `tensors` are the parameters of network/model.py in float32."""
    shape = bundle_shape(tensors, heads)
    arranged = arrange(tensors, shape)
    stored = quantise(arranged) if precision == "int8" else arranged
    if salience:
        stored |= {f"salience.{key}": np.asarray(tensor, np.float32) for key, tensor in salience.items()}
    out.mkdir(parents=True, exist_ok=True)
    save_file({k: np.ascontiguousarray(v) for k, v in stored.items()}, out / WEIGHTS_FILE)
    made = {
        "encoder": graphs.encoder_graph(shape, precision),
        "step": graphs.step_graph(shape, ids.first_piece - ids.base, precision),
        fp16_name("encoder"): graphs.encoder_graph(shape, "fp16"),
        fp16_name("step"): graphs.step_graph(shape, ids.first_piece - ids.base, "fp16"),
    }
    given = {graph: save_graph(model, out / f"{graph}.onnx") for graph, model in made.items()}
    save_graph(saturation(), out / SATURATION_FILE)
    files = [WEIGHTS_FILE, *(f"{graph}.onnx" for graph in made), SATURATION_FILE, TOKENIZER_FILE, "target.json"]
    for file in (TOKENIZER_FILE, "target.json"):
        shutil.copyfile(tokenizers / file, out / file)
    config = {
        "format": FORMAT,
        "name": name,
        "roles": ["glosser"],
        "source": "en",
        "targets": ["zh"],
        "rules": RULES,
        "precision": precision,
        "summary": "gist" if salience else "abstractive",
        "shape": msgspec.structs.asdict(shape),
        "ids": msgspec.to_builtins(ids),
        "decoding": DECODING,
        "weights": given,
        "files": {file: digest_of(out / file) for file in files},
    }
    (out / CONFIG_FILE).write_text(json.dumps(config, indent=2) + "\n")
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--tokenizers", type=Path, required=True)
    parser.add_argument("--salience", type=Path)
    parser.add_argument("--precision", choices=("int8", "fp32"), default="int8")
    parser.add_argument("--heads", type=int, default=12)
    parser.add_argument("--name")
    args = parser.parse_args()
    tensors = read_checkpoint(args.checkpoint)
    salience = load_file(args.salience) if args.salience else None
    out = write_bundle(
        args.out, args.name or args.out.name, tensors, args.heads, args.tokenizers, salience, args.precision
    )
    size = sum(file.stat().st_size for file in out.iterdir())
    print(f"{out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
