"""Translators and summarizers by role and language: found by their configurations, loaded when first needed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from arxiv_gloss.engine.protocol import Engine, Speaker
from arxiv_gloss.errors import BundleError
from arxiv_gloss.registry.router import Composed, Roles
from arxiv_gloss.text.targets import ENGLISH, tongue

TRANSLATOR, SUMMARIZER = "translator", "summarizer"
IDLE_SECONDS = 600.0
"""After so long without work a model leaves memory; the next paper loads it again."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What an installed bundle can do, as its configuration says."""

    roles: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The reader's bundles for two roles; "" leaves it to us: the glosser where it can, else the first that can."""

    translator: str = ""
    summarizer: str = ""


def _later(seconds: float, call: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, call)
    timer.daemon = True
    timer.start()


class Speakers:
    """Safe to use from several threads."""

    def __init__(
        self,
        offers: Callable[[], Mapping[str, Offer]] = dict,
        choice: Callable[[], Choice] = Choice,
        load: Callable[[str], Speaker] | None = None,
        clock: Callable[[], float] = time.monotonic,
        later: Callable[[float, Callable[[], None]], object] = _later,
    ) -> None:
        """`offers` and `choice` are asked anew for each paper; `load` raises BundleError; `later` calls something after
        so many seconds."""
        self._offers = offers
        self._choice = choice
        self._load = load
        self._clock = clock
        self._later = later
        self._lock = threading.Lock()
        self._loaded: dict[str, tuple[Speaker, float]] = {}

    def targets(self, spoken: tuple[str, ...]) -> tuple[str, ...]:
        """All languages: those that the glosser speaks, then those of the translators."""
        return _targets(spoken, self._offers())

    def engine(self, glosser: Engine, target: str) -> Composed:
        """The engine of one target. Raises BundleError for a chosen bundle that is gone or broken."""
        spoken, offers, choice = glosser.info.targets, self._offers(), self._choice()
        wanted = tongue(target)
        translator = _translator(wanted, spoken, offers, choice.translator)
        summarizer = choice.summarizer
        roles = Roles(
            wanted,
            glosser,
            self._speaker(translator) if translator else None,
            self._speaker(summarizer) if summarizer else None,
        )
        return Composed(roles, _targets(spoken, offers))

    def _speaker(self, name: str) -> Speaker:
        with self._lock:
            if name not in self._loaded:
                if self._load is None or name not in self._offers():
                    raise BundleError(f"There is no bundle {name!r}.")
                self._loaded[name] = (self._load(name), 0.0)
            speaker, _ = self._loaded[name]
            self._loaded[name] = (speaker, self._clock())
            self._later(IDLE_SECONDS, self._let_go)
            return speaker

    def _let_go(self) -> None:
        """Forget the models that nobody has asked for in a while; their memory goes with the last gloss they make."""
        with self._lock:
            now = self._clock()
            for idle in [name for name, (_, used) in self._loaded.items() if now - used >= IDLE_SECONDS]:
                del self._loaded[idle]

    def forget(self) -> None:
        """Load everything anew when it is needed next: bundles may have been installed or removed."""
        with self._lock:
            self._loaded.clear()


def _targets(spoken: tuple[str, ...], offers: Mapping[str, Offer]) -> tuple[str, ...]:
    more = [t for offer in offers.values() if TRANSLATOR in offer.roles for t in offer.targets]
    return tuple(dict.fromkeys([*spoken, *(target for target in more if target != ENGLISH)]))


def _translator(target: str, spoken: tuple[str, ...], offers: Mapping[str, Offer], chosen: str) -> str:
    """The bundle that translates; "" where the glosser does."""
    if target == ENGLISH:
        return ""
    able = [name for name, offer in offers.items() if TRANSLATOR in offer.roles and target in offer.targets]
    if chosen and chosen not in offers:
        raise BundleError(f"The translator {chosen!r} is not installed any more. Choose another one.")
    if chosen in able:
        return chosen
    return "" if target in spoken or not able else able[0]
