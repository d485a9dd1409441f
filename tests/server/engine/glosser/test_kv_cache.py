"""The KV cache grows, and nothing that it holds is lost."""

from typing import cast

import numpy as np
import pytest
from msgspec.structs import replace

from arxiv_gloss.engine.glosser import kv_cache
from arxiv_gloss.engine.glosser.engine import Seq2Seq
from arxiv_gloss.engine.glosser.kv_cache import HostKVCache
from arxiv_gloss.engine.session import Binding
from tests.server.engine.glosser.test_engine import REQUESTS, decode


class Bound:
    """The arrays that a cache binds to a step, by their names there."""

    def __init__(self, held: HostKVCache, lines: int) -> None:
        self.given: dict[str, np.ndarray] = {}
        held.bind(cast(Binding, self), lines)

    def bind_input(self, name: str, array: np.ndarray) -> None:
        self.given[name] = array

    def bind_output(self, name: str, array: np.ndarray) -> None:
        assert np.shares_memory(array, self.given[name.replace("present", "past")])


def test_what_was_said_stays_when_the_room_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kv_cache, "FIRST_LENGTH", 4)
    held = HostKVCache(["key_0", "value_0"], (3, 2, 9, 5))
    for name, array in Bound(held, 3).given.items():
        array[:] = 1 if name == "past_key_0" else 2
    assert not held.reserve(4)
    assert held.reserve(5)
    held.copy([(0, 2)], 4)
    given = Bound(held, 3).given
    assert [array.shape for array in given.values()] == [(3, 2, 6, 5)] * 2
    assert (given["past_key_0"][:, :, :4] == 1).all()
    assert (given["past_value_0"][:, :, :4] == 2).all()
    assert held.reserve(9)
    assert Bound(held, 2).given["past_key_0"].shape == (2, 2, 9, 5)


def test_a_row_is_the_same_with_little_room_and_with_much(
    tiny_int8_engine: Seq2Seq, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = tiny_int8_engine.with_decoding(replace(tiny_int8_engine._config.decoding, beam=4))
    monkeypatch.setattr(kv_cache, "FIRST_LENGTH", 500)
    much = decode(engine, REQUESTS)
    monkeypatch.setattr(kv_cache, "FIRST_LENGTH", 2)
    assert max(len(row.ids) for row in much) > 6, "the room grows more than once"
    assert decode(engine, REQUESTS) == much
