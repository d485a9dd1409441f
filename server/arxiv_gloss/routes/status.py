"""GET /v1/status: what runs here; and GET /openapi.json."""

from __future__ import annotations

import json

from flask import Blueprint, Response

from arxiv_gloss import __version__
from arxiv_gloss.events import WIRE
from arxiv_gloss.invocation import program
from arxiv_gloss.routes.http_json import answer
from arxiv_gloss.routes.openapi import openapi_document
from arxiv_gloss.routes.responses import ErrorBody, Status
from arxiv_gloss.routes.services import services
from arxiv_gloss.services.gloss.glosser import models_used

blueprint = Blueprint("status", __name__)


@blueprint.get("/v1/status")
def status() -> Response:
    engines = services().engines
    info, problem = engines.info, engines.problem
    return answer(
        Status(
            version=__version__,
            wire=WIRE,
            ready=info is not None,
            targets=list(engines.targets),
            models=models_used(info) if info else [],
            program=program(),
            damaged=services().saved.damaged(),
            problem=ErrorBody(problem.code, problem.message) if problem else None,
        )
    )


@blueprint.get("/openapi.json")
def openapi() -> Response:
    return Response(json.dumps(openapi_document(), ensure_ascii=False), content_type="application/json")
