from __future__ import annotations

import numpy as np
import pytest
import torch

from models.network.documents import TokenDocument
from models.network.ids import LABELS, SEG, TASK
from models.network.model import Gloss
from models.network.segment_states import segment_states
from models.recipe.salience import SaliencePaper, fit, hits, mined_labels, papers, places, report

engine_salience = pytest.importorskip("arxiv_gloss.engine.glosser.salience")


def made_up(count: int, seed: int) -> list[SaliencePaper]:
    """The method is the sentence whose first feature is largest; other labels were never mined."""
    rng = np.random.default_rng(seed)
    out = []
    for _ in range(count):
        states = rng.normal(size=(5, 4)).astype(np.float32)
        labels = np.full((len(LABELS), 5), np.nan, np.float32)
        labels[LABELS.index("method")] = np.arange(5) == states[:, 0].argmax()
        out.append(SaliencePaper(np.concatenate([states, places(5)], 1), labels))
    return out


def test_the_head_learns_which_sentence_it_was() -> None:
    train, dev = made_up(300, 1), made_up(100, 2)
    method = LABELS.index("method")
    weight, bias = fit(train, method)
    chosen = [int((p.features @ weight + bias).argmax()) for p in dev]
    share, count = hits(chosen, dev, method)
    assert count == 100
    assert share > 0.9


def test_a_label_that_was_not_mined_is_not_judged() -> None:
    assert hits([0] * 3, made_up(3, 1), LABELS.index("tldr")) == (0.0, 0)


def test_places_are_what_the_engine_computes() -> None:
    for count in (1, 2, 7):
        states = np.zeros((count, 3), np.float32)
        np.testing.assert_allclose(engine_salience.features(states)[:, 3:], places(count))


def test_mined_labels_stand_at_their_sentence() -> None:
    source = np.array([SEG, 5, SEG, 6, 7, SEG, 8], np.uint16)
    labels = mined_labels(TokenDocument("x", source, []), [(2, TASK["result"]), (5, TASK["takeaways"])])
    assert labels[LABELS.index("result")].tolist() == [0, 1, 0]
    assert np.isnan(labels[LABELS.index("tldr")]).all()


def test_states_do_not_depend_on_the_batch(tiny_model: Gloss, documents: list[TokenDocument]) -> None:
    model = tiny_model.eval()
    together = segment_states(model, documents[:6])
    for document, states in zip(documents[:6], together, strict=True):
        torch.testing.assert_close(
            torch.from_numpy(states), torch.from_numpy(segment_states(model, [document])[0]), rtol=1e-4, atol=1e-4
        )


def test_papers_pair_features_with_labels(tiny_model: Gloss, documents: list[TokenDocument]) -> None:
    mined = {(0, "g", 0): (int(documents[0].rows[1].start), 0, np.zeros(0), 1.0, TASK["method"])}
    (paper,) = papers(tiny_model.eval(), documents, mined)
    assert paper.features.shape == (3, 64 + 3)
    assert paper.labels[LABELS.index("method")].tolist() == [0, 1, 0]


def test_the_report_has_a_line_for_each_label() -> None:
    train = [p._replace(labels=np.tile(p.labels[LABELS.index("method")], (len(LABELS), 1))) for p in made_up(20, 1)]
    lines = report(train, train, np.zeros((len(LABELS), 7), np.float32), np.zeros(len(LABELS), np.float32))
    assert [line.split()[0] for line in lines] == ["label", *LABELS]


def test_written_takeaways_alone_teach_what_a_takeaway_is(tiny_model: Gloss, documents: list[TokenDocument]) -> None:
    written = np.zeros((len(LABELS), 3), np.float32)
    written[LABELS.index("result"), 2] = 1
    some = [documents[0], documents[1]._replace(labels=written)]
    mined = {
        (0, "g", n): (5, 9, np.array([1], np.uint16), 1.0, TASK[task]) for n, task in enumerate(("result", "tldr"))
    }
    start = int(np.flatnonzero(documents[0].source == SEG)[1])
    mined = {key: (start, *one[1:]) for key, one in mined.items()}
    first, second = papers(tiny_model.eval(), some, mined)
    assert np.isnan(first.labels[LABELS.index("result")]).all()
    assert first.labels[LABELS.index("tldr")].tolist() == [0, 1, 0]
    assert second.labels[LABELS.index("result")].tolist() == [0, 0, 1]
