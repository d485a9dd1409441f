"""How far a translation can be believed: fits the doubt model to sentences that were read and judged.

    python -m models.recipe.doubt [--judged FILE] [--output FILE]
    python -m models.recipe.doubt --add JUDGED --bundle BUNDLE --papers PAPERS.jsonl

The first form reads models/data/judged.tsv, prints what the model is worth on papers that it was not fitted to, and
writes server/arxiv_gloss/text/tables/doubt.toml. The second translates the papers (`id`, `categories`, `title` and
`sentences`, pairs of English and Chinese) first, and adds to the table each judged sentence (tab-separated: paper,
sentence, source, output, class, errors) whose output the bundle says now; a sentence that is there already gets the
bundle's scores.

Class: a no error, b minor errors only, c an error of meaning, d a reader would believe something false.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from arxiv_gloss.engine.bundle import open_bundle
from arxiv_gloss.engine.glosser.engine import load_engine
from arxiv_gloss.services.gloss import flags
from arxiv_gloss.services.gloss.glosser import TERM_RULES
from arxiv_gloss.services.gloss.paper import of_sentences
from arxiv_gloss.services.gloss.rendering import render_translation
from arxiv_gloss.services.gloss.rows import Rows
from arxiv_gloss.services.gloss.terms import PaperTerms, archives_of
from arxiv_gloss.services.gloss.translation import TranslationSection
from arxiv_gloss.storage.glossary import shipped_lexicon
from arxiv_gloss.storage.row_cache import RowCache
from arxiv_gloss.text.confidence import DoubtModel, Feature, ScoredText, translation_features
from arxiv_gloss.text.segments import normalise
from arxiv_gloss.text.slots import mark, no_terms
from arxiv_gloss.text.terms.glossary import Glossary
from arxiv_gloss.text.terms.term_base import shipped_base

from .workfolder import stage_parser

_Floats = NDArray[np.float64]
JUDGED = Path("models/data/judged.tsv")
_OUTPUT = Path("server/arxiv_gloss/text/tables/doubt.toml")
FALLS = frozenset({"score", "lowest", "low"})
"""Features that fall where doubt grows; the others grow with it. A weight of the other sign is chance."""
_RIDGE = 3.0
FOLDS = 10
MARKED, REPLACED = 0.06, 0.015
"""Shares of the right sentences that may be marked, and that may be replaced by the original."""
OUTSIDE_SHARE = 0.65
"""A paper of which so many sentences are likely to be wrong is outside what the model knows."""
DISAGREEMENTS = {"direction": 2.0, "negation": 1.0, "condition": 0.3}
"""By hand: no condensations have been judged yet."""


@dataclass(frozen=True)
class Judged:
    """A row of the table. `archives` and `lowest` are parted by spaces."""

    paper: str
    sentence: str
    """Its number from 0, or T for the title."""
    archives: str
    model: str
    score: float
    lowest: str
    source: str
    output: str
    judgement: str
    errors: str

    @property
    def is_wrong(self) -> bool:
        return self.judgement in "cd"

    @property
    def key(self) -> tuple[str, str, str]:
        return self.paper, self.sentence, self.output


def read_judged(path: Path) -> list[Judged]:
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [
        Judged(row[0], row[1], row[2], row[3], float(row[4]), row[5], row[6], row[7], row[8], row[9]) for row in rows
    ]


def write_judged(path: Path, rows: Iterable[Judged]) -> None:
    head = "\t".join(field.name for field in fields(Judged))
    path.write_text("\n".join([head, *("\t".join(map(str, astuple(row))) for row in rows)]) + "\n", encoding="utf-8")


def features_of(row: Judged) -> dict[str, float]:
    terms = shipped_base().find(row.source, row.archives.split())
    surfaces = mark("", [row.source], "zh").surfaces
    faults = len(flags.translation_flags(row.source, row.output, surfaces))
    lowest = [float(score) for score in row.lowest.split()]
    return translation_features(ScoredText(row.source, row.output, row.score, lowest, terms, faults), shipped_lexicon())


def _fit(values: _Floats, wrong: NDArray[np.bool_], falls: Sequence[bool]) -> tuple[_Floats, float]:
    """Weights [F] and bias of a logistic regression, with a ridge and with the sign that each feature must have, on
    standardised `values` [N, F]."""
    signs = np.where(wrong, 1.0, -1.0)

    def loss(parameters: _Floats) -> tuple[float, _Floats]:
        margins = signs * (values @ parameters[:-1] + parameters[-1])
        pull = -signs / (1 + np.exp(np.clip(margins, -50, 50)))
        gradient = np.append(values.T @ pull + 2 * _RIDGE * parameters[:-1], pull.sum())
        return float(np.logaddexp(0, -margins).sum() + _RIDGE * (parameters[:-1] ** 2).sum()), gradient

    bounds = [(None, 0.0) if fall else (0.0, None) for fall in falls] + [(None, None)]
    found = minimize(loss, np.zeros(values.shape[1] + 1), jac=True, bounds=bounds, method="L-BFGS-B")
    return found.x[:-1], float(found.x[-1])


def fit_doubt(measured: Sequence[dict[str, float]], wrong: NDArray[np.bool_]) -> DoubtModel:
    """The model, with thresholds still at 0."""
    names = list(measured[0])
    values = np.array([[one[name] for name in names] for one in measured])
    mean, spread = values.mean(0), np.maximum(values.std(0), 1e-3)
    weights, bias = _fit((values - mean) / spread, wrong, [name in FALLS for name in names])
    features = {
        name: Feature(*(round(float(number), 4) for number in numbers))
        for name, *numbers in zip(names, mean, spread, weights, strict=True)
    }
    return DoubtModel(round(bias, 4), features, DISAGREEMENTS, 0.0, 0.0, 0.0)


def held_out(rows: Sequence[Judged], measured: Sequence[dict[str, float]], wrong: NDArray[np.bool_]) -> _Floats:
    """The confidence in each row of a model that saw no row of its paper."""
    papers = sorted({row.paper for row in rows})
    random.Random(4).shuffle(papers)
    fold = {paper: number % FOLDS for number, paper in enumerate(papers)}
    folds = np.array([fold[row.paper] for row in rows])
    found = np.zeros(len(rows))
    for number in range(FOLDS):
        inside = np.flatnonzero(folds != number).tolist()
        model = fit_doubt([measured[k] for k in inside], wrong[inside])
        for k in np.flatnonzero(folds == number).tolist():
            found[k] = model.confidence(measured[k])
    return found


def area(confidence: _Floats, wrong: NDArray[np.bool_]) -> float:
    """Area under the ROC curve: how often a right sentence gets more confidence than a wrong one."""
    right, other = confidence[~wrong], confidence[wrong]
    above = (right[:, None] > other).mean() + 0.5 * (right[:, None] == other).mean()
    return float(above)


def with_thresholds(model: DoubtModel, confidence: _Floats, wrong: NDArray[np.bool_]) -> DoubtModel:
    unsure, untranslated = (round(float(np.quantile(confidence[~wrong], share)), 3) for share in (MARKED, REPLACED))
    return replace(model, unsure=unsure, untranslated=untranslated, outside=1 - OUTSIDE_SHARE)


def toml(model: DoubtModel) -> str:
    lines = [_HEAD, f"bias = {model.bias}", "", "[thresholds]"]
    lines += [f"{name} = {getattr(model, name)}" for name in ("unsure", "untranslated", "outside")]
    lines += ["", "[disagreements]  # by hand"]
    lines += [f"{name} = {weight}" for name, weight in model.disagreements.items()]
    lines += ["", "[features]  # log odds of an error, for each spread above the mean"]
    for name, one in model.features.items():
        lines.append(f"{name} = {{ mean = {one.mean}, spread = {one.spread}, weight = {one.weight} }}")
    return "\n".join(lines) + "\n"


_HEAD = """\
# How far a translation can be believed: a logistic model of text/confidence.py's features, made by
# models/recipe/doubt.py from models/data/judged.tsv. A text below a threshold is marked as unsure, or gives way to its
# original; a paper whose mean is below the third is outside what the model knows.
"""


def _report(rows: Sequence[Judged], confidence: _Floats, wrong: NDArray[np.bool_], model: DoubtModel) -> str:
    """What the thresholds do, on papers held out."""
    lines = [f"{len(rows)} sentences of {len({row.paper for row in rows})} papers, {wrong.sum()} wrong; held out:"]
    for name in [*sorted({row.model for row in rows}), ""]:
        here = np.array([row.model == name or not name for row in rows])
        seen, bad = confidence[here], wrong[here]
        lines.append(f"{name or 'all':24} AUC {area(seen, bad):.3f}  wrong {bad.mean():.0%}")
        for what in ("unsure", "untranslated"):
            below = seen < getattr(model, what)
            false = np.array([row.judgement == "d" for row in rows])[here]
            lines.append(
                f"  below {what} {getattr(model, what):.3f}: wrong {below[bad].mean():.1%}, "
                f"false {below[false].mean():.1%}, right {below[~bad].mean():.1%}"
            )
    bins = np.digitize(confidence, [0.2, 0.4, 0.6, 0.8])
    told = (f"{1 - wrong[bins == k].mean():.2f} of {(bins == k).sum()}" for k in range(5) if (bins == k).any())
    return "\n".join([*lines, f"right by fifths of confidence: {', '.join(told)}"])


def said_now(
    bundle: Path, papers: Path, wanted: set[str], progress: Callable[[str], object]
) -> dict[tuple[str, str], Judged]:
    """What a bundle says of each sentence of the papers, not yet judged."""
    opened = open_bundle(bundle)
    engine, found = load_engine(opened), {}
    name = f"{opened.name} {opened.digest[:8]}"
    for line in papers.read_text(encoding="utf-8").splitlines():
        paper = json.loads(line)
        if paper["id"] in wanted:
            for one in _rows(engine, paper, name):
                found[one.paper, one.sentence] = one
            progress(f"{paper['id']}: {len(found)} sentences")
    return found


def _rows(engine: Any, paper: dict[str, Any], name: str) -> Iterable[Judged]:
    sentences = [normalise(english) for english, _ in paper["sentences"]]
    texts = [paper["title"], *sentences]
    categories = paper["categories"].split(",")
    archives = archives_of(categories) or shipped_base().fields(texts)
    terms = PaperTerms(Glossary(), shipped_base())(categories, texts)
    made = of_sentences(sentences, "zh", paper["title"], terms if engine.info.rules >= TERM_RULES else no_terms)
    made = replace(made, query=replace(made.query, parts=("title", "translation")))
    rows = Rows(engine, RowCache(None), made.source, lambda: False)
    for request, row in rows.decode(TranslationSection(made).requests):
        k = request.segment
        source, marked = (texts[0], made.source.title) if k is None else (sentences[k], made.source.segments[k])
        text = render_translation(row, source, marked, made.surfaces, is_title=k is None).text
        place, lowest = "T" if k is None else str(k), " ".join(map(str, row.lowest))
        yield Judged(paper["id"], place, " ".join(archives), name, row.score, lowest, source, text, "", "")


def add_judged(known: list[Judged], judged: Path, bundle: Path, papers: Path) -> list[Judged]:
    """The table with the bundle's scores, and with the sentences of `judged` that it says word for word."""
    lines = [line.split("\t") for line in judged.read_text(encoding="utf-8").splitlines()[1:]]
    now = said_now(bundle, papers, {line[0] for line in lines} | {row.paper for row in known}, print)
    table = {row.key: row for row in known}
    for paper, sentence, _, output, judgement, *errors in lines:
        if (one := now.get((paper, sentence))) and one.output == output:
            table[one.key] = replace(one, judgement=judgement, errors="; ".join(errors))
    for row in known:
        if (one := now.get((row.paper, row.sentence))) and one.output == row.output:
            table[row.key] = replace(one, judgement=row.judgement, errors=row.errors)
    return sorted(table.values(), key=lambda row: (row.model, row.paper, row.sentence))


def main() -> None:
    parser = stage_parser(__doc__)
    parser.add_argument("--judged", type=Path, default=JUDGED)
    parser.add_argument("--output", type=Path, default=_OUTPUT)
    parser.add_argument("--add", type=Path)
    parser.add_argument("--bundle", type=Path)
    parser.add_argument("--papers", type=Path)
    args = parser.parse_args()
    rows = read_judged(args.judged)
    if args.add:
        rows = add_judged(rows, args.add, args.bundle, args.papers)
        write_judged(args.judged, rows)
    measured = [features_of(row) for row in rows]
    wrong = np.array([row.is_wrong for row in rows])
    confidence = held_out(rows, measured, wrong)
    model = with_thresholds(fit_doubt(measured, wrong), confidence, wrong)
    args.output.write_text(toml(model), encoding="utf-8")
    print(_report(rows, confidence, wrong, model))


if __name__ == "__main__":
    main()
