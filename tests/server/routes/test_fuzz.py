"""Whatever is sent to whatever route, the server never breaks: no 500, and no stream that ends with `internal`."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from arxiv_gloss.routes.openapi import openapi_document
from tests.server.conftest import ABSTRACT, TITLE, Caller

SEED = 15
REQUESTS = 400
"""Of JSON; some seconds on two cores."""
TEXTS = (
    "", " ", "\0", "\ud800", "\ufeff", "\u202e" + TITLE, "=", "#", "..", "../../etc/passwd", "zh", "en", "zh-TW",
    "title", "gist", "2601.00001", "hep-th/9901001v2", "9" * 5_000, "$" * 200, "a-" * 2_000, "<b>&amp;</b>", "{{7*7}}",
    "%s%n",    "\x1b[2J", "\U0001f600" * 50, TITLE, ABSTRACT, "https://arxiv.org/abs/2601.00001", "http://127.0.0.1/",
)  # fmt: skip
VALUES: tuple[object, ...] = (None, True, 0, -1, 1.5, 1e308, 2**70, [], {}, [[]], [None], {"": None})
RAW = (
    b"", b"null", b"[]", b"{", b"\xff\xfe", b'"\xed\xa0\x80"', b"\xef\xbb\xbf{}", b"[" * 50_000, b'{"a":' * 20_000,
    b"1e999999", b"9" * 50_000, b'{"abstract": "\\ud800"}', b'{"abstract": 1, "abstract": "We."}', b"{} {}", b"\0",
)  # fmt: skip


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Path, method and the schema of what it asks for, if any."""
    described = openapi_document()
    schemas = described["components"]["schemas"]
    found = []
    for path, methods in described["paths"].items():
        for method, call in methods.items():
            content = call.get("requestBody", {}).get("content", {}).get("application/json", {})
            name = content.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
            found.append((path, method, schemas.get(name, {})))
    return found


class Bodies:
    """Bodies that are nearly what a schema says: right names, and values that may be anything."""

    def __init__(self) -> None:
        self._random = random.Random(SEED)
        self._schemas = openapi_document()["components"]["schemas"]

    def query(self) -> str:
        names = self._random.sample(["form", "id", "target", "pictures", "x"], 2)
        values = ["", "zh", "xx", "ris", "%00", "%ff", "9" * 400, "2601.00001", "true", "%F0%9F%98%80"]
        return "&".join(f"{name}={self._random.choice(values)}" for name in names)

    def body(self, schema: dict[str, Any], depth: int = 0) -> Any:
        draw = self._random.random()
        if draw < 0.1:
            return self._random.choice(VALUES)
        if "$ref" in schema:
            return self.body(self._schemas[schema["$ref"].rsplit("/", 1)[-1]], depth)
        if "anyOf" in schema:
            return self.body(self._random.choice(schema["anyOf"]), depth)
        if schema.get("type") == "object":
            given = {name: self.body(one, depth + 1) for name, one in schema.get("properties", {}).items()}
            required = schema.get("required", ())
            return {name: one for name, one in given.items() if name in required or self._random.random() < 0.6}
        if schema.get("type") == "array":
            of = schema.get("items") or schema.get("prefixItems", [{}])[0] or {}
            return [self.body(of, depth + 1) for _ in range(self._random.choice((0, 1, 1, 2, 5)))]
        if schema.get("enum") and draw < 0.8:
            return self._random.choice(schema["enum"])
        return self._random.choice(TEXTS if draw < 0.9 else VALUES)


def requests() -> Iterator[tuple[str, str, bytes]]:
    """Method, path with query, and body."""
    bodies = Bodies()
    asked = operations()
    for n in range(REQUESTS):
        path, method, schema = asked[n % len(asked)]
        yield method, f"{path}?{bodies.query()}", json.dumps(bodies.body(schema)).encode()
    for path, method, _ in asked:
        for raw in RAW:
            yield method, path, raw


def complaint(status: int, content: bytes) -> str | None:
    """What is wrong with an answer of the server's, if anything is."""
    if status >= 500 and status not in (502, 503):
        return f"status {status}"
    lines = content.splitlines()
    return "internal" if lines and b'"internal"' in lines[-1] else None


def test_no_request_breaks_the_server(app: Flask, client: Caller, caplog: pytest.LogCaptureFixture) -> None:
    flask, broken = app.test_client(), []
    for method, path, body in requests():
        headers = {**client.headers, "Content-Type": "application/json"}
        answer = flask.open(path, method=method.upper(), data=body, headers=headers, base_url="http://127.0.0.1:8417")
        said = complaint(answer.status_code, answer.get_data())
        answer.close()
        if said:
            broken.append((said, method, path, body[:200]))
    assert not broken, broken[:5]
    assert "a request failed" not in caplog.text


@pytest.mark.parametrize(("path", "kind"), [("/v1/pdf", "application/pdf"), ("/v1/html", "text/html")])
def test_no_file_breaks_the_server(app: Flask, client: Caller, path: str, kind: str) -> None:
    """PDFs have tests of their own (test_pdf_kinds.py); these are what no reader would call one."""
    draw = random.Random(SEED)
    files = [
        b"",
        b"%PDF-",
        b"%PDF-1.7\n" + draw.randbytes(2_000),
        b"<",
        b"<html>",
        draw.randbytes(5_000),
        b"<p>" * 5_000,
    ]
    for file in [*files, b"<p>" * 5_000, b"<math>" * 500, "<article class='ltx_document'>\U0001f600".encode()]:
        for query in ("", "?target=xx", "?id=nonsense", "?id=2601.00001&target=en&pictures=2"):
            answer = client.upload(path + query, file, kind)
            assert complaint(answer.status_code, answer.get_data()) is None, (file[:40], query, answer.get_data()[:200])
            answer.close()
