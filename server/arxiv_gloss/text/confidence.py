"""How far a text of a model can be believed: what can be measured of it, and a small logistic model over that.

The model is data (tables/doubt.toml), fitted by `models/recipe/doubt.py` to sentences that were read and judged
(models/data/judged.tsv).
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from statistics import fmean

from arxiv_gloss.text.numbers.languages import language
from arxiv_gloss.text.numbers.polarity import comparison_flipped, negation_lost
from arxiv_gloss.text.terms.evidence import explained
from arxiv_gloss.text.terms.glossary import FoundTerm
from arxiv_gloss.text.terms.lexicon import Lexicon, pairs_of, stems

LIKED_LEAST = 3
"""Tokens whose mean is the feature `lowest`; that of the next ones is `low`."""
MOST_FAULTS = 3
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
_CONTENT = re.compile(r"\b[a-z][a-z'-]{3,}")
"""Words that a translation should render: in small letters, as names may stay; longer than most articles."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_FORMULA = re.compile(r"\$[^$]*\$|\\[A-Za-z]+")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_STRETCH = 4
"""Characters that, where they come again in a row, are a repetition."""
_HAN_PER_WORD = 1.7
"""Of references."""


@dataclass(frozen=True, slots=True)
class ScoredText:
    """One text of a model, and what it renders."""

    source: str
    text: str
    score: float
    """Mean natural log probability per token."""
    lowest: Sequence[float]
    """Natural log probabilities of the tokens that the model liked least, rising; may be empty."""
    terms: Sequence[FoundTerm]
    """The known terms of the source, whether or not they went through the model as slots."""
    faults: int
    """How many the ledger finds."""


@dataclass(frozen=True, slots=True)
class Feature:
    """How a feature counts: in the log odds of an error, `weight` for each `spread` above `mean`."""

    mean: float
    spread: float
    weight: float

    def log_odds(self, value: float) -> float:
        return self.weight * (value - self.mean) / self.spread


@dataclass(frozen=True, slots=True)
class DoubtModel:
    """Weights, and the confidences below which something is done about a text."""

    bias: float
    features: Mapping[str, Feature]
    disagreements: Mapping[str, float]
    """Log odds of an error that each disagreement of a condensation with its sentence adds."""
    unsure: float
    """Below it a text is marked."""
    untranslated: float
    """Below it the original stands in its place."""
    outside: float
    """A paper with a lower mean is outside what the model knows."""

    def confidence(self, measured: Mapping[str, float], disagreeing: Sequence[str] = ()) -> float:
        """The probability that a text has no error of meaning, 0..1. A feature that was not measured says nothing, nor
        does one that the model does not know."""
        known = ((self.features[name], value) for name, value in measured.items() if name in self.features)
        doubt = self.bias + sum(feature.log_odds(value) for feature, value in known)
        doubt += sum(self.disagreements[name] for name in disagreeing)
        return 1 / (1 + math.exp(min(50.0, doubt)))


def read_doubt(toml: str) -> DoubtModel:
    table = tomllib.loads(toml)
    features = {name: Feature(**feature) for name, feature in table["features"].items()}
    thresholds = table["thresholds"]
    return DoubtModel(
        table["bias"],
        features,
        table["disagreements"],
        thresholds["unsure"],
        thresholds["untranslated"],
        thresholds["outside"],
    )


@cache
def shipped_doubt() -> DoubtModel:
    """The model of doubt that comes with the package."""
    return read_doubt(files("arxiv_gloss.text").joinpath("tables", "doubt.toml").read_text("utf-8"))


def translation_features(said: ScoredText, lexicon: Lexicon) -> dict[str, float]:
    """Features of a translation, in which everything must come back."""
    words = len(_WORD.findall(said.source))
    size = len(_HAN.findall(said.text)) + 2 * len(_LATIN.findall(said.text))
    unaccounted, unknown = _words_left(said, lexicon)
    return condensation_features(said, lexicon) | {
        "unaccounted": unaccounted,
        "unknown": unknown,
        "terms_lost": float(sum(one.term.target not in said.text for one in said.terms)),
        "disorder": _disorder(said.source, said.text),
        "short": max(0.0, math.log((2 + _HAN_PER_WORD * words) / (2 + size))),
    }


