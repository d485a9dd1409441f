from __future__ import annotations

from pathlib import Path

import pytest

from arxiv_gloss.engine.bundle import Ids
from arxiv_gloss.engine.tokenizer import Tokenizer
from models.network.ids import IDS, TASK
from models.recipe.corpus import PlainDocument, PlainRow
from models.recipe.vocabulary import mark_document, token_document, training_terms
from tests.fixtures import tiny_bundle

BASE = training_terms()

PAPER = PlainDocument(
    "2401.00001",
    "A small model",
    ["We present BERT-9 with $x^2$ layers.", "It is faster by 3.07 than GPT."],
    [
        PlainRow("translate", 0, "我们提出BERT-9，它有$x^2$层。"),
        PlainRow("translate", 1, "它比GPT快3.07倍。"),
        PlainRow("title", None, "小模型"),
        PlainRow("summary", None, "一个模型。\n它更快。"),
    ],
    "cs",
)


def test_the_recipes_ids_are_the_engines() -> None:
    assert Ids() == IDS
    assert TASK["gist"] == IDS.task("gist")


def test_targets_are_marked_with_the_papers_slots() -> None:
    marked = mark_document(PAPER, BASE)
    assert "⟪" in marked.segments[0]
    assert "BERT" not in marked.rows[0].text
    assert "$" not in marked.rows[0].text
    assert marked.rows[1].text.count("⟪") == 2


def test_translations_that_lost_a_number_or_a_formula_teach_nothing() -> None:
    lossy = [PlainRow("translate", 0, "我们提出BERT-9。"), PlainRow("translate", 1, "它快3.07倍。"), PAPER.rows[3]]
    assert [row.task for row in mark_document(PAPER._replace(rows=lossy), BASE).rows] == ["translate", "summary"]
    assert "⟪" in mark_document(PAPER._replace(rows=lossy), BASE).rows[0].text


def test_each_row_sees_what_it_translates(tokenizer: Tokenizer) -> None:
    document = token_document(mark_document(PAPER, BASE), tokenizer)
    assert document is not None
    first, second, title, summary = document.rows
    assert (title.start, title.end) == (0, first.start)
    assert (first.end, second.end) == (second.start, len(document.source))
    assert document.source[0] == IDS.title
    assert document.source[first.start] == document.source[second.start] == IDS.segment
    assert (summary.start, summary.end) == (0, len(document.source))
    assert IDS.newline in summary.target


def test_a_paper_of_two_windows_is_left_out(tokenizer: Tokenizer) -> None:
    long = PAPER._replace(segments=[PAPER.segments[0] * 30, PAPER.segments[1] * 30])
    assert token_document(long, tokenizer) is None


def test_rows_that_are_too_long_are_left_out(tokenizer: Tokenizer) -> None:
    endless = PAPER._replace(rows=[PlainRow("title", None, "模型" * 200), *PAPER.rows[:1]])
    document = token_document(endless, tokenizer)
    assert document is not None
    assert [row.task for row in document.rows] == [TASK["translate"]]


def test_target_json_is_sentencepiece(tmp_path: Path) -> None:
    pytest.importorskip("sentencepiece", reason="training pieces needs the [recipe] extra")
    import sentencepiece
    from tokenizers import Tokenizer as PieceTokenizer

    from models.packing.tokenizers_json import target_tokenizer
    from models.recipe.vocabulary import train_pieces

    texts = [text for text in tiny_bundle.CHINESE for _ in range(5)]
    documents = [PAPER._replace(rows=[PlainRow("summary", None, text)]) for text in texts]
    train_pieces(documents, tmp_path / "zh.model", pieces=330)
    target_tokenizer(tmp_path / "zh.model").save(str(tmp_path / "target.json"))
    ours = PieceTokenizer.from_file(str(tmp_path / "target.json"))
    theirs = sentencepiece.SentencePieceProcessor(model_file=str(tmp_path / "zh.model"))
    for text in [*tiny_bundle.CHINESE, " 两 边 ", "没见过的字：龘", "<s>读者</s>", "12.5", "Ωμέγα"]:
        ids = theirs.encode(text)
        assert ours.encode(text).ids == ids
        assert ours.decode(ids, skip_special_tokens=False) == theirs.decode(ids)


def test_terms_that_the_translation_says_become_slots_of_their_own_sentences() -> None:
    document = PlainDocument(
        "1",
        "",
        ["A black hole forms.", "It is dark."],
        [PlainRow("translate", 0, "一个黑洞形成了。"), PlainRow("translate", 1, "黑洞是暗的。")],
        "gr-qc",
    )
    marked = {tuple(row.text for row in mark_document(document._replace(id=str(n)), BASE).rows) for n in range(12)}
    assert ("一个⟪0⟫形成了。", "黑洞是暗的。") in marked, "a share of papers has its terms as slots"
    assert ("一个黑洞形成了。", "黑洞是暗的。") in marked, "and a share has not"


def test_a_term_that_is_translated_otherwise_stays_text() -> None:
    document = PlainDocument("1", "", ["A black hole."], [PlainRow("translate", 0, "一个暗洞。")], "gr-qc")
    assert all(mark_document(document._replace(id=str(n)), BASE).segments == ["A black hole."] for n in range(12))
