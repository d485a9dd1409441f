"""Editions as files: a page, Markdown and references for each; an index and a feed over all of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from arxiv_gloss import __version__
from arxiv_gloss.events import Flag
from arxiv_gloss.papers import citations
from arxiv_gloss.services.digest import formulas
from arxiv_gloss.services.digest.edition import Edition, read_editions
from arxiv_gloss.services.digest.words import words_for
from arxiv_gloss.text import escaping
from arxiv_gloss.text.length_split import UNSPACED
from arxiv_gloss.text.targets import language_of

FEED = 200
"""Papers in the feed, the newest."""


@dataclass(frozen=True, slots=True)
class DigestFigure:
    name: str
    caption: str
    png: str
    """In base64."""


def _reasons(flags: Sequence[Flag]) -> str:
    return "; ".join(" ".join(flag.params.values()) or flag.code for flag in flags)


def _quoted(text: str) -> Markup:
    """As YAML reads it, which reads what JSON reads."""
    return Markup(json.dumps(escaping.one_line(text), ensure_ascii=False))


def _environment(text: Callable[[str], str], autoescape: bool) -> Environment:
    """`text` is done to whatever a template prints, unless it is Markup."""
    made = Environment(
        loader=PackageLoader("arxiv_gloss.services.digest"),
        autoescape=autoescape,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        finalize=lambda value: text(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
    )
    made.filters |= {"tex": formulas.formula_html, "coins": citations.coins, "reasons": _reasons, "quoted": _quoted}
    return made


_PAGES = _environment(escaping.without_controls, autoescape=True)
"""HTML and Atom."""
_MARKDOWN = _environment(escaping.escape_markdown, autoescape=False)
_LANGS = {"zh": "zh-CN"}
FROM_THE_RIGHT = frozenset({"ar", "fa", "he", "ur"})


def write_pages(edition: Edition, out: Path, figures: Mapping[str, Sequence[DigestFigure]] | None = None) -> Path:
    """Write all files of an edition below `out`, then index and feed again. `figures`: by the papers' keys.

    Returns the page. Raises OSError."""
    folder = out / edition.day
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / f"{edition.name}.html"
    page.write_text(edition_html(edition, figures or {}), encoding="utf-8")
    (folder / f"{edition.name}.md").write_text(edition_markdown(edition), encoding="utf-8")
    references = [paper.reference for paper in edition.papers]
    (folder / f"{edition.name}.bib").write_text(citations.bibtex(references), encoding="utf-8")
    (folder / f"{edition.name}.ris").write_text(citations.ris(references), encoding="utf-8")
    editions = read_editions(out)
    (out / "index.html").write_text(index_html(editions, edition.target), encoding="utf-8")
    (out / "feed.xml").write_text(feed(editions), encoding="utf-8")
    return page


def edition_html(edition: Edition, figures: Mapping[str, Sequence[DigestFigure]]) -> str:
    glosses = [paper.gloss for paper in edition.papers if paper.gloss]
    models = {model.digest: model for gloss in glosses for model in gloss.models}
    return _render(
        "edition.html.j2", edition.target, edition=edition, figures=figures, models=sorted(models.values(), key=repr)
    )


def edition_markdown(edition: Edition) -> str:
    return _render("edition.md.j2", edition.target, _MARKDOWN, edition=edition)


def index_html(editions: Sequence[Edition], target: str) -> str:
    days = [(day, list(some)) for day, some in groupby(editions, key=lambda one: one.day)]
    return _render("index.html.j2", target, days=days)


def feed(editions: Sequence[Edition]) -> str:
    papers = [(edition, paper) for edition in editions for paper in edition.papers if paper.gloss]
    updated = editions[0].day if editions else "1970-01-01"
    return _render("feed.xml.j2", "", papers=papers[:FEED], updated=updated)


def _render(template: str, target: str, pages: Environment = _PAGES, **values: object) -> str:
    style = Markup(_PAGES.get_template("style.css").render())
    lang = _LANGS.get(target, target)
    return pages.get_template(template).render(
        **values,
        words=words_for(target),
        lang=lang if target.startswith("zh") else "en",
        lang_attributes=Markup(' lang="{}"{}').format(lang, Markup(' dir="rtl"') if target in FROM_THE_RIGHT else ""),
        gap=Markup("" if language_of(target) in UNSPACED else " "),
        style=style,
        version=__version__,
    )
