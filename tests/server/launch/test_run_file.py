"""Who serves, as a file says it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import psutil

from arxiv_gloss.launch import run_file
from arxiv_gloss.launch.run_file import Running


def test_a_server_says_that_it_runs_and_that_it_has_ended(tmp_path: Path) -> None:
    run_file.write(tmp_path, 8417, "key")
    found = run_file.read(tmp_path)
    assert found and found.welcome == "http://127.0.0.1:8417/welcome.html#key"
    assert (tmp_path / run_file.RUN_FILE).stat().st_mode & 0o077 == 0
    run_file.remove_run_file(tmp_path)
    assert run_file.read(tmp_path) is None


def test_a_later_process_of_the_same_number_is_not_the_server(tmp_path: Path) -> None:
    here = Running(psutil.Process().pid, psutil.Process().create_time() - 60, 8417, "1.0.0", "key")
    (tmp_path / run_file.RUN_FILE).write_bytes(msgspec.json.encode(here))
    assert run_file.read(tmp_path) is None


def test_a_process_that_has_ended_does_not_serve(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    born = psutil.Process(ended.pid).create_time()
    ended.wait()
    (tmp_path / run_file.RUN_FILE).write_bytes(msgspec.json.encode(Running(ended.pid, born, 8417, "1.0.0", "key")))
    assert run_file.read(tmp_path) is None


def test_a_damaged_file_says_nothing(tmp_path: Path) -> None:
    (tmp_path / run_file.RUN_FILE).write_text('{"pid": "none"}')
    assert run_file.read(tmp_path) is None


def test_what_another_server_says_stays(tmp_path: Path) -> None:
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    born = psutil.Process(other.pid).create_time()
    (tmp_path / run_file.RUN_FILE).write_bytes(msgspec.json.encode(Running(other.pid, born, 8417, "1.0.0", "key")))
    run_file.remove_run_file(tmp_path)
    found = run_file.read(tmp_path)
    other.kill()
    other.wait()
    assert found and found.pid == other.pid
