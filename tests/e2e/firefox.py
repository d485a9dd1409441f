"""A real Firefox with the built extension, driven through WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/).

Playwright's own Firefox takes no extensions, and drivers of the usual kind have to be downloaded. From version 153 on
BiDi opens pages of the web alone: pages of the extension are opened by the extension itself, as for a reader, and only
then driven.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import websocket

COMMANDS = ("firefox", "firefox-esr")
PATIENCE = 60.0
"""Seconds that anything may take."""
ADDRESS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


def find_firefox() -> Path | None:
    found = next(filter(None, map(shutil.which, COMMANDS)), None)
    return Path(found) if found else None


@dataclass
class Firefox:
    """One session. `pages` are shown in arXiv's place: path on arXiv to (content type, body)."""

    socket: websocket.WebSocket
    pages: Mapping[str, tuple[str, bytes]]
    asked: list[str] = field(default_factory=list)
    """Addresses on the web that were asked for."""
    _last: int = 0

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The result of a command; requests to arXiv that come meanwhile are answered. Raises RuntimeError."""
        number = self._send(method, params)
        while True:
            message = json.loads(self.socket.recv())
            if message.get("method") == "network.beforeRequestSent":
                self._answer(message["params"])
            elif message.get("id") == number and message["type"] == "error":
                raise RuntimeError(f"{method}: {message['error']}: {message['message']}")
            elif message.get("id") == number:
                return dict(message["result"])

    def open(self, url: str) -> str:
        """A new tab with a page of the web; returns its handle."""
        assert url.startswith("https://"), "no Firefox from 153 on lets BiDi navigate elsewhere"
        tab = str(self.call("browsingContext.create", type="tab")["context"])
        self.call("browsingContext.navigate", context=tab, url=url, wait="interactive")
        return tab

    def tab_of(self, page: str) -> str:
        """The tab that shows a page of the extension, which something else opens, once it is there."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for tab in self.call("browsingContext.getTree")["contexts"]:
                if tab["url"].startswith("moz-extension://") and tab["url"].endswith(page):
                    return str(tab["context"])
            time.sleep(0.1)
        raise TimeoutError(f"Firefox waited in vain for {page}")

    def run(self, tab: str, function: str, *arguments: str) -> Any:
        """What a JavaScript function says of the page: text, a number, a truth or nothing."""
        made = self.call(
            "script.callFunction",
            functionDeclaration=function,
            arguments=[{"type": "string", "value": one} for one in arguments],
            target={"context": tab},
            awaitPromise=True,
        )
        if made["type"] == "exception":
            raise RuntimeError(made["exceptionDetails"]["text"])
        return made["result"].get("value")

    def wait(self, tab: str, function: str, *arguments: str) -> Any:
        """The same, once it is neither empty nor zero."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := self.run(tab, function, *arguments):
                return found
            time.sleep(0.1)
        raise TimeoutError(f"Firefox waited in vain for {function}")

    def picture(self, tab: str, path: Path) -> None:
        made = self.call("browsingContext.captureScreenshot", context=tab, origin="document")
        path.write_bytes(base64.b64decode(made["data"]))

    def _send(self, method: str, params: Mapping[str, Any]) -> int:
        self._last += 1
        self.socket.send(json.dumps({"id": self._last, "method": method, "params": params}))
        return self._last

    def _answer(self, event: Mapping[str, Any]) -> None:
        self.asked.append(event["request"]["url"])
        if not event["isBlocked"]:
            return
        path = re.sub(r"^https://arxiv\.org|[?#].*$", "", event["request"]["url"])
        kind, body = self.pages.get(path, ("text/plain", b""))
        self._send(
            "network.provideResponse",
            {
                "request": event["request"]["request"],
                "statusCode": 200 if path in self.pages else 404,
                "headers": [{"name": "Content-Type", "value": {"type": "string", "value": kind}}],
                "body": {"type": "base64", "value": base64.b64encode(body).decode()},
            },
        )


@contextmanager
def open_firefox(
    command: Path, profile: Path, extension: Path, pages: Mapping[str, tuple[str, bytes]]
) -> Iterator[Firefox]:
    """A browser with the extension, in which `pages` stand in arXiv's place."""
    profile.mkdir(parents=True, exist_ok=True)
    arguments = ["--headless", "--remote-debugging-port", "0", "--profile", str(profile), "about:blank"]
    log = profile / "firefox.log"
    with log.open("w") as output:
        process = subprocess.Popen([str(command), *arguments], stdout=output, stderr=output)
    try:
        address = f"{_address(log)}/session"
        with closing(websocket.create_connection(address, timeout=PATIENCE, suppress_origin=True)) as socket:
            firefox = Firefox(socket, pages)
            firefox.call("session.new", capabilities={})
            firefox.call("session.subscribe", events=["network.beforeRequestSent"])
            pattern = {"type": "pattern", "protocol": "https", "hostname": "arxiv.org"}
            firefox.call("network.addIntercept", phases=["beforeRequestSent"], urlPatterns=[pattern])
            firefox.call("webExtension.install", extensionData={"type": "path", "path": str(extension)})
            yield firefox
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _address(log: Path) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := ADDRESS.search(log.read_text()):
            return found[1]
        time.sleep(0.1)
    raise TimeoutError(f"Firefox did not say where it listens:\n{log.read_text()}")
