"""From the runs of a line to its text: inline formulas between dollar signs, footnote marks left out.

What is set in a mathematical font is mathematics; digits, operators and brackets between such signs join them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from arxiv_gloss.papers.pdf.characters import is_math_character
from arxiv_gloss.papers.pdf.lines import Line, Run, space_between

_NEUTRAL = re.compile(r"[\d=+\-−–<>/|()\[\]{}*·×′'.,:;%!∼~≈≤≥]+|log|exp|sin|cos|tan|max|min|lim|det|tr|sup|inf|arg|mod")
_OPERATOR = re.compile(r"[=+\-−<>/×·∼~≈≤≥(|\[]")
_WORDLIKE = re.compile(r"[a-z]{3}")
_EQUATION_NUMBER = re.compile(r"\(((?:[A-Z]{1,3}\.?)?\d+(?:[.\-–]\d+)*[a-z]?)\)[.,;]?$")
_NOTE_MARK = re.compile(r"[*∗†‡§¶⋆#]+|[\d,– ]+")
_MACRON = re.compile(r"([^\W\d_]) ?¯|¯ ?([^\W\d_])")
_LARGE_SIGNS = frozenset("∑∏∫∮⋃⋂√")
ELLIPSIS = "$…$"
"""Stands for a display formula without a number."""


@dataclass(slots=True)
class _Token:
    """A word or a sign; `glued` when no space stands before it."""

    text: str
    kind: str
    """word, neutral, math, sub or sup"""
    glued: bool


def text_of(line: Line, marks: frozenset[str] = frozenset()) -> str:
    """The line as text. `marks` are the footnote marks that its page explains; they are left out."""
    tokens = _tokens(line)
    _drop_note_marks(tokens, marks)
    return _written(tokens)


def equation_number(text: str) -> str | None:
    """`3.2` of a line that ends with `(3.2)`."""
    match = _EQUATION_NUMBER.search(text)
    return match[1] if match else None


def is_display(line: Line, size: float) -> bool:
    """Whether a line is a piece of a formula that stands for itself, and no text.

    `size` is that of the body text. A line of text has words; a formula has signs, and at most a word or two.
    """
    column = line.column
    assert column is not None, "columns are set before lines are judged"
    math = line.share("math")
    indented = line.x0 - column.x0 > 1.8 * size
    if line.words == 0 and _EQUATION_NUMBER.fullmatch(line.text):
        return True
    if line.words == 0:
        plain = math == 0 and any(character.isalpha() for character in line.text) and len(line.text) > 3
        return math > 0 or (indented and not plain)
    numbered = equation_number(line.text) is not None and line.x1 > column.x1 - size
    if line.words <= 2:
        return math > 0.45 or (indented and (math > 0.2 or numbered))
    return indented and line.words <= 6 and (math > 0.4 or (math > 0.2 and numbered))


def _tokens(line: Line) -> list[_Token]:
    tokens: list[_Token] = []
    previous: Run | None = None
    slanted = line.share("italic") > 0.7
    for run in line.runs:
        glued = previous is not None and not space_between(previous, run) and not previous.text.endswith(" ")
        kind = _kind(run, line, slanted)
        if kind == "word":
            for index, piece in enumerate(run.text.split()):
                piece_glued = glued and index == 0 and not run.text.startswith(" ")
                tokens.append(_Token(piece, _kind_of_word(piece), piece_glued))
        elif run.text.strip():
            tokens.append(_Token(run.text.strip(), kind, glued and not run.text.startswith(" ")))
        previous = run
    return tokens


def _kind(run: Run, line: Line, slanted: bool) -> str:
    if run.text.strip() in _LARGE_SIGNS:
        return "math"
    if run.size < 0.86 * line.size:
        if run.baseline < line.baseline - 0.12 * line.size:
            return "sup"
        if run.baseline > line.baseline + 0.05 * line.size:
            return "sub"
    if run.math:
        return "math"
    letters = [character for character in run.text if character.isalpha()]
    if run.italic and not slanted and len(letters) == 1 and len(run.text.strip()) <= 3 and letters[0] not in "aAI":
        return "math"
    return "word"


def _kind_of_word(piece: str) -> str:
    """A Greek capital or another sign may be set in the text's own font."""
    if _NEUTRAL.fullmatch(piece):
        return "neutral"
    signs = piece.strip(".,;:()[]-–")
    return "math" if signs and all(map(is_math_character, signs)) else "word"


