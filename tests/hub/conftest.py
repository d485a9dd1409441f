"""Tiny models and their bundles, each made once a session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from arxiv_gloss.engine.text_config import Origin

pytest.importorskip("optimum.exporters.onnx", reason="needs the extra [export]")

from arxiv_gloss.hub.pack import Order, Packed, pack
from tests.hub.tiny_models import make


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a tiny model, by family."""
    made: dict[str, Path] = {}

    def of(family: str) -> Path:
        if family not in made:
            made[family] = make(family, tmp_path_factory.mktemp("models") / family)
        return made[family]

    return of


@pytest.fixture(scope="session")
def packed(tiny_model: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Packed]:
    """A tiny model's bundle, by family and precision."""
    made: dict[tuple[str, str], Packed] = {}

    def of(family: str, precision: str = "fp32") -> Packed:
        if (family, precision) not in made:
            into = tmp_path_factory.mktemp(f"bundles-{precision}")
            order = Order(family, Origin(f"tiny/{family}", "", "ours", 0), precision, least_closeness=0)
            made[family, precision] = pack(tiny_model(family), into, order)
        return made[family, precision]

    return of
