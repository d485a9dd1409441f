"""A finished gloss in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from arxiv_gloss.events import Flag, ModelUse
from arxiv_gloss.services.gloss.headings import headings
from arxiv_gloss.services.gloss.result import GlossResult
from arxiv_gloss.text.escaping import shown

FLAGS = {
    "number_missing": "not in the translation: {text}",
    "formula_missing": "not in the translation: {text}",
    "url_missing": "not in the translation: {text}",
    "name_missing": "not in the translation: {text}",
    "number_added": "not in the original: {text}",
    "identifier_added": "not in the original: {text}",
    "formula_added": "not in the original: {text}",
    "url_added": "not in the original: {text}",
    "unit_changed": "{source} became {target}",
    "negation_lost": "a negation may be lost",
    "comparison_flipped": "a comparison may be turned around",
    "conflict": "the glossary has {target} for {source}",
    "number_count": "{text}: {source} times in the original, {target} here",
    "formula_count": "{text}: {source} times in the original, {target} here",
    "url_count": "{text}: {source} times in the original, {target} here",
    "name_count": "{text}: {source} times in the original, {target} here",
    "direction_flipped": "{source} became {target}",
    "word_missing": "not in the translation: {text} ({target})",
    "cut_off": "cut off",
    "unsure": "unsure",
    "untranslated": "too unsure to be taken for a translation",
    "not_english": "not in English, stands as it is",
}
"""Words for what could not be verified; an unknown code is shown as it is."""
NOTICES = {"llm_stopped": "{model} could not be asked ({reason}); {rows} texts stay the shipped model's."}
"""Words for how a gloss was made."""


def print_gloss(console: Console, gloss: GlossResult, target: str = "zh") -> None:
    """Title, summary, takeaways with the numbers of the sentences behind them, translation sentence by sentence."""
    words = headings(target)
    if gloss.title:
        say(console, text(gloss.title.source, "dim"))
        say(console, text(gloss.title.text, "bold").append_text(flag_marks(gloss.title.flags)))
    if gloss.summary:
        head(console, words["summary"])
        for sentence in gloss.summary.sentences:
            _line(console, text(sentence.text), _behind(sentence.evidence), sentence.flags)
    if gloss.takeaways:
        head(console, words["takeaways"])
        for takeaway in gloss.takeaways:
            label = f"{words[takeaway.label]}{words[':']}" if takeaway.label else ""
            line = text(label, "cyan").append_text(text(takeaway.text))
            if takeaway.withheld:
                line.append("  (too little support to be taken as fact)", "yellow")
            _line(console, line, _behind(takeaway.evidence), takeaway.flags)
    if gloss.segments:
        head(console, words["translation"])
        for segment in gloss.segments:
            say(console, text(f"{segment.index + 1}  {segment.source}", "dim"), 2)
            _line(console, text(segment.text), Text(), segment.flags)
    console.print()
    for notice in gloss.notices:
        console.print(Text(NOTICES.get(notice.code, notice.code).format_map(notice.params), "yellow"))
    if gloss.doubtful:
        say(console, Text("This paper is outside what the model knows well.", "yellow"))
    say(console, text(provenance(gloss.models, gloss.seconds, gloss.asked), "dim"))


def provenance(models: Sequence[ModelUse], seconds: float, asked: Sequence[str]) -> str:
    """One line: what made it, how long that took, and what left this machine for it."""
    named = ", ".join(f"{model.name} · {model.precision} · {model.provider}" for model in models)
    left = f"asked: {', '.join(asked)}" if asked else "nothing left this machine"
    return f"{named} · {seconds:.2f} s · {left}"


def text(words: str, style: str = "") -> Text:
    """Words of others on a terminal, which obeys none of them."""
    return Text(shown(words), style)


def say(console: Console, words: Text, indent: int = 0) -> None:
    """A line, broken where the terminal ends. In a pipe or a file it stays one line: what reads it cuts for itself."""
    if console.is_terminal:
        console.print(Padding(words, (0, 0, 0, indent)))
    else:
        console.print(Text(" " * indent).append_text(words), soft_wrap=True)


def head(console: Console, name: str) -> None:
    console.print()
    console.print(text(name, "bold red"))


def _line(console: Console, words: Text, behind: Text, flags: Sequence[Flag]) -> None:
    say(console, Text.assemble(words, behind, flag_marks(flags)), 5)


def _behind(evidence: Sequence[int]) -> Text:
    return text("".join(f" [{k + 1}]" for k in evidence), "dim")


def flag_marks(flags: Sequence[Flag]) -> Text:
    words = [FLAGS.get(flag.code, flag.code).format_map(flag.params) for flag in flags]
    return text("".join(f"  ⚠ {word}" for word in words), "yellow")
