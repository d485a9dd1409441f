"""Where a model server is. Its name is looked up once, and every connection goes to the address that was found: one on
this machine, unless the reader has said that a server elsewhere is theirs."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from arxiv_gloss.errors import EndpointError

Lookup = Callable[[str, int], list[str]]
"""From a host and a port to the addresses of the host. Raises OSError."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server that was looked up."""

    url: str
    """As the reader knows it, without a path: `http://localhost:11434`."""
    host: str
    """As the Host header has it: `localhost:11434`."""
    pinned: str
    """The same with the address that was found: `http://127.0.0.1:11434`."""
    elsewhere: bool
    """Whether it is another machine."""


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host, version 4 first: servers on loopback often listen on that one alone."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in sorted(found, key=lambda one: one[0] != socket.AF_INET)]


def resolve(given: str, elsewhere: bool = False, lookup: Lookup = look_up) -> Endpoint:
    """The endpoint of an address such as `http://localhost:11434/v1`, `localhost:1234` or `8080`.

    `elsewhere`: whether it may be another machine. Raises EndpointError for one that is not allowed or not found.
    """
    if given.isdecimal():
        given = f"127.0.0.1:{given}"
    try:
        url = urlsplit(given if "://" in given else f"http://{given}")
        port = url.port or 80
    except ValueError as problem:
        raise EndpointError(f"{given} is no address ({problem}).") from problem
    if url.scheme != "http" or not url.hostname or url.username or url.query or url.fragment:
        raise EndpointError(f"{given} cannot be used: an address looks like http://localhost:11434.")
    if url.path.strip("/") not in {"", "v1"}:
        raise EndpointError(f"{given} cannot be used: only /v1 may stand behind the port.")
    try:
        addresses = [ip_address(one.partition("%")[0]) for one in lookup(url.hostname, port)]
    except (OSError, ValueError) as problem:
        raise EndpointError(f"There is no host {url.hostname!r} ({problem}).") from problem
    is_local = bool(addresses) and all(one.is_loopback for one in addresses)
    if not addresses or not (is_local or elsewhere):
        raise EndpointError(
            f"{url.hostname} is not this machine, and texts are sent to no other one unasked. If it is a server of "
            "your own, say so with --elsewhere; each gloss then names it."
        )
    first = f"[{addresses[0]}]" if addresses[0].version == 6 else str(addresses[0])
    host = f"[{url.hostname}]" if ":" in url.hostname else url.hostname
    return Endpoint(f"http://{host}:{port}", f"{host}:{port}", f"http://{first}:{port}", not is_local)
