"""Which targets an engine's languages give."""

from __future__ import annotations

from arxiv_gloss.text.targets import targets_of


def test_what_is_offered() -> None:
    assert targets_of(("zh",)) == ("zh", "zh-TW", "en")
    assert targets_of(("de",)) == ("de", "en")
