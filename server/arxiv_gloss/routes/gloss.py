"""POST /v1/gloss and POST /v1/glosses: streams of events, one JSON object a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

import msgspec
from flask import Blueprint, Response, request

from arxiv_gloss.routes.http_json import body
from arxiv_gloss.routes.requests import GlossesRequest, GlossRequest
from arxiv_gloss.routes.responses import PaperEvent
from arxiv_gloss.routes.services import joined
from arxiv_gloss.services.gloss.query import Ask

blueprint = Blueprint("gloss", __name__)
NDJSON = "application/x-ndjson"
CLIENT_DISCONNECTED = "waitress.client_disconnected"

_encoder = msgspec.json.Encoder()


class Stream(Protocol):
    """Events that stop coming once `gone` says so, and that must be closed."""

    gone: Callable[[], bool]

    def close(self) -> None: ...


@blueprint.post("/v1/gloss")
def gloss() -> Response:
    asked = body(GlossRequest)
    target = asked.target or joined().preferences.target
    listener = joined().desk.gloss(
        Ask(asked.id, asked.title or "", asked.abstract, target, asked.parts, asked.categories)
    )
    return streamed(listener, map(line, listener))


@blueprint.post("/v1/glosses")
def glosses() -> Response:
    asked = body(GlossesRequest)
    target = asked.target or joined().preferences.target
    asks = [
        Ask(paper.id, paper.title or "", paper.abstract, target, asked.parts, paper.categories)
        for paper in asked.papers
    ]
    listing = joined().desk.glosses(asks)
    return streamed(listing, (line(PaperEvent(position, event)) for position, event in listing))


def streamed(stream: Stream, lines: Iterator[bytes]) -> Response:
    stream.gone = request.environ.get(CLIENT_DISCONNECTED, stream.gone)
    response = Response(lines, content_type=NDJSON)
    response.call_on_close(stream.close)
    return response


def line(content: object) -> bytes:
    return _encoder.encode(content) + b"\n"
