"""What the engine promises (engine/protocol.py), on a bundle of random weights."""

import re
from collections import Counter
from operator import mul
from pathlib import Path

import pytest
from msgspec.structs import replace

from arxiv_gloss.engine.bundle import open_bundle
from arxiv_gloss.engine.glosser.engine import Seq2Seq
from arxiv_gloss.engine.protocol import Row, RowRequest, Source
from arxiv_gloss.errors import BadRequest, Cancelled

SHIPPED = Path(__file__).parents[4] / "models" / "shipped" / "gloss-en-zh"
SOURCE = Source(
    "A small model ⟪0⟫",
    (
        "We present a small model SFL⟪1⟫ that translates abstracts.",
        "It is faster by a factor of 3.07⟪2⟫ than ⟪3⟫ and it needs no network.",
        "These results show that checking is worth more than trusting.",
    ),
)
REQUESTS = [
    RowRequest("title"),
    *(RowRequest("translate", k) for k in range(3)),
    RowRequest("gist", 1),
    RowRequest("summary"),
]


def decode(engine: Seq2Seq, requests: list[RowRequest], source: Source = SOURCE) -> list[Row]:
    rows = dict(engine.decode(engine.encode(source), requests))
    return [rows[request] for request in requests]


@pytest.fixture(params=["fp32", "int8", "fp32 beam", "int8 beam"])
def engine(request: pytest.FixtureRequest, tiny_engine: Seq2Seq, tiny_int8_engine: Seq2Seq) -> Seq2Seq:
    """Greedy, and with a beam of four from which lines that fall behind are dropped."""
    chosen = tiny_engine if "fp32" in request.param else tiny_int8_engine
    if "beam" not in request.param:
        return chosen
    return chosen.with_decoding(replace(chosen._config.decoding, beam=4, prune=1.0))


def test_every_request_gets_one_row(engine: Seq2Seq) -> None:
    requests = [request for request, _ in engine.decode(engine.encode(SOURCE), REQUESTS)]
    assert len(requests) == len(REQUESTS) and set(requests) == set(REQUESTS)


def test_rows_differ_where_their_sources_differ(engine: Seq2Seq) -> None:
    rows = decode(engine, REQUESTS)
    assert len({row.ids for row in rows}) > 1


def test_a_row_is_the_same_alone_and_in_company(engine: Seq2Seq) -> None:
    together = decode(engine, REQUESTS)
    for request, row in zip(REQUESTS, together, strict=True):
        assert decode(engine, [request]) == [row]
    crowd = list(engine.decode(engine.encode(SOURCE), REQUESTS * 8))
    assert Counter(crowd) == Counter(list(zip(REQUESTS, together, strict=True)) * 8)


def test_a_row_says_only_slots_of_its_own_source(engine: Seq2Seq) -> None:
    allowed = [{0}, {1}, {2, 3}, set(), {2, 3}, {0, 1, 2, 3}]
    base = engine._config.ids.base
    for row, slots in zip(decode(engine, REQUESTS), allowed, strict=True):
        assert {token - base for token in row.ids if token < base + 64} <= slots


def test_a_forbidden_slot_does_not_come(engine: Seq2Seq) -> None:
    (row,) = decode(engine, [RowRequest("translate", 1, forbidden_slots=frozenset({2}))])
    assert "⟪2⟫" not in row.text


def test_required_slots_come_before_the_end() -> None:
    """With the shipped bundle, because rows of random weights hardly ever end."""
    sentence = "We train 3⟪0⟫ models on 12⟪1⟫ tasks in 2⟪2⟫ languages with SplitNet⟪3⟫, faster than BERT⟪4⟫."
    request = RowRequest("gist", 0, required_slots=frozenset(range(5)))
    (row,) = decode(Seq2Seq(open_bundle(SHIPPED)), [request], Source("", (sentence,)))
    assert row.complete
    assert {f"⟪{k}⟫" for k in range(5)} <= set(re.findall("⟪.⟫", row.text))


def test_support_stays_within_what_the_row_saw(engine: Seq2Seq) -> None:
    title, first, second, *_, whole = decode(engine, REQUESTS)
    assert title.support == (0, 0, 0)
    assert first.support == pytest.approx((1, 0, 0), abs=1e-6)
    assert second.support == pytest.approx((0, 1, 0), abs=1e-6)
    assert sum(whole.support) == pytest.approx(1, abs=1e-3)


def test_a_long_paper_is_windowed_and_nothing_is_lost(engine: Seq2Seq) -> None:
    long = Source("A title", tuple(f"Sentence {k} says that the method is faster than its rivals." for k in range(60)))
    rows = decode(engine, [RowRequest("translate", k) for k in range(60)], long)
    assert sum(bool(row.ids) for row in rows) > 50
    assert len(engine.encode(long).salience) == 60
    assert all(row.support[k] == pytest.approx(1, abs=1e-3) for k, row in enumerate(rows))


def test_one_sentence_beyond_the_window_is_refused(engine: Seq2Seq) -> None:
    with pytest.raises(BadRequest, match="longer than the model can read"):
        engine.encode(Source("", ("word " * 600,)))


def test_requests_that_make_no_sense_are_refused(engine: Seq2Seq) -> None:
    encoding = engine.encode(Source("", ("One sentence.",)))
    for request in (RowRequest("title"), RowRequest("translate"), RowRequest("gist", 7), RowRequest("sing")):
        with pytest.raises(BadRequest):
            list(engine.decode(encoding, [request]))


def test_cancelling_stops_before_the_next_step(engine: Seq2Seq) -> None:
    asked = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 3

    with pytest.raises(Cancelled):
        list(engine.decode(engine.encode(SOURCE), REQUESTS, cancelled))
    assert len(asked) == 4


def test_salience_gives_a_probability_per_label(engine: Seq2Seq) -> None:
    salience = engine.encode(SOURCE).salience
    assert len(salience) == 3
    assert all(0 <= value <= 1 for labels in salience for value in labels.values())


def test_provenance_names_what_really_runs(tiny_int8_engine: Seq2Seq) -> None:
    info = tiny_int8_engine.info
    assert (info.name, info.precision, info.provider, info.roles) == ("tiny", "int8", "CPU", ("glosser",))


def test_a_paper_is_nearest_to_itself(engine: Seq2Seq) -> None:
    same, other = engine.embed(SOURCE), engine.embed(Source("", ("we train a new model",)))
    assert len(same) == len(other)
    assert sum(x * x for x in same) == pytest.approx(1, abs=1e-4)
    assert sum(map(mul, same, engine.embed(SOURCE))) > sum(map(mul, same, other))
