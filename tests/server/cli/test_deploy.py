"""The examples of deploy/ make a whole corpus, run as their systems would run them, with a tiny model."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from arxiv_gloss.papers.records import PaperRecord
from arxiv_gloss.services.corpus.plan import grow_plan
from arxiv_gloss.services.corpus.store import Folder
from tests.fixtures.tiny_bundle import make_tiny_bundle
from tests.repo.tracked import ROOT

DEPLOY = ROOT / "deploy"
ABSTRACT = "We prove 3 bounds. They hold on all graphs."


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which `arxiv-gloss` is ours, with a tiny bundle."""
    home = tmp_path_factory.mktemp("machine")
    make_tiny_bundle(home / "data" / "bundles" / "tiny")
    command = home / "bin" / "arxiv-gloss"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m arxiv_gloss "$@"\n')
    command.chmod(0o755)
    return os.environ | {
        "PATH": f"{command.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "server"),
        "ARXIV_GLOSS_DATA_DIR": str(home / "data"),
        "ARXIV_GLOSS_CONFIG_DIR": str(home / "config"),
        "ARXIV_GLOSS_BUNDLE": "tiny",
    }


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Two shards, planned."""
    folder = tmp_path / "a corpus"
    grow_plan(Folder(folder), [PaperRecord(name, "On graphs", ABSTRACT) for name in ("2401.00001", "2402.00001")])
    return folder


def run(command: list[str], env: dict[str, str]) -> None:
    subprocess.run(command, env=env, check=True, capture_output=True, timeout=300)


def parts(out: Path) -> int:
    return len(list(out.glob("month=*/part-*.parquet")))


@pytest.mark.skipif(sys.platform == "win32", reason="Slurm runs on Linux")
def test_a_slurm_array_makes_all_parts(machine: dict[str, str], out: Path) -> None:
    script = DEPLOY / "slurm-array.sh"
    assert "--array=0-63" in script.read_text(encoding="utf-8"), "counted from 0"
    for task in range(2):
        slurm = {"SLURM_ARRAY_TASK_ID": str(task), "SLURM_ARRAY_TASK_COUNT": "2", "SLURM_CPUS_PER_TASK": "1"}
        run(["bash", str(script)], machine | slurm | {"OUT": str(out)})
        assert parts(out) == task + 1


@pytest.mark.skipif(sys.platform == "win32", reason="containers are Linux")
def test_an_indexed_job_makes_all_parts(machine: dict[str, str], out: Path) -> None:
    job: dict[str, Any] = yaml.safe_load((DEPLOY / "kubernetes-job.yaml").read_text(encoding="utf-8"))
    spec = job["spec"]
    (container,) = spec["template"]["spec"]["containers"]
    assert spec["completionMode"] == "Indexed"
    command = container["command"]
    assert f'/{spec["completions"]}"' in command[-1]
    for index in range(2):
        # One core here, and two indices.
        line = command[-1].replace(f"/{spec['completions']}", "/2").replace("--workers 4", "--workers 1")
        run([*command[:-1], line], machine | {"JOB_COMPLETION_INDEX": str(index), "OUT": str(out)})
        assert parts(out) == index + 1


@pytest.mark.skipif(shutil.which("parallel") is None, reason="GNU parallel is not installed")
def test_gnu_parallel_makes_all_parts(machine: dict[str, str], out: Path) -> None:
    run(["sh", str(DEPLOY / "gnu-parallel.sh"), str(out), "2", "--jobs", "1"], machine)
    assert parts(out) == 2


def test_the_container_installs_what_the_package_offers_and_asks_no_network() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {extra for group in re.findall(r"EXTRAS=([\w,]+)", text) for extra in group.split(",")}
    assert named == {"corpus", "cuda"} <= set(project["optional-dependencies"])
    assert "--no-index" in text
    assert json.loads(re.findall(r"^ENTRYPOINT (.+)$", text, re.M)[0]) == ["arxiv-gloss"]
    assert "arxiv-gloss" in project["scripts"]
