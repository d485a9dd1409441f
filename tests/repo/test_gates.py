"""One list of commands: CI, hooks and workflows call the tasks of pyproject.toml, and pin what is not ours."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.repo.tracked import ROOT

TASKS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["poe"]["tasks"]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def tasks_called(text: str) -> set[str]:
    return set(re.findall(r"^\W*(?:\S*/)?poe (?:-q )?([a-z-]+)", text, re.M))


def test_ci_runs_the_tests_and_every_gate() -> None:
    commands = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "&& .venv/bin/pytest\n" in commands
    assert tasks_called(commands) == {"check"}


def test_every_gate_is_a_hook_too() -> None:
    hooks = [hook for repo in read(ROOT / ".pre-commit-config.yaml")["repos"] for hook in repo["hooks"]]
    called = set().union(*(tasks_called(hook["entry"]) for hook in hooks))
    assert called == {*TASKS["check"]["sequence"], "test"}
    assert all(hook["language"] == "system" for hook in hooks)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_has_few_rights_and_pins_what_it_uses(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    for step in steps:
        if "uses" in step:
            assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", step["uses"])
    versions = re.findall(r"uses: \S+ *(.*)", path.read_text(encoding="utf-8"))
    assert all(re.fullmatch(r"# v\d+\.\d+\.\d+", version) for version in versions)
    assert all("timeout-minutes" in job for job in workflow["jobs"].values())


def test_one_workflow_is_the_gate_and_one_the_release() -> None:
    runs = {path.stem: str([job["steps"] for job in read(path)["jobs"].values()]) for path in WORKFLOWS}
    assert "'.ci/run'" in runs["check"]
    assert {"build", "sbom"} <= set(re.findall(r"'poe ([a-z]+)'", runs["release"]))


@pytest.mark.parametrize("task", TASKS)
def test_every_task_says_what_it_does_and_calls_what_there_is(task: str) -> None:
    assert TASKS[task]["help"]
    steps = [*TASKS[task].get("sequence", []), *TASKS[task].get("parallel", [])]
    assert {step for step in steps if isinstance(step, str)} <= set(TASKS)
    scripts = read(ROOT / "extension" / "package.json")["scripts"]
    commands = [TASKS[task], *(step for step in steps if isinstance(step, dict))]
    named = re.findall(r"npm run ([\w:]+)", " ".join(command.get("cmd", "") for command in commands))
    assert set(named) <= set(scripts)


@pytest.mark.parametrize("path", sorted(GITHUB.rglob("*.yml")), ids=lambda path: path.name)
def test_templates_and_settings_can_be_read(path: Path) -> None:
    content = read(path)
    if path.parent.name == "ISSUE_TEMPLATE" and path.stem != "config":
        assert {"name", "description", "body"} <= set(content)
        fields = [field["id"] for field in content["body"] if field["type"] != "markdown"]
        assert len(fields) == len(set(fields))
        assert all("label" in field["attributes"] for field in content["body"] if field["type"] != "markdown")
