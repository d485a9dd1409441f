"""Words that abstracts write in small letters (`tables/common_words.txt`, made by models/recipe/common_words.py)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def is_common(word: str) -> bool:
    """Whether a word, in whatever letters, or its singular, is one that papers write in small letters."""
    small = word.lower()
    return small in _common() or (small.endswith("s") and small[:-1] in _common())


@cache
def _common() -> frozenset[str]:
    lines = files("arxiv_gloss.text").joinpath("tables", "common_words.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
