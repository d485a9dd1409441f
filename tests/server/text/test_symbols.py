import pytest

from arxiv_gloss.text.segments import normalise, split
from arxiv_gloss.text.slots import Surface, mark, mark_targets, render, unmark
from arxiv_gloss.text.symbols.finders import symbols
from arxiv_gloss.text.symbols.units import units


def together(text: str) -> list[str]:
    text = normalise(text)
    return [text[one.start : one.end] for one in symbols(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Sr$_2$RuO$_4$", "(SiO)$_k$", "Ca(OH)$_2$", "1T-TaS$_2$", r"J/$\psi$", "Z$_c$(3900)$^+$", r"H$\alpha$",
        "Co$_{x}$Fe$_{1-x}$", "GaAs/Al$_x$Ga$_{1-x}$As", r"2$\times$", r"95.6$\%$", "10$^{-5}$", r"GPT-4$^\dagger$",
        r"$\sim$5 GB", "$k$NN", "10^5", "x_{n}", "H₂O", "Hα", "β",
    ],
)  # fmt: skip
def test_what_touches_a_formula_belongs_to_it(whole: str) -> None:
    assert together(f"Here {whole} is shown ({whole}).") == [whole, whole]


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("$k$-means, the $k$th, type-$2$, $3$D and $n$s", ["$k$", "$k$", "$2$", "$3$", "$n$"]),
        ("a high-T$_c$ sample of α-RuCl$_3$ and test$^1$", ["T$_c$", "α-RuCl$_3$", "$^1$"]),
        ("$a$$b$ and $a$ $b$", ["$a$", "$b$", "$a$", "$b$"]),
    ],
)
def test_words_hyphens_and_endings_are_no_part_of_a_formula(text: str, formulas: list[str]) -> None:
    assert together(text) == formulas


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        (r"if n ≥ 3 and \ensuremath{k \le 7}", ["n ≥ 3", "k ≤ 7"]),
        (r"m \approx 4 and the ratio is \sim 7", ["m ≈ 4", "~ 7"]),
        ("p<0.05, z~2, (N = 25), x ∈ [0,1], 0 < x < 1", ["p<0.05", "z~2", "N = 25", "x ∈ [0,1]", "0 < x < 1"]),
        (r"\sqrt{s} = 13 TeV and $p$ < 0.05", [r"\sqrt{s} = 13 TeV", "$p$ < 0.05"]),
        ("a ~5% gain, >90% accuracy, GPT-4 > Claude", ["~5%", ">90%"]),
        ("RA = 05h34m31.94s, Dec = +22d00m52.2s", ["RA = 05h34m31.94s", "Dec = +22d00m52.2s"]),
    ],
)
def test_a_relation_is_one_with_its_sides(text: str, relations: list[str]) -> None:
    assert together(text) == relations


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("1200 km s$^{-1}$ and 3 fb$^{-1}$", ["1200 km s$^{-1}$", "3 fb$^{-1}$"]),
        ("3.2(5) x 10^{-12} erg cm^-2 s^-1", ["3.2(5) x 10^{-12} erg cm^-2 s^-1"]),
        ("5 K/min, 1.54 Å, 0.5 arcmin, 14 kpc, 30GHz", ["5 K/min", "1.54 Å", "0.5 arcmin", "14 kpc", "30GHz"]),
        (r"1200 $\pm$ 40 and 5--10 GHz, 3899 MeV/c$^2$", [r"1200 $\pm$ 40", "5--10 GHz", "3899 MeV/c$^2$"]),
        (
            r"10 M$_\odot$ yr$^{-1}$, 70 km s$^{-1}$ Mpc$^{-1}$",
            [r"10 M$_\odot$ yr$^{-1}$", "70 km s$^{-1}$ Mpc$^{-1}$"],
        ),
        ("a 7B model, 5G, 3D, 2 in 10, the 1990s, 95%", []),
    ],
)
def test_a_number_comes_back_with_its_unit(text: str, measures: list[str]) -> None:
    assert together(text) == measures


@pytest.mark.parametrize(
    "code",
    [
        "9f86d081884c7d659a2feaa0c55ad015", "arXiv:2401.01234v2", "2401.01234v2", "2024-01-15", "论语", "2MASS",
        "Phys. Rev. Lett. 125, 010502", "https://example.org/wiki/Topic_(statistics)",
        "https://doi.org/10.1016/S0022-0000(99)80001-2",
    ],
)  # fmt: skip
def test_a_code_is_one(code: str) -> None:
    assert together(f"It is {code}, as told ({code}).") == [code, code]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("at the Roque de los Muchachos, by Leonardo da Vinci", ["Roque de los Muchachos", "Leonardo da Vinci"]),
        ("atoms of Hg, Yb and Fe-based alloys", ["Hg", "Yb", "Fe"]),
        ("46Ti and 48Ti in TiO, 13C NMR, a 5G net", ["46Ti", "48Ti", "13C"]),
        ("zpd algebras, the nth term, Co-authored by cats", ["zpd"]),
        ("P,T-violating, SU(2) and VA(A,H,S), item(s), f(x)", ["P,T", "SU(2)", "VA(A,H,S)", "f(x)"]),
        ("shown in [Phys. Rev. B 90, 075125 (2014)] and [12]", ["[Phys. Rev. B 90, 075125 (2014)]"]),
        ("about 27 000 events of 2009 100 times", ["27 000"]),
    ],
)
def test_names_that_are_no_single_word(text: str, names: list[str]) -> None:
    assert together(text) == names


