"""A summary of its own, and that each thing is said once."""

from __future__ import annotations

import pytest

from arxiv_gloss.events import Summary, Takeaway
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.services.gloss.synthesis import SYNTHESIS, repeats
from arxiv_gloss.storage.row_cache import RowCache
from tests.server.conftest import ABSTRACT, TITLE
from tests.server.fakes import EchoEngine


def summary_and_takeaways(engine: EchoEngine, abstract: str = ABSTRACT) -> tuple[list[Summary], list[Takeaway]]:
    events = list(Glosser(engine, RowCache(None)).gloss(GlossQuery(None, TITLE, abstract)))
    return [one for one in events if isinstance(one, Summary)], [one for one in events if isinstance(one, Takeaway)]


def test_the_summary_is_one_row_that_sees_the_best_motivation_method_and_result_alone() -> None:
    engine = EchoEngine(SYNTHESIS)
    (summary,), takeaways = summary_and_takeaways(engine)
    assert [(one.text, one.evidence) for one in summary.sentences] == [("整篇合起来说。", [0, 1, 2])]
    assert len(engine.encoded[1].segments) == 3
    assert [one.label for one in takeaways] == ["motivation", "method", "result", "conclusion"]


def test_a_takeaway_that_the_summary_says_is_left_out() -> None:
    engine = EchoEngine(SYNTHESIS, says={("digest", None): "提出乙法", ("gist", 1): "提出乙法"}, plain=True)
    _, takeaways = summary_and_takeaways(engine)
    assert [one.label for one in takeaways] == ["motivation", "result", "conclusion"]


@pytest.mark.parametrize("said", ["提升97%。", "很长" * 70])
def test_a_summary_that_is_unsound_or_long_gives_way_to_condensations_that_are_no_takeaways(said: str) -> None:
    engine = EchoEngine(SYNTHESIS, says={("digest", None): said})
    summaries, takeaways = summary_and_takeaways(engine)
    used = [one.evidence for one in summaries[-1].sentences]
    assert len(used) == 2
    assert all(one.evidence not in used for one in takeaways)
    assert takeaways


def test_an_abstract_of_two_sentences_has_its_translation_alone() -> None:
    engine = EchoEngine(SYNTHESIS)
    assert summary_and_takeaways(engine, "We study one thing well. It works better than before.") == ([], [])


@pytest.mark.parametrize(
    ("text", "other", "said"),
    [
        ("提出一种方法", "提出一种方法，效果更好", True),
        ("误差降低40%", "提出一种方法，效果更好", False),
    ],
)
def test_what_repeats(text: str, other: str, said: bool) -> None:
    assert repeats(text, other) is said
