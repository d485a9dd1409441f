"""/v1/glossary: the reader's terms."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response

from arxiv_gloss.routes.http_json import answer, body
from arxiv_gloss.routes.requests import TermRequest, TermsRequest
from arxiv_gloss.routes.responses import GlossaryAnswer, TermAnswer
from arxiv_gloss.routes.services import services
from arxiv_gloss.storage.glossary import Term

blueprint = Blueprint("glossary", __name__)
_PATH = "/v1/glossary"


@blueprint.get(_PATH)
def terms() -> Response:
    return _answered(services().glossary.all())


@blueprint.post(_PATH)
def add() -> Response:
    """Add terms, each in the place of an earlier one of the same name."""
    return _answered(services().glossary.add(Term(one.source, one.target) for one in body(TermsRequest).terms))


@blueprint.delete(_PATH)
def remove() -> Response:
    return _answered(services().glossary.remove(body(TermRequest).source))


def _answered(terms: Iterable[Term]) -> Response:
    return answer(GlossaryAnswer([TermAnswer(term.source, term.target) for term in terms]))
