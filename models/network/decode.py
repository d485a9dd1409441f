"""Greedy decoding in PyTorch, by the rules of the bundle: a row says only slots of its own slice, and no run of pieces
twice. The slow twin of the server's engine (engine/glosser/beam_search.py), for checkpoints that are not packed yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .documents import TokenRow
from .ids import BASE, EOS, NEWLINE, PIECE, SLOTS
from .model import Gloss

_MASKED = -1e9


@dataclass(frozen=True)
class Rules:
    """As in a bundle's config (`decoding`)."""

    no_repeat: int = 3
    length_factor: float = 2.0
    length_constant: int = 20
    length_limit: int = 200
    letters: frozenset[int] | None = None
    """With `no_double`: the tokens, counted from BASE, that may follow themselves (engine/tokenizer.py)."""

    def limit(self, source_length: int) -> int:
        return min(self.length_limit, int(self.length_constant + self.length_factor * source_length))


@dataclass(frozen=True)
class DecodeQuery:
    """A row to decode: its task token and the encoder positions that it may look at."""

    task: int
    view: np.ndarray

    @classmethod
    def of(cls, row: TokenRow) -> DecodeQuery:
        """The row as it was trained."""
        return cls(row.task, np.arange(row.start, row.end))


@dataclass(frozen=True)
class Decoded:
    """A decoded row: target ids without the end token; `complete` is False when the length guard cut it off."""

    ids: list[int]
    complete: bool


def banned(source: np.ndarray, rows: Sequence[DecodeQuery], target_rows: int) -> Tensor:
    """float32 [R, V]: NEVER for tasks, unused ids and slots that the row does not see."""
    ban = torch.full((len(rows), target_rows), _MASKED)
    ban[:, PIECE - BASE :] = 0
    ban[:, [NEWLINE - BASE, EOS - BASE]] = 0
    for n, row in enumerate(rows):
        here = {int(token) - BASE for token in source[row.view] if BASE <= token < BASE + SLOTS}
        ban[n, sorted(here)] = 0
    return ban


def repeats(tokens: list[int], length: int) -> list[int]:
    """Pieces that would complete a run of `length` tokens for the second time."""
    if length < 2 or len(tokens) < length:
        return []
    tail = tokens[1 - length :]
    starts = range(len(tokens) - length + 1)
    return [
        tokens[k + length - 1] for k in starts if tokens[k : k + length - 1] == tail and tokens[k + length - 1] >= PIECE
    ]


def step(
    model: Gloss, tokens: Tensor, at: int, past: list[tuple[Tensor, Tensor]], slices: list[Tensor], bias: Tensor
) -> Tensor:
    """Logits [R, V] for the next token; `past` holds keys and values of each layer and grows in place."""
    x = model.decoder.embed(model.target((tokens - model.shape.source_rows).clamp_min(0))[:, None], 0.0, start=at)
    for n, (layer, kv) in enumerate(zip(model.decoder.layers, slices, strict=True)):
        attention = layer.self_attn
        k, v = attention.k_proj(x), attention.v_proj(x)
        if at:
            k, v = torch.cat([past[n][0], k], 1), torch.cat([past[n][1], v], 1)
            past[n] = (k, v)
        else:
            past.append((k, v))
        x = layer.self_attn_layer_norm(x + attention.attend(attention.q_proj(x), k, v, 0.0))
        x = layer.encoder_attn_layer_norm(x + layer.encoder_attn.cross(x, kv, bias))
        x = layer.feed_forward(x)
    return model.logits(x[:, 0]).float()


@torch.no_grad()
def greedy(model: Gloss, source: np.ndarray, rows: Sequence[DecodeQuery], rules: Rules | None = None) -> list[Decoded]:
    """Decode the rows of one paper side by side; a finished row leaves the batch."""
    rules = rules or Rules()
    ids = torch.from_numpy(source.astype(np.int64))[None]
    memory = model.key_values(model.encode(ids, torch.ones_like(ids, dtype=torch.bool)))
    lengths = [len(row.view) for row in rows]
    longest = max(lengths)
    bias = model.bias(torch.arange(longest) < torch.tensor(lengths)[:, None])
    slices = [
        torch.stack([F.pad(kv[0, row.view], (0, 0, 0, longest - len(row.view))) for row in rows]) for kv in memory
    ]
    ban = banned(source, rows, model.shape.target_rows)
    limits = [rules.limit(length) for length in lengths]
    outputs: list[list[int]] = [[] for _ in rows]
    complete = [False] * len(rows)
    live = list(range(len(rows)))
    tokens = torch.tensor([int(row.task) for row in rows])
    past: list[tuple[Tensor, Tensor]] = []
    for at in range(max(limits)):
        logits = step(model, tokens, at, past, slices, bias) + ban
        for n, row in enumerate(live):
            for token in repeats(outputs[row], rules.no_repeat):
                logits[n, token - BASE] = _MASKED
            if rules.letters is not None and outputs[row] and outputs[row][-1] - BASE not in rules.letters:
                logits[n, outputs[row][-1] - BASE] = _MASKED
        best = (logits.argmax(-1) + BASE).tolist()
        keep = []
        for n, (row, token) in enumerate(zip(live, best, strict=True)):
            if token == EOS:
                complete[row] = True
                continue
            outputs[row].append(token)
            if len(outputs[row]) < limits[row]:
                keep.append(n)
        if not keep:
            break
        tokens = torch.tensor([best[n] for n in keep])
        if len(keep) < len(live):
            live = [live[n] for n in keep]
            kept = torch.tensor(keep)
            bias, ban = bias[kept], ban[kept]
            slices = [kv[kept] for kv in slices]
            past = [(k[kept], v[kept]) for k, v in past]
    return [Decoded(ids, done) for ids, done in zip(outputs, complete, strict=True)]
