"""The curl lines of the server's README ask for what there is."""

from __future__ import annotations

import re
from pathlib import Path

from arxiv_gloss.routes.openapi import openapi_document

README = Path(__file__).parents[2] / "server" / "README.md"


def test_every_address_in_the_readme_is_in_the_openapi_document() -> None:
    asked = set(re.findall(r"\$at(/v1/\w+)", README.read_text(encoding="utf-8")))
    assert asked
    assert asked <= set(openapi_document()["paths"])


def test_no_line_puts_the_token_into_the_list_of_processes() -> None:
    """`curl -H "Authorization: …"` would: arguments of programs can be read by every user of a machine."""
    lines = README.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if re.search(r"curl [^|]*(Bearer|\$token)", line)]
    assert [line for line in lines if "curl -sN -K -" in line]
