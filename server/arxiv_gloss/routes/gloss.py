"""POST /v1/gloss, /v1/glosses and /v1/paragraphs: streams of events, one JSON object a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

import msgspec
from flask import Blueprint, Response, request

from arxiv_gloss.routes.http_json import body
from arxiv_gloss.routes.openapi import NDJSON
from arxiv_gloss.routes.requests import GlossesRequest, GlossRequest, ParagraphsRequest
from arxiv_gloss.routes.responses import PaperEvent, ParagraphEvent
from arxiv_gloss.routes.services import services
from arxiv_gloss.services.fulltext.paragraphs import ParagraphQuery, fields_of
from arxiv_gloss.services.gloss.query import GlossQuery

blueprint = Blueprint("gloss", __name__)
CLIENT_DISCONNECTED = "waitress.client_disconnected"

_encoder = msgspec.json.Encoder()


class Stream(Protocol):
    """Events that end once `disconnected` is true, and that must be closed."""

    disconnected: Callable[[], bool]

    def close(self) -> None: ...


@blueprint.post("/v1/gloss")
def gloss() -> Response:
    wanted = body(GlossRequest)
    target = wanted.target or services().preferences.target
    subscription = services().jobs.gloss(
        GlossQuery(wanted.id, wanted.title or "", wanted.abstract, target, wanted.parts, wanted.categories)
    )
    return streamed(subscription, map(line, subscription))


@blueprint.post("/v1/glosses")
def glosses() -> Response:
    wanted = body(GlossesRequest)
    target = wanted.target or services().preferences.target
    queries = [
        GlossQuery(paper.id, paper.title or "", paper.abstract, target, wanted.parts, paper.categories)
        for paper in wanted.papers
    ]
    events = services().jobs.gloss_list(queries)
    return streamed(events, (line(PaperEvent(position, event)) for position, event in events))


@blueprint.post("/v1/paragraphs")
def paragraphs() -> Response:
    wanted = body(ParagraphsRequest)
    target, title = wanted.target or services().preferences.target, wanted.title or ""
    fields = fields_of(wanted.categories, target, title, wanted.abstract or "")
    queries = [ParagraphQuery(one.text, one.kind, title, target, fields) for one in wanted.paragraphs]
    events = services().jobs.translate_paragraphs(queries)
    return streamed(events, (line(ParagraphEvent(position, event)) for position, event in events))


def streamed(stream: Stream, lines: Iterator[bytes]) -> Response:
    stream.disconnected = request.environ.get(CLIENT_DISCONNECTED, stream.disconnected)
    response = Response(lines, content_type=NDJSON)
    response.call_on_close(stream.close)
    return response


def line(content: object) -> bytes:
    return _encoder.encode(content) + b"\n"
