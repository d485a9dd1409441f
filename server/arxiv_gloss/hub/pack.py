"""From a model's folder to a bundle: exported, compared with PyTorch, quantised, written with its digests."""

from __future__ import annotations

import errno
import json
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np
import onnx
from safetensors.numpy import save_file

from arxiv_gloss.engine.bundle import (
    BUNDLE_NAME,
    CONFIG_FILE,
    SATURATION_FILE,
    WEIGHTS_FILE,
    bundle_folder,
    delete_bundle,
    digest_of,
    fp16_name,
    open_bundle,
)
from arxiv_gloss.engine.text2text.model import load_text_model
from arxiv_gloss.engine.text_config import TEXT_FORMAT, Origin, TextConfig
from arxiv_gloss.errors import HubError
from arxiv_gloss.hub import graphs
from arxiv_gloss.hub.check import Parity, choose_tag, closeness, greedy_by_torch, parity
from arxiv_gloss.hub.export import export_network, load_network
from arxiv_gloss.hub.families import Model, read_model
from arxiv_gloss.hub.store import TensorStore

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
    if not BUNDLE_NAME.fullmatch(name):
        raise HubError(f"{model!r} cannot be a bundle's name; give one with --name.")
    return name


@dataclass(frozen=True)
class Order:
    """What is to become of a model."""

    name: str
    """The bundle's."""
    origin: Origin
    precision: str = "int8"
    role: str | None = None
    to: tuple[str, ...] = ()
    """Target languages to keep; all where none is named."""
    least_closeness: float = LEAST_CLOSENESS


def pack(folder: Path, into: Path, order: Order, report: Report = lambda _: None) -> Packed:
    """Make the bundle `into / order.name`, or nothing at all. Raises HubError, or BundleError for a name that no
    bundle may have."""
    final = bundle_folder(into, order.name)
    try:
        into.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".making-", dir=into) as work:
            made = _pack(folder, Path(work), order, report)
            report("putting it in its place")
            if final.exists():
                delete_bundle(final)
            made.path.replace(final)
            return replace(made, path=final)
    except OSError as problem:
        why = "the disk is full" if problem.errno == errno.ENOSPC else str(problem)
        raise HubError(f"The bundle {order.name} cannot be made in {into}: {why}.") from problem


def _pack(folder: Path, work: Path, order: Order, report: Report) -> Packed:
    """The bundle in a folder of its own, which goes away whatever happens."""
    report("reading the model")
    model = read_model(folder, order.role, order.to)
    network = load_network(folder)
    parameters = sum(weight.numel() for weight in network.parameters())
    order = replace(order, origin=msgspec.structs.replace(order.origin, parameters=parameters))
    report("listening to it")
    expected = greedy_by_torch(network, model)
    report(f"exporting {parameters / 1e6:.0f}M parameters")
    export_network(network, work / "onnx")
    del network
    report("comparing with PyTorch")
    exact = _write(model, work / "onnx", work / "fp32", replace(order, precision="fp32"), "")
    full = load_text_model(open_bundle(work / "fp32"))
    seen = parity(expected, full)
    if seen.same < seen.sentences:
        same = f"{seen.same} of {seen.sentences} sentences are the same"
        raise HubError(f"The exported model does not say what PyTorch says: {same}.")
    report("choosing how slots are written")
    tag = choose_tag(full, exact)
    report(f"packing as {order.precision}")
    config = _write(model, work / "onnx", work / order.name, order, tag)
    close = closeness(full, load_text_model(open_bundle(work / order.name)), config)
    if close < order.least_closeness:
        raise HubError(
            f"In {order.precision} the model says something else (BLEU {close:.0f} against fp32). Use --precision fp32."
        )
    return Packed(work / order.name, config, seen, close)


def _write(model: Model, exported: Path, out: Path, order: Order, tag: str) -> TextConfig:
    """One bundle folder."""
    out.mkdir()
    store = TensorStore(order.precision)
    given: dict[str, list[str]] = {}
    for graph in graphs.SOURCES:
        made, given[graph] = graphs.build_graph(exported, graph, store)
        onnx.save(made, out / f"{graph}.onnx")
    for graph in graphs.SOURCES:
        name_in_half = fp16_name(graph)
        made, given[name_in_half] = graphs.build_graph(exported, graph, store, half=True)
        onnx.save(made, out / f"{name_in_half}.onnx")
    onnx.save(graphs.saturation(), out / SATURATION_FILE)
    save_file({key: np.ascontiguousarray(value) for key, value in store.tensors.items()}, out / WEIGHTS_FILE)
    for file, tokenizer in model.tokenizers.items():
        tokenizer.save(str(out / file))
    files = sorted(file.name for file in out.iterdir())
    config = TextConfig(
        format=TEXT_FORMAT,
        name=order.name,
        roles=model.roles,
        family=model.family,
        source="en",
        prompts=model.prompts,
        precision=order.precision,
        source_limit=model.source_limit,
        pad=model.pad,
        tag=tag,
        generation=model.generation,
        origin=order.origin,
        weights=given,
        files={file: digest_of(out / file) for file in files},
    )
    text = json.dumps(msgspec.to_builtins(config), indent=1, ensure_ascii=False)
    (out / CONFIG_FILE).write_text(f"{text}\n", encoding="utf-8")
    return config
