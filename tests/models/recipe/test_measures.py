from __future__ import annotations

import random

import pytest

from models.recipe import measures


def slow_subsequence(a: str, b: str) -> int:
    row = [0] * (len(b) + 1)
    for x in a:
        last = row[:]
        for j, y in enumerate(b):
            row[j + 1] = last[j] + 1 if x == y else max(row[j], last[j + 1])
    return row[-1]


def test_common_subsequence_equals_the_textbook() -> None:
    rng = random.Random(1)
    for _ in range(200):
        a, b = ("".join(rng.choices("abcd", k=rng.randint(0, 30))) for _ in range(2))
        assert measures.common_subsequence(a, b) == slow_subsequence(a, b)


@pytest.mark.parametrize(
    ("output", "reference", "value"),
    [("模型很快", "模型很快", 1.0), ("", "模型", 0.0), ("模型 很快", "模型很快", 1.0), ("快", "模型很快", 0.4)],
)
def test_rouge_l(output: str, reference: str, value: float) -> None:
    assert measures.rouge_l(output, reference) == pytest.approx(value)


def test_loops_are_seen() -> None:
    assert measures.loops("方法在数据上数据上数据上")
    assert not measures.loops("方法在数据上很好")


def test_interval_holds_the_mean() -> None:
    pairs = [("模型", "模型")] * 5 + [("图", "模型")] * 5
    low, high = measures.interval(measures.mean_rouge_l, pairs)
    assert low <= measures.mean_rouge_l(pairs) <= high


def test_acronyms() -> None:
    assert measures.is_acronym("BERT")
    assert measures.is_acronym("Cora2")
    assert not measures.is_acronym("Gaussian")
