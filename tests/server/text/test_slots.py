import pytest

from arxiv_gloss.text.slots import (
    MAX_SLOTS,
    Surface,
    acronyms,
    close_up,
    mark,
    mark_targets,
    render,
    required_slots,
    slots_in,
    unmark,
)
from arxiv_gloss.text.terms.glossary import FoundTerm, Term

SURFACES = (
    Surface("BERT", "name"),
    Surface("GPT", "name"),
    Surface("3", "number"),
    Surface("$x$", "formula"),
    Surface("$y$", "formula"),
    Surface("5", "number"),
)


def test_numbers_acronyms_and_names_are_followed_by_their_marker() -> None:
    segments = ["The VQA-based CNNs of Gauss reach 92.7% on ImageNet in 3D.", "Gauss, 3 VQA."]
    marked = mark("GPT-4 for CNNs", segments)
    assert marked.title == "GPT-4⟪0⟫ for CNN⟪1⟫s"
    assert marked.segments == (
        "The VQA⟪2⟫-based CNN⟪1⟫s of Gauss⟪3⟫ reach 92.7⟪4⟫% on ImageNet⟪5⟫ in 3⟪6⟫D.",
        "Gauss, 3⟪6⟫ VQA⟪2⟫.",
    )


def test_formulas_and_addresses_are_replaced_by_their_marker() -> None:
    segments = [r"Let $x^2$ be \(y\), see https://a.org/b.", r"Ask me@b.org on 10.1000/xyz.5 for \$5."]
    marked = mark(r"On Mn$_2$O", segments)
    assert marked.title == "On ⟪0⟫"
    assert marked.segments == ("Let ⟪1⟫ be ⟪2⟫, see ⟪3⟫.", "Ask ⟪4⟫ on ⟪5⟫ for $5⟪6⟫.")
    assert marked.surfaces == (
        Surface("Mn$_2$O", "formula"),
        Surface("$x^2$", "formula"),
        Surface(r"\(y\)", "formula"),
        Surface("https://a.org/b", "url"),
        Surface("me@b.org", "url"),
        Surface("10.1000/xyz.5", "url"),
        Surface("5", "number"),
    )


def test_capitals_of_titles_and_of_first_words_make_no_names() -> None:
    marked = mark("Learning With Bayes", ["Deep nets: However, learning helps. Bayes does not. Is Bayes right?"])
    assert marked.title == "Learning With Bayes⟪0⟫"
    assert marked.surfaces == (Surface("Bayes", "name"),)
    assert marked.segments[0].endswith("Bayes does not. Is Bayes⟪0⟫ right?")


def test_accented_names_are_not_torn_apart() -> None:
    marked = mark("", ["The theorem of König by Poincaré holds."])
    assert marked.segments == ("The theorem of König⟪0⟫ by Poincaré⟪1⟫ holds.",)


def test_formulas_keep_their_slot_in_a_crowded_paper() -> None:
    numbers = " ".join(str(number) for number in range(100, 200))
    marked = mark("", [f"The values {numbers}.", "For $x$ and $y$ it holds."])
    assert len(marked.surfaces) == MAX_SLOTS
    assert marked.segments[1] == "For ⟪62⟫ and ⟪63⟫ it holds."
    assert "161⟪61⟫ 162 163 " in marked.segments[0]


def test_more_formulas_than_slots() -> None:
    marked = mark("", [" ".join(f"$x_{{{number}}}$" for number in range(80))])
    assert slots_in(marked.segments[0]) == list(range(MAX_SLOTS))
    assert marked.segments[0].endswith("$x_{79}$")


def test_markers_of_the_source_text_itself_are_disarmed() -> None:
    assert slots_in(mark("What ⟪3⟫ says", ["about nothing."]).title) == [0]


def test_unmark_gives_the_source_back() -> None:
    segment = "Let $a$ be 95% of GPT-4, see https://a.org/b."
    marked = mark("", [segment])
    assert unmark(marked.segments[0], marked.surfaces) == segment


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("使用⟪0⟫的⟪2⟫个模型", "使用BERT的3个模型"),
        ("⟪0⟫⟪1⟫", "BERT GPT"),
        ("⟪2⟫⟪5⟫", "3 5"),
        ("⟪3⟫⟪4⟫", "$x$ $y$"),
        ("⟪2⟫⟪1⟫", "3GPT"),
        ("模型（⟪60⟫），以及 ⟪63⟫ 。", "模型，以及。"),
        ("坏的⟪3 标记⟫⟦2⟧", "坏的 标记2"),
        (r"在⟪2⟫.⟪5⟫\%", "在3.5%"),
    ],
)
def test_render(text: str, rendered: str) -> None:
    assert render(text, SURFACES) == rendered


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("⟪4⟫ M个问题", "⟪4⟫M个问题"),
        ("⟪4⟫M个问题", "⟪4⟫M个问题"),
        ("⟪4⟫ Models", "⟪4⟫ Models"),
        ("⟪3⟫ M", "⟪3⟫ M"),
    ],
)
def test_letters_close_up_to_their_number(text: str, closed: str) -> None:
    assert close_up(text, "with ⟪4⟫M questions in ⟪3⟫ rooms") == closed


