from fractions import Fraction

import pytest

from arxiv_gloss.text.numbers.ledger import account
from arxiv_gloss.text.numbers.localised import in_chinese, localised, settled
from arxiv_gloss.text.slots import mark, render, unmark


@pytest.mark.parametrize(
    ("english", "shown", "said"),
    [
        ("from February 2024 on", "2024", "2024年2月"),
        ("on 3 March 2023.", "2023", "2023年3月3日"),
        ("on March 15, 2023.", "2023", "2023年3月15日"),
        ("in Sept. 1999", "1999", "1999年9月"),
        ("2.1 billion parameters", "21", "21亿"),
        ("the first 15-million-scale set", "1500", "1500万"),
        ("the first five eigenvalues", "5", "前五"),
        ("the first twelve of them", "12", "前12"),
        ("over 100 million spectra", "1", "1亿"),
        ("five hours of video and 3 million words", "300", "300万"),
        ("two thousand papers", "2000", "2000"),
        ("1.5 trillion tokens", "1.5", "1.5万亿"),
        ("only 3.27M parameters", "3.27", "3.27M"),
        ("a three-pronged process", "3", "三"),
        ("two models", "2", "两"),
        ("eleven datasets", "11", "11"),
        ("twenty-one tasks", "21", "21"),
    ],
)
def test_what_chinese_writes_in_another_way(english: str, shown: str, said: str) -> None:
    *_, one = localised(english)
    assert (one.shown, one.rendering) == (shown, said)


@pytest.mark.parametrize(
    "english",
    [
        "3.5 models in 2024",
        "We may march on.",
        "one model, half of it, first and second",
        "two thirds of all",
        "five decades, a dozen, dozens",
        "GPT-4 in 3D",
        "millions of papers",
        "1.23456789 million",
        "hundreds of papers, several hundred papers",
        "the twenty-first century",
        "three quarters of it",
        "5-10 million",
        "1.2 to 3 million",
        "3-5 January 2020",
        "May/June 2020",
    ],
)
def test_what_stays_as_it_is(english: str) -> None:
    assert list(localised(english)) == []


COUNTS = (2, 10, 11, 9999, 10**4, 15_000, 123_450_000, 10**8, 2_100_000_000, 35 * 10**11)


def test_of_a_range_in_words_only_the_end_has_the_scale() -> None:
    assert [one.rendering for one in localised("two to three million")] == ["两"]


@pytest.mark.parametrize("count", COUNTS)
def test_a_count_in_chinese_is_the_same_count(count: int) -> None:
    """Read back by the ledger, which has another grammar for it."""
    (entry, *more) = account(f"{count} models", f"{in_chinese(Fraction(count))}个模型").entries
    assert not more
    assert entry.state == "matched"


def test_a_count_of_too_many_digits_is_none_of_ours() -> None:
    assert in_chinese(Fraction(123_456_789)) == ""
    assert in_chinese(Fraction(10**16)) == ""


@pytest.mark.parametrize(
    ("made", "read"),
    [
        ("自2024年2月年以来", "自2024年2月以来"),
        ("第两个", "第二个"),
        ("两维房室", "二维房室"),
        ("两阶段方法", "两阶段方法"),
        ("两阶导数", "二阶导数"),
        ("两向通信", "双向通信"),
        ("我们研究了 两 类数据", "我们研究了两类数据"),
    ],
)
def test_the_sentence_around_it_settles_how_it_is_said(made: str, read: str) -> None:
    assert settled(made) == read


def test_a_slot_says_it_and_the_original_comes_back() -> None:
    sentences = ["Since May 2020 we have two models of 2.1 billion parameters ($x$) and GPT-4.", "Two models."]
    marked = mark("Two models", sentences, "zh")
    assert marked.segments[0].startswith("Since 2020⟪1⟫ we have 2⟪2⟫ models of 21⟪3⟫ parameters")
    assert [unmark(text, marked.surfaces) for text in marked.segments] == sentences
    assert unmark(marked.title, marked.surfaces) == "Two models"
    assert (
        render("自⟪1⟫年以来，我们有⟪2⟫个模型，⟪3⟫个参数", marked.surfaces)
        == "自2020年5月以来，我们有两个模型，21亿个参数"
    )


def test_other_languages_are_left_alone() -> None:
    assert mark("", ["Two models of 2.1 billion parameters."], "de") == mark(
        "", ["Two models of 2.1 billion parameters."]
    )
