"""Texts of others inside forms of ours: how each form says that a text is a text. The only place that escapes for
BibTeX, RIS, Markdown and terminals; Jinja does so for HTML and Atom, with `without_controls` before.

A title may hold anything: TeX, markup, line breaks, commands to a terminal. It stays one line of one field.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from arxiv_gloss.text.protected import protected

_SPACES = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " ")
_NEVER = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # control characters
    "\u202a-\u202e\u2066-\u2069"  # what turns the direction of the text around
    "\ud800-\udfff\ufffe\uffff"  # no characters at all
    "\U000e0000-\U000e007f]"  # tags, which nobody sees
)
_GAP = re.compile(" {2,}")
_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421, 0x85: 0x2424}
"""Unicode's own pictures of control characters: ␛ for escape."""


def without_controls(text: str) -> str:
    """The text without control characters; line breaks become spaces."""
    return _NEVER.sub("", text.translate(_SPACES))


def one_line(text: str) -> str:
    """The same with single spaces alone, and none at its ends."""
    return _GAP.sub(" ", without_controls(text)).strip()


def shown(text: str) -> str:
    """For a terminal: control characters as pictures of themselves; line breaks and tabs stay."""
    text = text.translate({code: by for code, by in _PICTURES.items() if code not in (0x09, 0x0A)})
    return _NEVER.sub("\ufffd", text)


_TEX_SIGN = re.compile(r"(?<!\\)[%&#_$^]")
_TEX_RUNS = re.compile(
    r"\\(?=(?:input|include\w*|openin|openout|read|write|immediate|catcode|[egx]?def|let|csname|special|directlua"
    r"|usepackage|require\w*|newcommand|renewcommand|makeat\w+|verbatiminput|lstinputlisting|loop)(?![A-Za-z]))"
)
"""Commands that read, write or redefine something when a bibliography is set."""
_TEX_LITERAL = {ord(sign): f"\\{sign}" for sign in "%&#_$"} | {
    ord("^"): r"\^{}",
    ord("\\"): r"\textbackslash{}",
    ord("{"): r"\lbrace{}",
    ord("}"): r"\rbrace{}",
}


def escape_bibtex(text: str) -> str:
    """For a field in braces. Titles of arXiv's are TeX, and stay TeX while their braces come in pairs: BibTeX counts
    braces and nothing else. Otherwise each sign stands for itself."""
    text = one_line(text)
    tex = _TEX_RUNS.sub(lambda _: r"\textbackslash ", text)
    out: list[str] = []
    done = 0
    for start, end, kind in protected(tex):
        if kind == "formula" and _is_balanced(tex[start:end]) and "^^" not in tex[start:end]:
            out += [_tex_signs(tex[done:start]), tex[start:end]]
            done = end
    written = "".join([*out, _tex_signs(tex[done:])])
    return written if _is_balanced(written) else text.translate(_TEX_LITERAL)


def _tex_signs(text: str) -> str:
    return _TEX_SIGN.sub(lambda match: r"\^{}" if match[0] == "^" else f"\\{match[0]}", text)


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


escape_ris = one_line
"""A field of RIS ends with its line; nothing else in it means anything."""

_MARKDOWN = re.compile(r"[\\`*_\[\]<$]|~(?=~)|&(?=#|\w+;)")
_BEGINS_A_BLOCK = re.compile(r"(?P<number>\d{1,9})(?=[.)])|(?=[#>+=:|-])")
_ENTITIES = {"<": "&lt;", "&": "&amp;"}
"""Of `<`, a backslash would leave `<img` to readers of Markdown that know no escapes."""
_TEX_SAID = re.compile(r"\\(?=[%&#_$])")


def escape_markdown(text: str) -> str:
    """For one line of Markdown: no markup, no HTML, no link but a bare address; formulas stay TeX."""
    text = one_line(text)
    out: list[str] = []
    done = 0
    for start, end, kind in protected(text):
        out.append(_markdown_words(text[done:start]))
        out.append(_markdown_formula(text[start:end]) if kind == "formula" else _markdown_address(text[start:end]))
        done = end
    line = "".join([*out, _markdown_words(text[done:])])
    begins = _BEGINS_A_BLOCK.match(line)
    return f"{line[: begins.end()]}\\{line[begins.end() :]}" if begins else line


def _markdown_words(text: str) -> str:
    return _MARKDOWN.sub(lambda match: _ENTITIES.get(match[0], f"\\{match[0]}"), _TEX_SAID.sub("", text))


def _markdown_formula(formula: str) -> str:
    """TeX that means the same, and nothing to Markdown."""
    formula = formula.replace("<", r"\lt ").replace(">", r"\gt ")
    return formula.replace("](", "] (").replace("][", "] [").replace("`", "'")


def _markdown_address(address: str) -> str:
    return quote(address, safe="!#$%&'()+,/:;=?@-._~" + "".join(sign for sign in address if sign > "\x7f"))
