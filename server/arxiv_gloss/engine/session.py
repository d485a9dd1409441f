"""onnxruntime sessions over one set of weights. The only place that imports onnxruntime."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from arxiv_gloss.engine.bundle import (
    ACTIVATION_SCALE,
    ACTIVATION_ZERO,
    EMBEDDINGS,
    SATURATION_FILE,
    WEIGHTS_FILE,
    WIDENED,
    Bundle,
)
from arxiv_gloss.errors import BundleError, EngineError

Array: TypeAlias = NDArray[Any]
Value: TypeAlias = Any
"""An onnxruntime OrtValue; the library has no types."""
ort.disable_telemetry_events()  # Windows' own tracing; telemetry.py keeps reports off the network
SUFFIX = "ExecutionProvider"
CPU = f"CPU{SUFFIX}"
NOWHERE = f"{os.devnull}/none"
"""A folder that cannot be. A graph's tensors are given to it; one that names a file beside it would have that file read
from the folder in which the program was started."""
READ = ("scores", "tokens", "states")
FULL_LEVELS, SAFE_LEVELS = 127, 63
"""Levels on each side of zero that an activation may have. Where the CPU adds pairs of int8 products in 16 bits
(x86 without VNNI), 63 * 127 * 2 still fits and 127 * 127 * 2 (and a zero point of 128) does not."""


def provider() -> str:
    """What runs a model here: `CUDA` where it is installed and there is a device, else `CPU`."""
    return "CUDA" if f"CUDA{SUFFIX}" in ort.get_available_providers() and cuda_devices() else "CPU"


def free_gpu_bytes() -> int | None:
    """Free memory of the first GPU, as its driver's own tool says; None where it does not."""
    asked = ["nvidia-smi", "--query-gpu=memory.free", "--format=csv,noheader,nounits", "--id=0"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, timeout=10, check=True).stdout
        return int(said.split()[0]) * 1024 * 1024
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None


def cuda_devices() -> int:
    """How many CUDA devices the driver shows; none where there is no driver."""
    try:
        return len([one for one in ort.get_ep_devices() if one.ep_name == f"CUDA{SUFFIX}"])
    except Exception:  # onnxruntime raises its own kinds where nothing is registered
        return 0


def options(threads: int) -> ort.SessionOptions:
    """Threads do not spin: a panel that pauses must not burn a core."""
    made = ort.SessionOptions()
    made.intra_op_num_threads = threads
    made.inter_op_num_threads = 1
    made.log_severity_level = 3
    made.add_session_config_entry("session.intra_op.allow_spinning", "0")
    made.add_session_config_entry("session.model_external_initializers_file_folder_path", NOWHERE)
    return made


def make_session(model: bytes, made: ort.SessionOptions, device: str = "CPU") -> ort.InferenceSession:
    """SkipLayerNormalization is kept out: its CPU kernel is several times slower than the two nodes it replaces."""
    if device == "CUDA":
        ort.preload_dlls()
    providers = [CPU] if device == "CPU" else [f"{device}{SUFFIX}", CPU]
    try:
        return ort.InferenceSession(model, made, providers=providers, disabled_optimizers=["SkipLayerNormFusion"])
    except Exception as error:  # onnxruntime raises many kinds, all its own
        raise EngineError(f"onnxruntime could not load the model: {error}") from error


def as_value(array: Array) -> Value:
    """An array as an input of `Graph.run`."""
    return ort.OrtValue.ortvalue_from_numpy(np.ascontiguousarray(array))


class Weights:
    """A bundle's tensors, each once in memory however many sessions share it."""

    def __init__(self, bundle: Bundle) -> None:
        try:
            self._stored = load_file(bundle.path / WEIGHTS_FILE)
        except (OSError, SafetensorError) as error:
            raise BundleError(f"The weights of {bundle.name} cannot be read: {error}.") from error
        self._values: dict[str, Value] = {}
        self._arrays: dict[str, Array] = {}
        levels = activation_levels(bundle)
        self._stored[ACTIVATION_SCALE] = np.array(1 / levels, np.float32)
        self._stored[ACTIVATION_ZERO] = np.array(levels + 1, np.uint8)

    def array(self, name: str) -> Array:
        """A tensor as the graphs take it: float16 storage is widened, `.T` at the end transposes, `~` behind that asks
        for float16 whatever it is stored in."""
        if name not in self._arrays:
            key = name.removesuffix(WIDENED).removesuffix(".T")
            array = self._stored[key]
            if name.endswith(WIDENED):
                array = self._unscaled(key).astype(np.float16)
            elif array.dtype == np.float16:
                array = array.astype(np.float32)
            self._arrays[name] = np.ascontiguousarray(array.T) if ".T" in name else array
        return self._arrays[name]

    def _unscaled(self, key: str) -> Array:
        """A tensor as it was before it was stored in int8."""
        by_row = self._stored.get(f"{key}.scale")  # models from a hub
        ours = self._stored.get(key.removesuffix("weight") + "scale")
        if by_row is None and key in EMBEDDINGS:
            by_row = ours
        scale = ours if by_row is None else by_row[:, None]
        array: Array = self._stored[key]
        return array if scale is None else array * scale

    def has(self, name: str) -> bool:
        return name in self._stored

    def value(self, name: str) -> Value:
        if name not in self._values:
            self._values[name] = ort.OrtValue.ortvalue_from_numpy(self.array(name))
        return self._values[name]


