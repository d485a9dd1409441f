"""The abstract: which lines under its heading belong to it, and which are the paper's text that goes on without one.

Nothing is thrown away but keywords and classes: what is no part of the abstract becomes a part without a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from arxiv_gloss.papers.pdf.front import ends_abstract, without_announcement
from arxiv_gloss.papers.pdf.lines import Line
from arxiv_gloss.papers.pdf.page import Page
from arxiv_gloss.papers.pdf.paragraphs import Joiner
from arxiv_gloss.papers.pdf.parts import KEYWORD_HEADINGS, TRANSLATED_ABSTRACT, PaperPart

_STRUCTURED = re.compile(
    r"background(?: and (?:aims?|objectives?|purpose))?|context|introduction|motivation|problem|rationale|importance"
    r"|(?:aims?|objectives?|purpose|goals?|question)(?: and (?:background|objectives?|methods?))?|hypothesis"
    r"|(?:materials? and |patients and |data and )?methods?|methodology|approach|design|study design|setting|subjects"
    r"|participants|patients|interventions?|measurements?|(?:main )?outcome(?:s| measures?)|data sources|procedure"
    r"|(?:main )?(?:results?|findings?)(?: and (?:discussion|conclusions?))?|discussion|limitations?"
    r"|(?:conclusions?|interpretation|implications?|significance|originality|value|impact|relevance|summary)"
    r"(?: and (?:relevance|significance|implications?))?|(?:trial )?registration|funding"
)
"""Labels inside a structured abstract (https://www.nlm.nih.gov/bsd/policy/structured_abstracts.html)."""
_LABELLED = re.compile(rf"(?:{_STRUCTURED.pattern})\s?(?:[:.–—/]|-\s)", re.IGNORECASE)
_LONGEST = 450
"""Words: what is longer is an abstract and the beginning of the text."""
_LEAST = 60
"""Words that an abstract has before it may end at the foot of a column without another sign."""
_LONGEST_LABELLED = 250
"""Words under one label of a structured abstract; under the heading of a section stand more."""
_SENTENCE_END = re.compile(r"[.!?]['\"”’)\]]*$")


def take_abstract(
    parts: list[PaperPart], unannounced: list[Line], joiner: Joiner, pages: Sequence[Page]
) -> tuple[str, list[PaperPart]]:
    """The abstract's text, and the parts without it. `unannounced`: the abstract's lines where no heading says so."""
    at = _announced(parts)
    if at is None:
        own, rest = _parted(unannounced, joiner, pages)
        text = _text([PaperPart(None, own)], joiner)
        return text, _rejoined([parts[0], PaperPart(None, rest), *parts[1:]], joiner)
    count = _labelled(parts, at)
    labelled = parts[at + 1 : at + 1 + count]
    last = labelled[-1] if labelled else parts[at]
    last.lines, rest = _parted(last.lines, joiner, pages)
    text = _text([parts[at], *labelled], joiner)
    return text, _rejoined([*parts[:at], PaperPart(None, rest), *parts[at + 1 + count :]], joiner)


def _announced(parts: list[PaperPart]) -> int | None:
    """The part under the abstract's heading; one in another language only where there is no English one."""
    first_pages = {part.heading.lines[0].page for part in parts if part.heading} & {1, 2, 3}
    for wanted in (re.compile("abstract"), re.compile("summary"), TRANSLATED_ABSTRACT):
        for k, part in enumerate(parts):
            if not part.heading or not wanted.fullmatch(part.name):
                continue
            early = k <= 2 and part.heading.lines[0].page in first_pages
            if wanted.pattern == "abstract" or (early and part.heading.title.strip(" .:").lower() == part.name):
                return k
    return None


def _labelled(parts: list[PaperPart], at: int) -> int:
    """How many parts after the abstract's heading are its own labels: Background, Methods, Results."""
    own = [line for line in parts[at].lines if _is_label(line)]
    if parts[at].lines and not (own and own[0] is parts[at].lines[0]):
        return 0
    seen: set[str] = set()
    inside = len(own)
    size = own[0].size if own else 0.0
    for part in parts[at + 1 :]:
        assert part.heading is not None, "only the first part has no heading"
        numbered = part.heading.title.strip(" .:").lower() != part.name
        larger = size > 0 and part.heading.lines[0].size > size + 0.4
        begins = part.name == "introduction" and inside + len(seen) > 0
        if numbered or larger or begins or part.name in seen or not _STRUCTURED.fullmatch(part.name):
            break
        if part.words > _LONGEST_LABELLED and not _follows(parts, part):
            break
        size = part.heading.lines[0].size
        seen.add(part.name)
        inside += sum(map(_is_label, part.lines))
    return len(seen) if len(seen) + inside >= 2 else 0


def _is_label(line: Line) -> bool:
    """Whether a line is a label alone, which was no heading by its looks."""
    return bool(_STRUCTURED.fullmatch(line.text.strip(" .:").lower()))


def _follows(parts: list[PaperPart], part: PaperPart) -> bool:
    """Whether a long part is the last label of the abstract, with the text after it: a conclusion comes last."""
    return bool(re.match(r"conclusion|interpretation|implication|significance|relevance|discussion", part.name))


def _parted(lines: list[Line], joiner: Joiner, pages: Sequence[Page]) -> tuple[list[Line], list[Line]]:
    """The abstract's own lines, and those of the text after it."""
    cut = _break(lines, pages)
    groups = [*joiner.grouped(lines[:cut]), *joiner.grouped(lines[cut:])]
    own: list[Line] = []
    total = sum(line.words for line in lines)
    for k, group in enumerate(groups):
        if own and (group[0] is lines[min(cut, len(lines) - 1)] and cut < len(lines)):
            return own, _flat(groups[k:])
        if own and (ends_abstract(group[0].text) or _is_over(own, group, total)):
            return own, _flat(groups[k:])
        own.extend(group)
    return own, []


def _is_over(own: list[Line], group: list[Line], total: int) -> bool:
    """Whether the abstract is so long that it must have ended, where a new paragraph without a label begins."""
    enough = sum(line.words for line in own) >= _LEAST
    return total > _LONGEST and enough and not _LABELLED.match(group[0].text)


def _break(lines: list[Line], pages: Sequence[Page]) -> int:
    """The first line that is set unlike the abstract: in another measure or size, after a rule or much white."""
    for k in range(1, len(lines)):
        if any(sign(lines, k, pages) for sign in (_other_size, _other_measure, _after_rule, _after_white, _new_column)):
            return k
    return len(lines)


def _other_size(lines: list[Line], k: int, pages: Sequence[Page]) -> bool:
    here, after = lines[k], lines[k + 1 : k + 2]
    sizes = sorted(line.size for line in lines[:k])
    usual = sizes[len(sizes) // 2]
    differs = abs(here.size - usual) > 0.45 and all(abs(line.size - usual) > 0.45 for line in after)
    return differs and here.words >= 4


def _other_measure(lines: list[Line], k: int, pages: Sequence[Page]) -> bool:
    """It leaves the measure that all lines so far have kept: an inset ends, or columns begin."""
    here, first = lines[k], lines[0]
    if here.page != first.page:
        return False
    assert here.column is not None and first.column is not None, "columns are set before the abstract is sought"
    page = pages[here.page - 1]
    if len(page.columns) > 1 and first.column == page.whole and here.column != page.whole:
        return here.words >= 3
    same = [line for line in lines[:k] if line.column == here.column]
    return len(same) >= 2 and here.x0 < min(line.x0 for line in same) - 8


def _after_rule(lines: list[Line], k: int, pages: Sequence[Page]) -> bool:
    last, here = lines[k - 1], lines[k]
    if last.page != here.page or last.column != here.column or here.baseline <= last.baseline:
        return False
    return any(
        last.baseline < rule[1] < here.baseline - 0.6 * here.size and rule[2] - rule[0] > 0.6 * (here.x1 - here.x0)
        for rule in pages[here.page - 1].rules
        if rule[0] < here.x1 and rule[2] > here.x0
    )


def _after_white(lines: list[Line], k: int, pages: Sequence[Page]) -> bool:
    """More white above it than two lines, and than stands between the paragraphs so far."""
    here = lines[k]
    step = _step(lines, k)
    before = [each for index in range(1, k) if (each := _step(lines, index))]
    if not step or not before or _LABELLED.match(here.text):
        return False
    usual = sorted(before)[len(before) // 2]
    return step > 2.3 * usual and step > 1.3 * max(before) and bool(_SENTENCE_END.search(lines[k - 1].text))


def _step(lines: list[Line], k: int) -> float:
    upper, lower = lines[k - 1], lines[k]
    if upper.page != lower.page or upper.column != lower.column:
        return 0.0
    return max(0.0, lower.baseline - upper.baseline)


def _new_column(lines: list[Line], k: int, pages: Sequence[Page]) -> bool:
    """A new paragraph at the head of the next column or page, after enough for an abstract."""
    last, here = lines[k - 1], lines[k]
    if last.page == here.page and last.column == here.column:
        return False
    assert here.column is not None and last.column is not None, "columns are set before the abstract is sought"
    indented = here.x0 - here.column.x0 > 0.8 * here.size
    ended = bool(_SENTENCE_END.search(last.text)) and (indented or last.x1 < last.column.x1 - 0.12 * last.column.width)
    return ended and sum(line.words for line in lines[:k]) >= _LEAST


def _text(parts: list[PaperPart], joiner: Joiner) -> str:
    """The abstract's paragraphs; a label of its own stands before what it labels."""
    texts: list[str] = []
    for part in parts:
        paragraphs = [without_announcement(one.text) for one in joiner.paragraphs(part.lines)]
        if paragraphs and part is not parts[0] and part.heading:
            label = part.heading.title.strip(" .:")
            paragraphs[0] = f"{label.capitalize() if label.isupper() else label}: {paragraphs[0]}"
        texts.extend(paragraphs)
    return "\n\n".join(texts)


def _rejoined(parts: list[PaperPart], joiner: Joiner) -> list[PaperPart]:
    """Without keywords, classes and abstracts in other languages; the text that follows them goes on."""
    kept: list[PaperPart] = []
    for k, part in enumerate(parts):
        if TRANSLATED_ABSTRACT.fullmatch(part.name):
            part = PaperPart(None, [])
        elif part.heading is None or KEYWORD_HEADINGS.fullmatch(part.name):
            part = PaperPart(None, list(_without_labels(part, joiner)))
        elif part.name == "abstract":
            part = PaperPart(None, part.lines)
        if part.heading or part.lines or k == 0:
            kept.append(part)
    return kept


def _without_labels(part: PaperPart, joiner: Joiner) -> Iterator[Line]:
    """The lines of a part from its first paragraph that is no list of terms."""
    groups = joiner.grouped(part.lines)
    listed = part.heading is not None
    for group in groups:
        text = " ".join(line.text for line in group)
        if ends_abstract(text) or (listed and not _is_prose(group, text)):
            continue
        listed = False
        yield from group


def _is_prose(group: list[Line], text: str) -> bool:
    return sum(line.words for line in group) >= 12 and bool(_SENTENCE_END.search(text)) and ". " in text + " "


def _flat(groups: list[list[Line]]) -> list[Line]:
    return [line for group in groups for line in group]
