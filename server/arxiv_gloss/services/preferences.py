"""The settings that a reader may change while the server runs: kept in settings.toml, beside all else that is there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from arxiv_gloss.errors import BadRequest, StateError
from arxiv_gloss.settings import Settings


class Preferences:
    """Target and bundle. Safe to use from several threads.

    What the environment or the arguments set stands above the file again at the next start.
    """

    def __init__(self, settings: Settings, file: Path, bundles: Callable[[], list[str]]) -> None:
        """`bundles` says which bundles are installed."""
        self._file = file
        self._bundles = bundles
        self._lock = threading.Lock()
        self.target = settings.target
        self.bundle = settings.bundle

    def bundles(self) -> list[str]:
        return self._bundles()

    def change(self, target: str | None, bundle: str | None) -> None:
        """Change what is not None; "" as the bundle means the first that is found.

        Raises BadRequest for a bundle that is not installed, StateError when the file can not be kept; then nothing
        is changed.
        """
        if bundle and bundle not in self._bundles():
            raise BadRequest(f"There is no bundle {bundle!r}; installed are: {', '.join(self._bundles())}.")
        changes = {"target": target, "bundle": bundle}
        with self._lock:
            self._keep({name: value for name, value in changes.items() if value is not None})
            self.target = self.target if target is None else target
            self.bundle = self.bundle if bundle is None else bundle

    def _keep(self, changes: dict[str, str]) -> None:
        new = self._file.with_name(f"{self._file.name}.new")
        try:
            text = self._file.read_text(encoding="utf-8") if self._file.exists() else ""
            document = tomlkit.parse(text)
            document.update(changes)
            self._file.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(tomlkit.dumps(document), encoding="utf-8")
            new.replace(self._file)
        except (OSError, ValueError, TOMLKitError) as problem:
            raise StateError(f"The settings can not be kept in {self._file} ({problem}).") from problem
