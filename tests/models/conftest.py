"""Tiny models and documents with the real ids: what the recipe's tests train on."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
import torch

from arxiv_gloss.engine.tokenizer import Tokenizer
from models.network.documents import TokenDocument, TokenRow
from models.network.ids import IDS, PIECE, SEG, TARGET_ROWS, TASK, TTL
from models.network.model import Gloss, NetworkShape
from tests.fixtures import tiny_bundle


@pytest.fixture
def tokenizer(tmp_path: Path) -> Tokenizer:
    """The tiny tokenizers under the real ids."""
    tiny_bundle.source_tokenizer().save(str(tmp_path / "tokenizer.json"))
    tiny_bundle.target_tokenizer().save(str(tmp_path / "target.json"))
    return Tokenizer(tmp_path, IDS)


@pytest.fixture
def tiny_shape() -> NetworkShape:
    return NetworkShape(target_rows=TARGET_ROWS, width=64, heads=2, feed_forward=64, encoder_layers=2, decoder_layers=2)


@pytest.fixture
def tiny_model(tiny_shape: NetworkShape) -> Gloss:
    torch.manual_seed(0)
    return Gloss(tiny_shape)


def make_documents(count: int, seed: int = 0) -> list[TokenDocument]:
    """Papers of three sentences whose translation says, piece by piece, what the source does, with links."""
    rng = random.Random(seed)
    documents = []
    for n in range(count):
        source = [TTL, *rng.choices(range(1000, 1040), k=3)]
        rows = []
        for _ in range(3):
            words = rng.choices(range(1000, 1040), k=rng.randint(3, 9))
            start = len(source)
            source += [SEG, *words]
            target = np.array([PIECE + word for word in words], np.uint16)
            links = np.array([[k + 1, k] for k in range(len(words))], np.uint16)
            rows.append(TokenRow(TASK["translate"], start, len(source), target, links))
        if n % 2:
            rows = [TokenRow(TASK["summary"], 0, len(source), rows[0].target)]
        documents.append(TokenDocument(f"2401.{n:05d}", np.array(source, np.uint16), rows, archive="cs"))
    return documents


@pytest.fixture
def documents() -> list[TokenDocument]:
    return make_documents(24)
