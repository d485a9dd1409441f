import pytest

from arxiv_gloss.errors import AbstractTooLong, EmptyAbstract, GlossError, NotText
from arxiv_gloss.text.segments import LONGEST_SEGMENT, check_abstract, normalise, split, utf16_span

RAW = (
    'Abstract: We study $k$-means at\n95\\% accuracy. The Schr{\\"o}dinger flow\nof Erd\\H{o}s~\\cite{a1} is\n'
    "\\emph{sharp}. It costs \\$5, and 𝒳 is $$x = 1. Y$$ here."
)


def texts(abstract: str) -> list[str]:
    return [segment.text for segment in split(abstract)]


def test_abbreviations_initials_and_very_short_sentences_do_not_end_a_segment() -> None:
    abstract = (
        "We follow J. Smith et al. In Fig. 3 it holds, i.e. A does. Why? Nobody knows that. It is 3.5 times faster."
    )
    assert texts(abstract) == [
        "We follow J. Smith et al. In Fig. 3 it holds, i.e. A does.",
        "Why? Nobody knows that.",
        "It is 3.5 times faster.",
    ]


def test_closing_quotes_and_brackets_stay_with_their_sentence() -> None:
    assert texts('We ask "how does it work?" Then we answer. (We really do.) The end is near.') == [
        'We ask "how does it work?"',
        "Then we answer.",
        "(We really do.)",
        "The end is near.",
    ]


def test_tex_becomes_unicode_but_formulas_stay() -> None:
    assert texts(RAW) == [
        "We study $k$-means at 95% accuracy.",
        "The Schrödinger flow of Erdős is sharp.",
        "It costs \\$5, and 𝒳 is $$x = 1. Y$$ here.",
    ]


def test_offsets_point_into_the_text_as_sent() -> None:
    cut = [RAW[segment.start : segment.end] for segment in split(RAW)]
    assert cut[0] == "We study $k$-means at\n95\\% accuracy."
    assert cut[1].startswith('The Schr{\\"o}dinger') and cut[1].endswith("\\emph{sharp}.")
    assert cut[2].endswith("here.")


def test_utf16_span_counts_astral_characters_twice() -> None:
    last = split(RAW)[-1]
    start, end = utf16_span(RAW, last)
    assert start == last.start
    assert end == last.end + 1


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        (
            r"Poincar\'e, K{\"o}nig, \v{C}ech, na\"{\i}ve, Bj{\o}rn, Stra\ss e",
            "Poincaré, König, Čech, naïve, Bjørn, Straße",
        ),
        (r"it\'s 5{\deg}C, {\alpha} and \b{eta}", "it's 5°C, α and β"),
        (r"\textbf{A \textit{nested} one} \& more", "A nested one & more"),
        (r"de~Broglie at T~1 K, ~2 nm, vs.\ this", "de Broglie at T~1 K, ~2 nm, vs. this"),
        ("``quoted'' and “curly” – so", '"quoted" and "curly" -- so'),
        (r"\href{https://a.org/b}{our page}", "our page (https://a.org/b)"),
        (r"\href{https://a.org/b}{https://a.org/b}.", "https://a.org/b."),
        ("self-\n  supervised state- of-the-art", "self-supervised state-of-the-art"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("between ⟪3⟫ and ⟦1⟧", "between «3» and [1]"),
    ],
)
def test_normalise(raw: str, plain: str) -> None:
    assert normalise(raw) == plain
    assert normalise(plain) == plain


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("from $5 to $10 per hour", r"from \$5 to \$10 per hour"),
        ("it cost $7 million last year and $x$ grew", r"it cost \$7 million last year and $x$ grew"),
        ("the set $A of all", r"the set \$A of all"),
        ("a $-5$ shift of $ x $", "a $-5$ shift of $ x $"),
    ],
)
def test_money_and_lone_dollars_are_no_formulas(raw: str, plain: str) -> None:
    assert normalise(raw) == plain


def test_long_sentences_are_cut_at_stops_or_spaces_and_nothing_is_lost() -> None:
    for abstract in ("alpha beta gamma; " * 200, "alpha beta, " * 200, "alpha " * 500, "a" * 4500, "1 2 " * 900):
        parts = split(abstract)
        assert len(parts) > 1
        assert all(0 < len(part.text) <= LONGEST_SEGMENT for part in parts)
        assert "".join("".join(part.text.split()) for part in parts) == "".join(abstract.split())
        assert [part.index for part in parts] == list(range(len(parts)))


@pytest.mark.parametrize(
    "bad", ["$", "$$", "\\", "{", "}{", "\\(", "$$x$", "\\'", "\\begin{a}", "~", ". . .", "a. \x00"]
)
def test_broken_markup_never_breaks(bad: str) -> None:
    abstract = f"We {bad} show {bad}. It {bad}{bad} holds for all of them {bad}"
    for segment in split(abstract):
        assert 0 <= segment.start < segment.end <= len(abstract)


def refusal(abstract: str) -> type[GlossError] | None:
    try:
        check_abstract(abstract)
    except GlossError as problem:
        return type(problem)
    return None


def test_check_accepts_what_can_be_glossed() -> None:
    for abstract in (
        "Withdrawn.",
        "Proof that $x$.",
        RAW,
        "Deep Kalman Filters Improve Bayesian Inference Speed Today A Lot",
    ):
        assert refusal(abstract) is None


@pytest.mark.parametrize(
    ("abstract", "error"),
    [
        ("", EmptyAbstract),
        (" \n\t ", EmptyAbstract),
        ("word " * 5000, AbstractTooLong),
        ("\x00\x01PDF binary", NotText),
        ("12 34 $x$ https://a.org", NotText),
    ],
)
def test_check_refuses(abstract: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        check_abstract(abstract)


def test_no_sentence_ends_in_square_brackets() -> None:
    text = "We extend [A. B. Smith. Phys. Fluids 9, 12 (2014)]. Then we stop [3]. The end is near."
    assert [one.text for one in split(text)] == [
        "We extend [A. B. Smith. Phys. Fluids 9, 12 (2014)].",
        "Then we stop [3].",
        "The end is near.",
    ]
