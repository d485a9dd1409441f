"""From a model's folder to a bundle: exported, compared with PyTorch, quantised, written with its digests."""

from __future__ import annotations

import errno
import json
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import onnx
from safetensors.numpy import save_file

from arxiv_gloss.engine.bundle import CONFIG_FILE, NAME, digest_of, open_bundle
from arxiv_gloss.engine.text_config import TEXT_FORMAT, Origin, TextConfig
from arxiv_gloss.engine.text_model import load_text_model
from arxiv_gloss.errors import HubError
from arxiv_gloss.hub import graphs
from arxiv_gloss.hub.check import Parity, choose_tag, closeness, parity, said_by_torch
from arxiv_gloss.hub.export import export, load
from arxiv_gloss.hub.families import Model, read_model
from arxiv_gloss.hub.store import Store

LEAST_CLOSENESS = 60.0
"""BLEU of what int8 says against fp32, on the known sentences, below which a bundle is not made."""
Report = Callable[[str], None]


@dataclass(frozen=True)
class Packed:
    """What was made, and what was seen while it was checked."""

    path: Path
    config: TextConfig
    parity: Parity
    closeness: float
    """BLEU of the bundle's greedy texts against those of fp32; 100 for an fp32 bundle."""


def bundle_name(model: str) -> str:
    """`Helsinki-NLP/opus-mt-en-zh` -> `opus-mt-en-zh`. Raises HubError when nothing of it can be a name."""
    name = re.sub(r"[^a-z0-9._-]+", "-", model.rstrip("/").rsplit("/", 1)[-1].lower()).strip("-._")[:64]
    if not NAME.fullmatch(name):
        raise HubError(f"{model!r} can not be a bundle's name; give one with --name.")
    return name


def pack(
    folder: Path,
    into: Path,
    name: str,
    origin: Origin,
    precision: str = "int8",
    role: str | None = None,
    to: tuple[str, ...] = (),
    report: Report = lambda _: None,
    least_closeness: float = LEAST_CLOSENESS,
) -> Packed:
    """Make the bundle `into / name`, or nothing at all. Raises HubError."""
    try:
        return _made(folder, into, name, origin, precision, role, to, report, least_closeness)
    except OSError as problem:
        full = problem.errno == errno.ENOSPC
        why = "the disk is full" if full else str(problem)
        raise HubError(f"The bundle {name} can not be made in {into}: {why}.") from problem


def _made(
    folder: Path,
    into: Path,
    name: str,
    origin: Origin,
    precision: str,
    role: str | None,
    to: tuple[str, ...],
    report: Report,
    least_closeness: float,
) -> Packed:
    """Everything is made in a folder of its own, which goes away whatever happens."""
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=into) as work:
        made = _pack(folder, Path(work), name, origin, precision, role, to, report)
        if made.closeness < least_closeness:
            raise HubError(
                f"In {precision} the model says something else (BLEU {made.closeness:.0f} against fp32). "
                "Use --precision fp32."
            )
        final = into / name
        if final.exists():
            shutil.rmtree(final)
        made.path.replace(final)
        return Packed(final, made.config, made.parity, made.closeness)


def _pack(
    folder: Path,
    work: Path,
    name: str,
    origin: Origin,
    precision: str,
    role: str | None,
    to: tuple[str, ...],
    report: Report,
) -> Packed:
    report("reading the model")
    model = read_model(folder, role, to)
    network = load(folder)
    parameters = sum(weight.numel() for weight in network.parameters())
    origin = msgspec.structs.replace(origin, parameters=parameters)
    report("listening to it")
    expected = said_by_torch(network, model)
    report(f"exporting {parameters / 1e6:.0f}M parameters")
    export(network, work / "onnx")
    del network
    report("comparing with PyTorch")
    exact = _write(model, work / "onnx", work / "fp32", name, origin, "fp32", "")
    full = load_text_model(open_bundle(work / "fp32"))
    seen = parity(expected, full)
    if seen.same < seen.sentences:
        same = f"{seen.same} of {seen.sentences} sentences are the same"
        raise HubError(f"The exported model does not say what PyTorch says: {same}.")
    report("choosing how slots are written")
    tag = choose_tag(full, exact)
    report(f"packing as {precision}")
    config = _write(model, work / "onnx", work / name, name, origin, precision, tag)
    close = closeness(full, load_text_model(open_bundle(work / name)), config)
    return Packed(work / name, config, seen, close)


def _write(model: Model, exported: Path, out: Path, name: str, origin: Origin, precision: str, tag: str) -> TextConfig:
    """One bundle folder."""
    out.mkdir()
    store = Store(precision)
    given: dict[str, list[str]] = {}
    for graph in graphs.SOURCES:
        made, given[graph] = graphs.build(exported, graph, store)
        onnx.save(made, out / f"{graph}.onnx")
    for graph in graphs.SOURCES:
        name_in_half = f"{graph}.fp16"
        made, given[name_in_half] = graphs.build(exported, graph, store, half=True)
        onnx.save(made, out / f"{name_in_half}.onnx")
    onnx.save(graphs.saturation(), out / "saturation.onnx")
    save_file({key: np.ascontiguousarray(value) for key, value in store.tensors.items()}, out / "weights.safetensors")
    for file, tokenizer in model.tokenizers.items():
        tokenizer.save(str(out / file))
    files = sorted(file.name for file in out.iterdir())
    config = TextConfig(
        format=TEXT_FORMAT,
        name=name,
        roles=model.roles,
        family=model.family,
        source="en",
        speeches=model.speeches,
        precision=precision,
        source_limit=model.source_limit,
        pad=model.pad,
        tag=tag,
        generation=model.generation,
        origin=origin,
        weights=given,
        files={file: digest_of(out / file) for file in files},
    )
    text = json.dumps(msgspec.to_builtins(config), indent=1, ensure_ascii=False)
    (out / CONFIG_FILE).write_text(f"{text}\n", encoding="utf-8")
    return config
