import pytest

from arxiv_gloss.text.numbers.ledger import account


def codes(source: str, target: str, complete: bool = True) -> list[str]:
    return [code for code, _ in account(source, target, complete).flags()]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("It has 6.5M rows.", "它有650万行。"),
        ("It has 1.2 billion tokens.", "它有12亿个词元。"),
        ("It has 50K images and 1,300 labels.", "它有5万张图像和1300个标签。"),
        ("Over 100 million spectra are used.", "使用了超过1亿个谱图。"),
        ("Three models and twenty-five tasks are used.", "使用了3个模型和二十五个任务。"),
        ("It is 3.07x faster and 10-fold smaller.", "速度快3.07倍，体积缩小10倍。"),
        ("A two-fold gain at half the cost is seen.", "以一半的成本获得了两倍的收益。"),
        ("Two thirds of 95% are kept in 2021.", "在2021年保留了95%的三分之二。"),
        ("We (1) train, (2) test, and (3) ship it.", "我们首先训练，其次测试，最后发布。"),
        ("It drops by 10-20% in November 2024.", "2024年11月下降了10%-20%。"),
        ("The error is 1.5 × 10^-3 or 2e-5 m.", "误差为1.5×10⁻³或2e-5米。"),
        ("It takes 5 ms at 300 K for 3D data.", "在300开尔文下处理三维数据需要5毫秒。"),
        (r"A $95\%$ bound on $O(n^2)$ terms holds.", "对$O(n^2)$项有95%的界。"),
        (r"The $\epsilon$-net for $x_1$ is small.", "$x_1$的ε-网很小。"),
        ("GPT-4 on CIFAR-10 beats COVID-19 models.", "GPT4在CIFAR-10上优于新冠肺炎模型。"),
        ("The code is at https://a.org/b.", "代码可在https://a.org/b获取。"),
        ("It is not seen without unlabeled data.", "没有无标签数据就看不到它，并非如此。"),
        ("It is more than 70% right.", "正确率超过70%。"),
    ],
)
def test_equal_in_another_form(source: str, target: str) -> None:
    assert codes(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("It uses 50k steps.", "它使用25k步。", ["number_added", "number_missing"]),
        ("It has 244890 rows.", "它有24,490行。", ["number_added", "number_missing"]),
        ("It has 6.5M rows.", "它有650亿行。", ["number_added", "number_missing"]),
        ("It reaches 92.7%.", "它达到了很高的水平。", ["number_missing"]),
        ("It reaches a high level.", "它达到了92.7%。", ["number_added"]),
        ("Three models are used.", "使用了五个模型。", ["number_missing", "number_added"]),
        ("It takes 5 ms.", "它需要5秒。", ["unit_changed", "unit_changed"]),
        ("We (1) train and (2) test.", "我们(1)训练并(3)测试。", ["number_missing", "number_added"]),
        ("We test CIFAR-10.", "我们测试CIFAR-100。", ["identifier_added"]),
        ("For $x_1$ it holds.", "对$x_2$成立。", ["formula_added", "formula_missing"]),
        ("See https://a.org/b.", "见https://a.org/c。", ["url_added", "url_missing"]),
        ("It does not hold.", "它成立。", ["negation_lost"]),
        ("It is more than 70% right.", "正确率低于70%。", ["comparison_flipped"]),
    ],
)
def test_what_does_not_add_up(source: str, target: str, expected: list[str]) -> None:
    assert codes(source, target) == expected


def test_a_condensation_may_leave_out_but_not_add() -> None:
    source = "It reaches 92.7% on 3 sets, not on $x$."
    assert codes(source, "它达到92.7%。", complete=False) == []
    assert codes(source, "它达到97.2%。", complete=False) == ["number_added"]


def test_entries_tell_both_sides() -> None:
    entries = account("It takes 5 ms.", "它需要5秒。").entries
    assert {(entry.state, entry.text, entry.counterpart) for entry in entries} == {("unit_changed", "5 ms", "5秒")}


def test_a_third_language_needs_a_table_only() -> None:
    with pytest.raises(FileNotFoundError):
        account("One.", "Eins.", target_code="xx")
    assert account("Three and 5%.", "3 and five percent.", target_code="en").flags() == []


@pytest.mark.parametrize(
    ("source", "target", "added"),
    [
        ("The Gottesman-Kitaev-Preskill code.", "Gottesman-Matev-Follly码。", ["Matev", "Follly"]),
        ("A pre-trained Transformer for LLMs.", "一个用于LLM的预训练Transformer。", []),
        ("Tokens are counted.", "token被计数。", []),
        ("GPT-4 is used.", "使用GPT-4和gpt。", []),
    ],
)
def test_a_name_that_the_source_does_not_have_was_made_up(source: str, target: str, added: list[str]) -> None:
    entries = account(source, target).entries
    assert [entry.text for entry in entries if entry.state == "added"] == added
