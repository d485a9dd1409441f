"""Sentences shortened by rule."""

from __future__ import annotations

import pytest

from arxiv_gloss.text.shorten import shorten


@pytest.mark.parametrize(
    ("sentence", "shorter"),
    [
        ("However, in this paper we find it.", "In this paper we find it."),
        ("However, we find it.", "We find it."),
        ("In this paper, we find it.", "We find it."),
        ("To address this issue, we propose it.", "We propose it."),
        ("It works on many tasks (e.g., parsing, tagging) and sets.", "It works on many tasks and sets."),
        ("It has (SFL) and (e.g. $x$).", "It has (SFL) and (e.g. $x$)."),
        ("Moreover, $x$ is small.", "$x$ is small."),
        ("Here, mRNA is seen.", "mRNA is seen."),
        ("However,", "However,"),
    ],
)
def test_shortening_changes_nothing_that_is_said(sentence: str, shorter: str) -> None:
    assert shorten(sentence) == shorter
