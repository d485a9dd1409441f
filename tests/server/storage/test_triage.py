"""Papers of lists that are hidden or seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from arxiv_gloss.errors import BadPaperId
from arxiv_gloss.storage.triage import Triage, TriageChange, TriagedPaper
from tests.server.conftest import Caller


@pytest.fixture
def triage(tmp_path: Path) -> Iterator[Triage]:
    opened = Triage(tmp_path / "state.db")
    yield opened
    opened.close()


def test_what_is_not_given_stays_and_a_version_is_the_same_paper(triage: Triage, tmp_path: Path) -> None:
    triage.change([TriageChange("2401.01234v2", hidden=True), TriageChange("hep-th/9901001", seen=True)])
    triage.change([TriageChange("2401.01234", seen=True)])
    again = Triage(tmp_path / "state.db")
    found = sorted(again.of(["2401.01234v1", "hep-th/9901001", "2401.09999"]), key=lambda one: one.id)
    again.close()
    assert found == [TriagedPaper("2401.01234", True, True), TriagedPaper("hep-th/9901001", False, True)]


def test_hiding_is_undone(triage: Triage) -> None:
    triage.change([TriageChange("2401.01234", hidden=True)])
    triage.change([TriageChange("2401.01234", hidden=False)])
    assert triage.of(["2401.01234"]) == []


def test_all_changes_are_made_or_none(triage: Triage) -> None:
    with pytest.raises(BadPaperId):
        triage.change([TriageChange("2401.01234", hidden=True), TriageChange("nonsense", hidden=True)])
    assert triage.of(["2401.01234"]) == []


def test_what_was_touched_longest_ago_is_forgotten_first(tmp_path: Path) -> None:
    times = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(9))
    triage = Triage(tmp_path / "state.db", now=lambda: next(times), most=2)
    for name in ("2401.00001", "2401.00002", "2401.00001", "2401.00003"):
        triage.change([TriageChange(name, seen=True)])
    assert sorted(one.id for one in triage.of([f"2401.0000{number}" for number in (1, 2, 3)])) == [
        "2401.00001",
        "2401.00003",
    ]
    triage.close()


def test_over_http_changes_are_made_before_the_answer(client: Caller) -> None:
    changes = [{"id": "2401.01234", "hidden": True}]
    response = client.post("/v1/triage", {"ids": ["2401.01234", "2401.00002"], "changes": changes})
    assert response.json == {"papers": [{"id": "2401.01234", "hidden": True, "seen": False}]}
    assert client.post("/v1/triage", {"ids": ["nonsense"]}).status_code == 400
    assert client.post("/v1/triage", {"ids": ["2401.01234"] * 4001}).status_code == 400
