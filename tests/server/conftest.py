"""The app in process, with an engine that echoes; each test has its own folders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from arxiv_gloss.app import create_app
from arxiv_gloss.clock import Clock
from arxiv_gloss.events import Title
from arxiv_gloss.routes.services import AppServices
from arxiv_gloss.services.gloss.taiwan import in_script_of
from arxiv_gloss.services.jobs.queue import JobQueue
from arxiv_gloss.settings import Settings
from tests.server.fakes import EchoEngine

ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
ABSTRACT = (
    "Large language models are slow on long documents. We propose SplitNet, which caches $O(n^2)$ attention states "
    "once. On all benchmarks it reduces latency by 3.07x and memory by 41.2%. The code is available at "
    "https://example.org/splitnet."
)
TITLE = "SplitNet: Caching Attention for Long Documents"


NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


class Caller:
    """A paired client, like the extension's background worker."""

    def __init__(self, app: Flask, token: str) -> None:
        self._client: FlaskClient = app.test_client()
        self.headers = {"Authorization": f"Bearer {token}", "X-Arxiv-Gloss": "1", "Origin": ORIGIN}

    def get(self, path: str) -> TestResponse:
        headers = {name: value for name, value in self.headers.items() if name != "Origin"}
        return self._client.get(path, headers=headers, base_url="http://127.0.0.1:8417")

    def post(self, path: str, body: Any) -> TestResponse:
        return self._client.post(path, json=body, headers=self.headers, base_url="http://127.0.0.1:8417")

    def upload(self, path: str, file: bytes, kind: str = "application/pdf") -> TestResponse:
        headers = {**self.headers, "Content-Type": kind}
        return self._client.post(path, data=file, headers=headers, base_url="http://127.0.0.1:8417")

    def put(self, path: str, body: Any) -> TestResponse:
        return self._client.put(path, json=body, headers=self.headers, base_url="http://127.0.0.1:8417")

    def delete(self, path: str, body: Any) -> TestResponse:
        return self._client.delete(path, json=body, headers=self.headers, base_url="http://127.0.0.1:8417")

    def stream(self, path: str, body: Any) -> list[dict[str, Any]]:
        """The events of a stream that is read to its end."""
        response = self.post(path, body)
        assert response.status_code == 200, response.get_data(as_text=True)
        events = [msgspec.json.decode(line) for line in response.get_data().splitlines()]
        response.close()
        return events


@pytest.fixture
def opencc() -> None:
    """Its tables, loaded before a stream begins: the tests' server says `alive` after a fifth of a second."""
    in_script_of(Title("软件"), "zh-TW")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        config_dir=tmp_path / "config",
        data_dir=tmp_path / "data",
        cache_dir=tmp_path / "cache",
        ask_arxiv=False,
    )


@pytest.fixture
def engine() -> EchoEngine:
    return EchoEngine()


@pytest.fixture
def jobs() -> JobQueue:
    return JobQueue(grace_seconds=0.05, heartbeat_seconds=0.2)


@pytest.fixture
def app(settings: Settings, engine: EchoEngine, jobs: JobQueue) -> Iterator[Flask]:
    made = create_app(settings, load=lambda: engine, jobs=jobs, clock=Clock(lambda: 0.0, lambda: NOON), lexicon=dict)
    yield made
    services: AppServices = made.extensions["arxiv_gloss"]
    services.close()


@pytest.fixture
def client(app: Flask) -> Caller:
    services: AppServices = app.extensions["arxiv_gloss"]
    return Caller(app, services.pairings.new_token(ORIGIN))
