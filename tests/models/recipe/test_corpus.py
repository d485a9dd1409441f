from __future__ import annotations

from models.recipe.corpus import align_sentences, chinese_sentences, known_bullets, plain_document, single

PAPER = {
    "id": "2401.00001",
    "title": "A Study of Glosses",
    "title_zh": "注释研究",
    "abstract": "We study glosses of papers. Our method reaches 93.5% on ARXIV with $x^2$ steps. It is fast.",
    "translation": "我们研究论文的注释。我们的方法以 $x^2$ 步在 ARXIV 上达到93.5%。它很快。",
    "summary": "研究论文注释，达到93.5%。",
    "summary_kind": "tldr",
    "structured": {"motivation": "研究注释。", "method": "新方法。", "result": "93.5%。", "conclusion": "很快。"},
    "categories": ["cs.CL"],
}


def test_a_paper_becomes_its_sentences_and_what_belongs_to_them() -> None:
    made = plain_document(PAPER)
    assert made is not None
    assert made.archive == "cs"
    assert [(row.task, row.segment) for row in made.rows][:3] == [("translate", 0), ("translate", 1), ("translate", 2)]
    assert {row.task for row in made.rows} >= {"tldr", "motivation", "method", "result", "conclusion", "title"}
    assert made.rows[1].text == "我们的方法以 $x^2$ 步在 ARXIV 上达到93.5%。"


def test_two_sentences_that_were_translated_as_one_are_joined() -> None:
    english = ["We study glosses of papers.", "It is fast and small.", "The method reaches 93.5% on ARXIV and others."]
    chinese = chinese_sentences("我们研究论文的注释，它又快又小。该方法在ARXIV等数据集上达到93.5%。")
    pairs = align_sentences(english, chinese)
    assert [(pair.start, pair.end) for pair in pairs] == [(0, 2), (2, 3)]


def test_a_translation_that_changes_a_formula_is_not_learned() -> None:
    changed = plain_document(PAPER | {"translation": str(PAPER["translation"]).replace("x^2", "x^3")})
    assert changed is not None
    assert [row.segment for row in changed.rows if row.task == "translate"] == [0, 2]


def test_a_summary_with_a_formula_of_its_own_is_left_out() -> None:
    made = plain_document(PAPER | {"summary": "得到 $y_1$。"})
    assert made is not None
    assert "tldr" not in {row.task for row in made.rows}


def test_nothing_to_align_is_no_pair() -> None:
    assert align_sentences(["One."], []) == []


def test_a_paper_without_chinese_is_left_out() -> None:
    assert plain_document({"id": "x", "abstract": "Only English here.", "categories": []}) is None


def test_takeaways_with_foreign_numbers_are_dropped() -> None:
    row = PAPER | {"takeaways": ["达到93.5%", "比 GPT 好 12.7%"]}
    assert known_bullets(row) == ["达到93.5%"]


def test_technical_sentences_are_papers_of_one_sentence() -> None:
    made = single({"id": "t", "en": "Open the file and read its lines.", "zh": "打开文件并读取各行。"})
    assert made is not None
    assert made.title == ""
    assert single({"id": "t", "en": "Too short.", "zh": "短。"}) is None
