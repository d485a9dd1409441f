"""The demo does what the README says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.browser
def test_the_demo_prints_a_gloss_and_saves_a_picture(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "arxiv_gloss", "demo"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    for part in ("概要", "要点", "译文", "91.4", "nothing left this machine"):
        assert part in run.stdout
    assert (tmp_path / "arxiv-gloss-demo.png").read_bytes().startswith(b"\x89PNG")
