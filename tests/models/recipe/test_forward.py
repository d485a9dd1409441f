from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from arxiv_gloss.engine.protocol import Encoding, EngineInfo, RowRequest, Source
from arxiv_gloss.engine.protocol import Row as Said
from arxiv_gloss.engine.tokenizer import Tokenizer
from models.network.batches import kind, mixed
from models.network.documents import TokenDocument, TokenRow
from models.network.ids import PIECE, TASK
from models.recipe.corpus import PlainDocument
from models.recipe.forward import Forward, line_of, read_forward, requests, translate
from models.recipe.train import with_forward

PAPER = PlainDocument(
    "2401.00001", "A model", ["It wins by 3.07.", "We saw it in March 2024.", "It is small."], [], "cs"
)


class Says:
    """An engine that says one token a row, sure of all but the rows in `unsure`."""

    def __init__(self, unsure: int) -> None:
        self.unsure = unsure

    @property
    def info(self) -> EngineInfo:
        raise NotImplementedError

    def encode(self, source: Source) -> Encoding:
        return Encoding(source, (), None)

    def embed(self, source: Source) -> tuple[float, ...]:
        raise NotImplementedError

    def decode(
        self, encoding: Encoding, requests: Sequence[RowRequest], cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[RowRequest, Said]]:
        for k, request in enumerate(requests):
            yield request, Said("词", (PIECE + k,), -2.0 if k == self.unsure else -0.1, (1.0,), True)


def test_numbers_are_owed_and_sentences_with_dates_are_left_out() -> None:
    source, wanted = requests(PAPER)
    assert [(row.task, row.segment) for row in wanted] == [("translate", 0), ("translate", 2), ("title", None)]
    assert wanted[0].required_slots == {0}
    assert "⟪0⟫" in source.segments[0]


def test_rows_that_the_model_is_not_sure_of_are_left_out(tokenizer: Tokenizer) -> None:
    forward = translate(PAPER, Says(unsure=1), tokenizer)
    assert [(row.task, row.target.tolist()) for row in forward.rows] == [
        (TASK["translate"], [PIECE]),
        (TASK["title"], [PIECE + 2]),
    ]
    title, sentence = forward.rows[1], forward.rows[0]
    assert title.start == 0
    assert sentence.start == title.end


def test_a_line_that_was_broken_off_is_left_out(tmp_path: Path) -> None:
    rows = [TokenRow(TASK["title"], 0, 4, np.array([PIECE, 40_000], np.uint16))]
    line = line_of(Forward("2401.00001", rows))
    (tmp_path / "forward.jsonl").write_text(line + line[:20])
    (read,) = read_forward(tmp_path / "forward.jsonl")
    assert (read.id, read.rows[0].target.tolist()) == ("2401.00001", [PIECE, 40_000])
    assert not list(read_forward(tmp_path / "missing.jsonl"))


def test_training_draws_them_in_their_share(documents: list[TokenDocument], tmp_path: Path) -> None:
    paper = documents[1]
    path = tmp_path / "forward.jsonl"
    path.write_text(line_of(Forward(paper.id, [TokenRow(TASK["translate"], 4, 9, np.array([PIECE], np.uint16))])))
    joined = with_forward(documents, path)
    assert [kind(d) for d in joined].count("forward") == 1
    assert len(joined[1].rows) == len(paper.rows) + 1
    stream = mixed(joined, {"forward": 0.5, "translated": 0.5, "technical": 0, "other": 0}, random.Random(1))
    drawn = [next(stream).id for _ in range(200)]
    assert 70 < drawn.count(paper.id) < 130
