"""POST /v1/pair: a code from the terminal for a token."""

from __future__ import annotations

from flask import Blueprint, Response, request

from arxiv_gloss.routes.http_json import answer, body
from arxiv_gloss.routes.requests import PairRequest
from arxiv_gloss.routes.responses import PairAnswer
from arxiv_gloss.routes.services import services

blueprint = Blueprint("pairing", __name__)


@blueprint.post("/v1/pair")
def pair() -> Response:
    token = services().pairings.pair(body(PairRequest).code, request.headers.get("Origin"))
    return answer(PairAnswer(token))
