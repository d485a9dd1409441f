from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from arxiv_gloss.engine.protocol import Encoding, EngineInfo, Row, RowRequest, Source
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.storage.row_cache import RowCache
from models.recipe.evaluate import (
    Results,
    choose_papers,
    field_lines,
    fields_table,
    joined_parts,
    judge,
    markdown_tables,
    references,
    samples_text,
)

PAPER = {
    "id": "2401.00001",
    "title": "A Study",
    "title_zh": "研究",
    "abstract": "We study BERT with $x^2$ layers. It reaches 93.5% and is fast. Models matter a lot here.",
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
        summary = "gist" if head else "abstractive"
        self.info = EngineInfo("parrot", "", "fp32", "CPU", ("glosser",), ("zh",), 1, summary)

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


def judged(says: str, head: bool = True) -> Results:
    results = Results()
    judge(PAPER, Glosser(Parrot(says, head), RowCache(None)), results)
    return results


def test_outputs_are_filed_with_their_references() -> None:
    results = judged("模型。")
    assert results.translations["cs"] == [("模型。模型。模型。", PAPER["translation"])]
    assert results.pairs["title"] == [("模型。", "研究")]
    assert results.pairs["summary"][0][1] == "研究BERT。"
    assert results.pairs["tldr"] == [("模型。", "研究。")]
    assert {"motivation", "method", "result", "conclusion"} <= set(results.pairs)


def test_what_is_lost_is_counted() -> None:
    results = judged("模型。")
    assert (results.kept["names"].kept, results.kept["names"].total) == (0, 1)
    assert (results.kept["formulas"].kept, results.kept["formulas"].total) == (0, 1)
    assert results.kept["numbers"].share < 1
    assert results.kept["faulty"].kept == 0


def test_what_is_kept_is_counted() -> None:
    results = judged("⟪0⟫ ⟪1⟫ ⟪2⟫%")
    assert [results.kept[name].share for name in ("names", "formulas")] == [1.0, 1.0]
    assert results.kept["numbers"].share == 1


def test_loops_and_empty_rows_are_faulty() -> None:
    for says in ("很快很快很快很快", ""):
        assert judged(says).kept["faulty"].share == 1


def test_what_is_withheld_is_not_measured() -> None:
    assert judged("一共有37个模型。").pairs["takeaways"] == [], "the paper has no reference for them"
    assert judged("一共有37个模型。").pairs["result"] == [("", "结果。")], "no source has this number"


def test_lengths_are_shares_of_the_translation() -> None:
    lengths = judged("模型。").lengths
    assert lengths["takeaway"] == [1.0] * len(lengths["takeaway"])
    assert lengths["takeaway"]
    assert lengths["before"][0] > 0


@pytest.mark.parametrize(("texts", "text"), [(["一；", "二 "], "一。二。"), ([], ""), ([" "], "")])
def test_joined(texts: list[str], text: str) -> None:
    assert joined_parts(texts) == text


def test_a_one_line_summary_is_a_tldr() -> None:
    assert references(PAPER | {"summary_kind": "tldr"})["tldr"] == PAPER["summary"]


def test_papers_with_structured_fields_alone_need_all() -> None:
    plain = {"id": "p", "structured": {"method": "。"}, "summary": "一", "summary_kind": "tldr"}
    assert choose_papers([PAPER, plain], every=False, limit=None) == [PAPER]
    assert len(choose_papers([PAPER, plain], every=True, limit=None)) == 2
    assert choose_papers([PAPER] * 9, every=True, limit=4) == [PAPER] * 4


def test_reports_name_what_was_measured() -> None:
    pytest.importorskip("sacrebleu", reason="the tables need the [recipe] extra")
    results = judged("研究BERT。")
    assert "| summary |" in "\n".join(field_lines(results))
    text = samples_text(results)
    assert "2401.00001" in text
    assert str(PAPER["translation"]) in text
    assert "outside cs" not in markdown_tables(results, results), "the paper is one of computer science"
    assert fields_table(results)[0][0] == "title, all fields, BLEU (zh)"
