"""What is in the built extension and the built web page besides their code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import arxiv_gloss

BUILT = Path(__file__).parents[2] / "extension" / ".output"

pytestmark = pytest.mark.browser
"""No browser is driven here, but the mark has the extension built."""


@pytest.mark.parametrize("folder", ["chrome-mv3", "firefox-mv3"])
def test_the_manifest_has_the_version_of_the_package(folder: str) -> None:
    manifest = json.loads((BUILT / folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["version"] == arxiv_gloss.__version__


@pytest.mark.parametrize("folder", ["chrome-mv3", "firefox-mv3", "web"])
def test_licences_of_the_packages_inside_are_there(folder: str) -> None:
    text = (BUILT / folder / "licenses.txt").read_text(encoding="utf-8")
    for package in ("preact", "temml"):
        assert f"\n  {package} " in text
    assert text.count("Permission is hereby granted, free of charge") >= 3
