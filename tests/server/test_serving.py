"""The real server on a real port."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import msgspec
import pytest
from click.testing import CliRunner, Result

from arxiv_gloss import serving
from arxiv_gloss.app import create_app
from arxiv_gloss.cli import main
from arxiv_gloss.routes.challenges import pairing_name
from arxiv_gloss.routes.services import AppServices
from arxiv_gloss.services.jobs.queue import JobQueue
from arxiv_gloss.settings import Settings
from tests.server.conftest import ABSTRACT, TITLE
from tests.server.fakes import EchoEngine

PATIENCE = 10.0


class Server:
    def __init__(self, settings: Settings) -> None:
        taken = serving.bind(0)
        self.port: int = taken.getsockname()[1]
        self.engine = EchoEngine(gate=threading.Event())
        jobs = JobQueue(grace_seconds=0.0, heartbeat_seconds=0.2)
        app = create_app(msgspec.structs.replace(settings, port=self.port), load=lambda: self.engine, jobs=jobs)
        self.services: AppServices = app.extensions["arxiv_gloss"]
        self.token = self.services.pairings.new_token()
        threading.Thread(target=serving.serve, args=(app, taken), daemon=True).start()

    def ask(self) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
        connection = http.client.HTTPConnection(serving.LOOPBACK, self.port, timeout=PATIENCE)
        headers = {
            "Authorization": f"Bearer {self.token}",
            "X-Arxiv-Gloss": "1",
            "Content-Type": "application/json",
        }
        connection.request("POST", "/v1/gloss", json.dumps({"title": TITLE, "abstract": ABSTRACT}), headers)
        return connection, connection.getresponse()


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    made = Server(settings)
    yield made
    assert made.engine.gate is not None
    made.engine.gate.set()
    made.services.close()


def test_lines_arrive_one_by_one(server: Server) -> None:
    """The first line is there while the model has not even begun."""
    connection, answer = server.ask()
    assert answer.getheader("Content-Type") == "application/x-ndjson"
    assert json.loads(answer.readline())["event"] == "started"
    assert server.engine.decoded == []
    assert server.engine.gate is not None
    server.engine.gate.set()
    assert json.loads(answer.read().splitlines()[-1])["event"] == "done"
    connection.close()


def test_a_closed_connection_stops_the_work(server: Server) -> None:
    connection, answer = server.ask()
    answer.readline()
    answer.close()
    connection.close()
    assert server.engine.stopped.wait(PATIENCE)
    assert server.engine.decoded == []


def start_again(server: Server, folder: Path) -> Result:
    env = {f"ARXIV_GLOSS_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}
    return CliRunner().invoke(main, ["serve", "--port", str(server.port)], env=env)


def test_a_second_start_finds_the_first(server: Server, tmp_path: Path) -> None:
    result = start_again(server, tmp_path)
    assert result.exit_code == 0
    assert "already running" in result.stdout


def test_a_server_of_other_folders_is_not_taken_for_ours(server: Server, tmp_path: Path) -> None:
    """It says of itself that it is arXiv Gloss, as any program may."""
    result = start_again(server, tmp_path / "second")
    assert result.exit_code == 1
    assert "already running" not in result.stdout
    assert serving.is_running(server.port)
    assert not serving.is_ours(server.port, b"another secret")
    assert serving.is_ours(server.port, server.services.pairings.own_secret())


def test_silent_connections_do_not_make_the_server_deaf(server: Server) -> None:
    held = [socket.create_connection((serving.LOOPBACK, server.port)) for _ in range(150)]
    connection = http.client.HTTPConnection(serving.LOOPBACK, server.port, timeout=PATIENCE)
    connection.request("GET", "/")
    assert connection.getresponse().status == 200
    for one in held:
        one.close()
    connection.close()


def test_what_is_asked_after_a_challenge_needs_a_connection_of_its_own(server: Server) -> None:
    """Browsers send a request again by a new connection where a kept one is broken: to whatever has the port then."""
    connection = http.client.HTTPConnection(serving.LOOPBACK, server.port, timeout=PATIENCE)
    asked = {"pairing": pairing_name(server.services.pairings.own_secret()), "nonce": "0" * 32}
    headers = {"X-Arxiv-Gloss": "1", "Content-Type": "application/json"}
    connection.request("POST", "/v1/challenge", json.dumps(asked), headers)
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Connection")) == (200, "close")
    connection.close()


def test_who_is_refused_holds_no_connection(server: Server) -> None:
    connection = http.client.HTTPConnection(serving.LOOPBACK, server.port, timeout=PATIENCE)
    connection.request("GET", "/v1/status", headers={"Host": "evil.example"})
    answer = connection.getresponse()
    assert answer.status == 403
    assert answer.getheader("Connection") == "close"
    connection.close()


def test_a_request_that_drips_is_closed() -> None:
    """And one that is whole, or has just begun, is not."""
    dripping: list[tuple[float | None, list[int]]] = [(None, []), (50.0, []), (95.0, []), (50.0, [1])]
    channels = [SimpleNamespace(begun=begun, requests=some, will_close=False) for begun, some in dripping]
    serving.close_unfinished(cast(Any, channels), now=100.0)
    assert [one.will_close for one in channels] == [False, True, False, False]
