"""A whole paper in both languages, from its page to a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from arxiv_gloss.cli.bilingual_page import page
from arxiv_gloss.errors import EngineError
from arxiv_gloss.papers.html import read_html
from arxiv_gloss.services.fulltext.bilingual import TranslatedPart, bilingual_markdown, texts_of, translated
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.storage.row_cache import RowCache
from tests.server.fakes import EchoEngine

PAPER = read_html((Path(__file__).parents[3] / "fixtures" / "papers" / "latexml_long.html").read_text(encoding="utf-8"))


def both(engine: EchoEngine | None = None, target: str = "zh") -> list[TranslatedPart]:
    return list(translated(Glosser(engine or EchoEngine(), RowCache(None)), PAPER, target))


def test_every_part_has_its_translation_beneath_in_order() -> None:
    parts = both()
    assert [one.part for one in parts] == texts_of(PAPER)
    left = [one.part.source for one in parts if not one.text]
    assert len(left) == 1 and left[0].startswith("La méthode repose")
    kinds = [one.part.kind for one in parts]
    assert (kinds.count("caption"), kinds.count("note"), kinds[0]) == (2, 1, "heading")


def test_markdown() -> None:
    text = bilingual_markdown(both())
    assert text.startswith("# Caching Attention for Long Documents\n\n# 题目")
    assert "## 1 Introduction\n\n## 1 引言\n\n" in text
    assert "### 2.1 Related Work\n\n### 2.1 相关工作" in text.replace("\\", "")
    assert "**Figure 1.** The cache after the first question." in text
    assert "> The cache is cleared whenever the document changes.\n>\n> 甲句的译文。" in text


def test_one_page() -> None:
    written = page(PAPER, both(), "zh")
    assert '<h2>1 Introduction</h2>\n<h2 class="translation" lang="zh-CN">1 引言</h2>' in written
    assert "<math" in written and "<script" not in written and 'class="note"' in written


def test_a_model_that_fails_ends_it() -> None:
    with pytest.raises(EngineError):
        both(EchoEngine(fails=EngineError("The model stopped.")))
