from pathlib import Path

import pytest

from arxiv_gloss.engine.bundle import open_bundle
from arxiv_gloss.engine.glosser.engine import Seq2Seq
from tests.fixtures.tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="session")
def tiny_bundle_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundles") / "tiny"
    make_tiny_bundle(path)
    return path


@pytest.fixture(scope="session")
def tiny_int8_engine(tmp_path_factory: pytest.TempPathFactory) -> Seq2Seq:
    bundle, _ = make_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny", "int8")
    return Seq2Seq(bundle)


@pytest.fixture(scope="session")
def tiny_engine(tiny_bundle_path: Path) -> Seq2Seq:
    return Seq2Seq(open_bundle(tiny_bundle_path))
