"""The finished gloss of a whole paper in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from arxiv_gloss.cli.printing import flag_marks, head, provenance, text
from arxiv_gloss.events import Flag, Place
from arxiv_gloss.services.fulltext.notices import NOTICES
from arxiv_gloss.services.fulltext.result import PaperResult


def print_paper(console: Console, paper: PaperResult) -> None:
    """Summary and takeaways with the pages behind them, then the sections, then the captions."""
    console.print(text(paper.title.source, "dim"))
    console.print(text(paper.title.text, "bold"), flag_marks(paper.title.flags))
    console.print(text(", ".join(paper.authors), "dim"))
    for notice in paper.notices:
        console.print(text(NOTICES.get(notice.code, notice.code).format(**notice.params), "yellow"))
    head(console, "Summary")
    for sentence in paper.summary.sentences:
        _line(console, sentence.text, sentence.evidence, sentence.flags)
    head(console, "Takeaways")
    for point in paper.takeaways:
        if not point.withheld:
            _line(console, point.text, point.evidence, point.flags)
    head(console, "Sections")
    for section in paper.sections:
        indent = 2 * section.level
        title = Text.assemble(text(section.title.text, "bold"), (f"  p. {section.page}" if section.page else "", "dim"))
        console.print(Padding(title, (0, 0, 0, indent)))
        if section.gist:
            console.print(Padding(Text.assemble(text(section.gist), flag_marks(section.flags)), (0, 0, 0, indent + 2)))
    if paper.figures:
        head(console, "Figures and tables")
        for figure in paper.figures:
            label = text(f"{figure.kind} {figure.number}: ", "cyan")
            caption = Text.assemble(label, text(figure.caption.text), flag_marks(figure.flags))
            console.print(Padding(caption, (0, 0, 0, 5)))
    console.print()
    console.print(text(provenance(paper.models, paper.seconds, paper.asked), "dim"))


def _line(console: Console, words: str, evidence: Sequence[Place], flags: Sequence[Flag]) -> None:
    behind = "; ".join(f"{place.section}, p. {place.page}" if place.page else place.section for place in evidence)
    console.print(Padding(Text.assemble(text(words), text(f"  [{behind}]", "dim"), flag_marks(flags)), (0, 0, 0, 5)))
