"""The API as an OpenAPI 3.1 document, from the types that check requests and write answers."""

from __future__ import annotations

from typing import Any

from arxiv_gloss import __version__
from arxiv_gloss.papers.citations import WRITERS
from arxiv_gloss.routes.schema import components

NDJSON = "application/x-ndjson"
ERRORS = {
    "400": "Invalid request.",
    "401": "No valid token.",
    "403": "Host, Origin or header are not those of a paired client.",
    "404": "There is no such thing: a term, a saved paper, a digest.",
    "405": "Another method is needed.",
    "413": "The abstract or the body is too long.",
    "415": "The body has another type than the call takes, or is compressed.",
    "422": "The abstract is not English text, or the PDF or page cannot be read.",
    "500": "The model cannot be loaded or failed.",
    "502": "arXiv did not answer, or not with what was asked for.",
    "503": "Too many glosses are waiting; see Retry-After.",
}
"""Statuses that calls answer with besides 200, and what they mean; a test compares them with the error tree."""


def openapi_document() -> dict[str, Any]:
    """The whole document, ready for json.dumps."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "arXiv Gloss", "version": __version__, "license": {"name": "AGPL-3.0-or-later"}},
        "paths": _paths(),
        "components": {
            "schemas": components("#/components/schemas/{name}"),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _paths() -> dict[str, Any]:
    """Each address of the interface, and the calls it takes."""
    return {
        "/v1/gloss": {"post": _call("Gloss one paper", "GlossRequest", "Event", NDJSON)},
        "/v1/glosses": {"post": _call("Gloss many papers", "GlossesRequest", "PaperEvent", NDJSON)},
        "/v1/paragraphs": {"post": _call("Translate parts of a paper", "ParagraphsRequest", "ParagraphEvent", NDJSON)},
        "/v1/pdf": {"post": _whole_paper()},
        "/v1/html": {"post": _html_paper()},
        "/v1/glossary": {
            "get": _call("The reader's terms", None, "GlossaryAnswer"),
            "post": _call("Add terms", "TermsRequest", "GlossaryAnswer"),
            "delete": _call("Remove a term", "TermRequest", "GlossaryAnswer"),
        },
        "/v1/saved": {
            "get": _saved_papers(),
            "post": _call("Keep some", "SaveRequest", "SavedAnswer"),
            "delete": _call("Remove one", "ForgetRequest", "SavedAnswer"),
        },
        "/v1/triage": {"post": _call("Papers that are hidden or seen", "TriageRequest", "TriageAnswer")},
        "/v1/digests": {"get": _call("Digests made here", None, "DigestsAnswer")},
        "/v1/settings": {
            "get": _call("What may be changed", None, "SettingsAnswer"),
            "put": _call("Change it", "SettingsRequest", "SettingsAnswer"),
        },
        "/v1/pair": {"post": _call("Trade a code for a token", "PairRequest", "PairAnswer") | {"security": []}},
        "/v1/pair/ticket": {
            "post": _call("Trade the ticket in the extension's folder for a token", "TicketRequest", "PairAnswer")
            | {"security": []}
        },
        "/v1/challenge": {
            "post": _call("Let the server prove itself", "ChallengeRequest", "ChallengeAnswer") | {"security": []}
        },
        "/v1/status": {"get": _call("What runs here", None, "Status")},
    }


def _call(summary: str, asks: str | None, answers: str, kind: str = "application/json") -> dict[str, Any]:
    call: dict[str, Any] = {
        "summary": summary,
        "parameters": [
            {"name": "X-Arxiv-Gloss", "in": "header", "required": True, "schema": {"type": "string", "const": "1"}}
        ],
        "responses": {
            "200": {"description": "One JSON object a line." if "ndjson" in kind else "Done."} | _of(answers, kind)
        }
        | {status: {"description": text} | _of("ErrorAnswer") for status, text in ERRORS.items()},
    }
    if asks:
        call["requestBody"] = {"required": True} | _of(asks)
    return call


def _whole_paper() -> dict[str, Any]:
    call = _call("Gloss a whole paper, from its PDF", "PdfRequest", "WholeEvent", NDJSON)
    call["requestBody"]["content"]["application/pdf"] = {"schema": {"type": "string", "format": "binary"}}
    call["parameters"] += [
        {"name": name, "in": "query", "description": "With a file.", "schema": {"type": kind}}
        for name, kind in (("target", "string"), ("pictures", "boolean"))
    ]
    return call


def _html_paper() -> dict[str, Any]:
    call = _call("Gloss a whole paper, from its HTML page", None, "WholeEvent", NDJSON)
    call["requestBody"] = {"required": True, "content": {"text/html": {"schema": {"type": "string"}}}}
    call["parameters"] += [{"name": name, "in": "query", "schema": {"type": "string"}} for name in ("id", "target")]
    return call


def _saved_papers() -> dict[str, Any]:
    call = _call("Papers kept for later", None, "SavedAnswer")
    call["responses"]["200"]["content"]["text/plain"] = {"schema": {"type": "string"}}
    call["parameters"].append({"name": "form", "in": "query", "schema": {"type": "string", "enum": list(WRITERS)}})
    return call


def _of(name: str, kind: str = "application/json") -> dict[str, Any]:
    return {"content": {kind: {"schema": {"$ref": f"#/components/schemas/{name}"}}}}
