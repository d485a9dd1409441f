"""Decisions: one dated page each, and an index that names them all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.repo.tracked import ROOT

FOLDER = ROOT / "docs" / "decisions"
PAGES = sorted(FOLDER.glob("2*.md"))
STATES = r"in force|replaced by \[[^\]]+\]\([^)]+\)"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_decision_is_dated_short_and_complete(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.match(rf"# .+\n\n{page.name[:10]} · ({STATES})\n", text)
    assert re.findall(r"^## (.+)$", text, re.M) == ["Context", "Decision", "Consequences"]
    assert len(text.split()) < 250


def test_the_index_names_every_decision_once_with_its_date_and_title() -> None:
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^- (\S+) \[(.+)\]\((.+)\)$", index, re.M)
    pages = [(page.name[:10], page.read_text(encoding="utf-8").splitlines()[0][2:], page.name) for page in PAGES]
    assert sorted(listed) == sorted(pages)
