"""Who may ask: browsers and scripts that were paired by a code from this machine's own terminal.

A code has eight digits, lives two minutes, allows five tries and works once; it is kept under a slow, salted hash, with
which all codes would take months. A token has 256 bits, is shown once, and is bound to the Origin that it was given to;
only its hash is kept, by which server and client know each other (routes/challenges.py). A ticket is a code that nobody
has to type: 256 bits in a file that the reader alone may open, from which the extension takes it; it lives ten minutes
and works once.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from hmac import compare_digest
from pathlib import Path

from arxiv_gloss.errors import NotAllowed
from arxiv_gloss.storage.state import StateDatabase

CODE_DIGITS = 8
CODE_SECONDS = 120
CODE_TRIES = 5
TICKET_SECONDS = 600
LONGEST_TICKET = 128
"""Characters that are looked at; ours have 43."""
LONGEST_CODE = 32
"""Characters that are looked at: eight digits and what somebody may put between them."""
SALT = 16
"""Bytes."""


class Pairings:
    """Codes and tokens in state.db, which the server and the command line share."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        """Raises StateError when the file can be neither read nor made."""
        self._clock = clock
        self._state = StateDatabase(path, "Pairings")

    def new_code(self) -> str:
        """A fresh code; any older one stops working."""
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        self._state.write("DELETE FROM code")
        kept = _slow_hash(code, secrets.token_bytes(SALT))
        self._state.write("INSERT INTO code VALUES (?, ?, ?)", kept, CODE_TRIES, self._clock())
        return code

    def pair(self, code: str, origin: str | None) -> str:
        """Trade a code for a token bound to `origin`. Raises NotAllowed for a wrong, old or used code."""
        digits = "".join(character for character in code[:LONGEST_CODE] if character.isdigit())
        # One statement each, so that tries made at the same time are all counted, and one code gives one token.
        self._state.write("UPDATE code SET tries = tries - 1")
        self._state.write("DELETE FROM code WHERE tries < 0 OR NOT made BETWEEN ? AND ?", *self._window(CODE_SECONDS))
        for (kept,) in self._state.read("SELECT hash FROM code"):
            right = compare_digest(_slow_hash(digits, kept[:SALT]), kept)
            if right and self._state.write("DELETE FROM code WHERE hash = ?", kept):
                return self.new_token(origin)
        raise NotAllowed("This code is wrong, used or too old. Ask for a new one in the terminal.")

    def new_tickets(self, count: int) -> list[str]:
        """Fresh tickets; any older ones stop working."""
        tickets = [secrets.token_urlsafe(32) for _ in range(count)]
        self._state.write("DELETE FROM ticket")
        for ticket in tickets:
            self._state.write("INSERT INTO ticket VALUES (?, ?)", _hash(ticket), self._clock())
        return tickets

    def redeem(self, ticket: str, origin: str | None) -> str:
        """Trade a ticket for a token bound to `origin`. Raises NotAllowed for a wrong, old or used ticket."""
        self._state.write("DELETE FROM ticket WHERE NOT made BETWEEN ? AND ?", *self._window(TICKET_SECONDS))
        if self._state.write("DELETE FROM ticket WHERE hash = ?", _hash(ticket[:LONGEST_TICKET])):
            return self.new_token(origin)
        raise NotAllowed("This ticket is wrong, used or too old. Start the server again for a new one.")

    def new_token(self, origin: str | None = None) -> str:
        """A token for `origin`; without one, for scripts, which send no Origin."""
        token = secrets.token_urlsafe(32)
        self._state.write("INSERT INTO pairing VALUES (?, ?, ?)", _hash(token), origin, self._clock())
        return token

    def allows(self, token: str, origin: str | None) -> bool:
        """Whether the token is known, and comes from where it was given to. A request without Origin, which only
        programs and the browser's own extension can send, needs the token alone."""
        given = _hash(token)
        allowed = False
        for known, bound in self._state.read("SELECT hash, origin FROM pairing"):
            allowed |= compare_digest(given, known) and origin in (None, bound)
        return allowed

    def secrets(self, origin: str | None) -> list[bytes]:
        """By which the pairings that may be used from `origin` are proved; without one, this installation's own too."""
        known = self._state.read("SELECT hash, origin FROM pairing")
        return [secret for secret, bound in known if origin in (None, bound)] + ([] if origin else [self.own_secret()])

    def own_secret(self) -> bytes:
        """By what commands know the server of these folders."""
        return bytes(self._state.read("SELECT secret FROM instance")[0][0])

    def origins(self) -> frozenset[str]:
        return frozenset(
            origin for (origin,) in self._state.read("SELECT DISTINCT origin FROM pairing WHERE origin NOT NULL")
        )

    def count(self) -> int:
        return int(self._state.read("SELECT count(*) FROM pairing")[0][0])

    def forget_all(self) -> None:
        """End every pairing, and every open code and ticket."""
        self._state.write("DELETE FROM pairing")
        self._state.write("DELETE FROM code")
        self._state.write("DELETE FROM ticket")

    def close(self) -> None:
        self._state.close()

    def _window(self, seconds: float) -> tuple[float, float]:
        """Times at which what still counts was made; a clock set back makes nothing younger."""
        now = self._clock()
        return now - seconds, now


def _slow_hash(code: str, salt: bytes) -> bytes:
    """The salt and what scrypt makes of the code: a tenth of a second and 32 MB for each guess."""
    return salt + hashlib.scrypt(code.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=2**26)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
