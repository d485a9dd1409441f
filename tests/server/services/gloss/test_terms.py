"""Which terms of a paper go through the model as slots."""

from __future__ import annotations

import marisa_trie
import pytest

from arxiv_gloss.services.gloss.terms import PaperTerms
from arxiv_gloss.text.terms.glossary import Glossary
from arxiv_gloss.text.terms.term_base import TermBase, TermEntry


@pytest.fixture
def base() -> TermBase:
    entries = {
        "parity non conservation": TermEntry("宇称不守恒", ("hep-ph",), {}, 9),
        "pnc": TermEntry("宇称不守恒", ("hep-ph",), {}, 9),
        "black hole": TermEntry("黑洞", ("gr-qc",), {}, 9),
    }
    return TermBase(marisa_trie.BytesTrie([(key, entry.write()) for key, entry in entries.items()]))


def test_an_abbreviation_that_the_paper_introduces_stays(base: TermBase) -> None:
    texts = ("PNC in atoms", "We study parity non-conservation (PNC).", "The PNCs of a black hole are small.")
    find = PaperTerms(Glossary(), base)(["hep-ph"], texts)
    assert [[one.term.source for one in find(text)] for text in texts] == [
        [],
        ["parity non-conservation"],
        ["black hole"],
    ]


def test_an_abbreviation_that_is_not_introduced_is_a_term(base: TermBase) -> None:
    assert [one.term.target for one in PaperTerms(Glossary(), base)(["hep-ph"], ["PNC"])("PNC")] == ["宇称不守恒"]