def activation_levels(bundle: Bundle) -> int:
    """127 where int8 products add up without saturating, 63 elsewhere; found by multiplying, not by asking the CPU."""
    session = make_session((bundle.path / SATURATION_FILE).read_bytes(), options(1))
    product = session.run(None, {"levels": np.full((1, 64), 255, np.uint8)})[0]
    return FULL_LEVELS if np.all(product == 64 * 255 * 127) else SAFE_LEVELS


class Graph:
    """One graph of a bundle."""

    def __init__(self, bundle: Bundle, name: str, weights: Weights, threads: int, device: str = "CPU") -> None:
        made = options(threads)
        given = bundle.config.weights[name]
        try:
            values = [weights.value(tensor) for tensor in given]
        except KeyError as error:
            raise BundleError(f"The bundle {bundle.name} lacks the tensor {error}.") from None
        made.add_external_initializers(given, values)
        self.session = make_session((bundle.path / f"{name}.onnx").read_bytes(), made, device)
        outputs = self.session.get_outputs()
        self.outputs = [output.name for output in outputs]
        self.inputs = [given.name for given in self.session.get_inputs()]
        self.output_sizes = {output.name: output.shape[-1] for output in outputs if isinstance(output.shape[-1], int)}
        """The last dimension of each output, where it is fixed."""

    @property
    def device(self) -> str:
        """Where its outputs are left, as onnxruntime calls it."""
        return self.provider.lower()

    def to_device(self, array: Array) -> Value:
        """An array that many runs will read, where the graph runs."""
        return ort.OrtValue.ortvalue_from_numpy(np.ascontiguousarray(array), self.device, 0)

    def empty(self, size: tuple[int, ...], kind: type[np.generic]) -> Value:
        """An uninitialised tensor where the graph runs."""
        return ort.OrtValue.ortvalue_from_shape_and_type(size, kind, self.device, 0)

    @property
    def provider(self) -> str:
        """The provider that really runs, `CPU` or `CUDA`; onnxruntime falls back in silence."""
        return str(self.session.get_providers()[0]).removesuffix(SUFFIX)

    def run(self, inputs: Mapping[str, Value]) -> dict[str, Value]:
        """Outputs by name, made where the graph runs and left there; those that a search reads come to the CPU."""
        io = self.session.io_binding()
        for name in self.inputs:
            io.bind_ortvalue_input(name, inputs[name])
        for name in self.outputs:
            io.bind_output(name, "cpu" if name in READ else self.device)
        try:
            self.session.run_with_iobinding(io)
        except Exception as error:
            raise EngineError(f"The model failed while it ran: {error}") from error
        return dict(zip(self.outputs, io.get_outputs(), strict=True))


class Binding:
    """Inputs and outputs of one graph bound once to arrays that are then changed in place."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._io = graph.session.io_binding()
        self._kept: dict[str, object] = {}  # onnxruntime keeps pointers, we keep the memory

    def bind_input(self, name: str, array: Array) -> None:
        self._kept[name] = array
        self._io.bind_input(name, "cpu", 0, array.dtype.type, array.shape, array.ctypes.data)

    def bind_input_value(self, name: str, value: Value) -> None:
        self._kept[name] = value
        self._io.bind_ortvalue_input(name, value)

    def bind_output_value(self, name: str, value: Value, rows: int) -> None:
        """Write to the first rows of a value."""
        self._kept["out " + name] = value
        kind = np.float16 if value.data_type() == "tensor(float16)" else np.float32
        size = (rows, *value.shape()[1:])
        self._io.bind_output(name, value.device_name(), 0, kind, size, value.data_ptr())

    def bind_output(self, name: str, array: Array) -> None:
        self._kept["out " + name] = array
        self._io.bind_output(name, "cpu", 0, array.dtype.type, array.shape, array.ctypes.data)

    def run(self) -> None:
        try:
            self._graph.session.run_with_iobinding(self._io)
        except Exception as error:
            raise EngineError(f"The model failed while it ran: {error}") from error