def test_a_double_name_is_one_though_one_of_its_names_is_a_word() -> None:
    marked = mark("", ["The Yule-Walker equations hold."], "zh")
    assert [one.text for one in marked.surfaces] == ["Yule-Walker"]


def test_a_model_reads_a_number_without_its_unit() -> None:
    marked = mark("", ["The bond is 1.54 Å long and costs €7; accuracy rises from .61."], "zh")
    assert marked.segments == ("The bond is 1.54⟪0⟫ long and costs 7⟪1⟫; accuracy rises from 0.61⟪2⟫.",)
    assert render("键长⟪0⟫，花费⟪1⟫，⟪2⟫。", marked.surfaces) == "键长1.54 Å，花费7欧元，0.61。"
    assert unmark(marked.segments[0], marked.surfaces).startswith("The bond is 1.54 Å long and costs €7")


def test_chinese_texts_write_units_currencies_and_about_in_words() -> None:
    marked = mark("", ["It takes 12 ms, ~5% of €3 and 14 kpc, if p < 0.05."])
    target = mark_targets(marked, ["它耗时12毫秒，约5%的3欧元和14千秒差距，若p<0.05。"])
    assert target == ["它耗时⟪0⟫，⟪1⟫的⟪2⟫和⟪3⟫，若⟪4⟫。"]


def test_the_table_of_units_knows_prefixes_and_chinese_names() -> None:
    assert (units()["kpc"].name, units()["kpc"].chinese) == ("kiloparsec", ("千秒差距",))
    assert not {"in", "at", "as", "a", "pH"} & units().keys()


def test_names_of_titles_are_slots_but_common_words_are_not() -> None:
    marked = mark("Counterexamples to the Erd\\H{o}s-Szekeres Conjecture After Nagy", ["We study it."])
    assert marked.title == "Counterexamples to the Erdős-Szekeres⟪0⟫ Conjecture After Nagy⟪1⟫"
    assert mark("Attention Is All You Need", ["We study it."]).surfaces == ()


def test_a_title_in_capitals_is_read_in_small_letters() -> None:
    marked = mark("QUANTUM GROUPS AND BERT AFTER KÄHLER", ["We study quantum groups with BERT."])
    assert marked.title == "Quantum groups and BERT⟪0⟫ after Kähler⟪1⟫"
    assert mark("BERT AND GPT-4", ["x."]).title == "BERT⟪0⟫ AND⟪1⟫ GPT-4⟪2⟫"


def test_items_lines_and_paragraphs_are_segments_and_abbreviations_end_none() -> None:
    def texts(abstract: str) -> list[str]:
        return [one.text for one in split(abstract)]

    listed = r"We study: \begin{itemize} \item parsing; \item tagging of 3 texts. \end{itemize} All is free."
    assert texts(listed) == ["We study:", "parsing;", "tagging of 3 texts.", "All is free."]
    assert texts("We do:\n\n- We show it;\n- We prove it.") == ["We do:", "We show it;", "We prove it."]
    assert texts(r"We give proofs.\newline The first is short.\par The next is.") == [
        "We give proofs.", "The first is short.", "The next is."
    ]  # fmt: skip
    assert texts("See Phys. Rev. Lett. 1, 2 and Eqs. (4) in Figs. 2 and 3. It ends.") == [
        "See Phys. Rev. Lett. 1, 2 and Eqs. (4) in Figs. 2 and 3.", "It ends."
    ]  # fmt: skip
    assert texts(r"The line at 6563 \AA is strong.") == ["The line at 6563 Å is strong."]


def test_formulas_of_text_are_as_before() -> None:
    marked = mark("Fast $k$-means", ["We reach 92.7% on ImageNet with GPT-4 in 3D, $x^2$ times."])
    assert marked.title == "Fast ⟪0⟫-means"
    assert marked.segments == ("We reach 92.7⟪1⟫% on ImageNet⟪2⟫ with GPT-4⟪3⟫ in 3⟪4⟫D, ⟪5⟫ times.",)
    assert marked.surfaces[5] == Surface("$x^2$", "formula")


def test_finders_take_time_in_proportion_to_the_text() -> None:
    for part in ("$_2$", "a$x$", "1.", "10^", "< x ", "n = ", "1--", "(a", "5 km ", "A-", "Phys. ", "x_{", "a1b2"):
        assert list(symbols(part * 2_000)) is not None
