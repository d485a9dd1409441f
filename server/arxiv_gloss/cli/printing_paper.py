"""The finished gloss of a whole paper in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from arxiv_gloss.cli.printing import flag_marks, head, provenance, say, text
from arxiv_gloss.events import Flag, Place
from arxiv_gloss.services.fulltext.notices import NOTICES
from arxiv_gloss.services.fulltext.result import PaperResult
from arxiv_gloss.services.gloss.headings import headings


def print_paper(console: Console, paper: PaperResult, target: str) -> None:
    """Summary and takeaways with the pages behind them, then the sections, then the captions."""
    words = headings(target)
    say(console, text(paper.title.source, "dim"))
    say(console, text(paper.title.text, "bold").append_text(flag_marks(paper.title.flags)))
    say(console, text(", ".join(paper.authors), "dim"))
    for notice in paper.notices:
        say(console, text(NOTICES.get(notice.code, notice.code).format(**notice.params), "yellow"))
    head(console, words["summary"])
    for sentence in paper.summary.sentences:
        _line(console, sentence.text, sentence.evidence, sentence.flags)
    head(console, words["takeaways"])
    for point in paper.takeaways:
        if not point.withheld:
            _line(console, point.text, point.evidence, point.flags)
    head(console, words["sections"])
    for section in paper.sections:
        indent = 2 * section.level
        title = Text.assemble(text(section.title.text, "bold"), (f"  p. {section.page}" if section.page else "", "dim"))
        say(console, title, indent)
        if section.gist:
            say(console, Text.assemble(text(section.gist), flag_marks(section.flags)), indent + 2)
    if paper.figures:
        head(console, words["figures"])
        for figure in paper.figures:
            label = text(f"{words.get(figure.kind, figure.kind)} {figure.number}{words[':']}", "cyan")
            caption = Text.assemble(label, text(figure.caption.text), flag_marks(figure.flags))
            say(console, caption, 5)
    console.print()
    say(console, text(provenance(paper.models, paper.seconds, paper.asked), "dim"))


def _line(console: Console, words: str, evidence: Sequence[Place], flags: Sequence[Flag]) -> None:
    behind = "; ".join(f"{place.section}, p. {place.page}" if place.page else place.section for place in evidence)
    say(console, Text.assemble(text(words), text(f"  [{behind}]", "dim"), flag_marks(flags)), 5)
