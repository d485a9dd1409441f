"""Where training starts when there is no checkpoint: MiniLM's encoder, and a decoder that translates word by word."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn

from .ids import BASE, PIECE
from .model import Gloss

BERT_NAMES = {
    "self_attn.q_proj": "attention.self.query",
    "self_attn.k_proj": "attention.self.key",
    "self_attn.v_proj": "attention.self.value",
    "self_attn.out_proj": "attention.output.dense",
    "self_attn_layer_norm": "attention.output.LayerNorm",
    "fc1": "intermediate.dense",
    "fc2": "output.dense",
    "final_layer_norm": "output.LayerNorm",
}


@torch.no_grad()
def load_minilm(model: Gloss, path: Path) -> None:
    """Fill the encoder and the source embedding; `path` is all-MiniLM-L6-v2's model.safetensors."""
    weights = load_file(path)

    def put(module: nn.Module, name: str) -> None:
        assert isinstance(module, nn.Linear | nn.LayerNorm)
        module.weight.copy_(weights[f"{name}.weight"])
        module.bias.copy_(weights[f"{name}.bias"])

    model.source.weight.copy_(weights["embeddings.word_embeddings.weight"])
    positions = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    model.encoder.embed_positions.weight[2:] = positions
    put(model.encoder.layernorm_embedding, "embeddings.LayerNorm")
    for n, layer in enumerate(model.encoder.layers):
        for ours, berts in BERT_NAMES.items():
            put(layer.get_submodule(ours), f"encoder.layer.{n}.{berts}")


@torch.no_grad()
def load_lexicon(model: Gloss, path: Path) -> None:
    """Make the decoder a word-by-word translator; `path` is lexicon.py's init.npz.

    A target row begins as the mean encoder state of the source pieces that it translates, the last cross-attention
    passes on the state that it looks at, and the prior is the frequency of each piece. Factors were found by hand on
    dev: they scale what is passed on to the norm that a post-norm layer's other terms have.
    """
    start = np.load(path)
    states, seen, frequency, mean = (torch.from_numpy(start[k]).float() for k in ("e", "n", "unigram", "mu"))
    target = model.target.weight
    width = target.shape[1]
    target.normal_(std=0.5 / width**0.5)
    known = seen > 3
    known[: PIECE - BASE] = False
    target[known] = states[known] / states[known].norm(dim=1, keepdim=True)
    model.prior.copy_(0.8 * torch.log((frequency + 1) / frequency.sum()))
    same = torch.eye(width)
    passed = 6.8
    last = model.decoder.layers[-1]
    last.encoder_attn.v_proj.weight.mul_(0.1).add_(passed * same)
    last.encoder_attn.v_proj.bias.copy_(-passed * mean)
    last.encoder_attn.out_proj.weight.mul_(0.1).add_(same)
    last.fc2.weight.mul_(0.2)
    first = model.decoder.layers[0]
    first.encoder_attn.q_proj.weight.add_(same)
    first.encoder_attn.k_proj.weight.add_(2 * same)