def _drop_note_marks(tokens: list[_Token], marks: frozenset[str]) -> None:
    """Takes out raised numbers and signs that hang on a word and point to a footnote or a reference."""
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.kind != "sup" or not _NOTE_MARK.fullmatch(token.text):
            continue
        before = tokens[index - 1] if index else None
        sign = not token.text[0].isdecimal()
        hangs = before is not None and before.kind == "word" and (sign or bool(_WORDLIKE.search(before.text)))
        points = token.text in marks or sign or len(token.text) > 2
        explained = token.text in marks and (before is None or before.text[-1] in ".,;:)]”’" or before.kind == "word")
        if (hangs and points) or explained:
            del tokens[index]
            if index < len(tokens) and tokens[index].glued and tokens[index].kind == "word":
                tokens[index].glued = False


def _written(tokens: list[_Token]) -> str:
    parts: list[str] = []
    index = 0
    while index < len(tokens):
        if _starts_formula(tokens, index):
            end = _formula_end(tokens, index)
            written = _formula(tokens[index:end])
        else:
            end = index + 1
            written = tokens[index].text.replace("$", r"\$")
        if parts and not tokens[index].glued:
            parts.append(" ")
        parts.append(written)
        index = end
    # An overline or a kern can look like a space before a comma.
    return re.sub(r"\$ (?=[,.;:)])", "$", "".join(parts))


def _starts_formula(tokens: list[_Token], index: int) -> bool:
    token = tokens[index]
    if token.kind in ("math", "sub", "sup"):
        return True
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or not following.glued:
        return False
    if token.kind == "neutral":
        return following.kind in ("math", "sub", "sup") and token.text not in ".,;:"
    return following.kind in ("sub", "sup") and not _WORDLIKE.search(token.text) and token.text[-1].isalnum()


def _formula_end(tokens: list[_Token], start: int) -> int:
    """One past the last token of the formula that begins at `start`."""
    end = start + 1
    depth = _depth(tokens[start].text)
    for index in range(start + 1, len(tokens)):
        token, last = tokens[index], tokens[index - 1]
        pause = last.text.endswith((",", ";", ".", ":")) and not token.glued and depth <= 0
        if pause:
            break
        if token.kind in ("math", "sub", "sup"):
            end = index + 1
        elif token.kind == "neutral":
            if token.glued or depth > 0 or _OPERATOR.match(token.text) or _OPERATOR.search(last.text[-1:]):
                end = index + 1
        elif not (token.glued and depth > 0 and len(token.text) <= 3):
            break
        depth += _depth(token.text)
    return end


def _depth(text: str) -> int:
    return sum(text.count(each) for each in "([") - sum(text.count(each) for each in ")]")


def _formula(tokens: list[_Token]) -> str:
    """The tokens as one formula, with what only surrounds it (brackets, full stops) outside the dollar signs."""
    pieces: list[str] = []
    script = ""
    for index, token in enumerate(tokens):
        kind = token.kind if token.kind in ("sub", "sup") else ""
        if script and kind != script:
            pieces.append("}")
        if kind and kind != script:
            pieces.append("_{" if kind == "sub" else "^{")
        elif index and not token.glued:
            pieces.append(" ")
        pieces.append(token.text)
        script = kind
    if script:
        pieces.append("}")
    text = _MACRON.sub(lambda match: (match[1] or match[2]) + "\u0304", "".join(pieces))
    text = re.sub("\u0338 ?= ?", " ≠ ", text)
    return _dollars(text)


def _dollars(text: str) -> str:
    lead = trail = ""
    while text and (text[-1] in ".,;:'%!" or (text[-1] in ")]" and _depth(text) < 0)):
        trail, text = text[-1] + trail, text[:-1]
    while text and (text[0] in ".,;:'" or (text[0] in "([" and _depth(text) > 0)):
        lead, text = lead + text[0], text[1:]
    inner = text.strip()
    if not inner:
        return lead + trail
    if not re.search(r"[^\W\d]|[_^=<>≤≥≈∼×±√∑∫∂∇∞→⟨⟩∈]", inner):
        return lead + inner + trail
    return f"{lead}${inner}${trail}"
