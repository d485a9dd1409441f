"""What the reader did with the papers of lists, in state.db: hidden, and seen on an earlier visit."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from arxiv_gloss.clock import utc_now
from arxiv_gloss.papers.ids import PaperId
from arxiv_gloss.storage.state import StateDatabase

MOST_TRIAGED = 200_000
"""Papers that are remembered, about 20 MB; those that were touched longest ago are forgotten first."""
_CHANGE = (
    "INSERT INTO triage VALUES (?1, coalesce(?2, 0), coalesce(?3, 0), ?4) ON CONFLICT (id) DO UPDATE SET "
    "hidden = coalesce(?2, hidden), seen = coalesce(?3, seen), at = ?4"
)
_FORGET = "DELETE FROM triage WHERE rowid IN (SELECT rowid FROM triage ORDER BY at DESC, rowid DESC LIMIT -1 OFFSET ?)"


class TriagedPaper(msgspec.Struct, frozen=True):
    """A paper of which something is known."""

    id: str
    """Without version."""
    hidden: bool
    seen: bool


class TriageChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is not given stays as it is."""

    id: str
    hidden: bool | None = None
    seen: bool | None = None


class Triage:
    """Safe to use from several threads. Every method raises StateError when the file cannot be used, and BadPaperId."""

    def __init__(self, path: Path, now: Callable[[], datetime] = utc_now, most: int = MOST_TRIAGED) -> None:
        self._now = now
        self._most = most
        self._state = StateDatabase(path, "What was done on lists")

    def of(self, papers: Iterable[str]) -> list[TriagedPaper]:
        """Those of the papers that are hidden or seen."""
        names = json.dumps([PaperId.parse(paper).name for paper in papers])
        rows = self._state.read(
            "SELECT id, hidden, seen FROM triage WHERE id IN (SELECT value FROM json_each(?)) AND (hidden OR seen)",
            names,
        )
        return [TriagedPaper(name, bool(hidden), bool(seen)) for name, hidden, seen in rows]

    def change(self, changes: Iterable[TriageChange]) -> None:
        """All or none."""
        at = self._now().isoformat()
        rows = [(PaperId.parse(one.id).name, one.hidden, one.seen, at) for one in changes]
        self._state.write_all(_CHANGE, rows)
        self._state.write(_FORGET, self._most)

    def close(self) -> None:
        self._state.close()
