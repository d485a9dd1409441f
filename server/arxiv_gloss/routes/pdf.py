"""POST /v1/pdf and /v1/html: the gloss of a whole paper as a stream of events. What is sent goes straight to the
reader."""

from __future__ import annotations

from flask import Blueprint, Response, request

from arxiv_gloss.errors import BadRequest
from arxiv_gloss.routes.gloss import line, streamed
from arxiv_gloss.routes.http_json import body
from arxiv_gloss.routes.requests import PdfRequest
from arxiv_gloss.routes.services import joined
from arxiv_gloss.services.gloss.query import Ask

blueprint = Blueprint("pdf", __name__)
PDF = "application/pdf"


@blueprint.post("/v1/pdf")
def pdf() -> Response:
    if request.mimetype == PDF:
        ask, content, pictures = _asked(None, request.args.get("target")), request.get_data(cache=False), _pictures()
    else:
        asked = body(PdfRequest)
        ask, content, pictures = _asked(asked.id, asked.target), None, asked.pictures
    listener = joined().desk.whole(ask, content, pictures)
    return streamed(listener, map(line, listener))


@blueprint.post("/v1/html")
def html() -> Response:
    """The body is the paper's HTML page, as arXiv has it."""
    page = request.get_data(cache=False).decode("utf-8", "replace")
    listener = joined().desk.html(_asked(request.args.get("id"), request.args.get("target")), page)
    return streamed(listener, map(line, listener))


def _asked(name: str | None, target: str | None) -> Ask:
    return Ask(name, target=target or joined().preferences.target)


def _pictures() -> bool:
    wanted = request.args.get("pictures", "false")
    if wanted not in ("true", "false"):
        raise BadRequest("`pictures` is true or false.")
    return wanted == "true"
