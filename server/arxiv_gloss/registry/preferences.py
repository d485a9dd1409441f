"""The settings that a reader may change while the server runs: kept in settings.toml, beside all else that is there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from arxiv_gloss.errors import BadRequest, StateError
from arxiv_gloss.private_files import changing, write_private
from arxiv_gloss.registry.text_models import Capabilities, Selection
from arxiv_gloss.settings import Settings

ROLES = {"glosser": "bundle", "translator": "translator", "summarizer": "summarizer"}
"""The setting that holds the choice for each role."""


class Preferences:
    """Target, and the bundle of each role. Safe to use from several threads.

    What the environment or the arguments set stands above the file again at the next start.
    """

    def __init__(self, settings: Settings, file: Path, installed: Callable[[], Mapping[str, Capabilities]]) -> None:
        """`installed` gives the installed bundles by name."""
        self._file = file
        self._installed = installed
        self._lock = threading.Lock()
        self.target = settings.target
        self.bundle = settings.bundle
        self.translator = settings.translator
        self.summarizer = settings.summarizer

    @property
    def selection(self) -> Selection:
        return Selection(self.translator, self.summarizer)

    def supporting(self, role: str) -> list[str]:
        """The installed bundles that can take a role."""
        return [name for name, one in self._installed().items() if role in one.roles]

    def change(
        self,
        target: str | None = None,
        bundle: str | None = None,
        translator: str | None = None,
        summarizer: str | None = None,
    ) -> None:
        """Change what is not None; "" as a bundle stands for the default.

        Raises BadRequest for a bundle that is not installed or cannot do this, StateError when the file cannot be
        kept; then nothing is changed.
        """
        chosen = {"glosser": bundle, "translator": translator, "summarizer": summarizer}
        for role, name in chosen.items():
            if name and name not in self.supporting(role):
                known = ", ".join(self.supporting(role)) or "none"
                raise BadRequest(f"There is no {role} {name!r}; installed are: {known}.")
        given = {"target": target} | {ROLES[role]: name for role, name in chosen.items()}
        changes = {name: value for name, value in given.items() if value is not None}
        with self._lock:
            self._keep(changes)
            for name, value in changes.items():
                setattr(self, name, value)

    def _keep(self, changes: dict[str, str]) -> None:
        try:
            with changing(self._file):
                text = self._file.read_text(encoding="utf-8") if self._file.exists() else ""
                document = tomlkit.parse(text)
                document.update(changes)
                write_private(self._file, tomlkit.dumps(document).encode())
        except (OSError, ValueError, TOMLKitError) as problem:
            raise StateError(f"The settings cannot be kept in {self._file} ({problem}).") from problem
