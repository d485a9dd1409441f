"""What is flagged, and that every flag has its words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arxiv_gloss.cli.printing import FLAGS
from arxiv_gloss.events import Flag
from arxiv_gloss.services.gloss import flags
from arxiv_gloss.text.slots import Surface

WORDS = Path(__file__).parents[4] / "extension" / "shared" / "words"
DOCUMENTED = set(
    re.findall(
        r"\b[a-z]+_(?:missing|added|changed|lost|flipped|off|english|count)\b|^ {4}(?:conflict|unsure|untranslated)",
        flags.__doc__ or "",
        re.M,
    )
)
CODES = sorted(code.strip() for code in DOCUMENTED)


def codes(found: tuple[Flag, ...]) -> list[str]:
    return [flag.code for flag in found]


def test_a_translation_may_not_even_lose_a_two() -> None:
    assert flags.translation_flags("We use two sets.", "我们使用了集合。", ()) == (
        Flag("number_missing", {"text": "two"}),
    )
    assert flags.translation_flags("We use two sets.", "我们使用了两个集合。", ()) == ()
    assert flags.condensation_flags(["We use two sets."], "我们使用了集合。") == ()


def test_a_flag_is_told_once() -> None:
    assert codes(flags.translation_flags("It takes 5 ms.", "它需要5秒。", ())) == ["unit_changed"]


@pytest.mark.parametrize(
    ("name", "text", "lost"),
    [
        ("SplitNet", "它优于高斯。", True),
        ("S-DEIM", "它优于高斯。", True),
        ("SplitNet", "split-net优于高斯。", False),
        ("SplitNet's", "SplitNet优于高斯。", False),
        ("Gauss", "它优于高斯。", False),
        ("AI", "人工智能。", False),
        ("human-AI", "人机协作。", False),
        ("VISualizations", "可视化。", False),
    ],
)
def test_coined_names_must_come_back_and_others_may_be_translated(name: str, text: str, lost: bool) -> None:
    wanted = [Flag("name_missing", {"text": name})] if lost else []
    assert list(flags.translation_flags(f"{name} wins.", text, [Surface(name, "name")])) == wanted


@pytest.mark.parametrize(
    ("source", "text", "formula", "lost"),
    [
        ("A type-$2$ distance.", "一种距离。", "$2$", True),
        ("An $\\textbf{sys}$tem.", "一个系统。", "$\\textbf{sys}$", True),
        ("A $95\\%$ bound.", "95%的界。", "$95\\%$", False),
        ("It is $O(n^2)$.", "为O(n^2)。", "$O(n^2)$", False),
        ("It is $\\epsilon$.", "为ε。", "$\\epsilon$", False),
    ],
)
def test_a_formula_may_change_its_form_but_not_vanish(source: str, text: str, formula: str, lost: bool) -> None:
    found = flags.translation_flags(source, text, [Surface(formula, "formula")])
    assert codes(found) == (["formula_missing"] if lost else [])


def test_a_condensation_is_held_to_all_its_sources() -> None:
    assert flags.condensation_flags(["It has 3 parts.", "It gains 5%."], "提升5%。") == ()
    assert codes(flags.condensation_flags(["It has 3 parts."], "提升5%。")) == ["number_added"]


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_words(code: str) -> None:
    assert code in FLAGS
    for language in ("en", "zh"):
        assert f"    {code}: (" in (WORDS / f"{language}.ts").read_text(encoding="utf-8")


def test_no_words_without_a_code() -> None:
    assert sorted(FLAGS) == CODES
