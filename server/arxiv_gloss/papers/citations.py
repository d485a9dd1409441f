"""References to papers, for those who keep them elsewhere: BibTeX, RIS, Markdown, and COinS for Zotero."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

_BIBTEX = str.maketrans({"{": r"\{", "}": r"\}"})


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
        "title": f"{{{paper.title if '$' in paper.title else paper.title.translate(_BIBTEX)}}}",
        "author": " and ".join(paper.authors),
        "year": paper.year,
        "eprint": paper.number,
        "archivePrefix": "arXiv",
        "primaryClass": next(iter(paper.subjects), None),
        "url": paper.address,
        "note": paper.comments and paper.comments.translate(_BIBTEX),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{arxiv:{paper.number},\n" + ",\n".join(lines) + "\n}\n"


def ris(papers: Sequence[Reference]) -> str:
    return "".join(_ris_entry(paper) for paper in papers if paper.number and paper.title)


def _ris_entry(paper: Reference) -> str:
    lines = ["TY  - UNPB", f"TI  - {paper.title}", *(f"AU  - {name}" for name in paper.authors)]
    lines += [f"PY  - {paper.year}", f"UR  - {paper.address}", f"M1  - arXiv:{paper.number}"]
    if paper.abstract:
        lines.append(f"AB  - {paper.abstract}")
    return "\n".join([*lines, "ER  - ", "", ""])


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
    return urlencode([(name, value) for name, value in fields if value])


def markdown(papers: Sequence[Reference]) -> str:
    """A list of links, for notes."""
    return "".join(_markdown_line(paper) for paper in papers)


WRITERS: dict[str, Callable[[Sequence[Reference]], str]] = {"bibtex": bibtex, "ris": ris, "markdown": markdown}
"""By the names that readers give them."""


def _markdown_line(paper: Reference) -> str:
    title = f"[{paper.title}]({paper.address})" if paper.address else paper.title
    return f"- {title}{'. ' + ', '.join(paper.authors) if paper.authors else ''}\n"
