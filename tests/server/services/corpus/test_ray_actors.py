"""Runs on Ray, where it is installed: a killed actor and a killed driver lose nothing."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from arxiv_gloss.services.corpus.plan import grow_plan
from arxiv_gloss.services.corpus.store import Folder
from tests.server.services.corpus import faults
from tests.server.services.corpus.stub import digests, papers

pytest.importorskip("ray", reason="needs the extra [ray]")
COUNT = 6000


def test_killed_actors_and_drivers_change_no_byte(tmp_path: Path) -> None:
    outs = [tmp_path / "processes", tmp_path / "ray"]
    for out in outs:
        grow_plan(Folder(out), papers(COUNT))
    assert faults.start(outs[0], 1, 0.0).wait(faults.PATIENCE) == 0

    killed = faults.start(outs[1], 2, 0.001, "ray")
    faults.wait_for_parts(outs[1], 1, killed)
    faults.kill_with_children_left(killed)
    driver = faults.start(outs[1], 2, 0.001, "ray")
    faults.wait_for_parts(outs[1], faults.parts(outs[1]) + 1, driver)
    assert faults.kill_a_worker(driver, random.Random(20))
    assert driver.wait(2 * faults.PATIENCE) == 0
    assert digests(outs[1]) == digests(outs[0])
