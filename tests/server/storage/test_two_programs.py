"""What two programs of ours change at once is all kept."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from arxiv_gloss.settings import Settings
from arxiv_gloss.storage.glossary import ReaderGlossary
from arxiv_gloss.storage.saved_papers import SavedPapers

EACH = 40
GLOSSARY = """
import sys
from pathlib import Path
from arxiv_gloss.storage.glossary import ReaderGlossary, Term
for n in range(int(sys.argv[3])):
    ReaderGlossary(Path(sys.argv[1])).add([Term(f"{sys.argv[2]} {n}", "词")])
"""
SAVED = """
import sys
from pathlib import Path
from arxiv_gloss.storage.saved_papers import SavedPaper, SavedPapers
papers = SavedPapers(Path(sys.argv[1]))
for n in range(int(sys.argv[3])):
    papers.add([SavedPaper(f"2601.{ {'one': 10000, 'two': 20000}[sys.argv[2]] + n}", "A title")])
"""
CHOICE = """
import sys
from pathlib import Path
from arxiv_gloss.registry.preferences import Preferences
from arxiv_gloss.settings import load
file = Path(sys.argv[1])
preferences = Preferences(load({"config_dir": str(file.parent / "empty")}), file, dict)
for n in range(int(sys.argv[3])):
    preferences._keep({f"{sys.argv[2]}_{n}": "x"})
"""


def run_twice(program: str, file: Path) -> None:
    """Two processes that change the file at the same time."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    processes = [
        subprocess.Popen([sys.executable, "-c", program, str(file), name, str(EACH)], env=environment)
        for name in ("one", "two")
    ]
    assert [process.wait(300) for process in processes] == [0, 0]


def test_terms(settings: Settings) -> None:
    run_twice(GLOSSARY, settings.glossary_file)
    assert len(ReaderGlossary(settings.glossary_file).all()) == 2 * EACH


def test_saved_papers(settings: Settings) -> None:
    """Both make the file, too."""
    run_twice(SAVED, settings.state_file)
    kept = SavedPapers(settings.state_file)
    assert len(kept.all()) == 2 * EACH
    kept.close()


def test_choices(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    run_twice(CHOICE, file)
    assert len(file.read_text(encoding="utf-8").splitlines()) == 2 * EACH
