"""What can be glossed at all: words, of bearable length."""

from __future__ import annotations

import re
import unicodedata

from arxiv_gloss.errors import AbstractTooLong, EmptyAbstract, NotText, TitleTooLong
from arxiv_gloss.text.protected import protected

LONGEST_ABSTRACT = 20_000
"""Characters. The longest abstract on arXiv has under 6,000."""
LONGEST_TITLE = 1_000
"""Characters. The longest title on arXiv has some 400."""
_WORD = re.compile(r"[^\W\d_]+")


def check_abstract(abstract: str) -> None:
    """Raises EmptyAbstract, AbstractTooLong or NotText when there is nothing to gloss."""
    if not abstract.strip():
        raise EmptyAbstract("The abstract is empty. Send the text that is to be glossed.")
    if len(abstract) > LONGEST_ABSTRACT:
        raise AbstractTooLong(
            f"The abstract has {len(abstract):,} characters, and at most {LONGEST_ABSTRACT:,} can be glossed. "
            "Send a part of it."
        )
    if any(_is_binary(character) for character in abstract):
        raise NotText("The abstract holds control bytes, so it is no plain text. Send text in UTF-8.")
    if not _WORD.search(_without_protected(abstract)):
        raise NotText("The abstract has no words. Send the text that is to be glossed.")


def check_title(title: str) -> None:
    """Raises TitleTooLong for what is no title: the rules that read it were never meant for so much."""
    if len(title) > LONGEST_TITLE:
        raise TitleTooLong(
            f"The title has {len(title):,} characters, and at most {LONGEST_TITLE:,} are read. Send the title alone."
        )


def _is_binary(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") and not character.isspace()


def _without_protected(text: str) -> str:
    kept: list[str] = []
    done = 0
    for start, end, _ in protected(text):
        kept.append(text[done:start])
        done = end
    return " ".join([*kept, text[done:]])
