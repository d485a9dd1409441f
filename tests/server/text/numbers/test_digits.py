"""The account of numbers for languages without a table."""

from __future__ import annotations

import pytest

from arxiv_gloss.text.numbers.digits import account_by_digits
from arxiv_gloss.text.numbers.languages import has_table
from arxiv_gloss.text.numbers.ledger import Fault


def flags(source: str, target: str, complete: bool = True) -> list[Fault]:
    return account_by_digits(source, target, complete).flags()


@pytest.mark.parametrize(
    "target",
    [
        "Der Fehler sinkt von 1.200,5 auf 29 %.",
        "L'erreur passe de 1\u202f200,5 à 29 %.",
        "ينخفض الخطأ من ١٬٢٠٠٫٥ إلى ٢٩٪.",
    ],
)
def test_numbers_are_equal_however_they_are_written(target: str) -> None:
    assert flags("The error falls from 1,200.5 to 29%.", target) == []


def test_what_is_lost_or_made_up_is_flagged() -> None:
    assert flags("We use 31 languages.", "Wir nutzen viele Sprachen.") == [("number_missing", {"text": "31"})]
    assert flags("We use languages.", "Wir nutzen 7 Sprachen.") == [("number_added", {"text": "7"})]
    assert flags("We use 31 languages in 2020.", "In 2020.", complete=False) == []


def test_formulas_and_addresses_count() -> None:
    source = "With $f(x)$ see https://a.org/b."
    assert flags(source, "Mit $f(x)$ siehe https://a.org/b.") == []
    lost = dict.fromkeys(code for code, _ in flags(source, "Mit siehe."))
    assert list(lost) == ["formula_missing", "url_missing"]
    assert flags("Nothing.", "Mit $g(y)$.") == [("formula_added", {"text": "$g(y)$"})]


def test_which_languages_have_a_table() -> None:
    assert has_table("zh") and has_table("en") and not has_table("de")
