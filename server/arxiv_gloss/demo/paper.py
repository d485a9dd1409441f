"""The paper that the demo glosses, read from its page. We wrote both; there is no such paper."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

PAGE = Path(__file__).parent / "page" / "abs_2601.99908.html"
STYLE = Path(__file__).parent / "page" / "arxiv.css"
"""Stands in for arXiv's own style sheet."""
ID = "2601.99908v1"
PATH = "/abs/2601.99908"


class _Metadata(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("name"):
            self.fields[given["name"] or ""] = given.get("content") or ""


def request() -> dict[str, object]:
    """Body of `POST /v1/gloss` for the paper."""
    metadata = _Metadata()
    metadata.feed(PAGE.read_text(encoding="utf-8"))
    return {
        "id": ID,
        "title": metadata.fields["citation_title"],
        "abstract": metadata.fields["citation_abstract"],
    }
