"""The engine by its role, loaded in the background so that the server answers at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from arxiv_gloss.engine.protocol import Engine, EngineInfo
from arxiv_gloss.errors import BundleError, GlossError
from arxiv_gloss.registry.text_models import Speakers
from arxiv_gloss.text.targets import offered

log = logging.getLogger(__name__)


class Engines:
    """Holds the glosser, and puts it together with translator and summarizer. The services ask for a role or a target,
    never for a model."""

    def __init__(self, load: Callable[[], Engine], speakers: Speakers | None = None) -> None:
        self._load = load
        self._speakers = speakers or Speakers()
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self.problem: GlossError | None = None
        """Why the engine can not be had; the next try may find it mended."""

    def start(self) -> None:
        """Begin loading; returns at once."""
        threading.Thread(target=self._try, name="load engine", daemon=True).start()

    @property
    def info(self) -> EngineInfo | None:
        """What runs, or None while nothing is loaded."""
        return self._engine.info if self._engine is not None else None

    def glosser(self) -> Engine:
        """The engine, once it is loaded. Raises BundleError or another GlossError, each time anew until it loads."""
        with self._lock:
            if self._engine is None:
                try:
                    self._engine = self._load()
                except GlossError as problem:
                    self.problem = problem
                    raise
                except Exception as problem:
                    log.exception("the engine does not load")
                    self.problem = BundleError(f"The model can not be loaded: {problem}.")
                    raise self.problem from problem
                self.problem = None
            return self._engine

    def engine(self, target: str) -> Engine:
        """The engine of one target language. Raises as `glosser`, and BundleError for a chosen bundle that is gone."""
        return self._speakers.engine(self.glosser(), target)

    @property
    def targets(self) -> tuple[str, ...]:
        """All targets that work here; none while nothing is loaded."""
        return offered(self._speakers.targets(self._engine.info.targets)) if self._engine is not None else ()

    def change(self) -> None:
        """Load anew, in the background; what runs already goes on with the engine that it has."""
        with self._lock:
            self._engine = None
            self.problem = None
        self._speakers.forget()
        self.start()

    def _try(self) -> None:
        try:
            self.glosser()
        except GlossError as problem:
            log.error("%s", problem.message)
