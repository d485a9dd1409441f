"""A row of the model as readers see it."""

import pytest

from arxiv_gloss.engine.protocol import Row
from arxiv_gloss.services.gloss.rendering import render_condensation


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("经典系统与量子系统相反，非可积；", "经典系统与量子系统相反，非可积。"),
        ("高能光子产生粒子对", "高能光子产生粒子对。"),
        ("误差更小。", "误差更小。"),
        ("代码已公开：https://a.org", "代码已公开：https://a.org"),
        ("", ""),
    ],
)
def test_a_condensed_clause_ends_with_a_full_stop(said: str, shown: str) -> None:
    assert render_condensation(Row(said, (), 0.0, (), complete=True), ["A source."], "A source.", []).text == shown
