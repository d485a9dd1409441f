"""/v1/triage: which papers of a list are hidden or seen."""

from __future__ import annotations

from flask import Blueprint, Response

from arxiv_gloss.routes.http_json import answer, body
from arxiv_gloss.routes.requests import TriageRequest
from arxiv_gloss.routes.responses import TriageAnswer
from arxiv_gloss.routes.services import services

blueprint = Blueprint("triage", __name__)


@blueprint.post("/v1/triage")
def triage() -> Response:
    """Make the changes, then say what is known of the papers asked about."""
    request, kept = body(TriageRequest), services().triage
    if request.changes:
        kept.change(request.changes)
    return answer(TriageAnswer(kept.of(request.ids)))
