"""The GPU is taken only where it is there, has room, and says what the CPU says."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from arxiv_gloss.engine import device
from arxiv_gloss.engine.bundle import Bundle, open_bundle
from arxiv_gloss.engine.device import best_device
from arxiv_gloss.engine.glosser.engine import Seq2Seq, load_engine
from arxiv_gloss.engine.protocol import RowRequest, Source
from arxiv_gloss.errors import EngineError
from tests.fixtures.tiny_bundle import make_tiny_bundle

SOURCE = Source(
    "A small model ⟪0⟫",
    (
        "It is faster by a factor of 3.07⟪1⟫ than ⟪2⟫.",
        "These results show that checking is worth more than trusting it.",
    ),
)
REQUESTS = [
    RowRequest("title"),
    RowRequest("translate", 0, frozenset({1, 2})),
    RowRequest("translate", 1),
    RowRequest("gist", 1),
]
SHIPPED = Path(__file__).parents[3] / "models" / "shipped" / "gloss-en-zh"
LONG_ENOUGH = 8
"""Tokens after which rounding to fp16 may decide between two that are all but equal."""
SAID = {"cpu": (1, 2, 3, 4), "nearly": (1, 2, 3, 9), "nonsense": (9, 9, 9, 9), "nothing": ()}


@pytest.fixture
def bundle(tiny_bundle_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bundle:
    monkeypatch.setattr(device, "provider", lambda: "CUDA")
    monkeypatch.setattr(device, "free_gpu_bytes", lambda: None)
    return open_bundle(tiny_bundle_path)


def say(model: str) -> Sequence[int]:
    return SAID[model]


def test_a_gpu_that_nearly_agrees_is_taken(bundle: Bundle) -> None:
    assert best_device(bundle, "cpu", lambda: "nearly", say) == "nearly"


@pytest.mark.parametrize("on_gpu", ["nonsense", "nothing"])
def test_a_gpu_that_says_something_else_is_not(on_gpu: str, bundle: Bundle, caplog: pytest.LogCaptureFixture) -> None:
    assert best_device(bundle, "cpu", lambda: on_gpu, say) == "cpu"
    assert "says something else" in caplog.text


def test_one_without_room_is_not_even_tried(
    bundle: Bundle, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device, "free_gpu_bytes", lambda: 1000)
    assert best_device(bundle, "cpu", lambda: pytest.fail("it was loaded"), say) == "cpu"
    assert "memory is too small" in caplog.text


def test_one_that_fails_is_not_taken(bundle: Bundle, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> str:
        raise EngineError("out of memory")

    assert best_device(bundle, "cpu", fail, say) == "cpu"
    assert "out of memory" in caplog.text


def rows(engine: Seq2Seq) -> list[tuple[int, ...]]:
    made = dict(engine.decode(engine.encode(SOURCE), REQUESTS))
    return [made[request].ids for request in REQUESTS]


def test_the_graphs_for_cuda_say_what_those_for_the_cpu_say(tmp_path: Path) -> None:
    """Run on the CPU: lines that go on from others take their past along, though it is never copied by the host."""
    packed, _ = make_tiny_bundle(tmp_path / "tiny")
    usual, half = Seq2Seq(packed), Seq2Seq(packed, half=True)
    assert half.info.precision == "fp16"
    for one, other in zip(rows(half), rows(usual), strict=True):
        assert one[:LONG_ENOUGH] == other[:LONG_ENOUGH]


def test_the_shipped_bundle_can_go_to_a_gpu() -> None:
    """And says there what it says here, as far as a CPU can show it."""
    shipped = open_bundle(SHIPPED)
    source = Source("", ("We train 3⟪0⟫ models on 12⟪1⟫ tasks, and all of them are small.",))
    usual, half = (
        next(engine.decode(engine.encode(source), [RowRequest("translate", 0, frozenset({0, 1}))]))[1].ids
        for engine in (Seq2Seq(shipped), Seq2Seq(shipped, half=True))
    )
    assert device.agree(usual, half)


@pytest.mark.gpu
def test_a_gpu_runs_the_glosser(tmp_path: Path) -> None:
    packed, _ = make_tiny_bundle(tmp_path / "tiny")
    engine = load_engine(packed)
    assert (engine.info.provider, engine.info.precision) == ("CUDA", "fp16")
    assert rows(engine) == rows(Seq2Seq(packed, half=True))
