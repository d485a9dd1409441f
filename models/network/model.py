"""The model: an encoder-decoder with the parameter names and the arithmetic of transformers' BART.

Post-norm, GELU, learned positions, tied embeddings. BART's one embedding is split in two: `source` (WordPiece) and
`target` (slots, tasks, marks, pieces); only target rows are ever predicted. `prior` is BART's `final_logits_bias`.
`bert_start.py` fills the encoder from MiniLM and the decoder from the lexicon; `export.py` writes BART's own form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .ids import BASE, LABELS, TARGET_ROWS

POSITIONS = 514
"""512 positions behind BART's offset of 2."""
HIDDEN = -1e4
"""Added to what may not be seen; finite, so that a row of padding stays finite."""


@dataclass(frozen=True)
class NetworkShape:
    """Sizes of a model. Defaults: 30.6M parameters."""

    target_rows: int = TARGET_ROWS
    source_rows: int = BASE
    width: int = 384
    heads: int = 12
    feed_forward: int = 1536
    encoder_layers: int = 6
    decoder_layers: int = 2


def drop(x: Tensor, p: float, training: bool) -> Tensor:
    """Dropout with a mask of random bytes: torch's own takes 12 % of a CPU step."""
    if not training or p == 0:
        return x
    kept = torch.empty(x.shape, dtype=torch.uint8, device=x.device).random_(0, 256) >= int(p * 256)
    return x * kept.to(x.dtype).mul_(1 / (1 - p))


