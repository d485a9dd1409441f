from arxiv_gloss.text.terms.evidence import Evidence, from_words
from arxiv_gloss.text.terms.lexicon import (
    count_lexicon,
    known_pairs,
    pairs_of,
    read_lexicon,
    stems,
    with_terms,
    write_lexicon,
)

LEXICON = with_terms(
    {},
    [
        ("graph", "图神经网络"),
        ("neural networks", "神经网络"),
        ("robust", "鲁棒"),
        ("noise", "噪声"),
        ("galaxy", "星系"),
        ("cluster", "星团"),
        ("telescope", "望远镜"),
    ],
)
SEGMENTS = ["Neural networks are robust to noise.", "The galaxy cluster is seen by the telescope.", "BERT gets 92.7."]


def test_stems_and_pairs() -> None:
    assert stems("Galaxies, classes of models") == ["galaxy", "class", "of", "model"]
    assert list(pairs_of("神经网络A星系")) == ["神经", "经网", "网络", "星系"]


def test_phrases_are_known() -> None:
    assert known_pairs("a neural network", LEXICON) == {"神经", "经网", "网络"}


def test_a_sentence_is_supported_by_what_it_speaks_of() -> None:
    assert from_words("神经网络对噪声鲁棒", SEGMENTS, LEXICON) == Evidence((0,), 1.0)
    both = from_words("神经网络对噪声鲁棒，望远镜看星系星团", SEGMENTS, LEXICON)
    assert both.segments == (0, 1)
    assert both.enough


def test_numbers_and_names_support() -> None:
    assert from_words("BERT达92.7", SEGMENTS, LEXICON).segments == (2,)


def test_what_nothing_supports_is_held_back() -> None:
    assert not from_words("量子纠错码提高了容错阈值", SEGMENTS, LEXICON).enough
    assert from_words("", SEGMENTS, LEXICON).score == 0


def test_counting_finds_what_goes_together() -> None:
    sentences = [("The galaxy rotates.", "星系旋转。"), ("A model learns.", "模型学习。")] * 4
    sentences += [("Other things happen here.", f"其他事情{number}发生。") for number in range(60)]
    lexicon = count_lexicon(sentences)
    assert {"星系", "旋转"} <= lexicon["galaxy"]
    assert "学习" in lexicon["model"]
    assert not {"星系"} & lexicon["model"]


def test_a_lexicon_survives_its_file() -> None:
    assert read_lexicon(write_lexicon(LEXICON)) == LEXICON
