"""A sentencepiece model as a `tokenizer.json`, for tokenizers of which transformers has no fast form.

Piece for piece what sentencepiece does; the ids are those of the model's own `vocab.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sentencepiece import sentencepiece_model_pb2
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

UNIGRAM, BPE = 1, 2
NORMAL = 1
_UNUSED = -1e4
"""Score of pieces that the other language alone has."""


def read_vocabulary(file: Path) -> dict[str, int]:
    """Piece to id."""
    known: dict[str, int] = json.loads(file.read_text(encoding="utf-8"))
    return known


def convert(file: Path, ids: Mapping[str, int], unknown: str) -> Tokenizer:
    """The tokenizer of a sentencepiece file, saying the `ids` of its pieces. Raises ValueError for a kind of model
    that no supported family uses."""
    model: Any = sentencepiece_model_pb2.ModelProto.FromString(file.read_bytes())  # type: ignore[attr-defined]
    scores = {one.piece: one.score for one in model.pieces if one.type == NORMAL}
    if model.trainer_spec.model_type == UNIGRAM:
        made = Tokenizer(_unigram(scores, ids, unknown))
    elif model.trainer_spec.model_type == BPE:
        made = Tokenizer(_bpe(scores, ids, unknown))
    else:
        raise ValueError(f"{file.name} is neither a unigram nor a BPE model.")
    spaces: list[Any] = [normalizers.Strip(), normalizers.Replace(Regex(" {2,}"), " ")]
    rules = model.normalizer_spec.precompiled_charsmap
    made.normalizer = normalizers.Sequence([*([normalizers.Precompiled(rules)] if rules else []), *spaces])
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.decoder = decoders.Metaspace()
    return made


def _unigram(scores: Mapping[str, float], ids: Mapping[str, int], unknown: str) -> models.Unigram:
    """Ids are places in the list: what is not of this model stands there under a name that no text has."""
    pieces = [(f"\0{n}", _UNUSED) for n in range(max(ids.values()) + 1)]
    for piece, n in ids.items():
        pieces[n] = (piece, scores[piece]) if piece in scores else (f"\0{piece}", _UNUSED)
    return models.Unigram(pieces, unk_id=ids[unknown])


def _bpe(scores: Mapping[str, float], ids: Mapping[str, int], unknown: str) -> models.BPE:
    """Every way to put a piece together from two others is a merge; the better its score, the earlier."""
    merges: list[tuple[float, int, int, str, str]] = []
    for piece, score in scores.items():
        for k in range(1, len(piece)):
            left, right = piece[:k], piece[k:]
            if piece in ids and left in ids and right in ids and left in scores and right in scores:
                merges.append((-score, ids[left], ids[right], left, right))
    known = {piece: n for piece, n in ids.items() if piece in scores or piece == unknown}
    pairs = [(left, right) for *_, left, right in sorted(merges)]
    return models.BPE(known, pairs, unk_token=unknown, fuse_unk=True)


def speller(ids: Mapping[str, int], special: set[str]) -> Tokenizer:
    """Only to decode: ids to text. Special pieces say nothing."""
    pieces = [("", 0.0)] * (max(ids.values()) + 1)
    for piece, n in ids.items():
        pieces[n] = ("" if piece in special else piece, 0.0)
    made = Tokenizer(models.Unigram([(piece or f"\0{n}", score) for n, (piece, score) in enumerate(pieces)], unk_id=0))
    made.decoder = decoders.Sequence([decoders.Replace(Regex("\0\\d+"), ""), decoders.Metaspace()])
    return made
