"""The reader's browser and clipboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import webbrowser

COPIERS = {
    "darwin": (["pbcopy"],),
    "win32": (["clip"],),
    "linux": (["wl-copy"], ["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]),
}
"""Programs that put their input on the clipboard, by system."""
_PATIENCE = 3.0
"""Seconds."""


def has_screen() -> bool:
    """Whether windows can be opened: not on a server that one has logged in to."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_page(address: str) -> bool:
    """Open it in the reader's browser; returns whether that was possible."""
    return has_screen() and webbrowser.open(address)


def copy(text: str) -> bool:
    """Put it on the clipboard; returns whether that was possible."""
    if not has_screen():
        return False
    for command in COPIERS.get(sys.platform, ()):
        if shutil.which(command[0]):
            try:
                # The copier of X11 lives on with what it holds, so its output must not be waited for.
                quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
                subprocess.run(command, input=text.encode(), check=True, timeout=_PATIENCE, **quiet)  # type: ignore[call-overload]
                return True
            except (OSError, subprocess.SubprocessError):
                continue
    return False
