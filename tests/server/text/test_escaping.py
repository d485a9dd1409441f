"""A title stays a title in every form that we write; each line here is a title that once became something else."""

from __future__ import annotations

import re
import unicodedata

import pytest
from markdown_it import MarkdownIt

from arxiv_gloss.papers.citations import Reference, bibtex, markdown, ris
from arxiv_gloss.text import escaping

HOSTILE = [
    "A $x$}}, note={n} }\n@misc{evil, title={injected",
    "Braces } only",
    "{ Braces only",
    "Brace } of $x$",
    "of $}$ and ${$ and \\(}\\)",
    "\\input{/etc/passwd} and $\\input{x}$ and \\write18{rm} and ^^5cinput",
    "A title\nER  - \n\nTY  - JOUR\nTI  - Injected",
    "A title\r\nTY  - JOUR\u2028TY  - JOUR\x85TY  - JOUR\x0bTY  - JOUR\x1eTY  - JOUR",
    "See ![t](http://127.0.0.1:9/t.png) [x](http://evil.example) <img src=x> <http://evil.example>",
    "[a]: http://evil.example",
    "# a heading",
    "- an item",
    "1. an item",
    "12) an item",
    "> a quotation",
    "--- \n===\n***",
    "    code",
    "```\ncode\n```",
    "~~gone~~ **loud** _slanted_ `code` &lt;b&gt; &#60;b&#62;",
    "$<img src=x onerror=1>$ and $[x](http://evil.example)$ and $![x][y]$ and \\(<b>\\)",
    "http://evil.example/![a](b)<img>`x`[y](z)",
    "| a | b |\n|---|---|",
    "An \x1b]0;hacked\x07 \x1b[8mtitle \x9b31m \u202egnp.exe \U000e0041\ufffe\ud800",
    "\\",
    "ends with a backslash \\",
    "{\\",
    "\\}",
    "",
]
SAID = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak"}


def depths(entry: str) -> list[int]:
    """How deep in braces each sign stands, as BibTeX counts."""
    found, depth = [], 0
    for sign in entry:
        depth += (sign == "{") - (sign == "}")
        found.append(depth)
    return found


@pytest.mark.parametrize("title", HOSTILE)
def test_bibtex(title: str) -> None:
    field = escaping.escape_bibtex(title)
    assert min(depths(field), default=0) >= 0 and depths(field + " ")[-1] == 0
    assert not re.search(r"\\(input|write)|\^\^", field.replace("\\textbackslash ", ""))
    entry = bibtex([Reference("2401.00001", title or "-", [title or "-"], [title], title)])
    assert entry.startswith("@misc{arxiv:2401.00001,")
    assert sum(depths(entry)[at.start()] == 0 for at in re.finditer("@misc", entry)) == 1
    assert depths(entry)[-1] == 0


def test_bibtex_keeps_what_titles_of_arxiv_have() -> None:
    assert escaping.escape_bibtex(r"{BERT} at 5\% of Schr\"{o}dinger's $\mathcal{O}(n^2)$") == (
        r"{BERT} at 5\% of Schr\"{o}dinger's $\mathcal{O}(n^2)$"
    )
    assert escaping.escape_bibtex("R&D at 5% for $5, a_b, C#, x^2") == r"R\&D at 5\% for \$5, a\_b, C\#, x\^{}2"
    assert "author = {Jane Doe and {Bell and Howell}}" in bibtex(
        [Reference("2401.00001", "T", ["Jane Doe", "Bell and Howell"])]
    )


@pytest.mark.parametrize("title", HOSTILE)
def test_ris(title: str) -> None:
    told = ris([Reference("2401.00001", title or "-", [title], abstract=title)])
    assert [line[:6] for line in told.splitlines()][:3] == ["TY  - ", "TI  - ", "AU  - "]
    assert sum(line.startswith("TY  - ") for line in told.splitlines()) == 1
    assert told.count("\nER  - \n") == 1


@pytest.mark.parametrize("title", HOSTILE)
def test_markdown_is_a_paragraph_of_text_and_links_that_were_written_out(title: str) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(escaping.escape_markdown(title))
    kinds = {one.type for token in tokens for one in (token, *(token.children or ()))}
    assert kinds <= SAID, kinds
    line = markdown([Reference("2401.00001", title or "-", [])])
    links = [one for token in MarkdownIt().parse(line) for one in token.children or () if one.type == "link_open"]
    assert [link.attrs["href"] for link in links] == ["https://arxiv.org/abs/2401.00001"]


def test_markdown_shows_what_was_written() -> None:
    assert escaping.escape_markdown(r"GPT-4 gains 3.07x and 95\% of $O(n^2)$, see https://example.org/a_b.") == (
        r"GPT-4 gains 3.07x and 95% of $O(n^2)$, see https://example.org/a_b."
    )
    assert escaping.escape_markdown("Text <b> & [x]*") == r"Text &lt;b> & \[x\]\*"


@pytest.mark.parametrize(
    "escape", [escaping.escape_bibtex, escaping.escape_ris, escaping.escape_markdown, escaping.one_line]
)
@pytest.mark.parametrize("title", HOSTILE)
def test_control_characters_never_leave(title: str, escape: object) -> None:
    told = escape(title)  # type: ignore[operator]
    assert not [sign for sign in told if unicodedata.category(sign) in ("Cc", "Cs")]
    assert not set("\u202e\u2028\U000e0041\ufffe") & set(told)
    told.encode()


def test_a_terminal_is_shown_control_characters_and_told_none() -> None:
    assert escaping.shown("a\x1b]0;x\x07\tb\nc\x9b") == "a␛]0;x␇\tb\nc\ufffd"
