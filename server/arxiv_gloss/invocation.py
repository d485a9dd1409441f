"""How the person who reads a notice runs our commands: a bare name is of no use where it is not on the PATH."""

from __future__ import annotations

import shlex
import shutil
import sys
import sysconfig
from pathlib import Path

PROGRAM = "arxiv-gloss"


def program() -> str:
    """What to type in a shell to run this program: its name where that is on the PATH, else the script's path."""
    return command(PROGRAM, "arxiv_gloss")


def command(name: str, module: str | None = None) -> str:
    """What to type to run a script that was installed beside this program, or else its module (by default `name`)."""
    script = _script(name)
    found = shutil.which(name)
    if found and (script is None or Path(found).resolve() == script.resolve()):
        return name
    if script:
        return in_shell(script)
    return f"{in_shell(Path(sys.executable))} -m {module or name}"


def in_shell(path: Path) -> str:
    """A path as a shell takes it, below the home folder with `~`: that keeps the reader's name out of notices."""
    if sys.platform == "win32":
        return f'"{path}"' if " " in str(path) else str(path)
    if path.is_relative_to(Path.home()):
        return f"~/{shlex.quote(path.relative_to(Path.home()).as_posix())}"
    return shlex.quote(str(path))


def _script(name: str) -> Path | None:
    folder = Path(sysconfig.get_path("scripts"))
    return next((path for path in (folder / name, folder / f"{name}.exe") if path.is_file()), None)
