"""The engine of each target language, loaded in the background so that the server answers at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from arxiv_gloss.engine.protocol import Engine, EngineInfo
from arxiv_gloss.errors import BundleError, GlossError
from arxiv_gloss.registry.text_models import TextModels
from arxiv_gloss.text.targets import targets_of

log = logging.getLogger(__name__)


class EngineRegistry:
    """Holds the glosser, and joins it with translator and summarizer. The services name a target language, never a
    model."""

    def __init__(self, load: Callable[[], Engine], text_models: TextModels | None = None) -> None:
        self._load = load
        self._text_models = text_models or TextModels()
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self.problem: GlossError | None = None
        """Last load error, if any; the next call retries."""

    def start(self) -> None:
        """Begin loading; returns at once."""
        threading.Thread(target=self._try, name="load engine", daemon=True).start()

    @property
    def info(self) -> EngineInfo | None:
        """What runs, or None while nothing is loaded."""
        return self._engine.info if self._engine is not None else None

    def glosser(self) -> Engine:
        """The engine, once it is loaded. Raises BundleError or another GlossError."""
        with self._lock:
            if self._engine is None:
                try:
                    self._engine = self._load()
                except GlossError as problem:
                    self.problem = problem
                    raise
                except Exception as problem:
                    log.exception("the engine does not load")
                    self.problem = BundleError(f"The model cannot be loaded: {problem}.")
                    raise self.problem from problem
                self.problem = None
            return self._engine

    def engine(self, target: str) -> Engine:
        """The engine of one target language. Raises as `glosser`, and BundleError for a chosen bundle that is gone."""
        return self._text_models.engine(self.glosser(), target)

    @property
    def targets(self) -> tuple[str, ...]:
        """All targets that work here; none while nothing is loaded."""
        return targets_of(self._text_models.targets(self._engine.info.targets)) if self._engine is not None else ()

    def reload(self) -> None:
        """Load again, in the background; what runs already goes on with the engine that it has."""
        with self._lock:
            self._engine = None
            self.problem = None
        self._text_models.forget()
        self.start()

    def _try(self) -> None:
        try:
            self.glosser()
        except GlossError as problem:
            log.error("%s", problem.message)
