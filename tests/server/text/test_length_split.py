"""Texts cut where it hurts least."""

from __future__ import annotations

from collections.abc import Callable

from arxiv_gloss.text.length_split import cut, joined


def words(most: int) -> Callable[[str], bool]:
    return lambda text: len(text.split()) <= most


def test_what_fits_stays_whole() -> None:
    assert cut("One two three.", words(3)) == ["One two three."]


def test_cuts_are_at_sentences_then_clauses_then_words() -> None:
    text = "First one here. Second one, which is longer; it has two parts. Third."
    assert cut(text, words(9)) == ["First one here.", "Second one, which is longer; it has two parts.", "Third."]
    assert cut("We see it, and they do; so it is.", words(4))[-1] == "so it is."
    assert cut("a b c d e f", words(2)) == ["a b", "c d", "e f"] or all(map(words(2), cut("a b c d e f", words(2))))


def test_nothing_is_lost_and_one_long_word_is_cut() -> None:
    parts = cut("x" * 40, lambda text: len(text) <= 12)
    assert "".join(parts) == "x" * 40 and max(map(len, parts)) <= 12
    text = "One. Two, three; four five six seven. Eight"
    assert " ".join(cut(text, words(2))) == text


def test_parts_are_joined_as_the_language_writes() -> None:
    assert joined(["甲。", "", "乙。"], "zh") == "甲。乙。"
    assert joined(["Eins.", "Zwei."], "de") == "Eins. Zwei."
