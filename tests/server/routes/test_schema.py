"""The wire as it is written down."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask

from arxiv_gloss import errors
from arxiv_gloss.routes import openapi, schema
from tests.server.conftest import Caller


def test_the_committed_schema_is_up_to_date() -> None:
    """Job `python -m arxiv_gloss.routes.schema` after a change of the wire."""
    assert schema.COMMITTED.read_text(encoding="utf-8") == schema.rendered()


def test_answers_are_whole_and_requests_may_leave_things_out() -> None:
    named = schema.wire_schema()["$defs"]
    assert "flags" in named["Segment"]["required"]
    assert named["GlossRequest"]["required"] == []
    assert named["PaperRef"]["required"] == []


def test_openapi_names_every_call(app: Flask) -> None:
    document = openapi.openapi_document()
    served = {
        (rule.rule, method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/v1/")
    }
    written = {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert served == written


def test_openapi_refers_only_to_what_it_holds() -> None:
    document = openapi.openapi_document()
    named = document["components"]["schemas"]
    for reference in _references(document):
        assert reference.removeprefix("#/components/schemas/") in named


def test_openapi_lists_every_status_that_a_call_may_answer_with() -> None:
    never_answered = {errors.HubError, errors.ToolMissing, errors.Cancelled}  # the command line's, and nobody's
    statuses = {str(kind.status) for kind in _tree(errors.GlossError) - never_answered}
    by_the_door_and_flask = {"401", "405"}
    assert set(openapi.ERRORS) == statuses | by_the_door_and_flask
    for path, methods in openapi.openapi_document()["paths"].items():
        for call in methods.values():
            assert set(openapi.ERRORS) < set(call["responses"]), path


def test_refusals_have_a_status_that_openapi_lists(client: Caller) -> None:
    refused = [
        client.delete("/v1/saved", {"id": "2401.01234"}),
        client.post("/v1/status", {}),
        client.upload("/v1/pdf", b"%PDF-", "text/plain"),
    ]
    statuses = [str(answer.status_code) for answer in refused]
    assert statuses == ["404", "405", "415"]
    assert set(statuses) <= set(openapi.ERRORS)


def test_openapi_is_served(client: Caller) -> None:
    served = client.get("/openapi.json").json
    assert served is not None and served["openapi"] == "3.1.0"
    assert json.loads(json.dumps(openapi.openapi_document())) == served


def _tree(kind: type[errors.GlossError]) -> set[type[errors.GlossError]]:
    return {kind}.union(*(_tree(below) for below in kind.__subclasses__()))


def _references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [reference for inner in part.values() for reference in _references(inner)]
    if isinstance(part, list):
        return [reference for inner in part for reference in _references(inner)]
    return []
