"""The two ONNX graphs of a glosser bundle, built from the model's shape alone: they hold no weights.

    encoder   ids [1, S] -> states [1, S, D] and, for every decoder layer, the cross-attention's keys and values
    step      one token for every row -> log probabilities [R, V], over past keys and values kept in one buffer

All rows of a paper share its keys and values; what a row may see is a mask over the source tokens. So nothing is copied
per row, and a row that has finished leaves the batch by leaving the mask.

Weights are declared as external tensors and handed to both sessions at load time (engine/session.py), so each is stored
once. In int8 a weight is [in, out] with one scale per output, and activations are scaled row by row:
DynamicQuantizeMatMul would use one scale for the whole batch, and a row's text would depend on the rows beside it.

In fp16 the graphs are made for CUDA. There the past stays on the device: a step first takes every line's past from the
line that it goes on from (`origin`), instead of writing into one buffer in which the host moves lines about.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from arxiv_gloss.engine.bundle import ACTIVATION_SCALE, ACTIVATION_ZERO, WEIGHTS_FILE, WIDENED, Shape

_CANDIDATES = 16
"""Tokens that a step offers for each row: enough for a beam of four when some of them may not be said again."""
_MICROSOFT = "com.microsoft"
OPSET, MICROSOFT_OPSET, IR_VERSION = 17, 1, 9
Precision = Literal["int8", "fp32", "fp16"]

ZEROS = "activation.zeros"
LONGEST_BLOCK = 96
"""Of the vocabulary, when its best tokens are sought: about the square root of its size, and a divisor of it."""


class Builder:
    """Collects nodes and weight declarations of one graph."""

    def __init__(self, shape: Shape, precision: Precision, row_axis: int) -> None:
        """`row_axis`: the axis of activations that counts rows; all others but the last have length 1."""
        self.shape, self.precision, self.row_axis = shape, precision, row_axis
        self.kind = TensorProto.FLOAT16 if precision == "fp16" else TensorProto.FLOAT
        """Of what flows from layer to layer."""
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, onnx.TensorProto] = {}
        self.constants: dict[str, onnx.TensorProto] = {}

    def op(
        self,
        kind: str,
        inputs: list[str],
        outputs: int | list[str] = 1,
        domain: str = "",
        **attributes: Any,
    ) -> str:
        """Add a node; returns the name of its first output."""
        names = outputs if isinstance(outputs, list) else [f"{kind}_{len(self.nodes)}_{k}" for k in range(outputs)]
        self.nodes.append(
            helper.make_node(kind, inputs, names, name=f"{kind}_{len(self.nodes)}", domain=domain, **attributes)
        )
        return names[0]

    def split(self, x: str, parts: int) -> list[str]:
        names = [f"Split_{len(self.nodes)}_{k}" for k in range(parts)]
        self.op("Split", [x], names, axis=-1)
        return names

    def constant(self, name: str, value: np.ndarray | np.int64) -> str:
        self.constants[name] = numpy_helper.from_array(np.asarray(value), name)
        return name

    def weight(self, name: str, dims: list[int], kind: int = TensorProto.FLOAT) -> str:
        """Declare a tensor that the session gets at load time; one in float16 by the mark for it."""
        name = name + WIDENED * (kind == TensorProto.FLOAT16)
        tensor = onnx.TensorProto(name=name, data_type=kind, dims=dims, data_location=TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value=WEIGHTS_FILE)
        self.weights[name] = tensor
        return name

    def activation(self, x: str) -> tuple[str, str]:
        """x [.., K] -> (x in levels, the largest absolute value of each row [.., 1])."""
        largest = self.op("ReduceMax", [self.op("Abs", [x])], axes=[-1], keepdims=1)
        scales = self.op("Mul", [largest, self.weight(ACTIVATION_SCALE, [])])
        scales = self.op("Reshape", [scales, self.constant("flat", np.array([-1]))])
        return self.op("QuantizeLinear", [x, scales, self.zeros(x)], axis=self.row_axis), largest

    def zeros(self, x: str) -> str:
        """The level of zero, for each row; the same for all activations of a graph."""
        if ZEROS not in (name for node in self.nodes for name in node.output):
            rows = self.op("Shape", [x], start=self.row_axis, end=self.row_axis + 1)
            self.op("Expand", [self.weight(ACTIVATION_ZERO, [], TensorProto.UINT8), rows], [ZEROS])
        return ZEROS

    def best(self, scores: str) -> None:
        """best_scores and best_tokens: the CANDIDATES best of scores [R, 1, V], falling.

        They stand in the CANDIDATES blocks with the greatest maxima, so only those are sorted: two fifths less time.
        """
        size, few = self.shape.target_size, self.constant("candidates", np.array([_CANDIDATES]))
        block = max(n for n in range(1, LONGEST_BLOCK + 1) if size % n == 0)
        if block < 2 or size // block < _CANDIDATES or self.kind != TensorProto.FLOAT:
            self.op("TopK", [scores, few], ["best_scores", "best_tokens"], axis=-1)
            return
        axis = self.constant("block_axis", np.array([2]))
        blocks = self.op("Reshape", [scores, self.constant("in_blocks", np.array([-1, size // block, block]))])
        maxima = self.op("ReduceMax", [blocks], axes=[2], keepdims=0)
        self.op("TopK", [maxima, few], ["block_maxima", "chosen"], axis=-1, sorted=0)
        chosen = self.op("GatherND", [blocks, self.op("Unsqueeze", ["chosen", axis])], batch_dims=1)
        chosen = self.op("Reshape", [chosen, self.constant("in_a_row", np.array([-1, 1, _CANDIDATES * block]))])
        self.op("TopK", [chosen, few], ["best_scores", "best_of_chosen"], axis=-1)
        length = self.constant("block", np.int64(block))
        which = self.op("Div", ["best_of_chosen", length])
        first = self.op("Unsqueeze", ["chosen", self.constant("row_axis", np.array([1]))])
        first = self.op("Mul", [self.op("GatherElements", [first, which], axis=2), length])
        self.op("Add", [first, self.op("Mod", ["best_of_chosen", length])], ["best_tokens"])

    def linear(self, x: str, name: str, size: tuple[int, int], transposed: bool = False) -> str:
        """x [.., K] @ weight [K, N] + bias [N]. `transposed`: stored as [N, K] (the tied head)."""
        inner, outer = size
        stored = f"{name}.weight.T" if transposed else f"{name}.weight"
        if self.precision != "int8":
            y = self.op("MatMul", [x, self.weight(stored, [inner, outer], self.kind)])
        else:
            levels, largest = self.activation(x)
            weight = self.weight(stored, [inner, outer], TensorProto.INT8)
            scale = self.weight(f"{name}.scale", [outer])
            inputs = [levels, weight, ACTIVATION_SCALE, scale, ACTIVATION_ZERO]
            y = self.op("Mul", [self.op("MatMulIntegerToFloat", inputs, domain=_MICROSOFT), largest])
        return self.op("Add", [y, self.weight(f"{name}.bias", [outer], self.kind)])

    def norm(self, x: str, name: str) -> str:
        gain, bias = (self.weight(f"{name}.{k}", [self.shape.d_model], self.kind) for k in ("weight", "bias"))
        return self.op("LayerNormalization", [x, gain, bias], axis=-1, epsilon=1e-5)

    def rows(self, ids: str, name: str, size: int) -> str:
        """Rows of an embedding [size, D]."""
        if self.precision != "int8":
            return self.op("Gather", [self.weight(f"{name}.weight", [size, self.shape.d_model], self.kind), ids])
        row = self.op("Gather", [self.weight(f"{name}.weight", [size, self.shape.d_model], TensorProto.INT8), ids])
        scale = self.op("Gather", [self.weight(f"{name}.scale", [size]), ids])
        scale = self.op("Unsqueeze", [scale, self.constant("last", np.array([-1]))])
        return self.op("Mul", [self.op("Cast", [row], to=TensorProto.FLOAT), scale])

    def positions(self, stack: str, where: str) -> str:
        table = self.weight(f"{stack}.positions.weight", [self.shape.positions, self.shape.d_model], self.kind)
        return self.op("Gather", [table, where])

    def single(self, x: str) -> str:
        """x in float32: for sums over many small shares, and for what the host reads."""
        return x if self.kind == TensorProto.FLOAT else self.op("Cast", [x], to=TensorProto.FLOAT)

    def narrowed(self, x: str) -> str:
        """x as it flows from layer to layer."""
        return x if self.kind == TensorProto.FLOAT else self.op("Cast", [x], to=self.kind)

    def gelu(self, x: str) -> str:
        return self.op("Gelu", [x], domain=_MICROSOFT)

    def feed_forward(self, x: str, layer: str) -> str:
        d, f = self.shape.d_model, self.shape.ffn
        h = self.gelu(self.linear(x, f"{layer}.fc1", (d, f)))
        return self.norm(self.op("Add", [x, self.linear(h, f"{layer}.fc2", (f, d))]), f"{layer}.final_layer_norm")

    def model(
        self, name: str, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]
    ) -> onnx.ModelProto:
        initializers = [*self.weights.values(), *self.constants.values()]
        graph = helper.make_graph(self.nodes, name, inputs, outputs, initializers)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(_MICROSOFT, MICROSOFT_OPSET)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)


def value(name: str, kind: int, dims: list[int | str]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, dims)


def encoder_graph(shape: Shape, precision: Precision) -> onnx.ModelProto:
    """Input: ids [1, S] int64, all of them tokens: there is no padding, as a mask keeps attention from its fast path.

    Outputs: states [1, S, D], and for decoder layer i cross_key_i [1, H, E, S] and cross_value_i [1, H, S, E].
    """
    b, d, heads, head = Builder(shape, precision, 1), shape.d_model, shape.heads, shape.head_size
    base = b.constant("base", np.int64(shape.source_size))
    is_target = b.op("GreaterOrEqual", ["ids", base])
    zero = b.constant("zero", np.int64(0))
    source = b.rows(b.op("Where", [is_target, zero, "ids"]), "source", shape.source_size)
    target = b.rows(b.op("Where", [is_target, b.op("Sub", ["ids", base]), zero]), "target", shape.target_size)
    chosen = b.op("Unsqueeze", [is_target, b.constant("last", np.array([-1]))])
    length = b.op("Gather", [b.op("Shape", ["ids"]), b.constant("one", np.int64(1))])
    where = b.op("Range", [zero, length, "one"])
    x = b.op("Add", [b.op("Where", [chosen, target, source]), b.positions("encoder", where)])
    x = b.norm(x, "encoder.layernorm_embedding")
    for i in range(shape.encoder_layers):
        layer = f"encoder.layers.{i}"
        q, k, v = b.split(b.linear(x, f"{layer}.self_attn.qkv", (d, 3 * d)), 3)
        attended = b.op("MultiHeadAttention", [q, k, v], domain=_MICROSOFT, num_heads=heads)
        attended = b.linear(attended, f"{layer}.self_attn.out_proj", (d, d))
        x = b.norm(b.op("Add", [x, attended]), f"{layer}.self_attn_layer_norm")
        x = b.feed_forward(x, layer)
    b.op("Identity", [b.single(x)], ["states"])
    outputs = [value("states", TensorProto.FLOAT, [1, "S", d])]
    split_heads = b.constant("split_heads", np.array([0, 0, heads, head]))
    cross = b.split(b.linear(x, "cross", (d, 2 * d * shape.decoder_layers)), 2 * shape.decoder_layers)
    for i in range(shape.decoder_layers):
        key, val = (b.op("Reshape", [part, split_heads]) for part in cross[2 * i : 2 * i + 2])
        b.op("Transpose", [key], [f"cross_key_{i}"], perm=[0, 2, 3, 1])
        b.op("Transpose", [val], [f"cross_value_{i}"], perm=[0, 2, 1, 3])
        outputs.append(value(f"cross_key_{i}", b.kind, [1, heads, head, "S"]))
        outputs.append(value(f"cross_value_{i}", b.kind, [1, heads, "S", head]))
    return b.model("encoder", [value("ids", TensorProto.INT64, [1, "S"])], outputs)


def cross_attention(b: Builder, x: str, layer: str, i: int) -> tuple[str, str]:
    """All rows of a paper against its shared keys and values: (attended [R, 1, D], weights [P, H, Q, S]); R = P Q."""
    d = b.shape.d_model
    q = b.linear(x, f"{layer}.encoder_attn.q_proj", (d, d))  # the scale 1/sqrt(E) is in the weights (pack.py)
    q = b.op("Transpose", [b.op("Reshape", [q, "by_paper"])], perm=[0, 2, 1, 3])
    scores = b.op("Add", [b.single(b.op("MatMul", [q, f"cross_key_{i}"])), "visible"])
    weights = b.op("Softmax", [scores], axis=-1)
    attended = b.op("MatMul", [b.narrowed(weights), f"cross_value_{i}"])
    attended = b.op("Transpose", [attended], perm=[0, 2, 1, 3])
    attended = b.op("Reshape", [attended, b.constant("by_row", np.array([-1, 1, d]))])
    return b.linear(attended, f"{layer}.encoder_attn.out_proj", (d, d)), weights


def step_graph(shape: Shape, marks: int, precision: Precision) -> onnx.ModelProto:
    """One step for R = P Q rows (P papers of Q rows), all at the same position.

    Inputs: tokens [R, 1] int64 (target ids, counted from 0), position [1] int64, past_length [R] int32 (= position),
    total_length [1] int32 (= position + 1), visible [P, 1, Q, S] float (0 where a row may look, else -1e9), the
    encoder's cross keys and values, and past_key_i / past_value_i [R, H, M, E], which are also the outputs' buffers. In
    fp16 these are [A, H, M, E], and origin [R] int64 says where in them each row's past is.
    `banned` [R, 1, V] float is added to the log probabilities before the best are taken.
    Outputs: best_scores and best_tokens [R, 1, K] (log probabilities, falling), specials [R, 1, marks] (log
    probabilities of the slots, tasks and marks), look [P, Q, S] (last cross-attention, mean over heads), and the
    present buffers.
    """
    b, d, heads, head = Builder(shape, precision, 0), shape.d_model, shape.heads, shape.head_size
    papers = b.op("Shape", ["visible"], start=0, end=1)
    b.op("Concat", [papers, b.constant("rows_heads", np.array([-1, heads, head]))], ["by_paper"], axis=0)
    x = b.norm(
        b.op("Add", [b.rows("tokens", "target", shape.target_size), b.positions("decoder", "position")]),
        "decoder.layernorm_embedding",
    )
    inputs = [
        value("tokens", TensorProto.INT64, ["R", 1]),
        value("position", TensorProto.INT64, [1]),
        value("past_length", TensorProto.INT32, ["R"]),
        value("total_length", TensorProto.INT32, [1]),
        value("visible", TensorProto.FLOAT, ["P", 1, "Q", "S"]),
        value("banned", TensorProto.FLOAT, ["R", 1, shape.target_size]),
    ]
    moved = precision == "fp16"
    if moved:
        inputs.append(value("origin", TensorProto.INT64, ["R"]))
    outputs, weights = [], ""
    for i in range(shape.decoder_layers):
        layer = f"decoder.layers.{i}"
        qkv = b.linear(x, f"{layer}.self_attn.qkv", (d, 3 * d))
        past = [f"past_key_{i}", f"past_value_{i}"]
        if moved:
            past = [b.op("Gather", [name, "origin"]) for name in past]
        attended = b.op(
            "GroupQueryAttention",
            [qkv, "", "", *past, "past_length", "total_length"],
            [f"attended_{i}", f"present_key_{i}", f"present_value_{i}"],
            domain=_MICROSOFT,
            num_heads=heads,
            kv_num_heads=heads,
        )
        attended = b.linear(attended, f"{layer}.self_attn.out_proj", (d, d))
        x = b.norm(b.op("Add", [x, attended]), f"{layer}.self_attn_layer_norm")
        attended, weights = cross_attention(b, x, layer, i)
        x = b.norm(b.op("Add", [x, attended]), f"{layer}.encoder_attn_layer_norm")
        x = b.feed_forward(x, layer)
        inputs += [
            value(f"cross_key_{i}", b.kind, ["P", heads, head, "S"]),
            value(f"cross_value_{i}", b.kind, ["P", heads, "S", head]),
        ]
        for kind in ("key", "value"):
            inputs.append(value(f"past_{kind}_{i}", b.kind, ["A" if moved else "R", heads, "M", head]))
            outputs.append(value(f"present_{kind}_{i}", b.kind, ["R", heads, "M", head]))
    logits = b.single(b.linear(x, "target", (d, shape.target_size), transposed=True))
    logs = b.op("LogSoftmax", [logits], axis=-1)
    allowed = b.op("Add", [logs, "banned"])
    b.best(allowed)
    ends = [b.constant(f"special_{name}", np.array([at])) for name, at in (("from", 0), ("to", marks), ("axis", 2))]
    b.op("Slice", [logs, *ends], ["specials"])
    b.op("ReduceMean", [weights], ["look"], axes=[1], keepdims=0)
    outputs = [
        value("best_scores", TensorProto.FLOAT, ["R", 1, _CANDIDATES]),
        value("best_tokens", TensorProto.INT64, ["R", 1, _CANDIDATES]),
        value("specials", TensorProto.FLOAT, ["R", 1, marks]),
        value("look", TensorProto.FLOAT, ["P", "Q", "S"]),
        *outputs,
    ]
    return b.model("step", inputs, outputs)
