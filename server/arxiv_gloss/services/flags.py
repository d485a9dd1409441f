"""What could not be verified in a text. These are the flag codes of the wire, with their params:

    number_missing, formula_missing, url_missing    text: of the original, not in the translation
    name_missing                                    text: a coined name, likewise
    number_added, identifier_added,                 text: in the translation or summary, not in the original
        formula_added, url_added
    unit_changed                                    source, target: a number with another unit
    negation_lost                                   the original denies something that the text does not
    comparison_flipped                              more became less, or less became more
    cut_off                                         the model did not come to an end
    conflict                                        source, target: the glossary's rendering could not be put in

The panel words them (extension/shared/words), and so does the terminal (cli/printing.py). Whoever meets a code that
it does not know shows the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from arxiv_gloss.events import Flag
from arxiv_gloss.text.ledger import Ledger, account
from arxiv_gloss.text.slots import Surface

CUT_OFF = Flag("cut_off")
_COINED = re.compile(r"(?=(?:.*[A-Z0-9]){2})(?![A-Z]{1,3}$|[A-Z]{2,}[a-z]{2,}$|\d+[A-Z]?$).{4,}")
"""Names that no translator renders: mixed case or at least four capitals. Others may be rendered (Gaussian is 高斯, AI
is 人工智能): with them, 5.9 % of good translations would be flagged instead of 0.4 %."""
_BETWEEN_PARTS = re.compile(r"'s?$|[-_./']")


def in_full(source: str, text: str, surfaces: Iterable[Surface]) -> tuple[Flag, ...]:
    """Flags of a translation, in which everything must come back; `surfaces` are those of its own source."""
    return _of(account(source, text)) + tuple(
        Flag("name_missing", {"text": surface.text}) for surface in dict.fromkeys(surfaces) if _is_lost(surface, text)
    )


def condensed(sources: Sequence[str], text: str) -> tuple[Flag, ...]:
    """Flags of a condensation, which may leave things out but may not say what its sources do not."""
    return _of(account(" ".join(sources), text, complete=False))


def _is_lost(surface: Surface, text: str) -> bool:
    """Whether a coined name has come back in no spelling. Other kinds are the ledger's."""
    parts = [part for part in _BETWEEN_PARTS.split(surface.text) if _COINED.match(part)]
    if surface.kind != "name" or not parts:
        return False
    compact = re.sub(r"[\s-]", "", text).casefold()
    return not any(part.removesuffix("s").casefold() in compact for part in parts)


def _of(ledger: Ledger) -> tuple[Flag, ...]:
    flags = [Flag(code, params) for code, params in ledger.flags()]
    return tuple(flag for position, flag in enumerate(flags) if flag not in flags[:position])
