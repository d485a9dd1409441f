"""The real server, started as a reader starts it, with folders of its own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from arxiv_gloss.errors import GlossError
from arxiv_gloss.events import Event, Failed

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""A proxy of the environment has nothing to do with our own machine."""
_PATIENCE = 60.0
"""Seconds that the server may take to answer for the first time."""


class DemoFailed(GlossError):
    code = "demo"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, its address, and the environment that its command line needs to speak of the same folders."""

    address: str
    environment: dict[str, str]

    def pairing_code(self) -> str:
        """A fresh code, as the terminal shows it."""
        digits = re.search(r"\d[\d ]+\d", self._command("pair"))
        if not digits:
            raise DemoFailed("`arxiv-gloss pair` showed no code.")
        return digits[0]

    def token(self) -> str:
        return self._command("pair", "--print-token").strip()

    def _command(self, *arguments: str) -> str:
        run = subprocess.run(
            command_line(*arguments), env=self.environment, capture_output=True, text=True, check=False
        )
        if run.returncode:
            raise DemoFailed(f"`arxiv-gloss {' '.join(arguments)}` failed: {run.stderr.strip() or run.stdout.strip()}")
        return run.stdout

    def gloss(self, token: str, request: dict[str, object]) -> Iterator[Event]:
        """Events of `POST /v1/gloss` as they arrive. Raises DemoFailed for an error that the server reports."""
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "X-Arxiv-Gloss": "1",
        }
        body = msgspec.json.encode(request)
        asked = urllib.request.Request(f"{self.address}/v1/gloss", body, headers, method="POST")
        try:
            with DIRECT.open(asked, timeout=_PATIENCE) as answer:
                for line in answer:
                    event = msgspec.json.decode(line, type=Event)
                    if isinstance(event, Failed):
                        raise DemoFailed(event.message)
                    yield event
        except urllib.error.HTTPError as error:
            raise DemoFailed(f"The server refused: {error.read().decode(errors='replace')}") from error


def command_line(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "arxiv_gloss", *arguments]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_server(home: Path, settings: dict[str, str] | None = None) -> Iterator[Server]:
    """Start `arxiv-gloss serve` on a free port with all its folders below `home`; stop it at the end."""
    port = free_port()
    folders = {f"ARXIV_GLOSS_{kind.upper()}_DIR": str(home / kind) for kind in ("config", "data", "cache")}
    environment = {**os.environ, **folders, "ARXIV_GLOSS_PORT": str(port), "PYTHONUTF8": "1", **(settings or {})}
    log = home / "serve.log"
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(command_line("serve"), env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            server = Server(f"http://127.0.0.1:{port}", environment)
            wait_until_it_answers(server, process, log)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_it_answers(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise DemoFailed(f"The server stopped at once: {log.read_text(encoding='utf-8').strip()}")
        try:
            with DIRECT.open(server.address, timeout=5):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.05)
    raise DemoFailed(f"The server did not answer within {_PATIENCE:.0f} s.")
