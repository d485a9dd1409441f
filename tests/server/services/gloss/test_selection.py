"""Which sentences become what."""

from __future__ import annotations

from arxiv_gloss.services.gloss import selection
from arxiv_gloss.services.gloss.selection import Pick


def salience(*rows: tuple[float, float, float, float, float]) -> list[dict[str, float]]:
    names = ("motivation", "method", "result", "conclusion", "tldr")
    return [dict(zip(names, row, strict=True)) for row in rows]


SIX = salience(
    (0.8, 0.0, 0.0, 0.0, 0.0),
    (0.6, 0.1, 0.0, 0.0, 0.1),
    (0.0, 0.9, 0.1, 0.0, 0.7),
    (0.0, 0.5, 0.3, 0.0, 0.0),
    (0.0, 0.0, 0.7, 0.6, 0.2),
    (0.0, 0.0, 0.0, 0.05, 0.0),
)


NOTHING = (0.0, 0.0, 0.0, 0.0, 0.0)


def test_each_label_gets_its_best_sentence_in_the_order_of_the_labels() -> None:
    later_first = salience(
        (0, 0, 0.9, 0, 0), (0.8, 0, 0, 0, 0), (0, 0.7, 0, 0, 0), (0, 0, 0, 0.6, 0), (0, 0.6, 0, 0, 0)
    )
    assert selection.takeaways(later_first) == [
        Pick(1, "motivation"),
        Pick(2, "method"),
        Pick(0, "result"),
        Pick(3, "conclusion"),
    ]


def test_two_further_results_at_most() -> None:
    results = salience(*[(0, 0, 0.9 - 0.1 * k, 0, 0) for k in range(5)])
    assert selection.takeaways(results) == [Pick(k, "result") for k in range(3)]


def test_a_label_that_no_sentence_serves_stays_empty() -> None:
    few = salience((0.0, 0.9, 0.0, 0.0, 0.0), (0.0, 0.05, 0.05, 0.05, 0.0), NOTHING)
    assert selection.takeaways(few) == [Pick(0, "method")]


def test_no_sentence_is_taken_twice() -> None:
    assert selection.takeaways(salience((0.9, 0.8, 0.7, 0.6, 0.5), NOTHING, NOTHING)) == [Pick(0, "motivation")]


def test_an_abstract_of_two_sentences_has_no_takeaways() -> None:
    assert selection.takeaways(SIX[:2]) == []


def test_the_summary_is_short_and_in_source_order() -> None:
    assert selection.summary(SIX) == [2, 3, 4]
    assert selection.summary(SIX[:1]) == [0]
    assert selection.summary([{"summary": 0.1 * k} for k in range(6)]) == [2, 3, 4, 5], "four at most"
    one_each = salience((0, 0, 0, 0.9, 0), (0, 0, 0.9, 0, 0), (0, 0.9, 0, 0, 0), (0, 0, 0, 0, 0.9), (0.9, 0, 0, 0, 0))
    assert selection.summary(one_each) == [0, 1, 2, 3]
    assert selection.summary(salience((0, 0.9, 0, 0, 0), (0, 0.1, 0, 0, 0), (0, 0.2, 0, 0, 0))) == [0, 2], (
        "two at least"
    )


def test_equal_sentences_are_taken_from_the_front() -> None:
    even = salience(*[(0.5, 0.5, 0.5, 0.5, 0.5)] * 6)
    assert selection.summary(even) == [0, 1, 2, 3]
    assert selection.gist(even) == 0
    assert [pick.segment for pick in selection.takeaways(even)] == [0, 1, 2, 3]


def test_the_gist_is_the_one_line_summary() -> None:
    assert selection.gist(SIX) == 2


def test_the_sentence_that_says_the_paper_in_one_line_is_its_method() -> None:
    assert selection.role_of({"motivation": 0.08, "method": 0.05, "tldr": 0.59}) == "method"
    assert selection.role_of({"motivation": 0.6, "method": 0.05, "tldr": 0.2}) == "motivation"
