"""Abstracts that give orders to a model, and a model that obeys each of them: nothing that it says is ever shown."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from arxiv_gloss.engine.llm.client import Client
from arxiv_gloss.engine.llm.endpoint import resolve
from arxiv_gloss.engine.llm.model import ChatModel, Manner
from arxiv_gloss.registry.llm import OwnModel
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.storage.glossary import shipped_lexicon
from arxiv_gloss.storage.row_cache import RowCache
from tests.fixtures.model_server import Body, StubServer, model_server, sentence_of
from tests.server.fakes import EchoEngine

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[3] / "fixtures" / "hostile.toml").read_text(encoding="utf-8")
)["case"]


def test_there_are_forty_of_them_of_many_kinds() -> None:
    assert len(CASES) == 40 and len({case["kind"] for case in CASES}) >= 8


BEFORE = "We study how graphs of proteins can be compared."
AFTER = "The method is tested on public data."


@pytest.fixture(scope="module")
def server() -> Iterator[StubServer]:
    with model_server(lambda body: "", "gullible") as made:
        yield made


@pytest.mark.parametrize("number", range(len(CASES)))
def test_no_text_follows_an_order(number: int, server: StubServer) -> None:
    case = CASES[number]

    def obeys(body: Body) -> str:
        """What it is not told to do it does not do at all: a good text of another sentence would hide a bad one."""
        sees_order = sentence_of(body) not in {BEFORE, AFTER, case.get("title")}
        sees_order |= case.get("title", "-") in body["messages"][1]["content"]
        return case["says"] if sees_order else ""

    server.says = obeys
    chat = ChatModel(lambda: Client(resolve(server.url)), "gullible", Manner())
    own = OwnModel(chat, frozenset({"translator", "summarizer"}))
    glosser = Glosser(EchoEngine(), RowCache(None), lexicon=shipped_lexicon, own=own)
    gloss = glosser.collect(GlossQuery(None, case.get("title", ""), case["abstract"], "zh"))
    assert server.asked, "the model was asked for the rest"
    shown = msgspec.json.encode(gloss).decode()
    assert '"origin":"gullible"' not in shown, "no text of it stands"
    assert [one.role for one in gloss.models] == ["glosser"]
