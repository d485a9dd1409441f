"""Build what a release holds into dist/: wheel, sources, the extension for Chrome and Firefox, checksums.

Needs Node, npm and the extra `[release]`. Everything is built from scratch; a second run gives the same bytes.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXTENSION = ROOT / "extension"
DIST = ROOT / "dist"
SUMS = "SHA256SUMS"


def main() -> None:
    """Build everything anew; exits when npm is missing."""
    for folder in (DIST, EXTENSION / ".output"):
        shutil.rmtree(folder, ignore_errors=True)
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to build the extension.")
    for arguments in (["ci"], ["run", "zip"], ["run", "build:web"]):
        subprocess.run([npm, *arguments], cwd=EXTENSION, check=True)
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", str(DIST)], cwd=ROOT, check=True)
    for archive in (EXTENSION / ".output").glob("arxiv-gloss-*"):
        shutil.copy(archive, DIST)
    write_sums(DIST)


def write_sums(folder: Path) -> None:
    """In the form that `sha256sum --check` reads."""
    files = sorted(file for file in folder.iterdir() if file.is_file() and file.name != SUMS)
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
