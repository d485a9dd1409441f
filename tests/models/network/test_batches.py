from __future__ import annotations

import random
from collections import Counter

from models.network.batches import batches, collate, document_tokens, kind, mixed
from models.network.documents import TokenDocument
from models.network.ids import EOS, SEG, TASK

SHARES = {"translated": 0.5, "technical": 0.0, "other": 0.5}


def test_a_batch_holds_every_target_token_once(documents: list[TokenDocument]) -> None:
    batch = collate(documents)
    assert batch.tokens == sum(map(document_tokens, documents))


def test_rows_begin_with_their_task_and_end_with_the_end_token(documents: list[TokenDocument]) -> None:
    for group in collate(documents).groups:
        for inputs, wanted in zip(group.inputs.tolist(), group.wanted.tolist(), strict=True):
            target = [token for token in wanted if token]
            if target:
                assert inputs[0] in (TASK["translate"], TASK["summary"])
                assert target[-1] == EOS
                assert inputs[1 : len(target)] == target[:-1]


def test_a_narrow_row_sees_its_own_slice(documents: list[TokenDocument]) -> None:
    batch = collate(documents)
    flat = batch.source.reshape(-1)
    slices = {tuple(d.source[row.start : row.end].tolist()) for d in documents for row in d.rows}
    for group in batch.groups:
        for memory, visible in zip(group.memory, group.visible, strict=True):
            if visible.any():
                assert tuple(flat[memory[visible]].tolist()) in slices


def test_links_point_at_the_piece_that_is_translated(documents: list[TokenDocument]) -> None:
    batch = collate(documents)
    flat = batch.source.reshape(-1)
    linked = 0
    for group in batch.groups:
        for at, looks in zip(group.linked.tolist(), group.links, strict=True):
            row, column = divmod(at, group.inputs.shape[1])
            source = flat[group.memory[row][looks]]
            assert int(source[0]) + 30522 + 96 == int(group.wanted[row, column])
            linked += 1
    assert linked == sum(len(row.links) for d in documents for row in d.rows if row.links is not None)


def test_batches_are_the_same_for_the_same_seed(documents: list[TokenDocument]) -> None:
    one, two = (batches(documents, 300, SHARES, random.Random(7)) for _ in range(2))
    for _ in range(20):
        assert (next(one).source == next(two).source).all()


def test_documents_come_in_their_shares(documents: list[TokenDocument]) -> None:
    sentence = documents[0]._replace(id="t", source=documents[0].source.copy(), archive="tech")
    sentence.source[0] = SEG
    stream = mixed([*documents, sentence], {"translated": 0.1, "technical": 0.8, "other": 0.1}, random.Random(1))
    drawn = Counter(kind(next(stream)) for _ in range(500))
    assert 350 < drawn["technical"] < 450
    assert drawn["translated"] + drawn["other"] == 500 - drawn["technical"]


def test_every_document_is_seen_once_a_pass(documents: list[TokenDocument]) -> None:
    stream = mixed(documents, {"translated": 1, "technical": 0, "other": 0}, random.Random(1))
    translated = [d.id for d in documents if kind(d) == "translated"]
    assert sorted(next(stream).id for _ in translated) == sorted(translated)
