"""Which targets an engine's languages give."""

from __future__ import annotations

from arxiv_gloss.text.targets import offered


def test_what_is_offered() -> None:
    assert offered(("zh",)) == ("zh", "zh-TW", "en")
    assert offered(("de",)) == ("de", "en")
