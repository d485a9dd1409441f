from __future__ import annotations

from itertools import pairwise

import numpy as np
import torch

from models.network.decode import DecodeQuery, Rules, greedy, repeats
from models.network.ids import BASE, PIECE, SEG, TASK
from models.network.model import Gloss

SOURCE = np.array([SEG, 2000, 2001, BASE + 3, SEG, 2002, BASE + 5, 2003])


def loud(model: Gloss) -> Gloss:
    with torch.no_grad():
        model.target.weight.normal_(std=0.5)
        model.prior[:64] = 50  # slots above all
    return model.eval()


def test_a_row_says_only_slots_that_it_sees(tiny_model: Gloss) -> None:
    asks = [DecodeQuery(TASK["translate"], np.arange(0, 4)), DecodeQuery(TASK["translate"], np.arange(4, 8))]
    first, second = greedy(loud(tiny_model), SOURCE, asks, Rules(length_constant=5, length_factor=0))
    assert {token - BASE for token in first.ids if token < PIECE} == {3}
    assert {token - BASE for token in second.ids if token < PIECE} == {5}


def test_rows_do_not_depend_on_their_neighbours(tiny_model: Gloss) -> None:
    asks = [
        DecodeQuery(TASK["gist"], np.arange(0, 4)),
        DecodeQuery(TASK["gist"], np.arange(4, 8)),
        DecodeQuery(TASK["tldr"], np.arange(8)),
    ]
    model = loud(tiny_model)
    together = [said.ids for said in greedy(model, SOURCE, asks)]
    assert together == [greedy(model, SOURCE, [ask])[0].ids for ask in asks]


def test_the_length_guard_is_told(tiny_model: Gloss) -> None:
    said = greedy(loud(tiny_model), SOURCE, [DecodeQuery(TASK["tldr"], np.arange(8))], Rules(length_limit=4))[0]
    assert len(said.ids) == 4
    assert not said.complete


def test_no_run_of_pieces_twice() -> None:
    a, b, c, slot = PIECE, PIECE + 1, PIECE + 2, BASE
    assert repeats([a, b, c, a, b], 3) == [c]
    assert repeats([a, b, slot, a, b], 3) == []
    assert repeats([a, b, c, a, b], 0) == []


def test_nothing_but_a_letter_follows_itself(tiny_model: Gloss) -> None:
    ask = [DecodeQuery(TASK["tldr"], np.arange(8))]
    loud(tiny_model)
    free = greedy(tiny_model, SOURCE, ask, Rules(no_repeat=0, length_limit=30))[0].ids
    strict = greedy(tiny_model, SOURCE, ask, Rules(no_repeat=0, length_limit=30, letters=frozenset()))[0].ids
    assert any(one == two for one, two in pairwise(free))
    assert not any(one == two for one, two in pairwise(strict))
    letters = frozenset(token - BASE for token in free)
    assert greedy(tiny_model, SOURCE, ask, Rules(no_repeat=0, length_limit=30, letters=letters))[0].ids == free
