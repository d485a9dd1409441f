"""The door: each rule has a request that only this rule refuses."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from arxiv_gloss import serving
from arxiv_gloss.app import create_app
from arxiv_gloss.routes.guard import CHALLENGE, MAX_BODY, PAIR, TICKET, Guard
from arxiv_gloss.routes.services import AppServices
from arxiv_gloss.settings import Settings
from tests.server.conftest import ORIGIN
from tests.server.fakes import EchoEngine

TOKEN = "the token"
GOOD = {
    "Host": "127.0.0.1:8417",
    "Authorization": f"Bearer {TOKEN}",
    "X-Arxiv-Gloss": "1",
    "Content-Type": "application/json",
    "Sec-Fetch-Site": "none",
}
"""What the extension's background worker sends with a POST, besides its Origin."""


class OnePairing:
    def allows(self, token: str, origin: str | None) -> bool:
        return token == TOKEN and origin in (None, ORIGIN)

    def accepts(self, credential: str, call: str, origin: str | None) -> bool:
        return (credential, call) == ("the proof", "POST /v1/gloss") and origin in (None, ORIGIN)

    def origins(self) -> frozenset[str]:
        return frozenset({ORIGIN})


class Door:
    """A guard before a room that counts its visitors."""

    def __init__(self) -> None:
        self.visitors = 0
        known, secret = OnePairing(), ("/digest/a-secret/", "/welcome/another/")
        self._client = Client(Guard(self._room, 8417, known, known, {"/", "/panel.js"}, secret))

    def _room(self, environ: Any, start_response: Any) -> list[bytes]:
        self.visitors += 1
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"in"]

    def ask(self, method: str, path: str, headers: Mapping[str, str | None], **more: Any) -> TestResponse:
        given = {name: value for name, value in headers.items() if value is not None}
        response: TestResponse = self._client.open(path, method=method, headers=given, **more)
        assert self.visitors == (response.status_code == 200)
        return response

    def post(self, changed: Mapping[str, str | None], path: str = "/v1/gloss", body: bytes = b"{}") -> int:
        return self.ask("POST", path, {**GOOD, **changed}, data=body).status_code


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.mark.parametrize("host", ["127.0.0.1:8417", "localhost:8417", "[::1]:8417"])
def test_own_hosts_are_let_in(door: Door, host: str) -> None:
    assert door.post({"Host": host}) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.com",
        "evil.com:8417",
        "127.0.0.1",
        "127.0.0.1:8418",
        "127.0.0.1.evil.com:8417",
        "localhost.evil.com:8417",
        "localhost.:8417",
        "LOCALHOST:8417",
        "2130706433:8417",
        "0x7f000001:8417",
        "127.1:8417",
        "0.0.0.0:8417",
        "evil@127.0.0.1:8417",
        "127.0.0.1:8417, evil.com",
        "",
    ],
)
def test_other_hosts_are_refused(door: Door, host: str) -> None:
    assert door.post({"Host": host}) == 403


def test_absolute_request_target_is_refused(door: Door) -> None:
    response = door.ask("POST", "/v1/gloss", GOOD, environ_overrides={"REQUEST_URI": "http://evil.com/v1/gloss"})
    assert response.status_code == 403


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "PATCH", "HEAD", "TRACE", "CONNECT"])
def test_other_methods_are_refused(door: Door, method: str) -> None:
    assert door.ask(method, "/v1/gloss", GOOD).status_code == 403


def test_a_term_is_removed_by_its_own_method_and_as_json_alone(door: Door) -> None:
    json = {**GOOD, "Content-Type": "application/json"}
    assert door.ask("DELETE", "/v1/glossary", {**json, "Content-Type": "text/plain"}, data=b"{}").status_code == 415
    assert door.ask("DELETE", "/v1/glossary", {**json, "Authorization": None}, data=b"{}").status_code == 401
    assert door.ask("DELETE", "/v1/glossary/", json, data=b"{}").status_code == 403
    assert door.ask("DELETE", "/v1/glossary", json, data=b'{"source": "BERT"}').status_code == 200


def test_settings_are_changed_by_their_own_method_alone(door: Door) -> None:
    json = {**GOOD, "Content-Type": "application/json"}
    assert door.ask("PUT", "/v1/settings", {**json, "Content-Type": "text/plain"}, data=b"{}").status_code == 415
    assert door.ask("PUT", "/v1/settings", {**json, "Authorization": None}, data=b"{}").status_code == 401
    assert door.ask("PUT", "/v1/glossary", json, data=b"{}").status_code == 403
    assert door.ask("PUT", "/v1/settings", json, data=b"{}").status_code == 200


def test_paired_origin_is_let_in(door: Door) -> None:
    assert door.post({"Origin": ORIGIN}) == 200


