import pytest

from arxiv_gloss.text.numbers.ledger import account


def flags(source: str, target: str) -> list[tuple[str, ...]]:
    found = [(code, *params.values()) for code, params in account(source, target).flags()]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("The density declines outwards.", "密度向内下降。", [("direction_flipped", "outwards", "向内")]),
        ("The method underestimates the risk.", "该方法高估风险。", [("direction_flipped", "underestimates", "高估")]),
        ("We enrol outpatients.", "我们招募住院患者。", [("direction_flipped", "outpatients", "住院")]),
        ("It cools slowly; it is cooled.", "它被缓慢加热。", [("direction_flipped", "cools", "热")]),
    ],
)
def test_the_opposite_of_a_word_is_a_flag(source: str, target: str, found: list[tuple[str, ...]]) -> None:
    assert flags(source, target) == found


@pytest.mark.parametrize(
    ("source", "target", "phrase"),
    [
        ("Teachers distrust it unless it explains itself.", "教师不信任它，它解释自己。", "unless"),
        ("The paper has been withdrawn by the author.", "本文已被作者取弃。", "been withdrawn"),
        ("It holds in all but one experiment.", "在一个实验中成立。", "all but one"),
        ("A quarter of the patients relapsed.", "患者复发。", "A quarter of"),
        ("It ended in late May.", "它于5月结束。", "late May"),
        ("It began in March.", "它开始于 March 月。", "in March"),
        ("Every other pixel is skipped.", "所有其他像素都会被跳过。", "Every other pixel"),
        ("One in ten requests times out.", "一个请求超时。", "One in ten"),
    ],
)
def test_a_phrase_that_is_said_in_none_of_the_usual_ways_is_a_flag(source: str, target: str, phrase: str) -> None:
    assert phrase in [found[1] for found in flags(source, target) if found[0] == "word_missing"]


def test_a_denial_inside_a_word_must_be_said() -> None:
    assert flags("The flow is unstable.", "流动是稳定的。") == [("negation_lost",)]
    assert flags("The flow is unstable.", "流动是不稳定的。") == []
    assert flags("They fail to converge.", "它们收敛。")[0] == ("word_missing", "fail to", "未能")


def test_what_stands_less_or_more_often_is_told_with_its_counts() -> None:
    assert flags("It gains 5% here and 5% there.", "提升5%。") == [("number_count", "5%", "2", "1")]
    assert flags("Let $x^2_a$ be small.", "设$x^2_a$和$x^2_a$很小。") == [("formula_count", "$x^2_a$", "1", "2")]


def test_currencies_before_their_number_and_leading_dots_raise_nothing() -> None:
    assert flags(r"It costs about \$3,200 on one machine.", "在一台机器上约需3,200美元。") == []
    assert flags(r"Over \$8 billion and €7 are spent.", "花费超过80亿美元和7欧元。") == []
    assert flags("Accuracy rises from .61 to .79.", "准确率从0.61提高到0.79。") == []
    assert flags("We correct Eqs. (4) and (7).", "我们纠正了eqs(4)和(7)。") == []
