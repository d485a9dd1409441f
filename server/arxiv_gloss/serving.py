"""The application behind waitress, on this machine's loopback address and nowhere else."""

from __future__ import annotations

import http.client
import logging
import socket
import sys
from typing import TYPE_CHECKING

from waitress.server import create_server

from arxiv_gloss.routes.guard import UPLOADS

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

ADDRESS = "127.0.0.1"
IDENT = "arxiv-gloss"
THREADS = 32
"""A stream holds a thread while it waits for the model, so there are far more of them than cores."""


def bind(port: int) -> socket.socket:
    """Take the port (0: any free one) for ourselves. Raises OSError when another program has it."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform == "win32":  # there SO_REUSEADDR would let two servers share a port
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((ADDRESS, port))
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
        channel_request_lookahead=1,  # without it waitress does not notice that a reader has disconnected
        clear_untrusted_proxy_headers=True,
    )
    server.run()


def is_running(port: int) -> bool:
    """Whether it is arXiv Gloss that answers on the port."""
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=2)
    try:
        connection.request("GET", "/")
        return connection.getresponse().getheader("Server") == IDENT
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
