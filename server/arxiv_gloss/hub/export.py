"""A model of transformers as the three ONNX graphs that optimum makes of it."""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from optimum.exporters.onnx import onnx_export_from_model
from transformers import AutoModelForSeq2SeqLM
from transformers.utils import logging as transformers_logging

from arxiv_gloss.errors import HubError

TASK = "text2text-generation-with-past"


def load(folder: Path) -> Any:
    """The model in fp32 on the CPU, from safetensors alone: a pickle may run whatever it likes when it is opened."""
    if not any(folder.glob("*.safetensors")):
        raise HubError(
            f"{folder.name} has no safetensors. Its weights are pickles, which may run code when they are opened; "
            "ask its authors for safetensors, or convert it where you trust it."
        )
    with _quiet():
        try:
            model = AutoModelForSeq2SeqLM.from_pretrained(
                folder,
                use_safetensors=True,
                local_files_only=True,
                trust_remote_code=False,
                attn_implementation="eager",
            )
        except (OSError, ValueError, RuntimeError) as problem:
            raise HubError(f"The model in {folder} can not be read: {problem}.") from problem
    return model.float().eval()


def export(model: Any, out: Path) -> None:
    """encoder_model.onnx, decoder_model.onnx and decoder_with_past_model.onnx into `out`."""
    with _quiet():
        onnx_export_from_model(model, out, task=TASK, no_post_process=True, do_validation=False)


@contextmanager
def _quiet() -> Iterator[None]:
    """Exporters talk; what matters is raised."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    transformers_logging.disable_progress_bar()
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            logging.disable(before)
