"""Translators and summarizers by role and language: found by their configurations, loaded when first needed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from arxiv_gloss.engine.protocol import TRANSLATOR, Engine, Text2Text
from arxiv_gloss.errors import BundleError
from arxiv_gloss.registry.router import Roles, RoutedEngine
from arxiv_gloss.text.targets import ENGLISH, language_of

IDLE_SECONDS = 600.0
"""After so long without work a model leaves memory; the next paper loads it again."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an installed bundle can do, as its configuration says."""

    roles: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The reader's bundles for two roles. "": the glosser where it writes the target, else the first bundle that
    does."""

    translator: str = ""
    summarizer: str = ""


def _later(seconds: float, call: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, call)
    timer.daemon = True
    timer.start()


class TextModels:
    """The loaded translators and summarizers. Safe to use from several threads."""

    def __init__(
        self,
        installed: Callable[[], Mapping[str, Capabilities]] = dict,
        selection: Callable[[], Selection] = Selection,
        load: Callable[[str], Text2Text] | None = None,
        clock: Callable[[], float] = time.monotonic,
        later: Callable[[float, Callable[[], None]], object] = _later,
    ) -> None:
        """`installed` and `selection` are called for each paper; `load` raises BundleError; `later` calls a function
        after some seconds."""
        self._installed = installed
        self._selection = selection
        self._load = load
        self._clock = clock
        self._later = later
        self._lock = threading.Lock()
        self._loaded: dict[str, tuple[Text2Text, float]] = {}

    def targets(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        """All languages: `languages`, which the glosser writes, then those of the translators."""
        return _targets(languages, self._installed())

    def engine(self, glosser: Engine, target: str) -> RoutedEngine:
        """The engine of one target. Raises BundleError for a chosen bundle that is gone or broken."""
        languages, installed, selected = glosser.info.targets, self._installed(), self._selection()
        wanted = language_of(target)
        translator = _translator(wanted, languages, installed, selected.translator)
        summarizer = selected.summarizer
        roles = Roles(
            wanted,
            glosser,
            self._model(translator) if translator else None,
            self._model(summarizer) if summarizer else None,
        )
        return RoutedEngine(roles, _targets(languages, installed))

    def _model(self, name: str) -> Text2Text:
        with self._lock:
            if name not in self._loaded:
                if self._load is None or name not in self._installed():
                    raise BundleError(f"There is no bundle {name!r}.")
                self._loaded[name] = (self._load(name), 0.0)
            model, _ = self._loaded[name]
            self._loaded[name] = (model, self._clock())
            self._later(IDLE_SECONDS, self._unload_idle)
            return model

    def _unload_idle(self) -> None:
        """Forget the models that were not used for IDLE_SECONDS; their memory goes with the last gloss they make."""
        with self._lock:
            now = self._clock()
            for idle in [name for name, (_, used) in self._loaded.items() if now - used >= IDLE_SECONDS]:
                del self._loaded[idle]

    def forget(self) -> None:
        """Load everything again when it is needed next: bundles may have been installed or removed."""
        with self._lock:
            self._loaded.clear()


def _targets(languages: tuple[str, ...], installed: Mapping[str, Capabilities]) -> tuple[str, ...]:
    more = [target for one in installed.values() if TRANSLATOR in one.roles for target in one.targets]
    return tuple(dict.fromkeys([*languages, *(target for target in more if target != ENGLISH)]))


def _translator(target: str, languages: tuple[str, ...], installed: Mapping[str, Capabilities], chosen: str) -> str:
    """The bundle that translates; "" where the glosser does."""
    if target == ENGLISH:
        return ""
    supporting = [name for name, one in installed.items() if TRANSLATOR in one.roles and target in one.targets]
    if chosen and chosen not in installed:
        raise BundleError(f"The translator {chosen!r} is not installed any more. Choose another one.")
    if chosen in supporting:
        return chosen
    return "" if target in languages or not supporting else supporting[0]
