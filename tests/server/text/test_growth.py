"""No text makes a rule slow: time grows with a text's length, not with its square.

Every pattern of `text/` and `papers/` is looked for, wherever it stands, and run over texts that once were slow and
others like them. Growth is compared, never seconds: twice the text may take three times as long.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

import arxiv_gloss
from arxiv_gloss.papers.markup import parse
from arxiv_gloss.text import escaping, segments, shorten
from arxiv_gloss.text.numbers import languages, polarity, quantities
from arxiv_gloss.text.protected import protected
from arxiv_gloss.text.slots import mark

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no timer to stop a pattern with")
PACKAGE = Path(arxiv_gloss.__file__).parent
REPEATED = (
    r"a¦A¦1¦ ¦-¦a-¦A-¦a-1¦1-¦1,¦1.¦1,000,¦a ¦A ¦A b ¦(¦[¦{¦}¦$¦\¦\begin{a}¦\(¦\[¦$$ a ¦$a¦\$¦<¦&#¦&a¦http://¦"
    r"www.¦a@¦a@a.¦a.¦10.1000/¦'¦a'¦\cite{¦\cite[¦\cite[a]¦\emph{¦{\em ¦\href{¦\'¦\\[¦⟪1¦⟦1¦In this paper, ¦"
    r"To address this a ¦two ¦two-¦two hundred ¦5 million ¦10^¦10 × ¦1e¦分之¦百¦三¦May ¦3 May ¦(1¦Figure ¦"
    r"Table A.¦IV¦A.1.¦Appendix ¦page ¦- ¦ (e.g. ¦GPT-¦e.g. ¦A. ¦..¦. . ¦., ¦,;¦ ; ¦. A¦é¦¨a¦a ¨¦，¦arXiv:¦"
    r"arxiv.org/abs/¦cs.CL-¦[1] ¦1) ¦1 of ¦showing ¦(cs.¦title: ¦abstract ¦and ¦& ¦with ¦a- ¦ ,¦not ¦no ¦"
    r"more than ¦at least ¦half ¦two thirds ¦approximately "
)
UNITS = [*REPEATED.split("¦"), "\n", "\t", "a-\n", "\u3000", "\u0301"]
SCREENED, SHORT, LONG = 1_000, 40_000, 80_000
WORST = 2
"""Texts of which each pattern is run over in full: those that took it longest when they were short."""
NOISE = 0.03
"""Seconds of processor time that may be anything else."""
ENDLESS = 6.0
"""Seconds of processor time after which a pattern is stopped: its time grows with the square at least."""


def repeated(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length] + "\x00"


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Each pattern once, with the place where it stands."""
    seen: set[tuple[str, int]] = set()
    for file in sorted(file for room in ("text", "papers") for file in (PACKAGE / room).rglob("*.py")):
        name = ".".join(("arxiv_gloss", *file.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        module = importlib.import_module(name)
        found = [(key, one) for key, value in vars(module).items() for one in within(value)]
        found += [(f"line {line}", one) for line, one in written_in_place(file)]
        for where, pattern in found:
            if (pattern.pattern, pattern.flags) not in seen:
                seen.add((pattern.pattern, pattern.flags))
                yield f"{name.removeprefix('arxiv_gloss.')}:{where}", pattern
    for code in ("en", "zh"):
        for field in dataclasses.fields(languages.Language):
            if isinstance(pattern := getattr(languages.language(code), field.name), re.Pattern):
                yield f"language {code}:{field.name}", pattern


def within(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from within(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from within(one)


def written_in_place(file: Path) -> Iterator[tuple[int, re.Pattern[str]]]:
    """`re.sub(r"…", …)` and its like."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(ast.Attribute(ast.Name("re")), [ast.Constant(str(text)), *_]):
                yield node.lineno, re.compile(text)


def seconds(work: Callable[[], object]) -> float:
    """Processor time, at most ENDLESS."""

    def stop(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    begun = time.thread_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, ENDLESS)
        work()
    except TimeoutError:
        return ENDLESS
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.thread_time() - begun


def grows_too_fast(work: Callable[[str], object], unit: str, short: int, long: int) -> bool:
    once = min(seconds(lambda: work(repeated(unit, short))) for _ in range(2))
    return once >= ENDLESS or min(seconds(lambda: work(repeated(unit, long))) for _ in range(2)) > 3 * once + NOISE


def test_the_patterns_are_found() -> None:
    places = [where for where, _ in patterns()]
    assert len(places) > 150
    assert {"text.protected:_CANDIDATE", "papers.pdf.front:_NAME", "language en:phrase"} <= set(places)


def test_every_pattern_takes_time_that_grows_with_the_text() -> None:
    slow = []
    for where, pattern in patterns():

        def search(text: str, pattern: re.Pattern[str] = pattern) -> None:
            for _ in pattern.finditer(text.encode() if isinstance(pattern.pattern, bytes) else text):
                pass

        texts = {unit: repeated(unit, SCREENED) for unit in UNITS}
        worst = sorted(UNITS, key=lambda unit: seconds(lambda: search(texts[unit])), reverse=True)[:WORST]  # noqa: B023
        slow += [(where, unit) for unit in worst if grows_too_fast(search, unit, SHORT, LONG)]
    assert not slow


ENGLISH, CHINESE = languages.language("en"), languages.language("zh")
RULES: dict[str, Callable[[str], object]] = {
    "normalise": segments.normalise,
    "split": lambda text: [segments.utf16_span(text, one) for one in segments.split(text)],
    "mark": lambda text: mark(text, [text], "zh"),
    "flatten": quantities.flatten,
    "quantities": lambda text: quantities.quantities(quantities.flatten(text)[0], ENGLISH),
    "quantities in Chinese": lambda text: quantities.quantities(quantities.flatten(text)[0], CHINESE),
    "protected": lambda text: list(protected(text)),
    "shorten": shorten.shorten,
    "negation": lambda text: polarity.negation_lost(text, text, ENGLISH, CHINESE),
    "bibtex": escaping.escape_bibtex,
    "markdown": escaping.escape_markdown,
}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_takes_time_that_grows_with_the_text(rule: str) -> None:
    """Rules that call patterns again and again; the longest abstract has 20,000 characters."""
    work = RULES[rule]
    texts = {unit: repeated(unit, SCREENED) for unit in UNITS}
    worst = sorted(UNITS, key=lambda unit: seconds(lambda: work(texts[unit])), reverse=True)[:WORST]
    assert not [unit for unit in worst if grows_too_fast(work, unit, 10_000, 20_000)]


def test_a_page_of_formulas_takes_time_that_grows_with_the_page() -> None:
    """Of each one it is asked whether a script with its TeX stands behind it."""
    typeset = '<span class="MathJax">x</span>'
    assert not grows_too_fast(lambda html: parse(html).text(), typeset, SHORT, LONG)
