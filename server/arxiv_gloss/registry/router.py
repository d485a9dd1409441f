"""One engine made of several bundles, one for each role; callers use it like any other.

The glosser's encoder says which sentences matter, whatever the target. Target texts are written by the translator, or
by the glosser where it writes that language and no translator was chosen; condensations in a language that only the
translator writes are whole sentences, shortened by rule before they are translated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from arxiv_gloss.engine.protocol import (
    Encoding,
    Engine,
    EngineInfo,
    GeneratedText,
    ModelInfo,
    PartInfo,
    Row,
    RowRequest,
    Source,
    Text2Text,
)
from arxiv_gloss.errors import BadRequest
from arxiv_gloss.registry.placeholders import insert, restore
from arxiv_gloss.text.length_split import cut, joined
from arxiv_gloss.text.shorten import shorten

ENGLISH_SUMMARY = "english"
"""Task of the row that holds the summarizer's summary."""
TRANSLATED_TASKS = ("title", "translate", "gist")


@dataclass(frozen=True, slots=True)
class Roles:
    """Which model does what for one target language."""

    target: str
    glosser: Engine
    translator: Text2Text | None = None
    """None: the glosser writes the target."""
    summarizer: Text2Text | None = None


class RoutedEngine:
    """The engine of one target language: gives each row to the model of its role."""

    def __init__(self, roles: Roles, targets: tuple[str, ...]) -> None:
        """`targets`: all languages that some installed model writes."""
        self._roles = roles
        self.info = _info(roles, targets)

    def encode(self, source: Source) -> Encoding:
        return self._roles.glosser.encode(source)

    def embed(self, source: Source) -> tuple[float, ...]:
        return self._roles.glosser.embed(source)

    def decode(
        self,
        encoding: Encoding,
        requests: Sequence[RowRequest],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[tuple[RowRequest, Row]]:
        """Rows of the glosser first: it is the faster one."""
        by_role: dict[str, list[RowRequest]] = {"glosser": [], "translator": [], "summarizer": []}
        for request in requests:
            by_role[self._role(request)].append(request)
        if by_role["glosser"]:
            yield from self._roles.glosser.decode(encoding, by_role["glosser"], cancelled)
        yield from self._translated(encoding.source, by_role["translator"], cancelled)
        for request in by_role["summarizer"]:
            yield request, self._summarized(encoding.source, cancelled)

    def _role(self, request: RowRequest) -> str:
        if request.task == ENGLISH_SUMMARY:
            return "summarizer"
        roles = self._roles
        if roles.translator is None or request.task not in TRANSLATED_TASKS:
            return "glosser"
        is_glossers = request.task == "gist" and roles.target in roles.glosser.info.targets
        return "glosser" if is_glossers else "translator"

    def _translated(
        self, source: Source, requests: Sequence[RowRequest], cancelled: Callable[[], bool]
    ) -> Iterator[tuple[RowRequest, Row]]:
        """All in one batch, slots as placeholders; those that lost one, or doubled it, once more without any."""
        translator = self._roles.translator
        if translator is None or not requests:
            return
        sent = [insert(_marked(source, one), source.surfaces, one.required_slots, translator.tag) for one in requests]
        again: list[RowRequest] = []
        for n, text in self._generate(translator, [one.text for one in sent], cancelled):
            marked = restore(text.text, sent[n])
            if marked is None:
                again.append(requests[n])
            else:
                yield requests[n], self._row(source, requests[n], text, marked)
        plain = [insert(_marked(source, one), source.surfaces, frozenset(), "") for one in again]
        for n, text in self._generate(translator, [one.text for one in plain], cancelled):
            yield again[n], self._row(source, again[n], text, restore(text.text, plain[n]) or text.text)

    def _row(self, source: Source, request: RowRequest, text: GeneratedText, marked: str) -> Row:
        support = tuple(float(k == request.segment) for k in range(len(source.segments)))
        origin = self._roles.translator.info.name if self._roles.translator else ""
        return Row(marked, text.ids, text.score, support, text.complete, origin=origin)

    def _generate(
        self, model: Text2Text, texts: Sequence[str], cancelled: Callable[[], bool], target: str = ""
    ) -> Iterator[tuple[int, GeneratedText]]:
        """(position in `texts`, text). What is too long for the model is cut, and its parts are joined again."""
        target = target or self._roles.target
        longest = model.max_source_tokens(target)
        parts = [cut(text, lambda part: model.count_tokens(part) <= longest) for text in texts]
        owner = [n for n, some in enumerate(parts) for _ in some]
        first = [owner.index(n) for n in range(len(texts))]
        made: list[dict[int, GeneratedText]] = [{} for _ in texts]
        for k, text in model.generate([part for some in parts for part in some], target, cancelled):
            n = owner[k]
            made[n][k - first[n]] = text
            if len(made[n]) == len(parts[n]):
                yield n, _joined([made[n][m] for m in sorted(made[n])], target)

    def _summarized(self, source: Source, cancelled: Callable[[], bool]) -> Row:
        summarizer = self._roles.summarizer
        if summarizer is None:
            raise BadRequest("There is no summarizer.")
        plain = [insert(segment, source.surfaces, frozenset(), "").text for segment in source.segments]
        ((_, text),) = self._generate(summarizer, [" ".join(plain)], cancelled, "en")
        return Row(text.text, text.ids, text.score, (), text.complete, origin=summarizer.info.name)


def _marked(source: Source, request: RowRequest) -> str:
    if request.segment is None:
        return source.title
    segment = source.segments[request.segment]
    return shorten(segment) if request.task == "gist" else segment


def _joined(parts: list[GeneratedText], target: str) -> GeneratedText:
    """One text of its parts; the score is the mean over all their tokens."""
    if len(parts) == 1:
        return parts[0]
    ids = tuple(token for part in parts for token in part.ids)
    counts = [len(part.ids) + 1 for part in parts]
    mean = sum(part.score * n for part, n in zip(parts, counts, strict=True)) / sum(counts)
    text = joined([part.text for part in parts], target)
    return GeneratedText(text, ids, round(mean, 4), all(part.complete for part in parts))


def _info(roles: Roles, targets: tuple[str, ...]) -> EngineInfo:
    """The glosser's own where it is alone, so that its cached rows stay valid."""
    own = roles.glosser.info
    if roles.translator is None and roles.summarizer is None:
        return replace(own, targets=targets)
    parts = [PartInfo("glosser", own.name, own.digest, own.precision, own.provider)]
    if roles.translator is not None:
        parts.append(_part("translator", roles.translator.info))
    if roles.summarizer is not None:
        parts.append(_part("summarizer", roles.summarizer.info))
    key = "\n".join([roles.target, *(f"{part.role} {part.digest} {part.precision}" for part in parts)])
    digest = hashlib.sha256(key.encode()).hexdigest()
    return replace(own, digest=digest, targets=targets, parts=tuple(parts))


def _part(role: Literal["translator", "summarizer"], info: ModelInfo) -> PartInfo:
    return PartInfo(role, info.name, info.digest, info.precision, info.provider)
