"""`models connect`: what it finds, what it asks, what it refuses, and what it leaves in the settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from arxiv_gloss.cli import main
from arxiv_gloss.settings import LlmSettings, load
from tests.fixtures.model_server import Body, StubServer, completion, in_form, model_server

TEXT = "我们用12个数据集训练一个网络，发现它只需要一半的内存。"


def well(body: Body) -> Body:
    reply = completion(in_form(body, TEXT), "length" if body["max_tokens"] < 10 else "stop")
    reply["usage"]["prompt_tokens"] = len(body["messages"][-1]["content"].split())
    return reply


@pytest.fixture
def server() -> Iterator[StubServer]:
    with model_server(well, "qwen", "gemma") as made:
        yield made


class Terminal:
    def __init__(self, folder: Path) -> None:
        self.env = {f"ARXIV_GLOSS_{kind}_DIR": str(folder / kind) for kind in ("CONFIG", "DATA", "CACHE")}

    def run(self, *arguments: str, stdin: str = "") -> Result:
        return CliRunner().invoke(main, ["models", *arguments], input=stdin, env=self.env)

    @property
    def llm(self) -> LlmSettings | None:
        return load(environ=self.env).llm


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    (tmp_path / "CONFIG").mkdir()
    (tmp_path / "CONFIG" / "settings.toml").write_text('# mine\ntarget = "zh"\n', encoding="utf-8")
    return Terminal(tmp_path)


def test_for_scripts(terminal: Terminal, server: StubServer, tmp_path: Path) -> None:
    made = terminal.run("connect", server.url, "--model", "gemma", "--role", "translator", "--on", "panel", "--yes")
    assert made.exit_code == 0, made.output
    assert "gemma is connected" in made.output
    assert terminal.llm == LlmSettings(
        url=server.url, model="gemma", roles=("translator",), surfaces=("panel",), json_schema=True
    )
    kept = (tmp_path / "CONFIG" / "settings.toml").read_text(encoding="utf-8")
    assert kept.startswith("# mine\n") and 'target = "zh"' in kept
    assert "gemma  connected as translator" in terminal.run("list").output
    assert terminal.run("disconnect").exit_code == 0 and terminal.llm is None


def test_for_people(terminal: Terminal, server: StubServer) -> None:
    made = terminal.run("connect", server.url, stdin="1\nn\ny\n")
    assert made.exit_code == 0, made.output
    assert "1  qwen" in made.output and "2  gemma" in made.output
    assert terminal.llm is not None
    assert (terminal.llm.model, terminal.llm.roles) == ("qwen", ("summarizer",))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--model", "llama", "--yes"], "There is no model 'llama'; there are: qwen, gemma."),
        (["--yes"], "Name one with --model."),
    ],
)
def test_what_is_refused(terminal: Terminal, server: StubServer, arguments: list[str], says: str) -> None:
    made = terminal.run("connect", server.url, *arguments)
    assert made.exit_code == 1 and says in made.output and terminal.llm is None


def test_a_model_that_thinks_aloud_is_not_kept(terminal: Terminal, server: StubServer) -> None:
    server.says = lambda body: completion("<think>Well", "length")
    made = terminal.run("connect", server.url, "--model", "qwen", "--yes")
    assert made.exit_code == 1 and "thinks aloud" in made.output and terminal.llm is None


def test_where_nothing_runs_the_usual_ports_are_named(terminal: Terminal) -> None:
    made = terminal.run("connect", "127.0.0.1:1", "--yes")
    assert made.exit_code == 1 and "cannot be reached" in made.output
