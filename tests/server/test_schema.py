"""The wire as it is written down."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask

from arxiv_gloss.routes import openapi, schema
from tests.server.conftest import Caller


def test_the_committed_schema_is_up_to_date() -> None:
    """Run `python -m arxiv_gloss.routes.schema` after a change of the wire."""
    assert schema.COMMITTED.read_text(encoding="utf-8") == schema.rendered()


def test_answers_are_whole_and_requests_may_leave_things_out() -> None:
    named = schema.wire_schema()["$defs"]
    assert "flags" in named["Segment"]["required"]
    assert named["GlossRequest"]["required"] == []
    assert named["PaperRef"]["required"] == []


def test_openapi_names_every_call(app: Flask) -> None:
    document = openapi.document()
    served = {
        (rule.rule, method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/v1/")
    }
    written = {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert served == written


def test_openapi_refers_only_to_what_it_holds() -> None:
    document = openapi.document()
    named = document["components"]["schemas"]
    for reference in _references(document):
        assert reference.removeprefix("#/components/schemas/") in named


def test_openapi_is_served(client: Caller) -> None:
    served = client.get("/openapi.json").json
    assert served is not None and served["openapi"] == "3.1.0"
    assert json.loads(json.dumps(openapi.document())) == served


def _references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [reference for inner in part.values() for reference in _references(inner)]
    if isinstance(part, list):
        return [reference for inner in part for reference in _references(inner)]
    return []
