"""What is wrong with an answer, as far as its form tells. Numbers, names and terms are the ledger's (services/gloss).

Each problem is a word for the log and for tests:

    unfinished      the server says that it cut the answer, or does not say that it ended
    no_answer       nothing, or not the JSON that was asked for
    thinking        thoughts aloud
    lines           more than one line
    echo            parts of the prompt, or the sentence as it was
    markup          HTML, code, links or invisible characters that the sentence has not
    script          another script than the language's
    short, long     much less or more than such a sentence takes
    no_end          no full stop where the sentence has one
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from arxiv_gloss.engine.llm.prompts import ANSWER, SentencePrompt, instructions

SCRIPTS = {
    "ar": "ARABIC",
    "fa": "ARABIC",
    "el": "GREEK",
    "he": "HEBREW",
    "hi": "DEVANAGARI",
    "ja": "CJK HIRAGANA KATAKANA",
    "ko": "HANGUL",
    "ru": "CYRILLIC",
    "th": "THAI",
    "uk": "CYRILLIC",
    "zh": "CJK",
}
"""First words of the Unicode names of a language's letters; of a language that is not here, LATIN."""
LEAST_OF_SCRIPT = 0.5
"""Share of an answer's letters, besides those that stand in its sentence."""
DENSE = frozenset({"zh", "ja", "ko", "th"})
_DENSE_LENGTHS, _LENGTHS = (0.2, 0.9), (0.5, 2.2)
"""Characters of an answer for each of its sentence, without tags. Of the ninety sentences of the known papers, 0.22 to
0.75 into Chinese."""
_FREE = 12
"""Characters that count on neither side: a short sentence may well double."""
_THOUGHT = re.compile(r"<(think|thinking|reasoning|thought)>.*?</\1>", re.S)
_THINKS = re.compile(r"</?(?:think|thinking|reasoning|thought)>|<\|?(?:channel|start|im_start|begin)", re.I)
_MARKUP = re.compile(r"<[A-Za-z!/][^<>]*>|```|\]\(|https?://|www\.|&#?\w+;|\*\*|^#+ ", re.M)
_LATIN = re.compile(r"[A-Za-zÀ-ž]+")
_TAGS = re.compile(r"\[ ?# ?\d+ ?\]")
_END = re.compile(r"[.!?。．！？…؟।][\"'”’」』）)\]]*$")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one prompt: a text, and what is wrong with it, if anything."""

    text: str
    problem: str = ""


def read(made: Any, prompt: SentencePrompt, json_schema: bool) -> Answer:
    """The answer in a server's reply, checked."""
    choices = made.get("choices") if isinstance(made, dict) else None
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
    message = choice.get("message")
    content = message.get("content") if isinstance(message, dict) else None
    if not isinstance(content, str):
        return Answer("", "no_answer")
    if choice.get("finish_reason") != "stop":
        return Answer(content, "unfinished")
    text = _THOUGHT.sub("", content).strip()
    if json_schema:
        text = _field(text)
    return Answer(text, problem_of(text, prompt))


def _field(content: str) -> str:
    try:
        found = json.loads(content)
    except ValueError:
        return ""
    text = found.get(ANSWER) if isinstance(found, dict) else None
    return text.strip() if isinstance(text, str) else ""


def problem_of(text: str, prompt: SentencePrompt) -> str:
    """The first problem of a text; "" for none."""
    source = prompt.text
    if not text:
        return "no_answer"
    if _THINKS.search(text):
        return "thinking"
    if "\n" in text:
        return "lines"
    if _echoes(text, prompt):
        return "echo"
    if _has_markup(text, source):
        return "markup"
    if not _is_in_script(text, prompt):
        return "script"
    if prompt.task != "gist" and _END.search(source) and not _END.search(text):
        return "no_end"
    return _length(text, prompt)


def _echoes(text: str, prompt: SentencePrompt) -> bool:
    words = _TAGS.sub("", prompt.text)
    said_again = len(words) > _FREE and words.casefold() in text.casefold() and prompt.target != "en"
    return said_again or any(
        one in text for one in [*instructions((prompt.target,)), "Title of the paper:", "Sentence:"]
    )


def _has_markup(text: str, source: str) -> bool:
    invisible = {one for one in text if unicodedata.category(one) in {"Cf", "Cc", "Co", "Cn"}}
    return bool(invisible - set(source)) or any(one not in source for one in _MARKUP.findall(text))


def _is_in_script(text: str, prompt: SentencePrompt) -> bool:
    """Names and abbreviations stand in the sentence, and are no evidence of either."""
    known = set(re.findall(r"[^\W\d_]+", prompt.text.casefold()))
    said = _LATIN.sub(lambda word: "" if word[0].casefold() in known else word[0], _TAGS.sub("", text))
    letters = "".join(re.findall(r"[^\W\d_]", said))
    scripts = SCRIPTS.get(prompt.target, "LATIN").split()
    own = sum(unicodedata.name(one, "?").split()[0] in scripts for one in letters)
    return own >= LEAST_OF_SCRIPT * len(letters) if letters else prompt.target not in SCRIPTS or not known


def _length(text: str, prompt: SentencePrompt) -> str:
    here, there = len(_TAGS.sub("", text)), len(_TAGS.sub("", prompt.text))
    least, most = _DENSE_LENGTHS if prompt.target in DENSE else _LENGTHS
    if here > most * there + _FREE:
        return "long"
    return "short" if prompt.task != "gist" and here + _FREE / 4 < least * (there - _FREE) else ""
