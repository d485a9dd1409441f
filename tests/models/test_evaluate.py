from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from arxiv_gloss.engine.protocol import Encoding, EngineInfo, Row, RowRequest, Source
from arxiv_gloss.text.slots import Marked, Surface
from models.recipe.evaluate import (
    Results,
    choose_papers,
    condensed,
    field_lines,
    joined,
    judge,
    references,
    requests_for,
    samples_text,
)

PAPER = {
    "id": "2401.00001",
    "title": "A Study",
    "title_zh": "研究",
    "abstract": "We study BERT with $x^2$ layers. It reaches 93.5% and is fast.",
    "translation": "我们研究BERT。它达到93.5%。",
    "summary": "研究BERT。",
    "summary_kind": "summary",
    "tldr": "研究。",
    "structured": {"motivation": "动机。", "method": "方法。", "result": "结果。", "conclusion": "结论。"},
    "categories": ["cs.CL"],
}


class Parrot:
    """An engine that says the same for every row; its head finds the first sentence best for everything."""

    def __init__(self, says: str, head: bool) -> None:
        self.says, self.head = says, head

    @property
    def info(self) -> EngineInfo:
        raise NotImplementedError

    def encode(self, source: Source) -> Encoding:
        labels = ("motivation", "method", "result", "conclusion", "tldr")
        salience = [dict.fromkeys(labels, 0.9 - 0.1 * k) for k in range(len(source.segments))]
        return Encoding(source, tuple(salience) if self.head else (), None)

    def embed(self, source: Source) -> tuple[float, ...]:
        raise NotImplementedError

    def decode(
        self, encoding: Encoding, requests: Sequence[RowRequest], cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[RowRequest, Row]]:
        for request in requests:
            yield request, Row(self.says, (), 0.0, (), True)


def test_outputs_are_filed_with_their_references() -> None:
    results = Results()
    judge(PAPER, Parrot("模型。", head=True), results)
    assert results.translations["cs"] == [("模型。模型。", PAPER["translation"])]
    assert results.pairs["title"] == [("模型。", "研究")]
    assert results.pairs["summary"][0][1] == "研究BERT。"
    assert results.pairs["tldr"] == [("模型。", "研究。")]
    assert {"motivation", "method", "result", "conclusion"} <= set(results.pairs)


def test_what_is_lost_is_counted() -> None:
    results = Results()
    judge(PAPER, Parrot("模型。", head=True), results)
    assert (results.kept["names"].kept, results.kept["names"].total) == (0, 1)
    assert (results.kept["formulas"].kept, results.kept["formulas"].total) == (0, 1)
    assert results.kept["numbers"].share < 1
    assert results.kept["faulty"].kept == 0


def test_what_is_kept_is_counted() -> None:
    results = Results()
    judge(PAPER, Parrot("⟪0⟫ ⟪1⟫ ⟪2⟫%", head=True), results)
    assert [results.kept[name].share for name in ("names", "formulas")] == [1.0, 1.0]
    assert results.kept["numbers"].share == 1


def test_loops_and_empty_rows_are_faulty() -> None:
    for says in ("很快很快很快很快", ""):
        results = Results()
        judge(PAPER, Parrot(says, head=False), results)
        assert results.kept["faulty"].share == 1


MARKED = Marked("a study", ("a", "b of 3⟪0⟫"), (Surface("3", "number"),))


def test_without_a_head_rows_are_abstractive() -> None:
    encoding = Parrot("", head=False).encode(Source("", ("a", "b")))
    tasks = [request.task for request in requests_for(PAPER, encoding, MARKED)]
    assert tasks == [
        "translate",
        "translate",
        "title",
        "summary",
        "tldr",
        "motivation",
        "method",
        "result",
        "conclusion",
    ]


def test_with_a_head_only_chosen_sentences_are_condensed() -> None:
    encoding = Parrot("", head=True).encode(Source("", ("a", "b")))
    requests = requests_for(PAPER, encoding, MARKED)
    assert RowRequest("gist", 0) in requests
    assert RowRequest("translate", 1, frozenset({0})) in requests
    assert {request.task for request in requests} == {"translate", "title", "gist"}


def test_condensed_texts_are_made_of_gists() -> None:
    salience = [{"method": 0.9, "tldr": 0.2}, {"result": 0.8, "tldr": 0.7}]
    made = dict(condensed(salience, {0: "方法。", 1: "结果"}))
    assert made["method"] == "方法。"
    assert made["result"] == made["tldr"] == "结果。"
    assert made["conclusion"] == ""


@pytest.mark.parametrize(("texts", "text"), [(["一；", "二 "], "一。二。"), ([], ""), ([" "], "")])
def test_joined(texts: list[str], text: str) -> None:
    assert joined(texts) == text


def test_a_one_line_summary_is_a_tldr() -> None:
    assert references(PAPER | {"summary_kind": "tldr"})["tldr"] == PAPER["summary"]


def test_papers_with_structured_fields_alone_need_all() -> None:
    plain = {"id": "p", "structured": {"method": "。"}, "summary": "一", "summary_kind": "tldr"}
    assert choose_papers([PAPER, plain], every=False, limit=None) == [PAPER]
    assert len(choose_papers([PAPER, plain], every=True, limit=None)) == 2
    assert choose_papers([PAPER] * 9, every=True, limit=4) == [PAPER] * 4


def test_reports_name_what_was_measured() -> None:
    results = Results()
    judge(PAPER, Parrot("研究BERT。", head=True), results)
    assert "| summary |" in "\n".join(field_lines(results))
    text = samples_text(results)
    assert "2401.00001" in text
    assert str(PAPER["translation"]) in text
