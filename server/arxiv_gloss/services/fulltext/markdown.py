"""The gloss of a whole paper as Markdown: formulas stay TeX, pictures are linked by their file names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arxiv_gloss.events import Place
from arxiv_gloss.services.fulltext.notices import NOTICES
from arxiv_gloss.services.fulltext.result import PaperResult
from arxiv_gloss.services.gloss.headings import headings
from arxiv_gloss.text.escaping import escape_markdown as escaped


def paper_markdown(paper: PaperResult, target: str = "en") -> str:
    """With headings in the language of `target`."""
    return "\n".join(_lines(paper, headings(target))) + "\n"


def _lines(paper: PaperResult, words: dict[str, str]) -> Iterator[str]:
    yield f"# {escaped(paper.title.text)}"
    yield ""
    yield f"{escaped(paper.title.source)}  "
    yield ", ".join(map(escaped, paper.authors))
    if paper.id:
        yield ""
        yield f"<https://arxiv.org/abs/{paper.id}>"
    yield from _notices(paper)
    if paper.summary.sentences:
        yield from ("", f"## {words['summary']}", "")
        for sentence in paper.summary.sentences:
            yield f"{escaped(sentence.text)}{_behind(sentence.evidence)}  "
    shown = [point for point in paper.takeaways if not point.withheld]
    if shown:
        yield from ("", f"## {words['takeaways']}", "")
        for point in shown:
            yield f"- {escaped(point.text)}{_behind(point.evidence)}"
    if paper.abstract.segments:
        yield from ("", f"## {words['abstract']}", "")
        for segment in paper.abstract.segments:
            yield f"> {escaped(segment.source)}  "
            yield escaped(segment.text)
            yield ""
    for section in paper.sections:
        yield from ("", f"{'#' * min(6, section.level + 1)} {escaped(section.title.text)}")
        if section.gist:
            yield from ("", f"{escaped(section.gist)}{_behind(section.evidence)}")
    if paper.figures:
        yield from ("", f"## {words['figures']}")
        for figure in paper.figures:
            label = escaped(f"{words.get(figure.kind, figure.kind.capitalize())} {figure.number}")
            yield ""
            if figure.file:
                yield from (f"![{label}]({figure.file})", "")
            yield f"**{label}.** {escaped(figure.caption.text)}"
    made_by = ", ".join(f"{model.name} ({model.precision}, {model.provider})" for model in paper.models)
    yield from ("", "---", "", f"Made on this machine by {made_by}, arXiv Gloss {paper.version}, {paper.made}. ")
    yield "Models make mistakes: check what matters against the paper."


def _notices(paper: PaperResult) -> Iterator[str]:
    for notice in paper.notices:
        yield from ("", f"> {NOTICES.get(notice.code, notice.code).format(**notice.params)}")


def _behind(evidence: Sequence[Place]) -> str:
    named = dict.fromkeys(f"{place.section}, p. {place.page}" if place.page else place.section for place in evidence)
    return f" ({escaped('; '.join(named))})" if named else ""
