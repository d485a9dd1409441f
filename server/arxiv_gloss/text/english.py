"""Which sentences are not in English, judged one by one by py3langid.

Of the libraries that judge languages it is the one of 4.5 MB, pure Python on NumPy: of 2,825 English sentences of
abstracts it took none for foreign, of 34 foreign ones it missed three (at a threshold of .7), in 83 µs each. lingua
takes 96 MB, cld3 took 20 of the English ones for foreign, and fastText's model may be shared only under its own
licence.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from arxiv_gloss.text.protected import protected
from arxiv_gloss.text.segments import split

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_LANGUAGES = (
    "en fr de es pt it nl pl cs sv da no tr id ro hu fi ca ru uk bg el zh ja ko ar fa he vi"  # papers come in these
)
_FEWEST_WORDS = 3
"""What has fewer is taken as its neighbours are; without any, as English."""
_SURE, _BESIDE_FOREIGN = 0.8, 0.4
"""Least probability of another language: of a sentence by itself, and of one that follows a foreign one."""
_LEAST_LATIN = 0.7
"""Share of ASCII letters among all letters outside formulas, below which no library need be asked."""


def foreign(sentences: Sequence[str]) -> frozenset[int]:
    """The numbers of those that are not in English."""
    found: set[int] = set()
    undecided: list[int] = []
    for number, sentence in enumerate(sentences):
        verdict = _is_foreign(sentence, _BESIDE_FOREIGN if number - 1 in found else _SURE)
        if verdict is None:
            undecided.append(number)
        elif verdict:
            found.add(number)
    for number in undecided:
        beside = [one for one in (number - 1, number + 1) if 0 <= one < len(sentences)]
        if beside and all(one in found for one in beside):
            found.add(number)
    return frozenset(found)


def is_english(text: str) -> bool:
    """Whether a text has a sentence in English; True for one of which nothing can be judged."""
    some_foreign = False
    for sentence in split(text):
        verdict = _is_foreign(sentence.text, _SURE)
        if verdict is False:
            return True
        some_foreign = some_foreign or verdict is True
    return not some_foreign


def begin_loading() -> None:
    """Load the library's model in the background, half a second that the first paper need not wait for."""
    threading.Thread(target=_identifier, name="load languages", daemon=True).start()


def _is_foreign(sentence: str, least: float) -> bool | None:
    """None where there is too little to judge by."""
    text = " ".join(_words_of(sentence))
    letters = [sign for sign in text if sign.isalpha()]
    if sum(letter.isascii() for letter in letters) < _LEAST_LATIN * len(letters):
        return True
    if len(text.split()) < _FEWEST_WORDS:
        return None
    language, probability = _identifier().classify(text)
    return bool(language != "en" and probability >= least)


def _words_of(text: str) -> Iterator[str]:
    """All that stands outside formulas and addresses, without what holds no letters."""
    done = 0
    for start, end, _ in [*protected(text), (len(text), len(text), "")]:
        yield from (word for word in text[done:start].split() if any(map(str.isalpha, word)))
        done = end


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    made.set_languages(_LANGUAGES.split())
    return made
