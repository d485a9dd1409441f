"""Build the extension and the web page while the Python package is built, and put them into it.

Without Node and npm a warning says what will be missing, and the rest is installed; `arxiv-gloss doctor` says it again.
`ARXIV_GLOSS_SKIP_EXTENSION=1` leaves the build out on purpose. An editable install builds too, so that the tests find
`extension/.output`, but includes nothing: the server then reads it where it is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MIN_NODE = (20, 19)

# What each part of the build leaves behind, and where it goes in the package.
BUILT = {
    "chrome-mv3": "arxiv_gloss/built/extension/chrome-mv3",
    "firefox-mv3": "arxiv_gloss/built/extension/firefox-mv3",
    "web": "arxiv_gloss/built/web",
}
MARKERS = (
    "chrome-mv3/manifest.json",
    "firefox-mv3/manifest.json",
    "web/index.html",
    "web/welcome.html",
    "web/licenses.txt",
)
VERSION = "server/arxiv_gloss/__init__.py"
NOT_SOURCES = {"node_modules", ".output", ".wxt", "__pycache__"}


class ExtensionBuildHook(BuildHookInterface[Any]):
    """Puts the built extension and the built page into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before the wheel or the editable wheel is put together."""
        if self.target_name != "wheel":
            return
        extension = Path(self.root) / "extension"
        output = extension / ".output"
        reason = reason_not_to_build()
        if reason is None and not is_fresh(extension, output):
            build(extension)
        elif reason is not None:
            self.app.display_warning(f"{reason} The browser extension and the web page are not built.")
        if version == "editable":
            return
        for name, place in BUILT.items():
            if (output / name).is_dir():
                build_data["force_include"][str(output / name)] = place


def reason_not_to_build() -> str | None:
    """A sentence, or None where everything that a build needs is there."""
    if os.environ.get("ARXIV_GLOSS_SKIP_EXTENSION") == "1":
        return "ARXIV_GLOSS_SKIP_EXTENSION=1 is set."
    wanted = ".".join(map(str, MIN_NODE))
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return f"Node {wanted} or newer and npm are not installed."
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    try:
        numbers = tuple(int(number) for number in version.lstrip("v").split(".")[:2])
    except ValueError:
        numbers = (0, 0)
    return f"Node {version} is too old, {wanted} is needed." if numbers < MIN_NODE else None


def is_fresh(extension: Path, output: Path) -> bool:
    """Whether everything is built and no source is newer."""
    markers = [output / marker for marker in MARKERS]
    if not all(marker.is_file() for marker in markers):
        return False
    built = min(marker.stat().st_mtime for marker in markers)
    return all(source.stat().st_mtime <= built for source in [*sources(extension), extension.parent / VERSION])


def sources(folder: Path) -> list[Path]:
    """All files of the folder that a build may depend on."""
    found: list[Path] = []
    for entry in folder.iterdir():
        if entry.name in NOT_SOURCES:
            continue
        found += sources(entry) if entry.is_dir() else [entry]
    return found


def build(extension: Path) -> None:
    """Install the locked packages and build all parts. Raises RuntimeError with what npm said."""
    npm = shutil.which("npm")
    assert npm is not None, "reason_not_to_build looks for npm"
    for arguments in (["ci"], ["run", "build"]):
        done = subprocess.run(
            [npm, *arguments], cwd=extension, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode != 0:
            command = " ".join(["npm", *arguments])
            raise RuntimeError(
                f"`{command}` failed in {extension}:\n{done.stdout}\n"
                "To install without the browser extension, set ARXIV_GLOSS_SKIP_EXTENSION=1."
            )
