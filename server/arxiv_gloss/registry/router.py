"""An engine put together from several bundles, one for each role. It is asked like any other.

The glosser's encoder says which sentences matter, whatever the target. What is said in the target language is said by
the translator, or by the glosser where it speaks that language and no translator was chosen; condensations of a
language that only the translator speaks are whole sentences, shortened by rule before they are translated.
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
    ModelInfo,
    PartInfo,
    Row,
    RowRequest,
    Source,
    Speaker,
    Text,
)
from arxiv_gloss.errors import BadRequest
from arxiv_gloss.registry.placeholders import tagged, untagged
from arxiv_gloss.text.length_split import cut, joined
from arxiv_gloss.text.shorten import shorten

IN_ENGLISH = "english"
"""Task of the row that holds the summarizer's summary."""
GIVEN_TO_A_TRANSLATOR = ("title", "translate", "gist")


@dataclass(frozen=True, slots=True)
class Roles:
    """Who does what for one target."""

    target: str
    glosser: Engine
    translator: Speaker | None = None
    """None: the glosser speaks the target."""
    summarizer: Speaker | None = None


class Composed:
    """The engine of one target language."""

    def __init__(self, roles: Roles, targets: tuple[str, ...]) -> None:
        """`targets`: all that some installed model speaks."""
        self._roles = roles
        self.info = _info(roles, targets)

    def encode(self, source: Source) -> Encoding:
        return self._roles.glosser.encode(source)

    def vector(self, source: Source) -> tuple[float, ...]:
        return self._roles.glosser.vector(source)

    def decode(
        self,
        encoding: Encoding,
        requests: Sequence[RowRequest],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[tuple[int, Row]]:
        """Rows of the glosser first: it is the faster one."""
        shares: dict[str, list[int]] = {"glosser": [], "translator": [], "summarizer": []}
        for position, request in enumerate(requests):
            shares[self._role(request)].append(position)
        glosser = shares["glosser"]
        for n, row in (
            self._roles.glosser.decode(encoding, [requests[k] for k in glosser], cancelled) if glosser else ()
        ):
            yield glosser[n], row
        yield from self._translated(encoding, requests, shares["translator"], cancelled)
        for position in shares["summarizer"]:
            yield position, self._summarized(encoding.source, cancelled)

    def _role(self, request: RowRequest) -> str:
        if request.task == IN_ENGLISH:
            return "summarizer"
        roles = self._roles
        if roles.translator is None or request.task not in GIVEN_TO_A_TRANSLATOR:
            return "glosser"
        is_glossers = request.task == "gist" and roles.target in roles.glosser.info.targets
        return "glosser" if is_glossers else "translator"

    def _translated(
        self,
        encoding: Encoding,
        requests: Sequence[RowRequest],
        positions: list[int],
        cancelled: Callable[[], bool],
    ) -> Iterator[tuple[int, Row]]:
        """All in one batch, slots as tags; and those that lost a tag, or doubled it, once more without any."""
        translator = self._roles.translator
        if translator is None or not positions:
            return
        source, tag = encoding.source, translator.tag
        asked = [tagged(_marked(source, requests[k]), source.surfaces, requests[k].required, tag) for k in positions]
        again: list[int] = []
        for n, text in self._say(translator, [one.text for one in asked], cancelled):
            marked = untagged(text.text, asked[n])
            if marked is None:
                again.append(n)
            else:
                yield positions[n], _row(source, requests[positions[n]], text, marked)
        plain = [tagged(_marked(source, requests[positions[n]]), source.surfaces, frozenset(), "") for n in again]
        for m, text in self._say(translator, [one.text for one in plain], cancelled):
            marked = untagged(text.text, plain[m]) or text.text
            yield positions[again[m]], _row(source, requests[positions[again[m]]], text, marked)

    def _say(
        self, speaker: Speaker, texts: Sequence[str], cancelled: Callable[[], bool], target: str = ""
    ) -> Iterator[tuple[int, Text]]:
        """Texts that are too long for the model are cut, said in parts, and put together again."""
        target = target or self._roles.target
        room = speaker.room(target)
        parts = [cut(text, lambda part: speaker.length(part) <= room) for text in texts]
        owner = [n for n, some in enumerate(parts) for _ in some]
        said: list[dict[int, Text]] = [{} for _ in texts]
        first = [owner.index(n) for n in range(len(texts))]
        for k, text in speaker.say([part for some in parts for part in some], target, cancelled):
            n = owner[k]
            said[n][k - first[n]] = text
            if len(said[n]) == len(parts[n]):
                yield n, _whole([said[n][m] for m in sorted(said[n])], target)

    def _summarized(self, source: Source, cancelled: Callable[[], bool]) -> Row:
        summarizer = self._roles.summarizer
        if summarizer is None:
            raise BadRequest("There is no summarizer.")
        plain = [tagged(segment, source.surfaces, frozenset(), "").text for segment in source.segments]
        ((_, text),) = self._say(summarizer, [" ".join(plain)], cancelled, "en")
        return Row(text.text, text.ids, text.score, (), (), text.complete)


def _marked(source: Source, request: RowRequest) -> str:
    if request.segment is None:
        return source.title
    segment = source.segments[request.segment]
    return shorten(segment) if request.task == "gist" else segment


def _row(source: Source, request: RowRequest, text: Text, marked: str) -> Row:
    support = tuple(float(k == request.segment) for k in range(len(source.segments)))
    return Row(marked, text.ids, text.score, (), support, text.complete)


def _whole(parts: list[Text], target: str) -> Text:
    if len(parts) == 1:
        return parts[0]
    ids = tuple(token for part in parts for token in part.ids)
    tokens = [len(part.ids) + 1 for part in parts]
    mean = sum(part.score * n for part, n in zip(parts, tokens, strict=True)) / sum(tokens)
    return Text(
        joined([part.text for part in parts], target), ids, round(mean, 4), all(part.complete for part in parts)
    )


def _info(roles: Roles, targets: tuple[str, ...]) -> EngineInfo:
    """The glosser's own where it is alone, so that what it has said stays known."""
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
