"""Who may import whom (DESIGN: the tree). A new import across rooms fails here, with the rule that it breaks."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "server" / "arxiv_gloss"
MODELS_FOLDER = PACKAGE.parents[1] / "models"
ROOMS = {
    "errors": set(),
    "invocation": set(),
    "telemetry": set(),
    "events": set(),
    "clock": set(),
    "markers": set(),
    "private_files": set(),
    "settings": {"errors"},
    "text": {"errors", "markers"},
    "papers": {"text", "errors", "private_files"},
    "engine": {"errors", "markers"},
    "hub": {"engine", "errors"},
    "storage": {"private_files", "engine", "text", "papers", "errors", "clock"},
    "registry": {"private_files", "engine", "text", "errors", "settings", "markers"},
    "services": {"registry", "storage", "engine", "text", "papers", "events", "errors", "settings", "clock", "markers"},
    "launch": {"errors", "invocation", "private_files", "serving", "settings", "telemetry"},
    "routes": {"services", "registry", "storage", "papers", "events", "errors", "invocation"},
}
"""Rooms of ours that a room may import, besides itself. `app`, `cli` and `demo` join things and are free."""

INNER = {
    "services/gloss": set(),
    "services/fulltext": {"gloss"},
    "services/digest": {"gloss"},
    "services/corpus": {"gloss"},
    "services/jobs": {"gloss", "fulltext"},
    "engine/glosser": set(),
    "engine/text2text": set(),
    "engine/llm": set(),
    "text/numbers": set(),
    "text/terms": set(),
    "text/symbols": {"numbers"},
}
"""Rooms within a room: what each may import of its neighbours."""

MODELS = {"packing": set(), "network": {"packing"}, "recipe": {"network", "packing"}}
"""Rooms of `models/`: what each may import of its neighbours."""

LIBRARIES = {
    "opencc": {"services/gloss"},
    "py3langid": {"text/english.py"},
    "onnxruntime": {"engine/session.py", "hub/graphs.py"},
    "tokenizers": {"engine/tokenizer.py", "hub"},
    "anyio": {"engine/llm/client.py"},
    "numpy": {"engine", "hub"},
    "safetensors": {"engine", "hub"},
    "flask": {"routes", "app.py"},
    "httpx": {"engine/llm/client.py", "papers/arxiv_client.py", "papers/fetch.py", "papers/metadata.py"},
    "jinja2": {"services/digest"},
    "latex2mathml": {"services/digest"},
    "fsspec": {"services/corpus/store.py"},
    "ray": {"services/corpus/ray_actors.py"},
    "pyarrow": {"services/corpus/table.py"},
    "pymupdf": {"papers"},
    "selectolax": {"papers/markup.py"},
    "torch": {"hub"},
    "transformers": {"hub"},
    "optimum": {"hub"},
    "huggingface_hub": {"hub"},
    "onnx": {"hub"},
    "sentencepiece": {"hub"},
    "models": set(),
}
"""Where alone a library may be imported."""

FILES = sorted(PACKAGE.rglob("*.py"))


def imported(file: Path, relative: bool = False) -> set[str]:
    """Dotted names that a file imports, at whatever depth of the file; `relative` ones are its room's own."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.level and relative:
                continue
            assert node.level == 0, f"{file}: imports are absolute here"
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def place(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("file", FILES, ids=place)
def test_rooms_import_one_way(file: Path) -> None:
    room = place(file).split("/")[0].removesuffix(".py")
    if room not in ROOMS:
        return
    ours = {name.split(".")[1] for name in imported(file) if name.startswith("arxiv_gloss.")}
    rooms_here = {r for r in ours if (PACKAGE / r).exists() or (PACKAGE / f"{r}.py").exists()}
    wrong = rooms_here - ROOMS[room] - {room}
    assert not wrong, f"{place(file)} imports {sorted(wrong)}; {room} may import only {sorted(ROOMS[room])}"


@pytest.mark.parametrize("room", INNER)
def test_rooms_within_a_room_import_one_way(room: str) -> None:
    outer, name = room.split("/")
    beside = {other.split("/")[1] for other in INNER if other.startswith(f"{outer}/")}
    for file in (PACKAGE / room).rglob("*.py"):
        begun = [one.split(".") for one in imported(file) if one.startswith(f"arxiv_gloss.{outer}.")]
        wrong = ({parts[2] for parts in begun} & beside) - INNER[room] - {name}
        assert not wrong, f"{place(file)} imports {sorted(wrong)}; {room} may import only {sorted(INNER[room])}"


@pytest.mark.parametrize("room", MODELS)
def test_rooms_of_the_models_import_one_way(room: str) -> None:
    for file in (MODELS_FOLDER / room).rglob("*.py"):
        for name in imported(file, relative=True):
            wrong = name.startswith("models.") and name.split(".")[1] not in MODELS[room]
            assert not wrong, f"models/{room}/{file.name} imports {name}; {room} may import {sorted(MODELS[room])}"


@pytest.mark.parametrize("file", FILES, ids=place)
def test_libraries_stay_where_they_belong(file: Path) -> None:
    for library in {name.split(".")[0] for name in imported(file)} & set(LIBRARIES):
        homes = LIBRARIES[library]
        here = place(file)
        assert any(here == home or here.startswith(f"{home}/") for home in homes), (
            f"{here} imports {library}, which belongs to {sorted(homes) or 'the recipe alone'}"
        )


def test_no_room_has_a_name_without_meaning() -> None:
    hollow = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    root = PACKAGE.parents[1]
    folders = [root / name for name in ("server", "models", "tests", "extension")]
    found = [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.stem in hollow and not {"node_modules", ".output", ".wxt", "work"} & set(path.relative_to(root).parts)
    ]
    assert not found
