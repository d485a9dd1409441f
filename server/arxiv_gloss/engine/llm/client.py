"""HTTP to a model server: one request at a time, to the address that was looked up, through no proxy, after no
redirect. Whoever stops waiting closes the connection, which makes the server stop."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable
from typing import Any

import httpx
from anyio.from_thread import start_blocking_portal

from arxiv_gloss.engine.llm.endpoint import Endpoint
from arxiv_gloss.errors import Cancelled, EndpointError

LONGEST_ANSWER = 4_000_000
"""Bytes. A list of models may be long; a sentence never is."""
CONNECT_SECONDS = 5.0
POLL_SECONDS = 0.05
_TRUSTS_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""All is plain HTTP; without this, each client would load the authorities of the whole web."""


def _never() -> bool:
    return False


class Client:
    """Safe to use from several threads: nothing is kept between two requests."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint

    def get(self, path: str, seconds: float = 5.0) -> Any:
        """The JSON at a path. Raises EndpointError."""
        return self._request("GET", path, None, seconds, _never)

    def post(self, path: str, body: object, seconds: float, cancelled: Callable[[], bool] = _never) -> Any:
        """The JSON that answers `body`. Raises EndpointError, also after so many seconds; Cancelled as soon as
        `cancelled` says so. In both cases the connection is closed."""
        return self._request("POST", path, body, seconds, cancelled)

    def _request(self, method: str, path: str, body: object, seconds: float, cancelled: Callable[[], bool]) -> Any:
        until = time.monotonic() + seconds
        with start_blocking_portal() as portal:
            task = portal.start_task_soon(self._fetch, method, path, body)
            while True:
                try:
                    return task.result(POLL_SECONDS)
                except TimeoutError:
                    if cancelled():
                        task.cancel()
                        raise Cancelled("Nobody waits for this any more.") from None
                    if time.monotonic() > until:
                        task.cancel()
                        raise EndpointError(
                            f"{self.endpoint.url} did not answer within {seconds:.0f} seconds.", "timeout"
                        ) from None

    async def _fetch(self, method: str, path: str, body: object) -> Any:
        """Time is kept by `_request`."""
        timeout = httpx.Timeout(None, connect=CONNECT_SECONDS)
        headers = {"Host": self.endpoint.host, "Accept": "application/json"}
        try:
            async with (
                httpx.AsyncClient(verify=_TRUSTS_NOBODY, trust_env=False, timeout=timeout) as client,
                client.stream(
                    method, self.endpoint.pinned + path, json=body, headers=headers, follow_redirects=False
                ) as response,
            ):
                content = await self._read(response)
        except httpx.HTTPError as problem:
            reason = str(problem) or type(problem).__name__
            raise EndpointError(f"{self.endpoint.url} cannot be reached ({reason}).", "gone") from problem
        if response.status_code != httpx.codes.OK:
            raise EndpointError(f"{self.endpoint.url}{path} answers with status {response.status_code}.", "status")
        try:
            return json.loads(content)
        except ValueError as problem:
            kind = response.headers.get("content-type", "no type")
            raise EndpointError(f"{self.endpoint.url}{path} answers with {kind}, not with JSON.", "form") from problem

    async def _read(self, response: httpx.Response) -> bytes:
        content = bytearray()
        async for some in response.aiter_bytes():
            content += some
            if len(content) > LONGEST_ANSWER:
                raise EndpointError(f"{self.endpoint.url} does not come to an end.", "form")
        return bytes(content)
