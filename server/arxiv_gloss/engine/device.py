"""Where a model runs: on CUDA if that is to be had, fits, and says what the CPU says; else on the CPU, and why."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from arxiv_gloss.engine.bundle import Bundle
from arxiv_gloss.engine.session import free_gpu_bytes, provider
from arxiv_gloss.errors import EngineError

GPU_SPACE = 4.0
"""Memory on a GPU for each byte of a bundle: int8 widened to fp16, keys and values, what kernels work in."""
KNOWN = "We measure it twice."
"""What both say before the GPU is trusted."""
ALIKE = 0.5
"""Least share of tokens that must be the same: fp16 may choose another word here or there, a broken kernel says nothing
like it."""

Loaded = TypeVar("Loaded")
log = logging.getLogger(__name__)


def best_device(
    bundle: Bundle,
    on_cpu: Loaded,
    load_on_gpu: Callable[[], Loaded],
    say: Callable[[Loaded], Sequence[int]],
) -> Loaded:
    """The model on the GPU, or the one `on_cpu`. `say`: the tokens that a model makes of KNOWN."""
    if provider() != "CUDA":
        return on_cpu
    free = free_gpu_bytes()
    if free is not None and GPU_SPACE * bundle.size > free:
        needed = f"{GPU_SPACE * bundle.size / 1e9:.1f} GB are needed and {free / 1e9:.1f} GB are free"
        log.warning("%s runs on the CPU: the GPU's memory is too small (%s)", bundle.name, needed)
        return on_cpu
    try:
        on_gpu = load_on_gpu()
        if agree(say(on_gpu), say(on_cpu)):
            return on_gpu
        log.warning("%s runs on the CPU: on the GPU it says something else", bundle.name)
    except EngineError as problem:
        log.warning("%s runs on the CPU: %s", bundle.name, problem.message)
    return on_cpu


def agree(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two forms of a model say nearly the same tokens."""
    alike = sum(a == b for a, b in zip(one, other, strict=False))
    return bool(alike >= ALIKE * max(len(one), len(other)))
