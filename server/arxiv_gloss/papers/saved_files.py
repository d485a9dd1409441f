"""Files as people save them: any usual encoding, pages in one file (MHTML), abstracts with journal markup."""

from __future__ import annotations

import codecs
import email
import email.policy
import re

from arxiv_gloss.papers.markup import parse

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ARCHIVE = re.compile(rb"(?:[\w-]{1,40}: [^\r\n]{0,998}(?:\r?\n[ \t][^\r\n]{0,998}){0,50}\r?\n){2,40}")
"""Header lines, of at most 998 characters (RFC 5322)."""
_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)
_TAG = re.compile(r"<(/?)(?:jats:|mml:)?(\w[\w-]{0,20})((?:\s[^<>]{0,300})?/?)>")
_JOURNAL_TAGS = frozenset(
    [
        "p",
        "title",
        "sec",
        "italic",
        "bold",
        "sub",
        "sup",
        "sc",
        "i",
        "b",
        "em",
        "strong",
        "br",
        "span",
        "div",
        "break",
        "list",
        "list-item",
        "math",
        "mrow",
        "mi",
        "mn",
        "mo",
        "msup",
        "msub",
        "inline-formula",
        "tex-math",
        "alternatives",
        "monospace",
        "underline",
        "named-content",
        "abstract",
        "ext-link",
        "xref",
    ]
)


def decoded(content: bytes) -> str:
    """The text of a file: by its byte order mark, what a page says, else UTF-8; of an archive its first page."""
    if content.startswith(b"%PDF-"):
        return content.decode("latin-1")
    if (page := _archived(content)) is not None:
        return page
    return _decoded(content, "utf-8")


def _decoded(content: bytes, usual: str) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace").removeprefix("\ufeff")
    zeros = content[:200]
    if len(zeros) > 20 and zeros[1::2].count(0) > 0.4 * len(zeros[1::2]):
        return content.decode("utf-16-le", "replace")
    if len(zeros) > 20 and zeros[::2].count(0) > 0.4 * len(zeros[::2]):
        return content.decode("utf-16-be", "replace")
    try:
        return content.decode(usual)
    except (UnicodeDecodeError, LookupError):
        named = _CHARSET.search(content[:4096])
        try:
            return content.decode(named[1].decode() if named else "utf-8", "replace")
        except LookupError:
            return content.decode("utf-8", "replace")


def _archived(content: bytes) -> str | None:
    """The page in an MHTML archive (RFC 2557); None for any other file."""
    head = content[:8192].lstrip()
    if b"multipart/related" not in head.lower() or not _ARCHIVE.match(head):
        return None
    message = email.message_from_bytes(content.lstrip(), policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return _decoded(payload, part.get_content_charset() or "utf-8") if isinstance(payload, bytes) else None
    return None


def without_markup(text: str) -> str:
    """An abstract without the tags that publishers leave in it (JATS, as Crossref gives it; HTML).

    A sign such as `<` in a formula is no tag and stays.
    """
    if not any(found[2].lower() in _JOURNAL_TAGS for found in _TAG.finditer(text)):
        return text
    written = _TAG.sub(_as_html, text)
    lines = parse(f"<div>{written}</div>").text().split("\n")
    return "\n".join(line for line in lines if line.strip(" .:").lower() != "abstract")


def _as_html(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name not in _JOURNAL_TAGS:
        return tag[0].replace("<", "&lt;")
    if name in ("p", "title", "sec", "break", "br", "list-item", "div"):
        return "<br>"
    if name == "tex-math":
        return "</script>" if tag[1] else '<script type="math/tex">'
    return f"<{tag[1]}{name}{tag[3]}>"
