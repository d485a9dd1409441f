"""A bundle that is not whole is refused, and the message names what is wrong."""

import json
import shutil
from pathlib import Path

import pytest

from arxiv_gloss.engine.bundle import find_bundles, open_bundle
from arxiv_gloss.engine.session import make_session, options
from arxiv_gloss.errors import BundleError, EngineError


@pytest.fixture
def copy(tiny_bundle_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_bundle_path, tmp_path / "tiny"))


def test_a_whole_bundle_opens_and_knows_its_digest(copy: Path) -> None:
    bundle = open_bundle(copy)
    assert bundle.name == "tiny"
    assert len(bundle.digest) == 64
    assert find_bundles([copy.parent, copy.parent]) == [copy]


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "step.onnx").unlink()
    with pytest.raises(BundleError, match=r"step\.onnx is missing"):
        open_bundle(copy)


def test_a_changed_byte_is_noticed(copy: Path) -> None:
    weights = copy / "weights.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    with pytest.raises(BundleError, match=r"weights\.safetensors .* another digest"):
        open_bundle(copy)


@pytest.mark.parametrize("file", ["step.onnx", "weights.safetensors", "tokenizer.json", "saturation.onnx"])
def test_what_a_model_reads_has_a_digest(copy: Path, file: str) -> None:
    config = json.loads((copy / "config.json").read_text())
    del config["files"][file]
    (copy / "config.json").write_text(json.dumps(config))
    with pytest.raises(BundleError, match=f"no digest of {file}"):
        open_bundle(copy)


@pytest.mark.parametrize("file", ["more.json", "other.onnx", "tensors.safetensors"])
def test_nothing_is_slipped_in_beside(copy: Path, file: str) -> None:
    """Some files are read where they are there."""
    (copy / file).write_bytes(b"{}")
    (copy / "NOTES.md").write_text("as one likes")
    with pytest.raises(BundleError, match=f"no digest of {file}"):
        open_bundle(copy)


def test_a_graph_reads_no_file_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """onnxruntime looks for the tensors of a graph that it got as bytes where the program was started."""
    onnx = pytest.importorskip("onnx")
    (tmp_path / "secret").write_bytes(b"abcd")
    monkeypatch.chdir(tmp_path)
    tensor = onnx.TensorProto(
        name="w", data_type=onnx.TensorProto.UINT8, dims=[4], data_location=onnx.TensorProto.EXTERNAL
    )
    tensor.external_data.add(key="location", value="secret")
    made = onnx.helper.make_tensor_value_info("y", onnx.TensorProto.UINT8, [4])
    graph = onnx.helper.make_graph([onnx.helper.make_node("Identity", ["w"], ["y"])], "g", [], [made], [tensor])
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8)
    with pytest.raises(EngineError):
        make_session(model.SerializeToString(), options(1))


def test_no_config_is_no_bundle(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="not a bundle"):
        open_bundle(tmp_path)
    assert find_bundles([tmp_path, tmp_path / "nowhere"]) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 99}, "has format 99"),
        ({"name": "../evil"}, "not allowed"),
        ({"files": {"../secret": "00"}}, "not allowed"),
        ({"shape": {"d_model": "wide"}}, "damaged"),
    ],
)
def test_a_bad_config_is_refused(copy: Path, change: dict[str, object], message: str) -> None:
    config = copy / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | change))
    with pytest.raises(BundleError, match=message):
        open_bundle(copy)