def test_slots_in_repeats() -> None:
    assert slots_in("⟪4⟫和⟪0⟫，⟪4⟫") == [4, 0, 4]


def test_targets_are_marked_by_whole_words_longest_first() -> None:
    marked = mark("", ["In GPT-4 and GPT with $x$ and $x$-CNNs of 3 and 3.5 it holds."])
    numbers = {surface.text: number for number, surface in enumerate(marked.surfaces)}
    assert mark_targets(marked, ["GPT-4和GPT，CNNs与$x$，3.5和3，13与3.52，GPTs，xGPT"]) == [
        f"⟪{numbers['GPT-4']}⟫和⟪{numbers['GPT']}⟫，⟪{numbers['CNN']}⟫s与⟪{numbers['$x$']}⟫，"
        f"⟪{numbers['3.5']}⟫和⟪{numbers['3']}⟫，13与3.52，⟪{numbers['GPT']}⟫s，xGPT"
    ]


def test_targets_without_surfaces_stay() -> None:
    assert mark_targets(mark("", ["nothing here."]), ["这里没有3"]) == ["这里没有3"]


def test_a_number_in_a_target_may_carry_the_letters_that_follow_it_in_the_source() -> None:
    marked = mark("", ["A 3D model with 6.5M weights, and 8 layers."])
    assert mark_targets(marked, ["3D模型有6.5M个权重，3维，3DNet，6.5G，8D"]) == [
        "⟪0⟫D模型有⟪1⟫M个权重，⟪0⟫维，3DNet，6.5G，8D"
    ]


def test_acronyms_are_the_names_that_no_translation_renders() -> None:
    marked = mark("", ["Our GPT-4 and SAM's U-Net with human-AI teams of Gauss use BERT and LLMs in 3D."])
    owed_names = {marked.surfaces[slot].text for slot in acronyms(marked.segments[0], marked.surfaces)}
    assert owed_names == {"GPT-4", "BERT", "LLM"}


def found(text: str, **renderings: str) -> list[FoundTerm]:
    """Each term where it stands in a text; underscores are spaces."""
    terms = {name.replace("_", " "): target for name, target in renderings.items()}
    places = [(text.lower().find(term), term) for term in terms]
    return [
        FoundTerm(at, at + len(term), Term(text[at : at + len(term)], terms[term])) for at, term in places if at >= 0
    ]


def test_a_term_keeps_its_words_between_a_bar_and_its_marker() -> None:
    marked = mark("", ["A black hole in string theory."], terms=lambda text: found(text, black_hole="黑洞"))
    assert marked.segments == ("A | black hole⟪0⟫ in string theory.",)
    assert render("⟪0⟫在弦论中", marked.surfaces) == "黑洞在弦论中"
    assert unmark(marked.segments[0], marked.surfaces) == "A black hole in string theory."


def test_terms_that_are_rendered_alike_share_a_slot() -> None:
    marked = mark("Black hole", ["A hole."], terms=lambda text: found(text, black_hole="黑洞", hole="黑洞")[:1])
    assert (marked.title, marked.segments) == ("| Black hole⟪0⟫", ("A | hole⟪0⟫.",))


def test_a_term_goes_before_the_words_and_numbers_in_it_and_after_formulas() -> None:
    def terms(text: str) -> list[FoundTerm]:
        return found(text, two_body_problem="二体问题", type_iia_string="IIA型弦")

    marked = mark("", ["The two body problem of a type IIA string."], "zh", terms)
    assert marked.segments == ("The | two body problem⟪0⟫ of a | type IIA string⟪1⟫.",)
    marked = mark("", [r"The \(two body problem\) here."], "zh", lambda text: found(text, two_body_problem="二体问题"))
    assert [one.kind for one in marked.surfaces] == ["formula"]


def test_terms_come_last_when_slots_run_out() -> None:
    text = "A black hole " + " ".join(f"{n}.5" for n in range(MAX_SLOTS))
    marked = mark("", [text], terms=lambda text: found(text, black_hole="黑洞"))
    assert {one.kind for one in marked.surfaces} == {"number"}
    assert "|" not in marked.segments[0]


def test_targets_say_a_term_by_its_rendering() -> None:
    marked = mark("", ["A black hole."], terms=lambda text: found(text, black_hole="黑洞"))
    assert mark_targets(marked, ["一个黑洞。"]) == ["一个⟪0⟫。"]
    assert required_slots(marked.segments[0], marked.surfaces) == {0}
