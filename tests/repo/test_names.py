"""One name, one meaning: a name that modules import from one another is defined in one place."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOTS = (ROOT / "server", ROOT)
"""Where dotted names begin: `arxiv_gloss.…` and `models.…`."""
SAME_THING = {
    "main": "what a module does when it is run",
    "bleu": "one measure; the hub's needs no library",
    "chrf": "one measure; the hub's needs no library",
}


def defined(file: Path) -> set[str]:
    """Functions, classes and values of a module. Commands and routes are decorated, and go by what a person types."""
    names: set[str] = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        targets: list[ast.expr] = []
        if isinstance(node, ast.ClassDef) or (isinstance(node, ast.FunctionDef) and not node.decorator_list):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign):
            targets = [node.target]
        names |= {one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)}
    return names


def module_file(importer: Path, node: ast.ImportFrom) -> Path | None:
    """The file that an import names, where it is one of ours."""
    dotted = Path(*(node.module or "").split("."))
    folders = [importer.parents[node.level - 1]] if node.level else ROOTS
    return next((file for folder in folders if (file := (folder / dotted).with_suffix(".py")).is_file()), None)


def test_a_name_is_imported_from_one_module_alone() -> None:
    homes: defaultdict[str, set[str]] = defaultdict(set)
    for file in [*(ROOT / "server" / "arxiv_gloss").rglob("*.py"), *(ROOT / "models").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (home := module_file(file, node)):
                for name in defined(home) & {alias.name for alias in node.names} - set(SAME_THING):
                    homes[name].add(home.relative_to(ROOT).as_posix())
    twice = {name: sorted(files) for name, files in homes.items() if len(files) > 1}
    assert not twice, f"One name, one meaning. Rename one of each: {twice}"
