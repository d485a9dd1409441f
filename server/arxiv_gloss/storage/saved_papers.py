"""Papers that the reader keeps for later, in state.db."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from arxiv_gloss.clock import utc_now
from arxiv_gloss.errors import BadRequest, NotFound
from arxiv_gloss.papers.citations import Reference
from arxiv_gloss.papers.ids import PaperId
from arxiv_gloss.storage.sqlite import damaged_copies
from arxiv_gloss.storage.state import StateDatabase

_MOST = 10_000
LONGEST_PAPER = 200_000
"""Characters of everything that is kept of a paper."""


class SavedPaper(msgspec.Struct, frozen=True, omit_defaults=True):
    """A paper as its page described it when it was saved."""

    id: str
    """Without version."""
    title: str
    authors: list[str] = []
    abstract: str | None = None

    @property
    def reference(self) -> Reference:
        return Reference(self.id, self.title, self.authors, abstract=self.abstract)


class SavedPapers:
    """Safe to use from several threads. Every method raises StateError when the file cannot be used."""

    def __init__(self, path: Path, now: Callable[[], datetime] = utc_now) -> None:
        self._now = now
        self._path = path
        self._state = StateDatabase(path, "Saved papers")

    def all(self) -> list[SavedPaper]:
        """The newest first."""
        rows = self._state.read("SELECT paper FROM saved ORDER BY at DESC, rowid DESC")
        return [msgspec.json.decode(paper, type=SavedPaper) for (paper,) in rows]

    def add(self, papers: Iterable[SavedPaper]) -> list[SavedPaper]:
        """Save papers, all or none; one that is there already is replaced. Raises BadPaperId or BadRequest."""
        given = list(papers)
        if len(given) + self._state.read("SELECT count(*) FROM saved")[0][0] > _MOST:
            raise BadRequest(f"{_MOST:,} papers can be saved. Remove some first.")
        rows = []
        for paper in given:
            kept = msgspec.structs.replace(paper, id=PaperId.parse(paper.id).name, title=paper.title.strip())
            row = msgspec.json.encode(kept)
            if not kept.title or len(row) > LONGEST_PAPER:
                raise BadRequest("A saved paper needs a title, and no more than its authors and abstract beside it.")
            rows.append((kept.id, row, self._now().isoformat()))
        self._state.write_all("INSERT OR REPLACE INTO saved VALUES (?, ?, ?)", rows)
        return self.all()

    def remove(self, paper: str) -> list[SavedPaper]:
        """Raises BadPaperId, or NotFound for a paper that is not saved."""
        name = PaperId.parse(paper).name
        if not self._state.write("DELETE FROM saved WHERE id = ?", name):
            raise NotFound(f"{name} is not saved.")
        return self.all()

    def damaged(self) -> list[str]:
        """Copies of the file that could not be read whole; some papers may be in them alone."""
        return [str(copy) for copy in damaged_copies(self._path)]

    def close(self) -> None:
        self._state.close()