def test_paired_origin_may_be_cross_site(door: Door) -> None:
    """Firefox's background page may be called so."""
    assert door.post({"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"}) == 200


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "file://",
        "https://arxiv.org",
        "http://127.0.0.1:8417",
        "http://evil.com",
        ORIGIN + "a",
        ORIGIN + ".evil.com",
        ORIGIN + "/",
        ORIGIN + ":80",
        ORIGIN.upper(),
        ORIGIN.replace("chrome", "moz"),
        "",
    ],
)
def test_other_origins_are_refused(door: Door, origin: str) -> None:
    assert door.post({"Origin": origin}) == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "unheard-of"])
def test_pages_without_origin_are_refused(door: Door, site: str) -> None:
    """An image, a form or a link of another page may come without Origin, but not without Sec-Fetch-Site."""
    assert door.post({"Sec-Fetch-Site": site}) == 403


@pytest.mark.parametrize("value", [None, "0", "true"])
def test_calls_need_our_header(door: Door, value: str | None) -> None:
    assert door.post({"X-Arxiv-Gloss": value}) == 403


@pytest.mark.parametrize("value", [None, "", TOKEN, f"Basic {TOKEN}", "Bearer", "Bearer ", f"Bearer {TOKEN}x"])
def test_calls_need_the_token(door: Door, value: str | None) -> None:
    response = door.ask("POST", "/v1/gloss", {**GOOD, "Authorization": value}, data=b"{}")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.json is not None and response.json["error"]["code"] == "not_allowed"


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "application/json+x", "application/json; charset=utf-7", None],
)
def test_only_json_is_read(door: Door, kind: str | None) -> None:
    assert door.post({"Content-Type": kind}) == 415


