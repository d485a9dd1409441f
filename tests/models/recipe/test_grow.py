"""Weights for a larger vocabulary, and the pieces that are added."""

from __future__ import annotations

import json

import numpy as np
import torch

from models.network.ids import BASE, PIECE
from models.recipe.grow import apply, fitted, grow
from models.recipe.vocabulary import first_level, grown

WIDTH, OLD, NEW = 8, 400, 40
FIRST = PIECE - BASE


def test_old_rows_stay_and_new_ones_follow_the_map() -> None:
    rng = np.random.default_rng(0)
    turn = rng.standard_normal((WIDTH, WIDTH))
    states = rng.standard_normal((OLD + NEW, WIDTH))
    states /= np.linalg.norm(states, axis=1, keepdims=True)
    rows = (states[:OLD] @ turn).astype(np.float32)
    weights = {"target.weight": torch.from_numpy(rows), "prior": torch.zeros(OLD)}
    seen, unigram = np.full(OLD + NEW, 1000.0), np.full(OLD + NEW, 1000.0)
    unigram[FIRST : FIRST + 5] = 0
    grown = grow(weights, states, seen, unigram)
    assert grown["target.weight"].shape == (OLD + NEW, WIDTH)
    assert torch.equal(grown["target.weight"][:OLD], weights["target.weight"])
    expected = states[OLD:] @ turn
    error = np.linalg.norm(grown["target.weight"][OLD:].numpy() - expected) / np.linalg.norm(expected)
    assert error < 0.2


def test_a_linear_map_is_found_again() -> None:
    inputs = np.random.default_rng(1).standard_normal((500, 3))
    weights = fitted(inputs, inputs @ np.array([[2.0], [0.0], [-1.0]]) + 5)
    assert np.allclose(apply(weights, np.array([[1.0, 1.0, 1.0]])), 6, atol=0.2)


def test_the_first_level_of_gb2312_has_3755_characters() -> None:
    level = first_level()
    assert len(level) == len(set(level)) == 3755
    assert (level[0], level[-1]) == ("啊", "座")


def test_added_pieces_stand_behind_the_old_ones() -> None:
    old = json.dumps({"model": {"vocab": [["\0<pad>", 0.0], ["的", -2.0], ["模型", -5.0]]}})
    larger = json.dumps({"model": {"vocab": [["黑洞", -7.0], ["模型", -6.0], ["abc", -1.0], ["星系", -6.5]]}})
    made = json.loads(grown(old, larger, ["薖"], 3 + 3755 + 1))["model"]["vocab"]
    assert made[:3] == [["\0<pad>", 0.0], ["的", -2.0], ["模型", -5.0]]
    assert len(made) == 3 + 3755 + 1
    pieces = [piece for piece, _ in made[3:]]
    assert pieces[0] == "啊"
    assert pieces[3754:] == ["薖", "星系"], "all characters but the one that is there, then the most frequent word"
