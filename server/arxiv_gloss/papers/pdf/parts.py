"""Parts of a paper: a heading and the lines under it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from arxiv_gloss.papers.pdf.headings import Heading
from arxiv_gloss.papers.pdf.lines import Line

KEYWORD_HEADINGS = re.compile(
    r"ccs concepts|key ?words(?: and phrases)?|index terms|pacs(?: numbers)?|jel(?: classification)?"
)
"""Headings over terms that classify the paper."""
TRANSLATED_ABSTRACT = re.compile(
    r"r[ée]sum[ée]|resumen|resumo|resum|riassunto|sommario|zusammenfassung|kurzfassung|samenvatting|sammanfattning"
    r"|sammendrag|resum[ée]|tiivistelmä|streszczenie|abstrakt|rezumat|összefoglal[óa]|özet|öz|аннотация|реферат|анотація"
    r"|περίληψη|摘 ?要|要 ?旨|概要|초록|요약|الملخص|تقییم"
)
"""Headings over the abstract in a language other than the paper's."""


@dataclass(slots=True)
class PaperPart:
    """A heading (None before the first, and where the text goes on without one) and the lines under it."""

    heading: Heading | None
    lines: list[Line]

    @property
    def name(self) -> str:
        return self.heading.name if self.heading else ""

    @property
    def words(self) -> int:
        return sum(line.words for line in self.lines)


def parts_of(lines: list[Line], headings: Iterable[Heading]) -> list[PaperPart]:
    """All lines under their headings; the first part has none."""
    by_line = {id(line): heading for heading in headings for line in heading.lines}
    parts = [PaperPart(None, [])]
    for line in lines:
        heading = by_line.get(id(line))
        if heading is None:
            parts[-1].lines.append(line)
        elif heading is not parts[-1].heading:
            parts.append(PaperPart(heading, []))
    return parts