class Attention(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q_proj = nn.Linear(width, width)
        self.k_proj = nn.Linear(width, width)
        self.v_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    def split(self, x: Tensor) -> Tensor:
        """[B, L, D] → [B, heads, L, D / heads]"""
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def key_values(self, memory: Tensor) -> Tensor:
        """[B, S, D] → [B, S, 2 D]: keys and values side by side, in one product."""
        weight = torch.cat([self.k_proj.weight, self.v_proj.weight])
        return F.linear(memory, weight, torch.cat([self.k_proj.bias, self.v_proj.bias]))

    def attend(self, q: Tensor, k: Tensor, v: Tensor, bias: Tensor | float, seen: list[Tensor] | None = None) -> Tensor:
        """Plain matmul, softmax, matmul: its CPU backward is a fifth faster than scaled_dot_product_attention's.

        `seen`, when given, gets the weights averaged over heads, [B, T, S].
        """
        scores = (self.split(q) * (q.shape[-1] // self.heads) ** -0.5) @ self.split(k).transpose(-1, -2)
        weights = torch.softmax(scores + bias, -1)
        if seen is not None:
            seen.append(weights.mean(1))
        out: Tensor = self.out_proj((weights @ self.split(v)).transpose(1, 2).reshape(q.shape))
        return out

    def itself(self, x: Tensor, bias: Tensor) -> Tensor:
        weight = torch.cat([self.q_proj.weight, self.k_proj.weight, self.v_proj.weight])
        q, k, v = F.linear(x, weight, torch.cat([self.q_proj.bias, self.k_proj.bias, self.v_proj.bias])).chunk(3, -1)
        return self.attend(q, k, v, bias)

    def cross(self, x: Tensor, key_values: Tensor, bias: Tensor, seen: list[Tensor] | None = None) -> Tensor:
        k, v = key_values.chunk(2, -1)
        return self.attend(self.q_proj(x), k, v, bias, seen)


class Layer(nn.Module):
    """An encoder layer (BERT's), or with `cross` a decoder layer."""

    def __init__(self, width: int, heads: int, feed_forward: int, cross: bool) -> None:
        super().__init__()
        self.self_attn = Attention(width, heads)
        self.self_attn_layer_norm = nn.LayerNorm(width)
        if cross:
            self.encoder_attn = Attention(width, heads)
            self.encoder_attn_layer_norm = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, feed_forward)
        self.fc2 = nn.Linear(feed_forward, width)
        self.final_layer_norm = nn.LayerNorm(width)

    def feed_forward(self, x: Tensor, p: float = 0.0) -> Tensor:
        out: Tensor = self.final_layer_norm(x + drop(self.fc2(F.gelu(self.fc1(x))), p, self.training))
        return out

    def forward(
        self,
        x: Tensor,
        bias: Tensor,
        p: float,
        key_values: Tensor | None = None,
        cross_bias: Tensor | None = None,
        seen: list[Tensor] | None = None,
    ) -> Tensor:
        x = self.self_attn_layer_norm(x + drop(self.self_attn.itself(x, bias), p, self.training))
        if key_values is not None and cross_bias is not None:
            looked = self.encoder_attn.cross(x, key_values, cross_bias, seen)
            x = self.encoder_attn_layer_norm(x + drop(looked, p, self.training))
        return self.feed_forward(x, p)


class Stack(nn.Module):
    def __init__(self, layers: int, shape: NetworkShape, cross: bool) -> None:
        super().__init__()
        self.embed_positions = nn.Embedding(POSITIONS, shape.width)
        self.layernorm_embedding = nn.LayerNorm(shape.width)
        made = nn.ModuleList(Layer(shape.width, shape.heads, shape.feed_forward, cross) for _ in range(layers))
        self.layers = cast("Sequence[Layer]", made)

    def embed(self, embedded: Tensor, p: float, start: int = 0) -> Tensor:
        """Add positions (BART's begin at row 2) and normalise. `start`: position of the first column."""
        positions = self.embed_positions.weight[2 + start : 2 + start + embedded.shape[1]]
        return drop(self.layernorm_embedding(embedded + positions), p, self.training)


class Gloss(nn.Module):
    """`encode` once per paper, `key_values` of it for every decoder layer, `decode` many rows."""

    def __init__(self, shape: NetworkShape | None = None, dropout: float = 0.0) -> None:
        super().__init__()
        shape = self.shape = shape or NetworkShape()
        self.dropout = dropout
        self.source = nn.Embedding(shape.source_rows, shape.width)
        self.target = nn.Embedding(shape.target_rows, shape.width)
        self.prior = nn.Parameter(torch.zeros(shape.target_rows))
        self.salience = nn.Linear(shape.width, len(LABELS))
        self.encoder = Stack(shape.encoder_layers, shape, cross=False)
        self.decoder = Stack(shape.decoder_layers, shape, cross=True)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
            elif isinstance(module, nn.Embedding):
                nn.init.normal_(module.weight, std=0.04)

    @property
    def config(self) -> dict[str, int]:
        return asdict(self.shape)

    def look_up(self, ids: Tensor) -> Tensor:
        """Embedding of encoder input: WordPiece ids, slots and marks. [B, S] → [B, S, D]"""
        base = self.shape.source_rows
        is_target = (ids >= base)[..., None]
        return torch.where(is_target, self.target((ids - base).clamp_min(0)), self.source(ids.clamp_max(base - 1)))

    def bias(self, visible: Tensor) -> Tensor:
        """bool [B, S] → what attention adds to its scores, [B, 1, 1, S]"""
        zeros = torch.zeros(visible.shape, dtype=self.target.weight.dtype, device=visible.device)
        return zeros.masked_fill_(~visible, HIDDEN)[:, None, None, :]

    def encode(self, ids: Tensor, visible: Tensor) -> Tensor:
        """int64 [B, S], bool [B, S] → encoder states [B, S, D]"""
        x, bias = self.encoder.embed(self.look_up(ids), self.dropout), self.bias(visible)
        for layer in self.encoder.layers:
            x = layer(x, bias, self.dropout)
        return x

    def key_values(self, memory: Tensor) -> list[Tensor]:
        """Cross-attention keys and values of each decoder layer, once per paper. [B, S, 2 D] each"""
        return [layer.encoder_attn.key_values(memory) for layer in self.decoder.layers]

    def decode(
        self, ids: Tensor, key_values: list[Tensor], visible: Tensor, seen: list[Tensor] | None = None
    ) -> Tensor:
        """int64 [R, T] (task token first), slices [R, S, 2 D], bool [R, S] → states [R, T, D].

        `seen`, when given, gets the last layer's cross-attention, averaged over heads.
        """
        x = self.decoder.embed(self.target((ids - self.shape.source_rows).clamp_min(0)), self.dropout)
        length = ids.shape[1]
        causal = torch.full((length, length), HIDDEN, dtype=x.dtype, device=x.device).triu(1)
        cross_bias, last = self.bias(visible), len(self.decoder.layers) - 1
        for n, (layer, kv) in enumerate(zip(self.decoder.layers, key_values, strict=True)):
            x = layer(x, causal, self.dropout, kv, cross_bias, seen if n == last else None)
        return x

    def judge(self, marks: Tensor) -> Tensor:
        """Encoder states at <seg> [N, D] → logits of the labels [N, labels]. Trains the encoder, is not shipped."""
        logits: Tensor = self.salience(marks)
        return logits

    def logits(self, states: Tensor) -> Tensor:
        """[…, D] → scores of the target rows, […, target_rows]"""
        return states @ self.target.weight.t() + self.prior
