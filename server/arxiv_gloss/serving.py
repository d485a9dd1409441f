"""The application behind waitress, on this machine's loopback address and nowhere else."""

from __future__ import annotations

import hmac
import http.client
import logging
import secrets
import socket
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec
from waitress.channel import HTTPChannel
from waitress.server import create_server

from arxiv_gloss.routes.challenges import NONCE, pairing_name, server_proof
from arxiv_gloss.routes.guard import UPLOADS
from arxiv_gloss.routes.requests import ChallengeRequest
from arxiv_gloss.routes.responses import ChallengeAnswer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

LOOPBACK = "127.0.0.1"
IDENT = "arxiv-gloss"
THREADS = 128
"""A stream holds a thread while it waits, so there are far more of them than cores, and more than streams."""


CONNECTIONS = 1_000
"""Open at once. A browser opens hundreds for a page that asks for them, before it finds that it may not."""
IDLE = 5.0
"""Seconds after which a connection that says nothing is closed."""
SPARE_FILES = 250
"""Files that are left for databases, models and PDF workers."""
LONGEST_PROOF = 10_000
"""Bytes that are read of an answer to a challenge."""
WHOLE_REQUEST = 30.0
"""Seconds in which a request must have come whole: on loopback, 50 MB take less than one."""


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that knows when its unfinished request began: one that drips is closed as well."""

    begun: float | None = None

    def received(self, data: bytes) -> bool:
        if self.begun is None:
            self.begun = time.time()
        more: bool = super().received(data)
        if self.request is None:
            self.begun = None
        return more


def close_unfinished(channels: Iterable[Channel], now: float) -> None:
    """`now`: as waitress counts, in seconds since 1970."""
    for channel in channels:
        if channel.begun is not None and not channel.requests and now - channel.begun > WHOLE_REQUEST:
            channel.will_close = True


def bind(port: int) -> socket.socket:
    """Take the port (0: any free one) for ourselves. Raises OSError when another program has it."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform == "win32":  # there SO_REUSEADDR would let two servers share a port
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((LOOPBACK, port))
        # Listening at once makes the port ours: binding alone would let a second start succeed on some systems.
        taken.listen()
    except OSError:
        taken.close()
        raise
    return taken


def serve(app: WSGIApplication, taken: socket.socket) -> None:
    """Serve until the process is stopped."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a task that waits for a moment is no news
    server = create_server(
        app,
        sockets=[taken],
        ident=IDENT,
        threads=THREADS,
        max_request_body_size=max(longest for _, longest in UPLOADS.values()),  # the guard knows the path
        connection_limit=min(CONNECTIONS, _files() - SPARE_FILES),
        channel_timeout=IDLE,
        cleanup_interval=1,
        asyncore_use_poll=True,  # select knows no file beyond the 1,024th
        channel_request_lookahead=1,  # without it waitress does not notice that a reader has disconnected
        clear_untrusted_proxy_headers=True,
    )
    server.channel_class = Channel
    idle_closed = server.maintenance

    def maintenance(now: float) -> None:
        idle_closed(now)
        close_unfinished(list(server.active_channels.values()), now)

    server.maintenance = maintenance
    server.run()


def _files() -> int:
    """How many files this process may open, after it has asked for more."""
    try:
        import resource
    except ImportError:  # Windows, which has no such limit
        return CONNECTIONS + SPARE_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + SPARE_FILES
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(SPARE_FILES + 50, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def is_running(port: int) -> bool:
    """Whether what answers on the port says that it is arXiv Gloss; `is_ours` has it proved."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=2)
    try:
        connection.request("GET", "/")
        return connection.getresponse().getheader("Server") == IDENT
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def is_taken(port: int) -> bool:
    """Whether any program answers on the port."""
    try:
        socket.create_connection((LOOPBACK, port), timeout=2).close()
    except OSError:
        return False
    return True


def is_ours(port: int, secret: bytes) -> bool:
    """Whether the server of this installation answers on the port: it holds the secret (`Pairings.own_secret`)."""
    nonce = secrets.token_hex(NONCE)
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    headers = {"Content-Type": "application/json", "X-Arxiv-Gloss": "1"}
    try:
        asked = ChallengeRequest(pairing_name(secret), nonce)
        connection.request("POST", "/v1/challenge", msgspec.json.encode(asked), headers)
        answer = msgspec.json.decode(connection.getresponse().read(LONGEST_PROOF), type=ChallengeAnswer)
    except (OSError, http.client.HTTPException, msgspec.MsgspecError, UnicodeError):
        return False
    finally:
        connection.close()
    right = server_proof(secret, port, nonce, answer.nonce)
    return hmac.compare_digest(right.encode(), answer.proof.encode())
