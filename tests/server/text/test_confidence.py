"""What tells a wrong translation from a right one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from arxiv_gloss.text.confidence import (
    ScoredText,
    condensation_features,
    disagreements,
    read_doubt,
    shipped_doubt,
    translation_features,
)
from arxiv_gloss.text.terms.glossary import FoundTerm, Term

LEXICON = {"galaxy": frozenset({"星系"}), "rotate": frozenset({"旋转"}), "slowly": frozenset({"缓慢"})}
RIGHT = ScoredText("The galaxies rotate slowly.", "星系缓慢旋转。", -0.2, (-0.6, -0.3), (), 0)


def feature(said: ScoredText, name: str) -> float:
    return translation_features(said, LEXICON)[name]


def test_a_word_that_nothing_accounts_for() -> None:
    assert feature(RIGHT, "unaccounted") == 0
    assert feature(replace(RIGHT, text="星系旋转。"), "unaccounted") == pytest.approx(1 / 3)


def test_characters_that_no_word_accounts_for() -> None:
    assert feature(RIGHT, "unexplained") == 0
    assert feature(replace(RIGHT, text="星系缓慢旋转黑孔。"), "unexplained") == pytest.approx(2 / 8)


def test_a_word_that_neither_lexicon_nor_term_base_knows() -> None:
    source = "The quasars rotate slowly."
    said = replace(RIGHT, source=source)
    assert feature(said, "unknown") == pytest.approx(1 / 3)
    term = FoundTerm(4, 11, Term("quasars", "类星体"))
    assert feature(replace(said, terms=[term]), "unknown") == 0
    assert feature(replace(said, terms=[term]), "terms_lost") == 1
    assert feature(replace(said, terms=[term], text="类星体缓慢旋转。"), "terms_lost") == 0


def test_latin_words_from_nowhere() -> None:
    assert feature(replace(RIGHT, text="星系Meson旋转。"), "latin_added") == 1
    assert feature(replace(RIGHT, source="The Meson rotates.", text="Meson旋转。"), "latin_added") == 0


def test_what_is_said_twice() -> None:
    assert feature(RIGHT, "repeated") == 0
    assert feature(replace(RIGHT, text="星系缓慢旋转，星系缓慢旋转。"), "repeated") == 1


def test_formulas_in_another_order() -> None:
    source = "The galaxies $a$, $b$ and $c$ rotate."
    assert feature(replace(RIGHT, source=source, text="星系$a$、$b$和$c$旋转。"), "disorder") == 0
    assert feature(replace(RIGHT, source=source, text="星系$c$、$b$和$a$旋转。"), "disorder") == 1


def test_a_translation_that_is_too_short() -> None:
    assert feature(replace(RIGHT, source=RIGHT.source * 4), "short") > 1
    assert feature(RIGHT, "short") < 0.2


def test_a_condensation_may_leave_things_out() -> None:
    assert not {"short", "unaccounted", "terms_lost"} & set(condensation_features(RIGHT, LEXICON))


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("The error exceeds 3 in all cases, more than before.", "误差低于3。", ["direction"]),
        ("The model does not converge.", "模型收敛。", ["negation"]),
        ("The bound holds only if the graph is planar.", "该界成立。", ["condition"]),
        ("The bound holds only if the graph is planar.", "若图是平面图，该界成立。", []),
    ],
)
def test_a_condensation_that_disagrees_with_its_sentence(source: str, text: str, found: list[str]) -> None:
    assert disagreements(source, text) == found


@pytest.mark.parametrize(
    ("text", "repeated"),
    [("暗物质晕暗物质晕质量。", 1.0), ("暗物质晕的质量，暗物质。", 0.0), ("哈哈哈哈哈", 0.0), ("哈" * 8, 1.0)],
)
def test_a_stretch_that_comes_again(text: str, repeated: float) -> None:
    assert condensation_features(replace(RIGHT, text=text), LEXICON)["repeated"] == repeated


def test_confidence_is_a_probability_that_falls_with_doubt() -> None:
    model = shipped_doubt()
    sure = model.confidence(translation_features(RIGHT, LEXICON))
    worse = model.confidence(
        translation_features(replace(RIGHT, text="黑孔。", lowest=(-5.0, -4.0, -4.0, -3.0), score=-2.0), LEXICON)
    )
    assert 0 < worse < model.untranslated < model.unsure < sure < 1


def test_disagreement_lowers_confidence() -> None:
    model = shipped_doubt()
    measured = condensation_features(RIGHT, LEXICON)
    assert model.confidence(measured, ["direction"]) < model.confidence(measured)


def test_a_feature_that_the_model_does_not_know_says_nothing() -> None:
    table = (
        "bias = 0\ndisagreements = {}\nthresholds = { unsure = 0.5, untranslated = 0.2, outside = 0.5 }\nfeatures = {}"
    )
    assert read_doubt(table).confidence({"new": 3.0}) == 0.5
