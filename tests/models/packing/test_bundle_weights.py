from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from models.packing.bundle_weights import bundle_weights
from tests.fixtures import tiny_bundle


@pytest.mark.parametrize(("precision", "tolerance"), [("fp32", 1e-6), ("int8", 0.01)])
def test_a_bundle_gives_its_checkpoint_back(
    tmp_path: Path, precision: Literal["fp32", "int8"], tolerance: float
) -> None:
    bundle, tensors = tiny_bundle.make_tiny_bundle(tmp_path / "tiny", precision=precision)
    again = bundle_weights(bundle.path)
    assert set(again) == set(tensors)
    for name, tensor in tensors.items():
        ours = again[name].numpy()[2:] if "embed_positions" in name else again[name].numpy()
        theirs = tensor[2:] if "embed_positions" in name else tensor  # BART leaves two rows unused
        np.testing.assert_allclose(ours, theirs, atol=tolerance * np.abs(tensor).max(), err_msg=name)
