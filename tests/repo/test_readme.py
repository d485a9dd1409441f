"""The README says what is there: its tree, its commands, its pictures."""

from __future__ import annotations

import re

from tests.repo.tracked import ROOT, tracked_files

README = (ROOT / "README.md").read_text(encoding="utf-8")


def tree_paths() -> list[str]:
    """Paths of the README's tree: indented names under their folders, a comment after two spaces."""
    block = re.search(r"```tree\n(.*?)```", README, re.S)
    assert block, "README.md needs its tree in a ```tree block"
    paths: list[str] = []
    parents: list[str] = []
    for line in block[1].splitlines():
        if not line.strip():
            continue
        depth = (len(line) - len(line.lstrip())) // 2
        name = line.split()[0]
        del parents[depth:]
        paths.append("/".join([*(p.rstrip("/") for p in parents), name]))
        parents.append(name)
    return paths


def test_everything_in_the_tree_exists() -> None:
    missing = [path for path in tree_paths() if not (ROOT / path).exists()]
    assert not missing


def test_every_room_of_the_server_and_every_top_level_name_stands_in_the_tree() -> None:
    shown = {path.rstrip("/") for path in tree_paths()}
    files = tracked_files()
    top = {file.split("/")[0] for file in files if not file.startswith(".")}
    rooms = {"/".join(file.split("/")[:3]) for file in files if file.startswith("server/arxiv_gloss/")}
    expected = {name for name in top | rooms if not name.endswith(("__init__.py", "py.typed"))}
    assert expected <= shown, sorted(expected - shown)


def test_the_two_commands_stand_in_the_readme() -> None:
    ci = (ROOT / ".ci" / "run").read_text()
    test_command = "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/pytest"
    assert test_command in README
    assert test_command.replace("install -e", "install -q -e") in ci
    assert "python3 -m venv .venv && .venv/bin/pip install '.[demo]' && .venv/bin/arxiv-gloss demo" in README


def test_every_picture_is_there_and_small() -> None:
    named = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README)
    assert len(named) >= 4
    assert all((ROOT / name).stat().st_size < 200_000 for name in named)
