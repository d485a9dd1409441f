"""Who is on the port? Client and server show each other that they hold the secret of one pairing; the token never
travels.

    secret   SHA-256 of the token: all that the server keeps of it
    pairing  its public name, HMAC(secret, "pairing")

    POST /v1/challenge {pairing, nonce}  ->  {nonce', proof}    proof = HMAC(secret, "server" port nonce nonce')
    any call, X-Arxiv-Gloss-Proof: pairing.nonce'.mac           mac = HMAC(secret, "client" port method path nonce')

A client checks the proof before it says anything of worth. The port stands in both, so that who holds another port
cannot pass a challenge on to the server and its answer back; a nonce of the server's counts once and for a minute.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Callable
from typing import Protocol

from arxiv_gloss.errors import NotPaired
from arxiv_gloss.routes.responses import ChallengeAnswer

SECONDS = 60.0
"""For which a nonce counts: a request with a file has half of that to arrive."""
MOST_OPEN = 10_000
"""Nonces that are remembered; only who knows the name of a pairing is given one."""
NONCE = 16
"""Bytes."""


class Secrets(Protocol):
    """What must be known of pairings."""

    def secrets(self, origin: str | None) -> list[bytes]:
        """Of all that may be used from `origin`."""
        ...


def pairing_name(secret: bytes) -> str:
    return _mac(secret, "pairing")[:32]


def server_proof(secret: bytes, port: int, client_nonce: str, server_nonce: str) -> str:
    return _mac(secret, "server", str(port), client_nonce, server_nonce)


def client_proof(secret: bytes, port: int, call: str, server_nonce: str) -> str:
    """`call`: method and path, as in "GET /v1/status"; what it is asked with beside them is not covered."""
    return _mac(secret, "client", str(port), call, server_nonce)


class Challenges:
    """Answers challenges, and knows which of its nonces are still open. Safe to use from several threads."""

    def __init__(self, pairings: Secrets, port: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._pairings = pairings
        self._port = port
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[str, tuple[str, float]] = {}
        """By nonce, the oldest first: the pairing that it was given to, and when it ends."""

    def answer(self, pairing: str, client_nonce: str, origin: str | None) -> ChallengeAnswer:
        """Prove this server, and give a nonce for one call. Raises NotPaired."""
        secret = self._secret(pairing, origin)
        if secret is None:
            raise NotPaired("The server does not know this pairing. Run `arxiv-gloss pair` and enter the code.")
        nonce = secrets.token_hex(NONCE)
        with self._lock:
            self._forget()
            self._open[nonce] = pairing, self._clock() + SECONDS
        return ChallengeAnswer(nonce, server_proof(secret, self._port, client_nonce, nonce))

    def accepts(self, credential: str, call: str, origin: str | None) -> bool:
        """Whether a call is proved by `pairing.nonce.mac`. A nonce that was shown is used up, right or wrong."""
        pairing, _, rest = credential.partition(".")
        nonce, _, mac = rest.partition(".")
        with self._lock:
            given_to, ends = self._open.pop(nonce, ("", 0.0))
        secret = self._secret(pairing, origin)
        if secret is None or given_to != pairing or self._clock() > ends:
            return False
        right = client_proof(secret, self._port, call, nonce)
        return hmac.compare_digest(right.encode(), mac.encode("utf-8", "replace"))

    def _secret(self, pairing: str, origin: str | None) -> bytes | None:
        named = (secret for secret in self._pairings.secrets(origin) if pairing_name(secret) == pairing)
        return next(named, None)

    def _forget(self) -> None:
        """Make room for one more nonce."""
        now = self._clock()
        while self._open:
            oldest = next(iter(self._open))
            if len(self._open) < MOST_OPEN and self._open[oldest][1] >= now:
                return
            del self._open[oldest]


def _mac(secret: bytes, *parts: str) -> str:
    return hmac.new(secret, "\n".join(parts).encode("utf-8", "replace"), "sha256").hexdigest()