def condensation_features(said: ScoredText, lexicon: Lexicon) -> dict[str, float]:
    """Features of a condensation, which may leave things out."""
    lowest = list(said.lowest) or [said.score]
    return {
        "score": said.score,
        "lowest": fmean(lowest[:LIKED_LEAST]),
        "low": fmean(lowest[LIKED_LEAST:] or [0.0]),
        "unexplained": _unexplained(said, lexicon),
        "latin_added": float(_latin_added(said)),
        "repeated": float(_comes_again(_FORMULA.sub("", said.text))),
        "length": math.log(1 + len(_WORD.findall(said.source))),
        "faults": float(min(MOST_FAULTS, said.faults)),
    }


def disagreements(source: str, text: str, target: str = "zh") -> list[str]:
    """In what a condensation speaks against its sentence: `direction`, `negation` or `condition`."""
    ours, theirs = language("en"), language(target)
    found = []
    if comparison_flipped(source, text, ours, theirs):
        found.append("direction")
    if negation_lost(source, text, ours, theirs):
        found.append("negation")
    if _CONDITION.search(source) and not _CONDITION_ZH.search(text):
        found.append("condition")
    return found


_CONDITION = re.compile(r"\b(?:if|unless|only when|only for|provided that|assuming|under the assumption)\b", re.I)
_CONDITION_ZH = re.compile("若|如果|假设|假定|除非|当|只有|仅|条件|前提|时|下")


def _words_left(said: ScoredText, lexicon: Lexicon) -> tuple[float, float]:
    """Of the content words of the source, the share that nothing in the text accounts for, and the share that neither
    lexicon nor term base knows."""
    pairs, lower = set(pairs_of(said.text)), said.text.lower()
    words = list(_CONTENT.finditer(_FORMULA.sub(lambda formula: " " * len(formula[0]), said.source)))
    left = unknown = 0
    for word in words:
        terms = [one.term.target for one in said.terms if one.start <= word.start() < one.end]
        if word[0] in lower or any(target in said.text for target in terms):
            continue
        known = {pair for stem in stems(word[0]) for pair in lexicon.get(stem, ())}
        known |= {pair for target in terms for pair in pairs_of(target)}
        unknown += not known
        left += bool(known) and not known & pairs
    return left / max(1, len(words)), unknown / max(1, len(words))


def _unexplained(said: ScoredText, lexicon: Lexicon) -> float:
    """Share of the text's telling characters that no word and no term of the source accounts for."""
    counted, positions = explained(said.text, said.source, lexicon)
    for one in said.terms:
        for match in re.finditer(re.escape(one.term.target), said.text):
            positions |= set(range(*match.span()))
    return len(counted - positions) / max(1, len(counted))


def _comes_again(text: str) -> bool:
    """Whether a stretch of Chinese stands in the text twice, without overlap."""
    first: dict[str, int] = {}
    for run in _HAN_RUN.finditer(text):
        for at in range(run.start(), run.end() - _STRETCH + 1):
            if at - first.setdefault(text[at : at + _STRETCH], at) >= _STRETCH:
                return True
    return False


def _latin_added(said: ScoredText) -> int:
    """Latin words of the text that stand in no word of the source, and are not what a term is rendered by."""
    known = " ".join([said.source, *(one.term.target for one in said.terms)]).lower()
    return sum(word.lower() not in known for word in _LATIN.findall(_FORMULA.sub("", said.text)))


def _disorder(source: str, text: str) -> float:
    """How many neighbours among the formulas have changed their order, per neighbours; 0 where all stand as before."""
    place = {formula: at for at, formula in enumerate(dict.fromkeys(_FORMULA.findall(source)))}
    order = [place[formula] for formula in dict.fromkeys(_FORMULA.findall(text)) if formula in place]
    return sum(one > two for one, two in pairwise(order)) / max(1, len(order) - 1)
