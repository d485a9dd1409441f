"""The glosser of a corpus run: a corpus is nobody's, so it knows no reader's glossary and keeps no rows."""

from __future__ import annotations

from collections.abc import Callable

from arxiv_gloss.engine.protocol import Engine
from arxiv_gloss.services.corpus.provenance import Provenance, provenance_of
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.services.gloss.result import GlossResult
from arxiv_gloss.storage.row_cache import RowCache
from arxiv_gloss.text.terms.lexicon import Lexicon


class EngineGlosser:
    """Glosses the papers of a run with one engine."""

    def __init__(self, engine: Engine, target: str, lexicon: Callable[[], Lexicon]) -> None:
        self.provenance: Provenance = provenance_of(engine.info, target)
        self._glosser = Glosser(engine, RowCache(None), lexicon=lexicon)

    def gloss(self, query: GlossQuery) -> GlossResult:
        return self._glosser.collect(query)
