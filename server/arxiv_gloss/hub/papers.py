"""Thirty papers that models are checked with, and our translations of them. There are no such papers; we wrote all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """One paper; `zh` holds a reference for each sentence."""

    title: str
    sentences: tuple[str, ...]
    zh: tuple[str, ...]

    @property
    def abstract(self) -> str:
        return " ".join(self.sentences)


def known_papers() -> list[KnownPaper]:
    lines = files("arxiv_gloss.hub").joinpath("papers.jsonl").read_text("utf-8").splitlines()
    rows = map(json.loads, lines)
    return [KnownPaper(row["title"], tuple(row["sentences"]), tuple(row["zh"])) for row in rows]


def paper_sentences() -> list[str]:
    """All sentences, paper by paper."""
    return [sentence for paper in known_papers() for sentence in paper.sentences]
