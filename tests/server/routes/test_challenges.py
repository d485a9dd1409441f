"""Server and client prove to each other that they hold one pairing's secret."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from flask import Flask

from arxiv_gloss.errors import NotPaired
from arxiv_gloss.routes.challenges import MOST_OPEN, SECONDS, Challenges, client_proof, pairing_name, server_proof
from arxiv_gloss.routes.services import AppServices
from tests.server.conftest import ORIGIN
from tests.server.fakes import FakeClock

PORT = 8417
SECRET = hashlib.sha256(b"the token").digest()
NAME = pairing_name(SECRET)
NONCE = "0123456789abcdef" * 2
CALL = "POST /v1/gloss"


class OneSecret:
    def secrets(self, origin: str | None) -> list[bytes]:
        return [b"another", SECRET] if origin in (None, ORIGIN) else []


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def challenges(clock: FakeClock) -> Challenges:
    return Challenges(OneSecret(), PORT, clock)


def credential(nonce: str, call: str = CALL, port: int = PORT, secret: bytes = SECRET) -> str:
    return f"{NAME}.{nonce}.{client_proof(secret, port, call, nonce)}"


def test_the_server_proves_that_it_holds_the_secret_and_sits_on_this_port(challenges: Challenges) -> None:
    answer = challenges.answer(NAME, NONCE, ORIGIN)
    assert answer.proof == server_proof(SECRET, PORT, NONCE, answer.nonce)
    assert answer.proof != server_proof(SECRET, PORT + 1, NONCE, answer.nonce)
    assert answer.proof != server_proof(b"another", PORT, NONCE, answer.nonce)
    assert challenges.answer(NAME, NONCE, ORIGIN).proof != answer.proof


@pytest.mark.parametrize(("name", "origin"), [("another", ORIGIN), (NAME, "chrome-extension://other")])
def test_a_pairing_that_is_not_known_gets_nothing(challenges: Challenges, name: str, origin: str) -> None:
    with pytest.raises(NotPaired):
        challenges.answer(name, NONCE, origin)


def test_a_proof_is_accepted_once(challenges: Challenges) -> None:
    given = credential(challenges.answer(NAME, NONCE, ORIGIN).nonce)
    assert challenges.accepts(given, CALL, ORIGIN)
    assert not challenges.accepts(given, CALL, ORIGIN)


@pytest.mark.parametrize(
    "changed",
    [
        {"call": "DELETE /v1/saved"},
        {"port": PORT + 1},
        {"secret": b"another"},
    ],
)
def test_a_proof_of_something_else_is_not(challenges: Challenges, changed: dict[str, Any]) -> None:
    given = credential(challenges.answer(NAME, NONCE, ORIGIN).nonce, **changed)
    assert not challenges.accepts(given, CALL, ORIGIN)


@pytest.mark.parametrize("given", ["", "..", NAME, f"{NAME}.{NONCE}", credential(NONCE), "\ud800.\xff.é"])
def test_what_was_never_asked_for_is_not(challenges: Challenges, given: str) -> None:
    assert not challenges.accepts(given, CALL, ORIGIN)


def test_a_proof_is_bound_to_its_origin(challenges: Challenges) -> None:
    given = credential(challenges.answer(NAME, NONCE, ORIGIN).nonce)
    assert not challenges.accepts(given, CALL, "chrome-extension://other")


def test_a_nonce_ends(challenges: Challenges, clock: FakeClock) -> None:
    given = credential(challenges.answer(NAME, NONCE, ORIGIN).nonce)
    clock.now = SECONDS + 1
    assert not challenges.accepts(given, CALL, ORIGIN)


def test_no_more_nonces_are_remembered_than_can_be_used(challenges: Challenges) -> None:
    first, *_, last = [challenges.answer(NAME, NONCE, ORIGIN).nonce for _ in range(MOST_OPEN + 1)]
    assert not challenges.accepts(credential(first), CALL, ORIGIN)
    assert challenges.accepts(credential(last), CALL, ORIGIN)


def test_a_browser_speaks_to_the_server_without_its_token(app: Flask) -> None:
    services: AppServices = app.extensions["arxiv_gloss"]
    token = services.pairings.new_token(ORIGIN)
    secret = hashlib.sha256(token.encode()).digest()
    client, headers = app.test_client(), {"X-Arxiv-Gloss": "1", "Origin": ORIGIN, "Host": f"127.0.0.1:{PORT}"}

    def status(proof: str) -> int:
        return client.get("/v1/status", headers={**headers, "X-Arxiv-Gloss-Proof": proof}).status_code

    asked = {"pairing": pairing_name(secret), "nonce": NONCE}
    answer = client.post("/v1/challenge", json=asked, headers=headers).json or {}
    assert answer["proof"] == server_proof(secret, PORT, NONCE, answer["nonce"])
    given = f"{asked['pairing']}.{answer['nonce']}." + client_proof(secret, PORT, "GET /v1/status", answer["nonce"])
    assert status(given) == 200
    assert status(given) == 401
    services.pairings.forget_all()
    other = services.pairings.new_token(ORIGIN)
    refused = client.post("/v1/challenge", json=asked, headers=headers)
    assert (refused.status_code, (refused.json or {})["error"]["code"]) == (401, "not_paired")
    assert other
