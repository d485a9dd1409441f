"""A paper in both languages as one HTML page: formulas as MathML, nothing beside it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from arxiv_gloss.papers.document import Document
from arxiv_gloss.services.digest.formulas import formula_html
from arxiv_gloss.services.fulltext.bilingual import TranslatedPart

_PAGE = Markup("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ max-width: 46em; margin: 2em auto; padding: 0 1em; font: 16px/1.6 Georgia, serif;
  color: #1b1b1b; background: #fff }}
:lang(zh) {{ font-family: "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif }}
p, h1, h2, h3, h4, h5, h6 {{ margin: 0.9em 0 0.2em }} .translation {{ margin: 0.2em 0 0.9em }}
.note {{ font-size: 0.85em; padding-inline-start: 1em; border-inline-start: 2px solid #dcdcdc }}
</style></head><body>
<p>{authors}</p>
{parts}
</body></html>
""")
_BOTH = Markup('<{tag}{kind}>{source}</{tag}>\n<{tag} class="translation{more}" lang="{lang}">{text}</{tag}>')
_ONE = Markup("<{tag}{kind}>{source}</{tag}>")


def page(document: Document, parts: Sequence[TranslatedPart], target: str) -> str:
    """The whole file."""
    lang = "zh-CN" if target == "zh" else target
    title, authors = document.title or "arXiv Gloss", ", ".join(document.authors)
    return str(_PAGE.format(title=title, authors=authors, parts=Markup("\n").join(_part(one, lang) for one in parts)))


def _part(one: TranslatedPart, lang: str) -> Markup:
    part = one.part
    tag = f"h{part.level}" if part.kind == "heading" else "p"
    source = formula_html(f"{part.label}. {part.source}" if part.label else part.source)
    is_note = part.kind == "note"
    kind = Markup(' class="note"') if is_note else ""
    if not one.text or one.text == part.source:
        return _ONE.format(tag=tag, kind=kind, source=source)
    more = " note" if is_note else ""
    return _BOTH.format(tag=tag, kind=kind, source=source, more=more, lang=lang, text=formula_html(one.text))
