"""What the words claim is so: commands, sizes, versions that are needed, licence."""

from __future__ import annotations

import json
import math
import re
import shlex
import tomllib

import click
import pytest
from safetensors import safe_open

from arxiv_gloss.cli import main
from tests.repo.tracked import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BUNDLE = ROOT / "models" / "shipped" / "gloss-en-zh"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
GUIDES = ("README.md", "CONTRIBUTING.md", "server/README.md")
COMMAND = re.compile(r"(?:^|[\s`(])(?:\.venv/bin/)?arxiv-gloss ([a-z][^`#|\n)]+)")


def commands() -> list[str]:
    """What follows `arxiv-gloss` in the code of the guides."""
    found: list[str] = []
    for guide in GUIDES:
        text = (ROOT / guide).read_text(encoding="utf-8")
        code = re.findall(r"```sh\n(.*?)```|`([^`\n]+)`", text, re.S)
        found += [command.strip() for pair in code for command in COMMAND.findall("".join(pair))]
    return sorted(set(found))


@pytest.mark.parametrize("line", commands())
def test_commands_in_the_guides_exist_with_their_options(line: str) -> None:
    command: click.Command = main
    words = shlex.split(line)
    while isinstance(command, click.Group) and words:
        below = command.get_command(click.Context(command), words[0])
        assert below, f"there is no command {words[0]!r}"
        command, words = below, words[1:]
    options = {name for parameter in command.params for name in parameter.opts}
    assert {word.split("=")[0] for word in words if word.startswith("--")} <= options


def test_every_command_of_the_list_is_found_in_the_guides() -> None:
    shown = {line.split()[0] for line in commands()}
    assert {"start", "gloss", "pdf", "digest", "models", "doctor", "service"} <= shown


def test_the_models_size_is_what_the_readme_says() -> None:
    with safe_open(BUNDLE / "weights.safetensors", "np") as weights:
        parameters = sum(math.prod(weights.get_slice(name).get_shape()) for name in weights.keys())  # noqa: SIM118
    claimed = set(re.findall(r"model of (\d+)M parameters|gloss-en-zh[^|]*\| (\d+)M \|", README))
    assert {int("".join(pair)) for pair in claimed} == {round(parameters / 1e6)}
    size = sum(file.stat().st_size for file in BUNDLE.iterdir())
    assert re.findall(r"gloss-en-zh[^|]*\| \d+M \| (\d+) MB", README) == [str(round(size / 1e6))]


def test_the_card_names_the_rules_of_its_bundle() -> None:
    card = (BUNDLE / "CARD.md").read_text(encoding="utf-8")
    config = json.loads((BUNDLE / "config.json").read_text(encoding="utf-8"))
    assert f"text rules version {config['rules']}" in card


def test_python_and_node_are_those_that_the_packages_ask_for() -> None:
    python = PROJECT["requires-python"].removeprefix(">=")
    package = json.loads((ROOT / "extension" / "package.json").read_text(encoding="utf-8"))
    node = package["engines"]["node"].removeprefix(">=")
    for guide in ("README.md", "CONTRIBUTING.md"):
        assert f"Python {python} or newer, Node {node} or newer" in (ROOT / guide).read_text(encoding="utf-8")


def test_the_licence_is_one_everywhere() -> None:
    licence = PROJECT["license"]
    package = json.loads((ROOT / "extension" / "package.json").read_text(encoding="utf-8"))
    assert package["license"] == licence == "AGPL-3.0-or-later"
    assert licence in README
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_extras_that_the_readme_names_exist() -> None:
    named = {extra for group in re.findall(r"'\.\[([\w,]+)\]'", README) for extra in group.split(",")}
    assert named <= set(PROJECT["optional-dependencies"])
