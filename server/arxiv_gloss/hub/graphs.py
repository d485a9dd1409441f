"""What optimum exports, made into a bundle's graphs: without weights, searched inside, quantised row by row.

    encoder   as it is
    first     the decoder's prompt -> scores and tokens of the best candidates, keys and values
    next      one token for every line; `origin` says which line's past each line goes on from

Each in two forms over the same stored weights: for the CPU, in int8 or fp32, and for CUDA in fp16 (`encoder.fp16` …),
whose weights are widened when they are loaded. Activations are scaled row by row, as in the shipped bundle: with
onnxruntime's dynamic quantisation a sentence's text would depend on the sentences beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.transformers.float16 import convert_float_to_float16

from arxiv_gloss.engine.bundle import ACTIVATION_SCALE, ACTIVATION_ZERO, WEIGHTS_FILE, WIDENED
from arxiv_gloss.hub.store import MANY_ROWS, TensorStore

SOURCES = {"encoder": "encoder_model", "first": "decoder_model", "next": "decoder_with_past_model"}
"""Our graphs, and the files that optimum writes for them."""
_CANDIDATES = 64
"""Enough for a beam of four when dozens of tokens would repeat a run."""
SMALL = 64
"""Tensors of fewer elements stay in the graph: shapes, axes, single numbers."""
_MICROSOFT = "com.microsoft"
IN_FULL = ["LogSoftmax", "TopK", "Range"]
"""Kinds of nodes that stay in fp32."""


def build_graph(folder: Path, name: str, store: TensorStore, half: bool = False) -> tuple[onnx.ModelProto, list[str]]:
    """One graph of a bundle from optimum's `folder`, and the tensors that it is given. `half`: in fp16, for CUDA."""
    model = onnx.load(folder / f"{SOURCES[name]}.onnx")
    opset = next(known.version for known in model.opset_import if known.domain in ("", "ai.onnx"))
    surgeon = Surgeon(model.graph, store, opset, half)
    if name != "encoder":
        surgeon.search_inside()
    if name == "next":
        surgeon.follow_origin()
    surgeon.take_weights_out()
    if half:
        return to_fp16(model, surgeon.given), surgeon.given
    if not any(known.domain == _MICROSOFT for known in model.opset_import):
        model.opset_import.append(helper.make_opsetid(_MICROSOFT, 1))
    return model, surgeon.given


def to_fp16(model: onnx.ModelProto, given: list[str]) -> onnx.ModelProto:
    """All of a graph in fp16, but its scores. Weights, which are inputs so far, become names that the session is given.

    The search stays in fp32: log probabilities of a quarter of a million words do not fit into ten bits.
    """
    made: onnx.ModelProto = convert_float_to_float16(model, keep_io_types=["scores"], op_block_list=IN_FULL)
    graph = made.graph
    weights = [one for one in graph.input if one.name in given]
    shapes = {one.name: [d.dim_value for d in one.type.tensor_type.shape.dim] for one in weights}
    kept = [one for one in graph.input if one.name not in given]
    del graph.input[:]
    graph.input.extend(kept)
    graph.initializer.extend(external(name, shape, TensorProto.FLOAT16) for name, shape in shapes.items())
    return made


def external(name: str, shape: Sequence[int], kind: int) -> onnx.TensorProto:
    """A tensor that the session is given."""
    tensor = onnx.TensorProto(name=name, data_type=kind, dims=shape, data_location=TensorProto.EXTERNAL)
    tensor.external_data.add(key="location", value=WEIGHTS_FILE)
    return tensor


