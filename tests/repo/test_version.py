"""The version stands once, in the package; everything else takes it from there."""

from __future__ import annotations

import json
import re
import tomllib

import arxiv_gloss
from tests.repo.tracked import ROOT

FILE = "server/arxiv_gloss/__init__.py"


def test_it_is_three_numbers_as_browsers_want_them() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", arxiv_gloss.__version__)


def test_the_python_package_takes_it_from_the_file() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in config["project"]
    assert config["project"]["dynamic"] == ["version"]
    assert config["tool"]["hatch"]["version"]["path"] == FILE
    assert f'__version__ = "{arxiv_gloss.__version__}"' in (ROOT / FILE).read_text(encoding="utf-8")


def test_the_npm_package_has_none() -> None:
    package = json.loads((ROOT / "extension" / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "extension" / "package-lock.json").read_text(encoding="utf-8"))
    assert "version" not in package
    assert "version" not in lock
    assert "version" not in lock["packages"][""]


def test_the_changelog_begins_with_it() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", changes, re.M)[0] == arxiv_gloss.__version__
