"""What is done about a text that cannot be believed."""

import pytest

from arxiv_gloss.services.gloss import flags
from arxiv_gloss.services.gloss.doubt import Doubt, is_outside
from arxiv_gloss.text.confidence import DoubtModel

MODEL = DoubtModel(0.0, {}, {}, unsure=0.5, untranslated=0.2, outside=0.4)
DOUBT = Doubt(MODEL, {}, lambda _: [])


@pytest.mark.parametrize(
    ("confidence", "said"), [(None, []), (0.5, []), (0.49, [flags.UNSURE]), (0.19, [flags.UNTRANSLATED])]
)
def test_what_is_unsure_is_marked_and_what_is_too_unsure_gives_way(
    confidence: float | None, said: list[object]
) -> None:
    assert DOUBT.flags(confidence) == said


def test_a_title_never_gives_way_to_its_original() -> None:
    assert DOUBT.flags(0.01, is_title=True) == [flags.UNSURE]


def test_a_paper_is_outside_by_the_mean_of_its_sentences() -> None:
    assert is_outside(MODEL, [0.1, 0.6])
    assert not is_outside(MODEL, [0.3, 0.6])
    assert not is_outside(MODEL, [])
