"""Kills drivers and workers of corpus runs at random moments."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[4]
PATIENCE = 200.0
"""Seconds that a run may take, on a busy machine."""


WORKERS = ("--multiprocessing-fork", "ray::ShardActor")
"""What stands in the command lines of workers."""


def start(out: Path, workers: int, seconds: float, runner: str = "processes") -> psutil.Popen:
    command = [sys.executable, "-m", "tests.server.services.corpus.stub", str(out), str(workers), str(seconds), runner]
    paths = os.pathsep.join([str(ROOT / "server"), str(ROOT)])  # workers of Ray's import the tests too
    environ = os.environ | {"PYTHONPATH": paths}
    return psutil.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def parts(out: Path) -> int:
    return sum(1 for _ in out.glob("month=*/part-*.parquet"))


def wait_for_parts(out: Path, count: int, driver: psutil.Popen, patience: float = PATIENCE) -> None:
    """Until so many files are there, or the driver has ended."""
    end = time.monotonic() + patience
    while parts(out) < count and driver.poll() is None and time.monotonic() < end:
        time.sleep(0.01)


def kill_a_worker(driver: psutil.Popen, chance: random.Random) -> bool:
    """Of those that are there at the moment."""
    with suppress(psutil.NoSuchProcess):
        found = [
            one for one in driver.children(recursive=True) if any(mark in " ".join(one.cmdline()) for mark in WORKERS)
        ]
        if found:
            chance.choice(found).kill()
            return True
    return False


def kill_with_children_left(driver: psutil.Popen) -> list[psutil.Process]:
    """Kill a driver alone; returns the workers that it leaves."""
    left: list[psutil.Process] = []
    with suppress(psutil.NoSuchProcess):
        left = driver.children(recursive=True)
        driver.kill()
    driver.wait()
    return left
