"""POST /v1/pdf and /v1/html: the gloss of a whole paper as a stream of events. What is sent goes straight to the
reader."""

from __future__ import annotations

from flask import Blueprint, Response, request

from arxiv_gloss.errors import BadRequest
from arxiv_gloss.routes.gloss import line, streamed
from arxiv_gloss.routes.http_json import body
from arxiv_gloss.routes.requests import PdfRequest
from arxiv_gloss.routes.services import services
from arxiv_gloss.services.gloss.query import GlossQuery

blueprint = Blueprint("pdf", __name__)
PDF = "application/pdf"


@blueprint.post("/v1/pdf")
def pdf() -> Response:
    if request.mimetype == PDF:
        query, content, pictures = _query(None, request.args.get("target")), request.get_data(cache=False), _pictures()
    else:
        wanted = body(PdfRequest)
        query, content, pictures = _query(wanted.id, wanted.target), None, wanted.pictures
    subscription = services().jobs.gloss_pdf(query, content, pictures)
    return streamed(subscription, map(line, subscription))


@blueprint.post("/v1/html")
def html() -> Response:
    """The body is the paper's HTML page, as arXiv has it."""
    page = request.get_data(cache=False).decode("utf-8", "replace")
    query = _query(request.args.get("id"), request.args.get("target"))
    subscription = services().jobs.gloss_html(query, page)
    return streamed(subscription, map(line, subscription))


def _query(name: str | None, target: str | None) -> GlossQuery:
    return GlossQuery(name, target=target or services().preferences.target)


def _pictures() -> bool:
    wanted = request.args.get("pictures", "false")
    if wanted not in ("true", "false"):
        raise BadRequest("`pictures` is true or false.")
    return wanted == "true"
