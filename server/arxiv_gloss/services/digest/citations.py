"""References to papers of a digest, for those who keep them elsewhere: BibTeX, RIS, and COinS for Zotero."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from arxiv_gloss.services.digest.edition import DigestPaper

_BIBTEX = str.maketrans({"{": r"\{", "}": r"\}"})


def year(paper: DigestPaper) -> str | None:
    """From the id: 2601.01234 and hep-th/9901001 carry their year."""
    if paper.number is None:
        return None
    digits = paper.number.rpartition("/")[2][:2]
    return f"{'19' if digits > '90' else '20'}{digits}"


def bibtex(papers: Sequence[DigestPaper]) -> str:
    return "\n".join(_bibtex_entry(paper) for paper in papers if paper.number and paper.title)


def _bibtex_entry(paper: DigestPaper) -> str:
    fields = {
        "title": f"{{{paper.title if '$' in paper.title else paper.title.translate(_BIBTEX)}}}",
        "author": " and ".join(paper.authors),
        "year": year(paper),
        "eprint": paper.number,
        "archivePrefix": "arXiv",
        "primaryClass": next(iter(paper.subjects), None),
        "url": f"https://arxiv.org/abs/{paper.number}",
        "note": paper.comments and paper.comments.translate(_BIBTEX),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{arxiv:{paper.number},\n" + ",\n".join(lines) + "\n}\n"


def ris(papers: Sequence[DigestPaper]) -> str:
    return "".join(_ris_entry(paper) for paper in papers if paper.number and paper.title)


def _ris_entry(paper: DigestPaper) -> str:
    lines = ["TY  - UNPB", f"TI  - {paper.title}", *(f"AU  - {name}" for name in paper.authors)]
    lines += [f"PY  - {year(paper)}", f"UR  - https://arxiv.org/abs/{paper.number}", f"M1  - arXiv:{paper.number}"]
    if paper.gloss:
        lines.append(f"AB  - {' '.join(segment.source for segment in paper.gloss.segments)}")
    return "\n".join([*lines, "ER  - ", "", ""])


def coins(paper: DigestPaper) -> str:
    """What Zotero reads from a page: an OpenURL in the title of an empty span."""
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "preprint"),
        ("rft.title", paper.title),
        ("rft.identifier", f"https://arxiv.org/abs/{paper.number}" if paper.number else ""),
        ("rft.date", year(paper) or ""),
        *(("rft.creator", name) for name in paper.authors),
    ]
    return urlencode([(name, value) for name, value in fields if value])
