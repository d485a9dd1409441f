import pytest

from arxiv_gloss.text.english import foreign


@pytest.mark.parametrize(
    "sentence",
    [
        "Wir beweisen einen Satz über endliche Gruppen $G$.",
        "Der Beweis benutzt die Klassifikation der endlichen einfachen Gruppen.",
        "On en déduit une borne pour les entiers.",
        "La preuve repose sur les hauteurs.",
        "Para esto se usa un algoritmo de optimización.",
        "Мы доказываем теорему о конечных группах.",
        "本文研究了深度学习 with GPT",
    ],
)
def test_a_sentence_in_another_language_is_foreign(sentence: str) -> None:
    assert foreign([sentence]) == {0}


@pytest.mark.parametrize(
    "sentence",
    [
        "Dark matter halos lose mass through tidal stripping.",
        "We translate the words 道 and 仁 in the Analects (论语) into English.",
        "We study the de Rham complex of $X$.",
        "Withdrawn.",
        "Proof that $x$.",
        "Rev. Lett. 106, 120401(2011)].",
        "PACS: 42.50.Hz, 33.80.Wz",
        "Deep Kalman Filters Improve Bayesian Inference Speed Today A Lot",
    ],
)
def test_english_is_not_and_what_cannot_be_judged_is_taken_for_it(sentence: str) -> None:
    assert foreign([sentence]) == frozenset()


def test_what_is_too_short_is_as_its_neighbours_are() -> None:
    french = "Nous démontrons une borne pour les courbes."
    assert foreign([french, "Résumé", french, "We prove a bound for curves.", "Proof."]) == {0, 1, 2}
