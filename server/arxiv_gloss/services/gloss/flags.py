"""What could not be verified in a text. These are the flag codes of the wire, with their params:

    number_missing, formula_missing, url_missing    text: of the original, not in the translation
    name_missing                                    text: a coined name, likewise
    number_added, identifier_added,                 text: in the translation or summary, not in the original
        formula_added, url_added
    number_count, formula_count, url_count,         text: in both; source, target: how often in each
        name_count
    direction_flipped                               source: a word of the original, target: its opposite, here
    word_missing                                    text: a phrase of the original; target: the usual way to say it
    unit_changed                                    source, target: a number with another unit
    negation_lost                                   the original denies something that the text does not
    comparison_flipped                              more became less, or less became more
    cut_off                                         the model did not come to an end
    not_english                                     the text is the original, which is in another language
    conflict                                        source, target: the glossary's rendering could not be put in
    unsure                                          the text may well be wrong (text/confidence.py)
    untranslated                                    so probably that the original should stand in its place

Notices about how a whole paper was read (`PaperOutline.notices`), with `pages` such as `1-3, 7`:

    text_recognised                                 the text was made by text recognition
    letters_unreadable                              a font does not say which characters it prints
    pages_without_text                              there are only pictures
    abstract_not_english                            summary and takeaways come from the beginning of the text

Notices about how a gloss was made (`Done.notices`):

    llm_stopped                                     model: the reader's own; rows: not asked for; reason: timeout, gone,
                                                    status, form, model (there is none of that name), refused

The panel words them (extension/shared/words), and so does the terminal (cli/printing.py). Whoever meets a code that
it does not know shows the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from arxiv_gloss.events import Flag
from arxiv_gloss.text.numbers.digits import account_by_digits
from arxiv_gloss.text.numbers.languages import has_table
from arxiv_gloss.text.numbers.ledger import Ledger, account
from arxiv_gloss.text.slots import Surface

CUT_OFF, UNSURE, UNTRANSLATED = Flag("cut_off"), Flag("unsure"), Flag("untranslated")
OF_THE_ROW = frozenset({CUT_OFF.code, UNSURE.code, UNTRANSLATED.code})
"""Codes that tell of the row itself, whatever is changed in its text later."""
NOT_ENGLISH = Flag("not_english")
_COINED = re.compile(r"(?=(?:.*[A-Z0-9]){2})(?![A-Z]{1,3}$|[A-Z]{2,}[a-z]{2,}$|\d+[A-Z]?$).{4,}")
"""Names that no translator renders: mixed case or at least four capitals. Others may be rendered (Gaussian is 高斯, AI
is 人工智能): with them, 5.9 % of good translations would be flagged instead of 0.4 %."""
_LONG_NAME, _LONG_TITLE = 6, 120
"""Characters. In a longer text a name may stand for a pronoun."""
_NO_LETTERS = re.compile(r"\\[A-Za-z]+|[\s$\\{}()^_]")
_BETWEEN_PARTS = re.compile(r"'s?$|[-_./']")


def translation_flags(source: str, text: str, surfaces: Iterable[Surface], language: str = "zh") -> tuple[Flag, ...]:
    """Flags of a translation, in which everything must come back; `surfaces` are those of its own source."""
    ledger = _account(source, text, True, language)
    flags = list(_of(ledger))
    flags += [Flag("number_missing", {"text": text}) for text in _quietly_lost(ledger)]
    for surface in dict.fromkeys(surfaces):
        if _name_is_lost(surface, text):
            flags.append(Flag("name_missing", {"text": surface.text}))
        elif repeated := _said_more_often(surface, source, text):
            flags.append(repeated)
        elif surface.kind == "formula" and _formula_is_lost(surface.text, text, ledger):
            flags.append(Flag("formula_missing", {"text": surface.text}))
    return _once(flags)


def condensation_flags(sources: Sequence[str], text: str, language: str = "zh") -> tuple[Flag, ...]:
    """Flags of a condensation, which may leave things out but may not say what its sources do not."""
    found = _of(_account(" ".join(sources), text, False, language))
    return tuple(flag for flag in found if not flag.code.endswith("_count"))


def _quietly_lost(ledger: Ledger) -> list[str]:
    """Each `two` that is gone. The ledger lets it go, as a condensation may; of 2,490 good translations none does."""
    return [one.text for one in ledger.entries if (one.state, one.kind, one.serious) == ("missing", "number", False)]


def _name_is_lost(surface: Surface, text: str) -> bool:
    """Whether a code, or in any spelling a coined name, has not come back."""
    if surface.kind != "name":
        return surface.kind == "code" and surface.text not in text
    name = surface.text
    parts = [part for part in _BETWEEN_PARTS.split(name) if _COINED.match(part)]
    compact = re.sub(r"[\s-]", "", text).casefold()
    return bool(parts) and not any(part.removesuffix("s").casefold() in compact for part in parts)


def _said_more_often(surface: Surface, source: str, text: str) -> Flag | None:
    """A code or a long name that stands here more often than in the original."""
    may_not_repeat = len(source) <= _LONG_TITLE and surface.kind == "name" and len(surface.text) >= _LONG_NAME
    if surface.kind != "code" and not may_not_repeat:
        return None
    here, there = max(1, source.count(surface.text)), text.count(surface.text)  # a title may spell it in TeX
    if there <= here:
        return None
    return Flag("name_count", {"text": surface.text, "source": str(here), "target": str(there)})


def _formula_is_lost(formula: str, text: str, ledger: Ledger) -> bool:
    """Whether not even its letters and digits have come back. The ledger takes the formulas that make up a word
    (type-$2$, $\\textbf{sys}$tem) for a part of that word, and lets go what it may be written without."""
    bare = _NO_LETTERS.sub("", formula)
    found = any(entry.kind == "number" and entry.state == "matched" and bare in entry.text for entry in ledger.entries)
    return not found and bare not in _NO_LETTERS.sub("", text)


def _account(source: str, text: str, complete: bool, language: str) -> Ledger:
    """By the language's own table of numbers; where there is none, by digits alone."""
    if has_table(language):
        return account(source, text, complete, target_code=language)
    return account_by_digits(source, text, complete)


def _of(ledger: Ledger) -> tuple[Flag, ...]:
    return _once([Flag(code, params) for code, params in ledger.flags()])


def _once(flags: Sequence[Flag]) -> tuple[Flag, ...]:
    return tuple(flag for position, flag in enumerate(flags) if flag not in flags[:position])
