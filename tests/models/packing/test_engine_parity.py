"""The engine says what the model says: PyTorch, optimum's export and our graphs, token for token, on random weights."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from transformers import BartForConditionalGeneration
from transformers.modeling_outputs import BaseModelOutput

from arxiv_gloss.engine.bundle import Bundle, Config
from arxiv_gloss.engine.glosser.beam_search import max_length
from arxiv_gloss.engine.glosser.engine import Encoded, Seq2Seq
from arxiv_gloss.engine.glosser.logits_mask import logits_mask
from arxiv_gloss.engine.glosser.reference import ReferenceEngine
from arxiv_gloss.engine.logits_processors import MASKED
from arxiv_gloss.engine.protocol import Row, RowRequest, Source
from models.network.model import Gloss, NetworkShape
from models.recipe.export import export_onnx, to_bart
from tests.fixtures import tiny_bundle

pytestmark = pytest.mark.filterwarnings("ignore")  # exporting traces the model, and torch warns of each trace

SOURCE = Source(
    "A small model ⟪0⟫ for abstracts",
    (
        "We present a small model that translates abstracts ⟪1⟫.",
        "It is faster by a factor of 3.07⟪2⟫ than ⟪3⟫ and it needs no network.",
        "These results show that checking is worth more than trusting.",
    ),
)
REQUESTS = [
    RowRequest("title"),
    *(RowRequest(task, k) for task in ("translate", "gist") for k in range(3)),
    RowRequest("summary"),
    RowRequest("translate", 1, required_slots=frozenset({2, 3})),
]


@dataclass
class Exported:
    bundle: Bundle
    bart: BartForConditionalGeneration
    onnx: Path


def config_of(bundle: Bundle) -> Config:
    assert isinstance(bundle.config, Config)
    return bundle.config


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    folder = tmp_path_factory.mktemp("parity")
    bundle, tensors = tiny_bundle.make_tiny_bundle(folder / "tiny")
    ids = config_of(bundle).ids
    shape = NetworkShape(
        target_rows=tensors["target.weight"].shape[0],
        source_rows=ids.base,
        width=tiny_bundle.WIDTH,
        heads=tiny_bundle.HEADS,
        feed_forward=tiny_bundle.FFN,
        encoder_layers=tiny_bundle.ENCODER_LAYERS,
        decoder_layers=tiny_bundle.DECODER_LAYERS,
    )
    model = Gloss(shape)
    model.load_state_dict({name: torch.from_numpy(tensor) for name, tensor in tensors.items()}, strict=False)
    bart = to_bart(model)
    for settings in (bart.config, bart.generation_config):
        assert settings is not None
        settings.bos_token_id = 1
        settings.eos_token_id = ids.end
        settings.decoder_start_token_id = ids.first_task
    bart.save_pretrained(folder / "bart")
    export_onnx(folder / "bart", folder / "onnx")
    return Exported(bundle, bart, folder / "onnx")


def with_rules(bundle: Bundle, **rules: int | bool) -> Bundle:
    decoding = msgspec.structs.replace(config_of(bundle).decoding, **rules)
    return Bundle(
        bundle.name, bundle.path, msgspec.structs.replace(config_of(bundle), decoding=decoding), bundle.digest
    )


def decode(engine: Seq2Seq, requests: list[RowRequest]) -> list[Row]:
    rows = dict(engine.decode(engine.encode(SOURCE), requests))
    return [rows[request] for request in requests]


@pytest.mark.parametrize("beam", [1, 4])
def test_the_engine_says_what_optimums_export_says(exported: Exported, beam: int) -> None:
    bundle = with_rules(exported.bundle, beam=beam)
    fast = decode(Seq2Seq(bundle), REQUESTS)
    slow = decode(ReferenceEngine(bundle, exported.onnx), REQUESTS)
    assert [row.ids for row in fast] == [row.ids for row in slow]
    assert [row.score for row in fast] == pytest.approx([row.score for row in slow], abs=1e-3)
    assert len({row.ids for row in fast}) > 3


def test_the_engine_says_what_pytorch_says(exported: Exported) -> None:
    """transformers' own greedy `generate`, which knows nothing of our search, given each row's slice."""
    bundle = with_rules(exported.bundle, beam=1, no_repeat_ngram_size=0, no_immediate_repeat=False)
    engine = Seq2Seq(bundle)
    requests = [request for request in REQUESTS if not request.required_slots]
    assert [row.ids for row in decode(engine, requests)] == [
        generate(exported.bart, engine, bundle, request) for request in requests
    ]


@torch.no_grad()
def generate(
    bart: BartForConditionalGeneration, engine: Seq2Seq, bundle: Bundle, request: RowRequest
) -> tuple[int, ...]:
    encoded = engine.encode(SOURCE).handle
    assert isinstance(encoded, Encoded)
    seen, ids = engine._view(encoded.layout, request), config_of(bundle).ids
    window = encoded.layout.windows[seen.window]
    states = bart.get_encoder()(torch.tensor([window])).last_hidden_state[:, seen.start : seen.end]
    source = window[seen.start : seen.end]
    refused = np.flatnonzero(logits_mask(ids, config_of(bundle).shape.target_size, source, request) <= MASKED)
    said = bart.generate(
        encoder_outputs=BaseModelOutput(states),
        attention_mask=torch.ones(states.shape[:2], dtype=torch.long),
        decoder_start_token_id=ids.task(request.task),
        suppress_tokens=[int(token) + ids.base for token in refused],
        max_new_tokens=max_length(config_of(bundle).decoding, len(source)),
        num_beams=1,
        do_sample=False,
    )
    return tuple(token for token in said[0, 1:].tolist() if token != ids.end)
