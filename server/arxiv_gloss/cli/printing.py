"""A finished gloss in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from arxiv_gloss.events import Flag, ModelUse
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


def print_gloss(console: Console, gloss: GlossResult) -> None:
    """Title, summary, takeaways with the numbers of the sentences behind them, translation sentence by sentence."""
    if gloss.title:
        console.print(text(gloss.title.source, "dim"))
        console.print(text(gloss.title.text, "bold"), flag_marks(gloss.title.flags))
    if gloss.summary:
        head(console, "Summary")
        for sentence in gloss.summary.sentences:
            _line(console, text(sentence.text), _behind(sentence.evidence), sentence.flags)
    if gloss.takeaways:
        head(console, "Takeaways")
        for takeaway in gloss.takeaways:
            line = text(f"{takeaway.label}: " if takeaway.label else "", "cyan").append_text(text(takeaway.text))
            if takeaway.withheld:
                line.append("  (too little support to be taken as fact)", "yellow")
            _line(console, line, _behind(takeaway.evidence), takeaway.flags)
    if gloss.segments:
        head(console, "Translation")
        for segment in gloss.segments:
            console.print(Padding(text(f"{segment.index + 1}  {segment.source}", "dim"), (0, 0, 0, 2)))
            _line(console, text(segment.text), Text(), segment.flags)
    console.print()
    if gloss.doubtful:
        console.print(Text("This paper is outside what the model knows well.", "yellow"))
    console.print(text(provenance(gloss.models, gloss.seconds, gloss.asked), "dim"))


def provenance(models: Sequence[ModelUse], seconds: float, asked: Sequence[str]) -> str:
    """One line: what made it, how long that took, and what left this machine for it."""
    named = ", ".join(f"{model.name} · {model.precision} · {model.provider}" for model in models)
    left = f"asked: {', '.join(asked)}" if asked else "nothing left this machine"
    return f"{named} · {seconds:.2f} s · {left}"


def text(words: str, style: str = "") -> Text:
    """Words of others on a terminal, which obeys none of them."""
    return Text(shown(words), style)


def head(console: Console, name: str) -> None:
    console.print()
    console.print(text(name, "bold red"))


def _line(console: Console, words: Text, behind: Text, flags: Sequence[Flag]) -> None:
    console.print(Padding(Text.assemble(words, behind, flag_marks(flags)), (0, 0, 0, 5)))


def _behind(evidence: Sequence[int]) -> Text:
    return text("".join(f" [{k + 1}]" for k in evidence), "dim")


def flag_marks(flags: Sequence[Flag]) -> Text:
    words = [FLAGS.get(flag.code, flag.code).format_map(flag.params) for flag in flags]
    return text("".join(f"  ⚠ {word}" for word in words), "yellow")
