"""POST /v1/pair: a code from the terminal for a token; POST /v1/pair/ticket: the ticket in the extension's folder; POST
/v1/challenge: the server proves itself."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, request

from arxiv_gloss.routes.http_json import answer, body
from arxiv_gloss.routes.requests import ChallengeRequest, PairRequest, TicketRequest
from arxiv_gloss.routes.responses import PairAnswer
from arxiv_gloss.routes.services import services

blueprint = Blueprint("pairing", __name__)


@blueprint.post("/v1/pair")
def pair() -> Response:
    token = services().pairings.pair(body(PairRequest).code, request.headers.get("Origin"))
    return answer(PairAnswer(token))


@blueprint.post("/v1/pair/ticket")
def redeem() -> Response:
    token = services().onboarding.redeem(body(TicketRequest).ticket, request.headers.get("Origin"))
    return answer(PairAnswer(token))


@blueprint.post("/v1/challenge")
def challenge() -> Response:
    """Of unknown length, so that the connection is closed: a browser that finds a kept one broken sends its request
    again by a new one, to whatever has the port by then."""
    asked = body(ChallengeRequest)
    proof = services().challenges.answer(asked.pairing, asked.nonce, request.headers.get("Origin"))
    return Response(iter((msgspec.json.encode(proof),)), content_type="application/json")
