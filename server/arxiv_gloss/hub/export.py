"""A model of transformers as the three ONNX graphs that optimum makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from optimum.exporters.onnx import onnx_export_from_model
from transformers import AutoModelForSeq2SeqLM

from arxiv_gloss.errors import HubError
from arxiv_gloss.hub.quiet import quiet

_TASK = "text2text-generation-with-past"


def load_network(folder: Path) -> Any:
    """The model in fp32 on the CPU, from safetensors alone: a pickle may run whatever it likes when it is opened."""
    if not any(folder.glob("*.safetensors")):
        raise HubError(
            f"{folder.name} has no safetensors. Its weights are pickles, which may run code when they are opened; "
            "ask its authors for safetensors, or convert it where you trust it."
        )
    with quiet():
        try:
            model = AutoModelForSeq2SeqLM.from_pretrained(
                folder,
                use_safetensors=True,
                local_files_only=True,
                trust_remote_code=False,
                attn_implementation="eager",
            )
        except (OSError, ValueError, RuntimeError) as problem:
            raise HubError(f"The model in {folder} cannot be read: {problem}.") from problem
    return model.float().eval()


def export_network(model: Any, out: Path) -> None:
    """encoder_model.onnx, decoder_model.onnx and decoder_with_past_model.onnx into `out`."""
    with quiet():
        onnx_export_from_model(model, out, task=_TASK, no_post_process=True, do_validation=False)
