"""One shard in, one file out: a pure function of the shard's papers and of what makes them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from arxiv_gloss.errors import BadRequest, GlossError
from arxiv_gloss.papers.records import PaperRecord
from arxiv_gloss.papers.saved_files import without_markup
from arxiv_gloss.services.corpus.plan import Shard, read_papers
from arxiv_gloss.services.corpus.provenance import Provenance
from arxiv_gloss.services.corpus.store import Store
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.services.gloss.result import GlossResult

log = logging.getLogger(__name__)
TELL_EVERY = 10
"""Papers between two reports of a worker: a second of its time."""
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_NUM_THREADS"), "1")
"""Environment of a worker, for libraries that start a thread for each core unless they are told."""
UNFORESEEN = GlossError("Something went wrong with this paper; please report it.")


class CorpusGlosser(Protocol):
    """What glosses the papers of a run, one by one."""

    @property
    def provenance(self) -> Provenance: ...

    def gloss(self, query: GlossQuery) -> GlossResult:
        """Raises GlossError."""
        ...


MakeGlosser = Callable[[], CorpusGlosser]
"""Called once in each worker, so it must be picklable."""


def make_shard(
    store: Store, shard: Shard, glosser: CorpusGlosser, tell: Callable[[int], None] = lambda _: None
) -> None:
    """Write the shard's file, unless it is there. `tell` hears of the papers that have been done since it was last
    called. Raises GlossError other than a paper's own, and OSError; then nothing is written."""
    from arxiv_gloss.services.corpus import table

    name = glosser.provenance.part(shard)
    if store.exists(name):
        tell(shard.papers)
        return
    rows: list[table.Row] = []
    for paper in read_papers(store, shard):
        rows.append(_row(paper, glosser))
        if len(rows) % TELL_EVERY == 0:
            tell(TELL_EVERY)
    store.write_new(name, table.encode(rows))
    tell(len(rows) % TELL_EVERY)


def _row(paper: PaperRecord, glosser: CorpusGlosser) -> dict[str, object]:
    """A paper that cannot be glossed is a row that says why; what is wrong with the machine ends the shard."""
    from arxiv_gloss.services.corpus import table

    target = glosser.provenance.target
    abstract = without_markup(paper.abstract or "")
    query = GlossQuery(paper.id, paper.title, abstract, target, categories=paper.categories)
    try:
        return table.glossed_row(paper, glosser.gloss(query), glosser.provenance)
    except BadRequest as problem:
        return table.refused_row(paper, problem, glosser.provenance)
    except (GlossError, OSError, MemoryError):
        raise
    except Exception:
        log.exception("%s cannot be glossed", paper.id)
        return table.refused_row(paper, UNFORESEEN, glosser.provenance)
