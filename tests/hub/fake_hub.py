"""A hub on this machine: one model's folder behind the addresses that the hub's own client asks for."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"
LARGE = (".safetensors", ".spm", ".model", ".bin")
"""Files that a hub keeps in large-file storage, with their SHA-256."""


@dataclass
class FakeHub:
    """What the hub has, and how it misbehaves."""

    folder: Path
    name: str
    licence: str | None = "apache-2.0"
    status: int = 0
    """Answer everything with it."""
    breaks_after: int = 0
    """Bytes after which the connection of the first download of weights breaks."""
    slow: threading.Event | None = None
    """When given, weights are sent after it is set."""
    lies: bool = False
    """Claim another digest of the weights."""
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    """Method, path and range of every request."""
    endpoint: str = ""

    def files(self) -> list[Path]:
        return sorted(file for file in self.folder.iterdir() if file.is_file())

    def digest(self, file: Path) -> str:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        return digest[::-1] if self.lies and file.suffix == ".safetensors" else digest

    def info(self) -> dict[str, object]:
        siblings = []
        for file in self.files():
            one: dict[str, object] = {"rfilename": file.name, "size": file.stat().st_size, "blobId": "0"}
            if file.suffix in LARGE:
                one["lfs"] = {"sha256": self.digest(file), "size": file.stat().st_size, "pointerSize": 130}
            siblings.append(one)
        tags = [f"license:{self.licence}"] if self.licence else []
        return {"id": self.name, "modelId": self.name, "sha": COMMIT, "tags": tags, "siblings": siblings}


@contextmanager
def serving(hub: FakeHub) -> Iterator[FakeHub]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_HEAD(self) -> None:
            self.answer(with_body=False)

        def do_GET(self) -> None:
            self.answer(with_body=True)

        def answer(self, with_body: bool) -> None:
            hub.asked.append((self.command, self.path, self.headers.get("Range", "")))
            path = self.path.partition("?")[0]
            if hub.status:
                self.send(hub.status, {}, b'{"error": "as told"}')
            elif path.startswith(f"/api/models/{hub.name}"):
                revision = path.rpartition("/revision/")[2] if "/revision/" in path else "main"
                if revision in ("main", COMMIT):
                    self.send(200, {"Content-Type": "application/json"}, json.dumps(hub.info()).encode())
                else:
                    self.send(404, {"X-Error-Code": "RevisionNotFound"}, b"{}")
            elif found := re.fullmatch(rf"/{hub.name}/resolve/(\w+)/([\w.-]+)", path):
                self.file(hub.folder / found[2], with_body)
            else:
                self.send(404, {"X-Error-Code": "RepoNotFound"}, b'{"error": "Repository not found"}')

        def file(self, file: Path, with_body: bool) -> None:
            if not file.is_file():
                self.send(404, {"X-Error-Code": "EntryNotFound"}, b"")
                return
            content, start = file.read_bytes(), 0
            if begins := re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", "")):
                start = int(begins[1])
            etag = hub.digest(file) if file.suffix in LARGE else hashlib.sha1(content).hexdigest()
            headers = {"ETag": f'"{etag}"', "X-Repo-Commit": COMMIT, "Accept-Ranges": "bytes"}
            if start:
                headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            breaks = hub.breaks_after if file.suffix == ".safetensors" and not start and with_body else 0
            if with_body and hub.slow is not None and file.suffix == ".safetensors":
                hub.slow.wait(30)
            self.send(206 if start else 200, headers, content[start:], with_body, breaks)

        def send(
            self, status: int, headers: dict[str, str], body: bytes, with_body: bool = True, breaks: int = 0
        ) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if with_body and self.command != "HEAD":
                self.wfile.write(body[:breaks] if breaks else body)
            if breaks:
                hub.breaks_after = 0
                self.wfile.flush()
                self.close_connection = True

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that hangs up is no fault of the hub's."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    hub.endpoint = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
