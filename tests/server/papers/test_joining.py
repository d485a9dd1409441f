"""Words that were parted at the end of a line."""

from __future__ import annotations

from collections import Counter

import pytest

from arxiv_gloss.papers.pdf.body import Body
from arxiv_gloss.papers.pdf.paragraphs import Joiner

WORDS = Counter({"english": 3, "german": 2, "low": 2, "order": 4, "well-known": 1, "information": 1})
JOINER = Joiner(Body(10.0, 12.0, frozenset()), {}, WORDS)


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("an infor-", "mation", "an information"),
        ("a para-", "graph", "a paragraph"),
        ("a well-", "known one", "a well-known one"),
        ("of low-", "order terms", "of low-order terms"),
        ("the English-", "to-German task", "the English-to-German task"),
        ("a self-", "taught one", "a self-taught one"),
        ("a trans-", "former-based model", "a transformer-based model"),
        ("the GPT-", "4 model", "the GPT-4 model"),
        ("an end -", "then more", "an end - then more"),
    ],
)
def test_hyphens_at_the_ends_of_lines(left: str, right: str, whole: str) -> None:
    assert JOINER.join(left, right) == whole
