from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

scipy_sparse = pytest.importorskip("scipy.sparse", reason="mining needs the [recipe] extra")

from models.network.documents import TokenDocument, TokenRow  # noqa: E402
from models.network.ids import BASE, NEWLINE, PIECE, SEG, TARGET_ROWS, TASK  # noqa: E402
from models.recipe.lexicon import CountedLexicon, all_links, count_pairs, symmetrised  # noqa: E402
from models.recipe.mine import Miner, gist_rows  # noqa: E402

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

STOP = PIECE + 500
"""The piece 。"""


def piece(word: int) -> int:
    return PIECE + word - 1000


def translated(words: list[int]) -> TokenDocument:
    source = np.array([SEG, *words], np.uint16)
    target = np.array([piece(word) for word in words], np.uint16)
    return TokenDocument("x", source, [TokenRow(TASK["translate"], 0, len(source), target)])


@pytest.fixture
def counts() -> csr_matrix:
    """Words 1000 … 1119, each translated five times by its own piece."""
    documents = [translated(list(range(1000 + 20 * n, 1020 + 20 * n))) for n in range(6) for _ in range(5)]
    links = {(n, 0): np.array([[k + 1, k] for k in range(20)], np.uint8) for n in range(len(documents))}
    return count_pairs(documents, links)


@pytest.fixture
def ends() -> np.ndarray:
    marks = np.zeros(TARGET_ROWS, bool)
    marks[[NEWLINE - BASE, STOP - BASE]] = True
    return marks


def paper(*summaries: list[int]) -> TokenDocument:
    """Three sentences of twenty words; each summary is a row of the task `method`."""
    source = [token for n in range(3) for token in (SEG, *range(1000 + 20 * n, 1020 + 20 * n))]
    rows = [TokenRow(TASK["method"], 0, len(source), np.array(summary, np.uint16)) for summary in summaries]
    return TokenDocument("p", np.array(source, np.uint16), rows)


def test_a_condensed_sentence_is_found(counts: csr_matrix, ends: np.ndarray) -> None:
    said = [piece(word) for word in range(1020, 1029)]
    (found,) = Miner(counts, ends).mine(paper([*said, STOP]))
    assert (found.start, found.end) == (21, 42)
    assert found.task == TASK["method"]
    assert found.target.tolist() == [*said, STOP]


def test_a_sentence_from_everywhere_is_not(counts: csr_matrix, ends: np.ndarray) -> None:
    said = [piece(word) for word in (1000, 1001, 1002, 1020, 1021, 1022, 1040, 1041, 1042)]
    assert list(Miner(counts, ends).mine(paper(said))) == []


def test_each_sentence_of_a_summary_is_looked_for_by_itself(counts: csr_matrix, ends: np.ndarray) -> None:
    first, second = ([piece(word) for word in range(start, start + 9)] for start in (1000, 1040))
    found = list(Miner(counts, ends).mine(paper([*first, STOP, NEWLINE, *second])))
    assert [one.start for one in found] == [0, 42]


def test_gist_rows_carry_links(counts: csr_matrix, ends: np.ndarray) -> None:
    document = paper([piece(word) for word in range(1020, 1030)])
    found = {(0, "g", k): one for k, one in enumerate(Miner(counts, ends).mine(document))}
    ((task, start, end, target, links),) = gist_rows([document], found, CountedLexicon(counts))[0]
    assert (task, start, end) == (TASK["gist"], 21, 42)
    assert [(int(document.source[start + s]), int(target[t])) for s, t in links] == [
        (word, piece(word)) for word in range(1020, 1030)
    ]


def test_a_piece_known_from_everywhere_has_no_links(counts: csr_matrix) -> None:
    links = CountedLexicon(counts).links(np.array([1000] * 7, np.uint16), np.array([piece(1000)], np.uint16))
    assert links.shape == (0, 2)


def test_aligned_rows_keep_their_links(counts: csr_matrix) -> None:
    document = translated([1000, 1001])
    own = {(0, 0): np.array([[2, 0]], np.uint8)}
    assert all_links([document], own, CountedLexicon(counts))[0, 0] is own[0, 0]


def test_links_of_both_directions_win() -> None:
    links = symmetrised("0-0 1-1 2-2", "0-0 1-1 3-2 4-4")
    assert links.tolist() == [[0, 0], [1, 1], [2, 2], [3, 2], [4, 4]]
    assert symmetrised("0-0 5-0", "0-0").tolist() == [[0, 0]]