class Surgeon:
    """Changes one graph in place."""

    def __init__(self, graph: onnx.GraphProto, store: TensorStore, opset: int, half: bool) -> None:
        self._graph = graph
        self._store = store
        self._half = half
        self._axes_are_inputs = opset >= 18
        self._count = 0
        self._declared: dict[str, onnx.TensorProto] = {}

    @property
    def given(self) -> list[str]:
        """Names of the tensors that the graph is given."""
        return list(self._declared)

    def search_inside(self) -> None:
        """Instead of all logits [N, T, V]: of the last token, the best candidates' log probabilities and ids [N, K]."""
        graph = self._graph
        size = next(o for o in graph.output if o.name == "logits").type.tensor_type.shape.dim[2].dim_value
        last = self._add("Gather", ["logits", self._constant("last", np.array(-1, np.int64))], axis=1)
        scores = self._add("LogSoftmax", [last], axis=-1)
        best = self._constant("candidates", np.array([min(_CANDIDATES, size)], np.int64))
        graph.node.append(helper.make_node("TopK", [scores, best], ["scores", "tokens"], axis=-1, name="search"))
        kept = [output for output in graph.output if output.name != "logits"]
        del graph.output[:]
        graph.output.append(helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["N", "K"]))
        graph.output.append(helper.make_tensor_value_info("tokens", TensorProto.INT64, ["N", "K"]))
        graph.output.extend(kept)

    def follow_origin(self) -> None:
        """Every line of the decoder's past from the line that `origin` [N] names."""
        added: list[onnx.NodeProto] = []
        for given in self._graph.input:
            if given.name.startswith("past_key_values.") and ".decoder." in given.name:
                self._rename(given.name, f"{given.name}.followed")
                outputs = [f"{given.name}.followed"]
                added.append(helper.make_node("Gather", [given.name, "origin"], outputs, axis=0, name=outputs[0]))
                given.type.tensor_type.shape.dim[0].dim_param = "past_lines"
        for node in reversed(added):
            self._graph.node.insert(0, node)
        self._graph.input.append(helper.make_tensor_value_info("origin", TensorProto.INT64, ["batch_size"]))

    def take_weights_out(self) -> None:
        """Weights become names that the session is given; in int8, their multiplications become integer ones."""
        graph = self._graph
        self._fold_transposes()
        arrays = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
        uses = Counter(name for node in graph.node for name in node.input if name in arrays)
        large = {name for name, array in arrays.items() if array.dtype == np.float32 and array.size >= SMALL}
        nodes: list[onnx.NodeProto] = []
        renamed: dict[str, str] = {}
        for node in list(graph.node):
            made, name = self._integer(node, arrays, large)
            nodes += made
            uses[name] -= bool(name)
        for name in sorted(large):
            if uses[name] > 0:
                renamed[name] = self._widened(self._store.floats(arrays[name]))
                self._declare(renamed[name], arrays[name].shape, TensorProto.FLOAT)
        for node in nodes:
            for k, name in enumerate(node.input):
                node.input[k] = renamed.get(name, name)
        small = [one for one in graph.initializer if one.name not in large]
        del graph.initializer[:], graph.node[:]
        graph.initializer.extend(small)
        if self._half:  # until the graph is in fp16
            kind = TensorProto.FLOAT
            graph.input.extend(helper.make_tensor_value_info(n, kind, one.dims) for n, one in self._declared.items())
        else:
            graph.initializer.extend(self._declared.values())
        graph.node.extend(nodes)

    def _integer(
        self, node: onnx.NodeProto, arrays: dict[str, np.ndarray], large: set[str]
    ) -> tuple[list[onnx.NodeProto], str]:
        """The nodes that take the place of one whose weight is stored in int8, and that weight; else itself and ""."""
        used = [name for name in node.input if name in large]
        if self._store.precision == "int8" and node.op_type == "MatMul" and used == [node.input[1]]:
            array = arrays[used[0]]
            if not self._half:
                return self._integer_product(node, array), used[0]
            node.input[1] = self._widened(self._store.matrix(array)[0])
            self._declare(node.input[1], array.shape, TensorProto.FLOAT)
            return [node], used[0]
        if self._store.precision == "int8" and self._is_table(node, arrays, large):
            name, array = node.input[0], arrays[node.input[0]]
            if not self._half:
                return self._integer_table(node, array), name
            node.input[0] = self._widened(self._store.table(array)[0])
            self._declare(node.input[0], array.shape, TensorProto.FLOAT)
            return [node], name
        return [node], ""

    def _widened(self, name: str) -> str:
        """What the session is asked for: in fp16, whatever it is stored in."""
        return f"{name}{WIDENED}" if self._half else name

    def _fold_transposes(self) -> None:
        """A tied output head may be exported as a transposition at each step."""
        graph = self._graph
        arrays = {one.name: one for one in graph.initializer}
        for node in [n for n in graph.node if n.op_type == "Transpose" and n.input[0] in arrays]:
            array = numpy_helper.to_array(arrays[node.input[0]])
            if array.ndim == 2:
                graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(array.T), node.output[0]))
                graph.node.remove(node)

    @staticmethod
    def _is_table(node: onnx.NodeProto, arrays: dict[str, np.ndarray], large: set[str]) -> bool:
        return node.op_type == "Gather" and node.input[0] in large and len(arrays[node.input[0]]) >= MANY_ROWS

    def _integer_table(self, node: onnx.NodeProto, array: np.ndarray) -> list[onnx.NodeProto]:
        table, scale = self._store.table(array)
        self._declare(table, array.shape, TensorProto.INT8)
        self._declare(scale, (len(array),), TensorProto.FLOAT)
        made = _Nodes(f"{node.name}/table")
        rows = made.add("Cast", [made.add("Gather", [table, node.input[1]], axis=0)], to=TensorProto.FLOAT)
        axis = self._constant("after", np.array([-1], np.int64))
        scales = made.add("Unsqueeze", [made.add("Gather", [scale, node.input[1]], axis=0), axis])
        made.add("Mul", [rows, scales], output=node.output[0])
        return made.nodes

    def _integer_product(self, node: onnx.NodeProto, array: np.ndarray) -> list[onnx.NodeProto]:
        weight, scale = self._store.matrix(array)
        self._declare(weight, array.shape, TensorProto.INT8)
        self._declare(scale, (array.shape[1],), TensorProto.FLOAT)
        self._declare(ACTIVATION_SCALE, (), TensorProto.FLOAT)
        self._declare(ACTIVATION_ZERO, (), TensorProto.UINT8)
        made = _Nodes(f"{node.name}/product")
        axis = self._constant("last_axis", np.array([-1], np.int64))
        tiny = self._constant("tiny", np.array(1e-12, np.float32))
        absolute = made.add("Abs", [node.input[0]])
        if self._axes_are_inputs:
            largest = made.add("ReduceMax", [absolute, axis], keepdims=1)
        else:
            largest = made.add("ReduceMax", [absolute], axes=[-1], keepdims=1)
        largest = made.add("Add", [largest, tiny])
        levels = made.add(
            "QuantizeLinear", [made.add("Div", [node.input[0], largest]), ACTIVATION_SCALE, ACTIVATION_ZERO]
        )
        inputs = [levels, weight, ACTIVATION_SCALE, scale, ACTIVATION_ZERO]
        product = made.add("MatMulIntegerToFloat", inputs, domain=_MICROSOFT)
        made.add("Mul", [product, largest], output=node.output[0])
        return made.nodes

    def _declare(self, name: str, shape: tuple[int, ...], kind: int) -> None:
        self._declared[name] = external(name, shape, kind)

    def _constant(self, name: str, value: np.ndarray) -> str:
        name = f"gloss.{name}"
        if all(one.name != name for one in self._graph.initializer):
            self._graph.initializer.append(numpy_helper.from_array(value, name))
        return name

    def _add(self, kind: str, inputs: list[str], **attributes: Any) -> str:
        self._count += 1
        output = f"gloss.{kind}.{self._count}"
        self._graph.node.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def _rename(self, old: str, new: str) -> None:
        for node in self._graph.node:
            for k, name in enumerate(node.input):
                if name == old:
                    node.input[k] = new


class _Nodes:
    """Nodes that take the place of one."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.nodes: list[onnx.NodeProto] = []

    def add(self, kind: str, inputs: list[str], output: str = "", domain: str = "", **attributes: Any) -> str:
        output = output or f"{self._name}/{len(self.nodes)}"
        self.nodes.append(
            helper.make_node(kind, inputs, [output], name=f"{output}/{kind}", domain=domain, **attributes)
        )
        return output


def saturation() -> onnx.ModelProto:
    """One integer product whose true value is known: shows whether this CPU's int8 kernel saturates at 16 bits."""
    nodes = [helper.make_node("MatMulInteger", ["levels", "weight"], ["product"])]
    weight = numpy_helper.from_array(np.full((64, 16), 127, np.int8), "weight")
    levels = helper.make_tensor_value_info("levels", TensorProto.UINT8, [1, 64])
    product = helper.make_tensor_value_info("product", TensorProto.INT32, [1, 16])
    graph = helper.make_graph(nodes, "saturation", [levels], [product], [weight])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
