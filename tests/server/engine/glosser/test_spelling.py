"""Latin words may be spelled only as the source has them."""

from __future__ import annotations

import numpy as np
import pytest

from arxiv_gloss.engine.glosser.spelling import Spelling, words_of
from arxiv_gloss.engine.logits_processors import MASKED

PIECES = {0: "K", 1: "it", 2: "a", 3: "ev", 4: "M", 5: "token", 6: " token", 7: "s", 8: "x"}
CHINESE, END = 9, 10
SIZE = 11


def allowed(source: str, said: list[int]) -> set[int]:
    spelling = Spelling(PIECES, words_of(source), np.zeros(SIZE, np.float32))
    return set(np.flatnonzero(spelling.mask(said) == 0).tolist())


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("The GPT-4⟪0⟫s run on 3⟪1⟫D data.", {"gpt", "s", "d", "data", "datas"}),
        ("Pre-training", {"pre", "training", "pretraining"}),
    ],
)
def test_words_are_those_of_the_source_its_compounds_and_plurals(source: str, words: set[str]) -> None:
    assert words <= words_of(source)


def test_a_word_begins_as_one_of_the_source() -> None:
    assert allowed("The Kitaev code.", []) == {0, CHINESE, END}
    assert allowed("No name at all.", []) & set(PIECES) == {2}


def test_a_word_goes_on_as_it_stands_there_and_ends_where_it_ends() -> None:
    source = "The Kitaev code."
    assert allowed(source, [0]) == {1}
    assert allowed(source, [CHINESE, 0, 1]) == {2, CHINESE, END}  # three letters may be missing
    assert allowed(source, [0, 1, 2, 3]) == {7, 0, CHINESE, END} - {0}
    assert allowed("A very long Kitaevmodulation.", [0, 1, 2]) == {3}


def test_a_space_begins_another_word() -> None:
    assert allowed("token tokens", [CHINESE]) == {5, 6, CHINESE, END}
    assert allowed("token tokens", [5]) == {6, 7, CHINESE, END}


def test_what_the_row_may_never_hold_stays_masked() -> None:
    mask = np.zeros(SIZE, np.float32)
    mask[CHINESE] = MASKED
    spelling = Spelling(PIECES, words_of("Kitaev"), mask)
    assert spelling.mask([0, 1, 2, 3])[CHINESE] == MASKED
    assert spelling.mask([0]) is spelling.mask([CHINESE, 0])  # so that an unchanged mask is not written again
