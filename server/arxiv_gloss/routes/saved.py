"""/v1/saved: papers that the reader keeps for later."""

from __future__ import annotations

from flask import Blueprint, Response, request

from arxiv_gloss.errors import BadRequest
from arxiv_gloss.papers.citations import WRITERS
from arxiv_gloss.routes.http_json import answer, body
from arxiv_gloss.routes.requests import ForgetRequest, SaveRequest
from arxiv_gloss.routes.responses import SavedAnswer
from arxiv_gloss.routes.services import services

blueprint = Blueprint("saved", __name__)
_PATH = "/v1/saved"


@blueprint.get(_PATH)
def saved() -> Response:
    """The papers as JSON, or as text in the `form` that is asked for."""
    papers = services().saved.all()
    form = request.args.get("form")
    if form is None:
        return answer(SavedAnswer(papers))
    if form not in WRITERS:
        raise BadRequest(f"`form` is one of {', '.join(WRITERS)}.")
    return Response(WRITERS[form]([paper.reference for paper in papers]), mimetype="text/plain")


@blueprint.post(_PATH)
def save() -> Response:
    """Keep papers; one that is kept already is replaced."""
    return answer(SavedAnswer(services().saved.add(body(SaveRequest).papers)))


@blueprint.delete(_PATH)
def forget() -> Response:
    return answer(SavedAnswer(services().saved.remove(body(ForgetRequest).id)))
