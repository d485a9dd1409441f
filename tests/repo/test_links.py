"""Links in our Markdown lead to files and headings that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.repo.tracked import ROOT, tracked_files

PAGES = [path for path in tracked_files() if path.endswith(".md")]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    broken = [link for link in links(ROOT / page) if not leads_somewhere(ROOT / page, link)]
    assert not broken


@pytest.mark.parametrize("page", PAGES)
def test_every_reference_is_defined_and_used(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    defined = set(re.findall(r"^\[([\w-]+)\]: ", text, re.M))
    used = set(re.findall(r"\]\[([\w-]+)\]", text))
    assert used == defined


def links(page: Path) -> list[str]:
    """Targets of links and images, in order."""
    tokens = walk(MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8")))
    found = (token.attrGet("href") or token.attrGet("src") for token in tokens)
    return [str(link) for link in found if link]


def walk(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from walk(token.children or [])


def leads_somewhere(page: Path, link: str) -> bool:
    """Links to the web are not followed: the tests need no network."""
    if re.match(r"[a-z]+:", link):
        return True
    path, _, heading = link.partition("#")
    target = page.parent / unquote(path) if path else page
    return target.exists() and (not heading or heading in anchors(target))


def anchors(page: Path) -> set[str]:
    """Headings as GitHub addresses them: small letters, spaces as hyphens, other signs left out."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


GUIDES = ["README.md", "CONTRIBUTING.md", *(page for page in PAGES if page.endswith("/README.md"))]
FILE = r"(?:[\w.-]+/)*[\w-]+\.(?:py|tsx?|tsv|sh|mjs|js)|[\w./-]+/[\w-]+\.toml"
FOLDER = r"(?:server|extension|models|tests|docs)/[\w/-]+"
NAMED = re.compile(rf"`(?:\.\./)*({FILE}|{FOLDER})`")


@pytest.mark.parametrize("page", GUIDES)
def test_files_that_a_guide_names_exist(page: str) -> None:
    """Their paths may begin at any room."""
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.S)
    named = NAMED.findall(text)
    files = tracked_files()
    missing = [path for path in named if not any(f"/{path}" in f"/{file}" for file in files)]
    assert not missing
