"""Headings: the usual ones from a table, the others as titles; their numbers stay."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from arxiv_gloss.events import Flag, Title, Translated
from arxiv_gloss.services.fulltext.chunks import title_only
from arxiv_gloss.services.fulltext.context import Context

_NUMBER = re.compile(
    r"(?:Appendix\s+[A-Z](?=\s)|(?:Appendix\s+)?(?:\d+(?:\.\d+)*|[A-Z](?:\.\d+)+|[IVX]+(?=\.)|[A-Z](?=[.:]))[.:]?)\s+"
)
_TABLE = Path(__file__).with_name("headings.toml")


def gloss_heading(context: Context, title: str) -> tuple[Translated, list[Flag]]:
    """A section's title in both languages; as it is where the reader wants no translation."""
    if not title or not context.translates:
        return Translated(title, title), []
    number = found[0] if (found := _NUMBER.match(title)) else ""
    name = title[len(number) :]
    known = usual(context.target)
    number = number.replace("Appendix", known.get("appendix", "Appendix"))
    if name.strip(" .:").casefold() in known:
        return Translated(title, number + known[name.strip(" .:").casefold()]), []
    for event in context.in_full(title_only(name, context.target, context.terms)):
        if isinstance(event, Title):
            return Translated(title, number + event.text), event.flags
    return Translated(title, title), []


@cache
def usual(target: str) -> dict[str, str]:
    """Renderings of the headings that many papers have, in lower case."""
    language = target.partition("-")[0]
    table: dict[str, dict[str, str]] = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return table.get(language, {})