def test_a_pdf_is_taken_where_pdfs_are_read(door: Door) -> None:
    pdf: dict[str, str | None] = {"Content-Type": "application/pdf"}
    large = b"%PDF" * (MAX_BODY // 2)
    assert door.post({}, "/v1/pdf", large) == 413
    assert door.post(pdf, "/v1/gloss") == 415
    assert door.post({"Content-Type": "application/pdf; version=2"}, "/v1/pdf") == 415
    assert door.post(pdf, "/v1/pdf", b"\0" * (50 * 2**20 + 1)) == 413
    assert door.post({**pdf, "Authorization": None}, "/v1/pdf") == 401
    assert door.post(pdf, "/v1/pdf", large) == 200


def test_json_may_name_its_charset(door: Door) -> None:
    assert door.post({"Content-Type": "application/json; charset=UTF-8"}) == 200


def test_compressed_bodies_are_refused(door: Door) -> None:
    assert door.post({"Content-Encoding": "gzip"}) == 415


def test_large_bodies_are_refused(door: Door) -> None:
    assert door.post({}, body=b" " * MAX_BODY) == 200
    door.visitors = 0
    assert door.post({}, body=b" " * (MAX_BODY + 1)) == 413


@pytest.mark.parametrize("path", ["/", "/panel.js"])
def test_the_page_needs_no_token(door: Door, path: str) -> None:
    assert door.ask("GET", path, {"Host": "127.0.0.1:8417"}).status_code == 200


@pytest.mark.parametrize("path", ["/panel.js/", "/panel.jsx", "//", "/%2e", "/openapi.json", "/v1/status", "/v1"])
def test_nothing_else_is_public(door: Door, path: str) -> None:
    assert door.ask("GET", path, {"Host": "127.0.0.1:8417", "X-Arxiv-Gloss": "1"}).status_code == 401


def test_the_page_may_be_opened_but_not_read_by_others(door: Door) -> None:
    host = {"Host": "127.0.0.1:8417", "Sec-Fetch-Site": "cross-site"}
    opened = {**host, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert door.ask("GET", "/", opened).status_code == 200
    door.visitors = 0
    assert door.ask("GET", "/", {**opened, "Sec-Fetch-Dest": "iframe"}).status_code == 403
    assert door.ask("GET", "/", {**host, "Sec-Fetch-Mode": "no-cors"}).status_code == 403
    assert door.ask("GET", "/", {**opened, "Origin": "https://evil.com"}).status_code == 403


@pytest.mark.parametrize("path", [PAIR, TICKET])
@pytest.mark.parametrize("origin", [ORIGIN, "moz-extension://0ad5-11ee", "http://127.0.0.1:8417", None])
def test_pairing_needs_no_token(door: Door, origin: str | None, path: str) -> None:
    assert door.post({"Origin": origin, "Authorization": None}, path) == 200


@pytest.mark.parametrize(
    "origin", ["https://arxiv.org", "null", "chrome-extension://", "chrome-extension://a/b", "chrome-extension://a@b"]
)
def test_pages_cannot_pair(door: Door, origin: str) -> None:
    for path in (PAIR, TICKET):
        assert door.post({"Origin": origin, "Authorization": None}, path) == 403


@pytest.mark.parametrize("path", [PAIR, TICKET])
def test_pairing_needs_our_header(door: Door, path: str) -> None:
    assert door.post({"X-Arxiv-Gloss": None, "Authorization": None}, path) == 403


@pytest.mark.parametrize("changed", [{}, {"Host": "evil.com"}, {"Origin": ORIGIN}])
def test_no_answer_can_be_read_by_another_origin(door: Door, changed: dict[str, str]) -> None:
    headers = door.ask("POST", "/v1/gloss", {**GOOD, **changed}, data=b"{}").headers
    assert not [name for name, _ in headers if name.lower().startswith("access-control")]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Cache-Control"] == "no-store"


def test_a_proof_stands_for_the_token(door: Door) -> None:
    proved = {"Authorization": None, "X-Arxiv-Gloss-Proof": "the proof"}
    assert door.post(proved) == 200
    door.visitors = 0
    assert door.post(proved, path="/v1/glosses") == 401
    assert door.post({**proved, "X-Arxiv-Gloss-Proof": "another"}) == 401
    assert door.post({**proved, "Origin": "chrome-extension://other"}) == 403
    assert door.post({"X-Arxiv-Gloss-Proof": "another"}) == 401


def test_every_route_is_behind_the_door(app: Flask) -> None:
    """A route that somebody adds is closed until the guard says otherwise."""
    public = {("GET", "/"), ("POST", PAIR), ("POST", TICKET), ("POST", CHALLENGE)}
    client = app.test_client()
    asked = set()
    for rule in app.url_map.iter_rules():
        path = rule.rule.replace("<path:name>", "some/file")
        for method in rule.methods or ():
            headers = {"X-Arxiv-Gloss": "1", "Content-Type": "application/json"}
            response = client.open(path, method=method, headers=headers, base_url="http://127.0.0.1:8417")
            asked.add((method, path))
            if (method, path) in public:
                assert response.status_code in (200, 400)
            else:
                assert response.status_code in (401, 403), (method, path)
            response.close()
    assert public < asked


@pytest.fixture
def port(settings: Settings) -> Iterator[int]:
    """The real server on a real port."""
    taken = serving.bind(0)
    number: int = taken.getsockname()[1]
    engine = EchoEngine()
    app = create_app(msgspec.structs.replace(settings, port=number), load=lambda: engine)
    threading.Thread(target=serving.serve, args=(app, taken), daemon=True).start()
    yield number
    services: AppServices = app.extensions["arxiv_gloss"]
    services.close()


@pytest.mark.parametrize(
    ("request_lines", "status"),
    [
        (["GET / HTTP/1.1", "Host: 127.0.0.1:{port}"], 200),
        (["GET / HTTP/1.1", "Host: evil.com"], 403),
        (["GET / HTTP/1.1"], 403),
        (["GET / HTTP/1.0"], 403),
        (["GET / HTTP/1.1", "Host: 127.0.0.1:{port}", "Host: evil.com"], 403),
        (["GET / HTTP/1.1", "Host: evil.com", "X-Forwarded-Host: 127.0.0.1:{port}"], 403),
        (["GET http://evil.com/ HTTP/1.1", "Host: 127.0.0.1:{port}"], 403),
        (["GET http://127.0.0.1:{port}/ HTTP/1.1", "Host: evil.com"], 403),
        (["OPTIONS * HTTP/1.1", "Host: 127.0.0.1:{port}"], 403),
        (["GET //v1/status HTTP/1.1", "Host: 127.0.0.1:{port}"], 403),
        (["GET /%76%31/status HTTP/1.1", "Host: 127.0.0.1:{port}"], 403),
        (["POST /v1/pair HTTP/1.1", "Host: 127.0.0.1:{port}", "Content-Length: 999999999"], 413),
    ],
)
def test_raw_requests(port: int, request_lines: list[str], status: int) -> None:
    with socket.create_connection((serving.LOOPBACK, port), timeout=5) as connection:
        connection.sendall("\r\n".join([*request_lines, "Connection: close", "", ""]).format(port=port).encode())
        answer = connection.recv(1000).decode()
    assert answer.startswith((f"HTTP/1.1 {status} ", f"HTTP/1.0 {status} ")), answer


def test_the_server_is_recognised(port: int) -> None:
    assert serving.is_running(port)
    with pytest.raises(OSError):  # noqa: PT011 (its text is the system's)
        serving.bind(port)


def test_a_secret_address_is_open_to_who_knows_it(door: Door) -> None:
    opened: dict[str, str | None] = {"Host": "127.0.0.1:8417"}
    for path in ("/digest/a-secret/2026-01-02/cs.cl.html", "/welcome/another/state"):
        assert door.ask("GET", path, opened).status_code == 200
        door.visitors = 0
    for path in (
        "/welcome/a-secret/state",
        "/welcome/another",
        "/digest/a-secre/x.html",
        "/digest/another/x.html",
        "/digest/",
        "/digest/a-secret",
    ):
        assert door.ask("GET", path, opened).status_code in (401, 403)
    from_elsewhere = {**opened, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    assert door.ask("GET", "/digest/a-secret/x.html", from_elsewhere).status_code == 403
    assert door.ask("POST", "/digest/a-secret/x.html", opened).status_code in (401, 403, 415)
