"""The shipped term base, and how a paper's field chooses a rendering."""

from __future__ import annotations

import marisa_trie
import pytest

from arxiv_gloss.text.terms.term_base import TermBase, TermEntry, normalised, shipped_base

ENTRIES = {
    "black hole": TermEntry("黑洞", ("gr-qc", "astro-ph"), {}, 900),
    "black hole binary": TermEntry("黑洞双星", ("gr-qc",), {}, 90),
    "field": TermEntry("场", ("hep-th",), {"math": "域"}, 800),
    "interest rate": TermEntry("利率", ("q-fin", "econ"), {}, 40),
    "supernova": TermEntry("超新星", ("astro-ph",), {}, 300),
}


@pytest.fixture
def base() -> TermBase:
    return TermBase(marisa_trie.BytesTrie([(key, entry.write()) for key, entry in ENTRIES.items()]))


def renderings(base: TermBase, text: str, *archives: str) -> list[str]:
    return [one.term.target for one in base.find(text, archives)]


def test_an_entry_is_read_as_it_was_written() -> None:
    assert all(TermEntry.read(entry.write()) == entry for entry in ENTRIES.values())


def test_the_longest_term_wins_across_plurals_hyphens_and_case(base: TermBase) -> None:
    assert renderings(base, "Black-hole binaries and a black hole; supernovae", "astro-ph") == [
        "黑洞双星",
        "黑洞",
        "超新星",
    ]


def test_a_term_does_not_run_over_a_stop(base: TermBase) -> None:
    assert renderings(base, "It is black. Hole by hole, black, hole", "gr-qc") == []


@pytest.mark.parametrize(("archives", "expected"), [(("math",), ["域"]), (("hep-ph",), ["场"]), (("cs",), [])])
def test_a_single_word_is_rendered_as_its_field_does_or_stays_text(
    base: TermBase, archives: tuple[str, ...], expected: list[str]
) -> None:
    assert renderings(base, "A field", *archives) == expected


def test_several_words_need_no_field(base: TermBase) -> None:
    assert renderings(base, "Interest rates of banks", "math") == ["利率"]


def test_terms_tell_the_field_of_a_paper_without_categories(base: TermBase) -> None:
    assert base.fields(["Interest rates and interest rates", "A black hole"])[0] == "q-fin"


@pytest.mark.parametrize(
    ("forms", "key"),
    [("theories theory", "theory"), ("matrices matrix", "matrix"), ("masses mass", "mass"), ("Gauss's gauss", "gauss")],
)
def test_forms_of_a_word_are_equal(forms: str, key: str) -> None:
    assert {normalised([form]) for form in forms.split()} == {key}


def test_the_shipped_base_knows_every_field() -> None:
    base = shipped_base()
    assert renderings(base, "String theory on projective varieties", "hep-th") == ["弦论", "射影簇"]
    assert renderings(base, "The declining interest rate", "econ") == ["利率"]
