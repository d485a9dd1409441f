"""References to papers, for those who keep them elsewhere: BibTeX, RIS, Markdown, and COinS for Zotero."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from arxiv_gloss.text import escaping


@dataclass(frozen=True, slots=True)
class Reference:
    """What is known of a paper that somebody refers to."""

    number: str | None
    """Its id without version; None for a paper that arXiv does not have."""
    title: str
    authors: Sequence[str] = ()
    subjects: Sequence[str] = ()
    comments: str | None = None
    abstract: str | None = None

    @property
    def year(self) -> str | None:
        """From the id: 2601.01234 and hep-th/9901001 carry their year."""
        if self.number is None:
            return None
        digits = self.number.rpartition("/")[2][:2]
        return f"{'19' if digits > '90' else '20'}{digits}"

    @property
    def address(self) -> str | None:
        return f"https://arxiv.org/abs/{self.number}" if self.number else None


def bibtex(papers: Sequence[Reference]) -> str:
    return "\n".join(_bibtex_entry(paper) for paper in papers if paper.number and paper.title)


def _bibtex_entry(paper: Reference) -> str:
    fields = {
        "title": f"{{{escaping.escape_bibtex(paper.title)}}}",
        "author": " and ".join(map(_bibtex_name, paper.authors)),
        "year": paper.year,
        "eprint": paper.number,
        "archivePrefix": "arXiv",
        "primaryClass": escaping.escape_bibtex(next(iter(paper.subjects), "")),
        "url": paper.address,
        "note": escaping.escape_bibtex(paper.comments or ""),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{arxiv:{paper.number},\n" + ",\n".join(lines) + "\n}\n"


def _bibtex_name(name: str) -> str:
    """In braces where BibTeX would take one name for two."""
    name = escaping.escape_bibtex(name)
    return f"{{{name}}}" if " and " in f" {name} " else name


def ris(papers: Sequence[Reference]) -> str:
    return "".join(_ris_entry(paper) for paper in papers if paper.number and paper.title)


def _ris_entry(paper: Reference) -> str:
    fields = [("TY", "UNPB"), ("TI", paper.title), *(("AU", name) for name in paper.authors)]
    fields += [("PY", paper.year or ""), ("UR", paper.address or ""), ("M1", f"arXiv:{paper.number}")]
    if paper.abstract:
        fields.append(("AB", paper.abstract))
    return "".join(f"{name}  - {escaping.escape_ris(value)}\n" for name, value in [*fields, ("ER", "")]) + "\n"


def coins(paper: Reference) -> str:
    """What Zotero reads from a page: an OpenURL in the title of an empty span."""
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "preprint"),
        ("rft.title", paper.title),
        ("rft.identifier", paper.address),
        ("rft.date", paper.year),
        *(("rft.creator", name) for name in paper.authors),
    ]
    return urlencode([(name, escaping.one_line(value)) for name, value in fields if value])


def markdown(papers: Sequence[Reference]) -> str:
    """A list of links, for notes."""
    return "".join(_markdown_line(paper) for paper in papers)


WRITERS: dict[str, Callable[[Sequence[Reference]], str]] = {"bibtex": bibtex, "ris": ris, "markdown": markdown}
"""By the names that readers give them."""


def _markdown_line(paper: Reference) -> str:
    title = escaping.escape_markdown(paper.title)
    linked = f"[{title}]({paper.address})" if paper.address else title
    authors = ", ".join(map(escaping.escape_markdown, paper.authors))
    return f"- {linked}{'. ' + authors if authors else ''}\n"
