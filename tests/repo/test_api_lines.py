"""The curl lines of the server's README ask for what there is."""

from __future__ import annotations

import re
from pathlib import Path

from arxiv_gloss.routes.openapi import document

README = Path(__file__).parents[2] / "server" / "README.md"


def test_every_address_in_the_readme_is_in_the_openapi_document():
    asked = set(re.findall(r"\$at(/v1/\w+)", README.read_text(encoding="utf-8")))
    assert asked
    assert asked <= set(document()["paths"])
