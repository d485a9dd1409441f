"""Bodies in, JSON out, and one shape for every refusal."""

from __future__ import annotations

import logging
from typing import TypeVar

import msgspec
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from arxiv_gloss.errors import BadRequest, Busy, GlossError
from arxiv_gloss.routes.responses import ErrorAnswer, ErrorBody

log = logging.getLogger(__name__)
_Body = TypeVar("_Body")
RETRY_SECONDS = 5


def body(kind: type[_Body]) -> _Body:
    """The request's body as the Struct `kind`. Raises BadRequest that names the field at fault."""
    try:
        return msgspec.json.decode(request.get_data(cache=False), type=kind)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as problem:
        raise BadRequest(f"The request cannot be read: {problem}.") from problem


def answer(content: msgspec.Struct, status: int = 200) -> Response:
    return Response(msgspec.json.encode(content), status, content_type="application/json")


def register(app: Flask) -> None:
    """Answer every error with `{"error": {"code", "message"}}`."""
    app.register_error_handler(GlossError, _refused)
    app.register_error_handler(HTTPException, _not_served)
    app.register_error_handler(Exception, _broken)


def _refused(problem: GlossError) -> Response:
    response = answer(ErrorAnswer(ErrorBody(problem.code, problem.message)), problem.status)
    if isinstance(problem, Busy):
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _not_served(problem: HTTPException) -> Response:
    code = {404: "not_found", 405: "not_found", 413: "body_too_large"}.get(problem.code or 500, "bad_request")
    message = problem.description or "The server does not have this."
    return answer(ErrorAnswer(ErrorBody(code, message)), problem.code or 500)


def _broken(problem: Exception) -> Response:
    log.error("a request failed", exc_info=problem)
    message = "Something went wrong inside the server; its log says what."
    return answer(ErrorAnswer(ErrorBody("internal", message)), 500)
