"""The tools that an assistant gets: the same glosses, with their evidence and flags."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from arxiv_gloss.cli.mcp import Tools, create_server
from arxiv_gloss.errors import NotEnglish
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.settings import load
from arxiv_gloss.storage.row_cache import RowCache
from arxiv_gloss.storage.saved_papers import SavedPaper, SavedPapers
from tests.server.conftest import ABSTRACT, TITLE
from tests.server.fakes import EchoEngine
from tests.server.papers import make_pdf


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    monkeypatch.setenv("ARXIV_GLOSS_DATA_DIR", str(tmp_path))
    return Tools(load({}), Glosser(EchoEngine(), RowCache(None)))


def test_a_text_is_glossed_with_evidence(tools: Tools) -> None:
    made = tools.gloss_text(ABSTRACT, TITLE)
    assert made["title"]["source"] == TITLE and len(made["segments"]) > 1
    assert all("evidence" in one and "flags" in one for one in made["takeaways"])


def test_a_pdf_is_glossed_with_its_notices(tools: Tools, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(make_pdf.two_column_paper().pdf)
    made = tools.gloss_pdf(str(file))
    assert made["pages"] == 2 and made["notices"] == []
    assert made["takeaways"][0]["evidence"][0]["page"] == 1


def test_what_cannot_be_glossed_says_why(tools: Tools) -> None:
    with pytest.raises(NotEnglish):
        tools.gloss_text("我们" * 50)


def test_saved_papers_are_found_by_all_words(tools: Tools) -> None:
    saved = SavedPapers(tools._settings.state_file)
    saved.add([SavedPaper("2601.00001", "On bridges"), SavedPaper("2601.00002", "On gardens and bridges")])
    assert [one["id"] for one in tools.search_saved("gardens BRIDGES")["papers"]] == ["2601.00002"]
    assert len(tools.search_saved()["papers"]) == 2


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """On a thread of its own: a browser test that ran before leaves an event loop on this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def test_the_server_offers_the_tools(tools: Tools) -> None:
    pytest.importorskip("mcp")
    offered = run(create_server(tools).list_tools())
    assert [tool.name for tool in offered] == ["gloss_text", "gloss_paper", "gloss_pdf", "search_saved"]
    assert all(tool.description for tool in offered)


def test_a_refusal_reaches_the_assistant_in_words(tools: Tools) -> None:
    pytest.importorskip("mcp")
    with pytest.raises(Exception, match="not seem to be in English"):
        run(create_server(tools).call_tool("gloss_text", {"abstract": "我们" * 50}))
