"""The reference export: checkpoint → transformers' BART → optimum's ONNX files, checked at every step.

    python -m models.recipe.export --checkpoint CHECKPOINT --out DIR

Writes DIR/bart (BartForConditionalGeneration) and DIR/onnx (optimum, text2text-generation-with-past), and fails when
their logits differ from ours. What ships is made by pack.py; this is what it is compared with.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from transformers import BartConfig, BartForConditionalGeneration

from models.network.checkpoint import load_model
from models.network.ids import EOS, TASK
from models.network.model import HIDDEN, Gloss

from .workfolder import stage_parser

MOST_DIFFERENCE = 1e-3
"""Largest difference of a logit; they are about 10 in size, float32 leaves some 2e-5."""
CLS = 101


def bart_config(model: Gloss) -> BartConfig:
    shape = model.shape
    return BartConfig(
        vocab_size=shape.source_rows + shape.target_rows,
        d_model=shape.width,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        encoder_attention_heads=shape.heads,
        decoder_attention_heads=shape.heads,
        encoder_ffn_dim=shape.feed_forward,
        decoder_ffn_dim=shape.feed_forward,
        max_position_embeddings=model.encoder.embed_positions.num_embeddings - 2,
        activation_function="gelu",
        dropout=0.1,
        scale_embedding=False,
        pad_token_id=0,
        bos_token_id=CLS,
        eos_token_id=EOS,
        forced_eos_token_id=None,
        decoder_start_token_id=TASK["translate"],
        is_encoder_decoder=True,
    )


def to_bart(model: Gloss) -> BartForConditionalGeneration:
    """The same weights as transformers' BART; `final_logits_bias` keeps it from saying source pieces."""
    ours = model.state_dict()
    shut = torch.full((model.shape.source_rows,), HIDDEN)
    weights = {
        "final_logits_bias": torch.cat([shut, ours["prior"]])[None],
        "model.shared.weight": torch.cat([ours["source.weight"], ours["target.weight"]]),
    }
    weights |= {f"model.{name}": value for name, value in ours.items() if name.startswith(("encoder.", "decoder."))}
    bart: BartForConditionalGeneration = BartForConditionalGeneration(bart_config(model))
    bart.load_state_dict(weights, strict=False)
    bart.tie_weights()
    bart.eval()
    return bart


@torch.no_grad()
def our_logits(model: Gloss, source: Tensor, targets: Tensor) -> Tensor:
    """[B, S], [B, T] → [B, T, target rows]; every row sees its whole source."""
    visible = torch.ones_like(source, dtype=torch.bool)
    return model.logits(model.decode(targets, model.key_values(model.encode(source, visible)), visible))


def example(model: Gloss, rows: int = 2, source_length: int = 24, target_length: int = 12) -> tuple[Tensor, Tensor]:
    """Random source and target ids, the same each time."""
    some = torch.Generator().manual_seed(0)
    base = model.shape.source_rows
    source = torch.randint(1, base + 64, (rows, source_length), generator=some)
    targets = torch.randint(base + 96, base + model.shape.target_rows, (rows, target_length), generator=some)
    targets[:, 0] = base + 64
    return source, targets


def onnx_logits(folder: Path, source: Tensor, targets: Tensor) -> np.ndarray:
    """[B, T, vocabulary] of optimum's export, by ONNX Runtime."""
    from optimum.onnxruntime import ORTModelForSeq2SeqLM

    exported = ORTModelForSeq2SeqLM.from_pretrained(folder, use_cache=False, use_merged=False)
    visible = torch.ones_like(source)
    logits: np.ndarray = exported(input_ids=source, attention_mask=visible, decoder_input_ids=targets).logits.numpy()
    return logits


def export_onnx(bart_folder: Path, out: Path) -> None:
    from optimum.exporters.onnx import main_export

    main_export(
        str(bart_folder),
        out,
        task="text2text-generation-with-past",
        library_name="transformers",
        no_post_process=True,
        do_validation=False,
    )


def compare(name: str, ours: np.ndarray, theirs: np.ndarray) -> float:
    """Largest difference of a logit; raises when it is too large."""
    difference = float(np.abs(ours - theirs).max())
    if difference > MOST_DIFFERENCE:
        raise ValueError(f"{name} does not compute what the checkpoint does: a logit differs by {difference:.2g}.")
    return difference


def main() -> None:
    parser = stage_parser(__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    model = load_model(args.checkpoint).eval()
    source, targets = example(model)
    ours = our_logits(model, source, targets).numpy()
    base = model.shape.source_rows
    bart = to_bart(model)
    with torch.no_grad():
        theirs = bart(input_ids=source, attention_mask=torch.ones_like(source), decoder_input_ids=targets).logits
    print(f"transformers: logits equal within {compare('The BART folder', ours, theirs[..., base:].numpy()):.2g}")
    bart.save_pretrained(args.out / "bart")
    export_onnx(args.out / "bart", args.out / "onnx")
    exported = onnx_logits(args.out / "onnx", source, targets)
    print(f"onnx: logits equal within {compare('The ONNX export', ours, exported[..., base:]):.2g}")


if __name__ == "__main__":
    main()
