"""Rows of one paper: from the cache where they are there, else decoded in one batch, and then kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from arxiv_gloss.engine.protocol import Encoding, Engine, Row, RowRequest, Source
from arxiv_gloss.storage.row_cache import Key, RowCache, row_key, salience_key


class Rows:
    """All rows of one source. The encoder runs at most once, and not at all when everything is in the cache."""

    def __init__(self, engine: Engine, cache: RowCache, source: Source, cancelled: Callable[[], bool]) -> None:
        self._engine = engine
        self._cache = cache
        self._source = source
        self._cancelled = cancelled
        self._encoding: Encoding | None = None
        self._decoded: dict[RowRequest, Row] = {}
        self.cached = True
        """Whether everything so far came from the cache."""

    def of(self, source: Source) -> Rows:
        """Rows of another source, by the same engine."""
        return Rows(self._engine, self._cache, source, self._cancelled)

    def salience(self) -> tuple[dict[str, float], ...]:
        """A probability per label for each segment; empty when the bundle has no head for it."""
        key = salience_key(self._source, self._engine.info)
        known = self._cache.salience(key)
        if known is None:
            known = self._encoded().salience
            self._cache.keep_salience(key, known)
        return known

    def decode(self, requests: Sequence[RowRequest]) -> Iterator[tuple[RowRequest, Row]]:
        """Yield rows as they are there: known ones first, the others in the order in which they finish."""
        keys = {request: row_key(self._source, request, self._engine.info) for request in requests}
        known = self._known(keys)
        yield from known.items()
        missing = [request for request in keys if request not in known]
        if not missing:
            return
        for request, row in self._engine.decode(self._encoded(), missing, self._cancelled):
            self._decoded[request] = row
            self._cache.keep_row(keys[request], row)
            yield request, row

    def _known(self, keys: dict[RowRequest, Key]) -> dict[RowRequest, Row]:
        """Rows that were decoded already, for this gloss or for an earlier one."""
        kept = self._cache.rows(key for request, key in keys.items() if request not in self._decoded)
        self._decoded |= {request: kept[key] for request, key in keys.items() if key in kept}
        return {request: self._decoded[request] for request in keys if request in self._decoded}

    def _encoded(self) -> Encoding:
        self.cached = False
        if self._encoding is None:
            self._encoding = self._engine.encode(self._source)
        return self._encoding
