"""Defaults < file < environment < arguments."""

from __future__ import annotations

from pathlib import Path

import pytest

from arxiv_gloss.settings import BadSetting, load


def environ(tmp_path: Path, **more: str) -> dict[str, str]:
    folders = {f"ARXIV_GLOSS_{name}_DIR": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}
    return folders | {f"ARXIV_GLOSS_{name}": value for name, value in more.items()}


def write(tmp_path: Path, text: str) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text(text)


def test_defaults(tmp_path: Path) -> None:
    settings = load({}, environ(tmp_path))
    assert (settings.port, settings.target) == (8417, "zh")
    assert settings.state_file == tmp_path / "data" / "state.db"
    assert settings.bundle_folders[0] == tmp_path / "data" / "bundles"


def test_each_layer_overrides_the_one_before(tmp_path: Path) -> None:
    write(tmp_path, 'port = 1001\ntarget = "a"\nbundle = "file"')
    settings = load({"port": 1003, "target": None}, environ(tmp_path, PORT="1002", TARGET="b"))
    assert (settings.port, settings.target, settings.bundle) == (1003, "b", "file")


def test_text_is_read_as_what_it_stands_for(tmp_path: Path) -> None:
    settings = load({}, environ(tmp_path, PORT="1002", CACHE="false"))
    assert settings.port == 1002
    assert settings.cache_file is None


def test_other_variables_of_the_environment_are_let_be(tmp_path: Path) -> None:
    assert load({}, environ(tmp_path, PAGES="somewhere")).port == 8417


@pytest.mark.parametrize(
    ("text", "key", "where"),
    [
        ("port = 0", "port", "settings.toml"),
        ('port = "many"', "port", "settings.toml"),
        ("prot = 8417", "prot", "settings.toml"),
        ('cache = "sometimes"', "cache", "settings.toml"),
        ("port = ", "", "settings.toml"),
    ],
)
def test_a_bad_setting_is_named_with_its_place(tmp_path: Path, text: str, key: str, where: str) -> None:
    write(tmp_path, text)
    with pytest.raises(BadSetting, match=f"{key}.*{where}|{where}.*{key}"):
        load({}, environ(tmp_path))


def test_a_bad_variable_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="`port` in the environment"):
        load({}, environ(tmp_path, PORT="99999"))
