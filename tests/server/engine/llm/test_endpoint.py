"""Texts go to this machine, or to one that the reader has named, and on no detour."""

from __future__ import annotations

import pytest

from arxiv_gloss.engine.llm.client import Client
from arxiv_gloss.engine.llm.endpoint import Endpoint, resolve
from arxiv_gloss.errors import Cancelled, EndpointError
from tests.fixtures.model_server import StubServer, model_server


def on(*addresses: str) -> Endpoint:
    return resolve("http://models.test:1234/v1", lookup=lambda host, port: list(addresses))


def test_a_name_is_looked_up_once_and_pinned() -> None:
    found = on("127.0.0.1", "::1")
    assert found == Endpoint("http://models.test:1234", "models.test:1234", "http://127.0.0.1:1234", elsewhere=False)
    assert on("::1").pinned == "http://[::1]:1234"


@pytest.mark.parametrize("given", ["8080", "localhost:8080", "http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080"])
def test_addresses_as_people_write_them(given: str) -> None:
    assert resolve(given).pinned == "http://127.0.0.1:8080"


@pytest.mark.parametrize("addresses", [("192.168.1.7",), ("127.0.0.1", "192.168.1.7"), ("::ffff:192.168.1.7",), ()])
def test_no_other_machine_unasked(addresses: tuple[str, ...]) -> None:
    with pytest.raises(EndpointError, match="not this machine"):
        on(*addresses)


def test_another_machine_when_it_is_asked_for() -> None:
    found = resolve("lab-gpu:11434", elsewhere=True, lookup=lambda host, port: ["192.168.1.7"])
    assert (found.pinned, found.elsewhere) == ("http://192.168.1.7:11434", True)
    assert not resolve("localhost:1234", elsewhere=True).elsewhere


@pytest.mark.parametrize(
    "given",
    [
        "https://localhost:1234",
        "http://me:secret@localhost:1234",
        "http://localhost:1234/v1?key=1",
        "http://localhost:1234/other",
        "file:///etc/passwd",
        "http://localhost:port",
        "http://",
    ],
)
def test_what_is_no_address_of_a_model_server(given: str) -> None:
    with pytest.raises(EndpointError):
        resolve(given)


def client_of(server: StubServer) -> Client:
    return Client(resolve(server.url))


def test_the_pinned_address_is_asked_under_the_name_that_the_reader_gave() -> None:
    with model_server(lambda body: "yes") as server:
        port = server.url.rpartition(":")[2]
        endpoint = resolve(f"http://models.test:{port}", lookup=lambda host, port: ["127.0.0.1"])
        assert Client(endpoint).get("/v1/models")["object"] == "list"
        assert server.hosts == {f"models.test:{port}"}


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with model_server(lambda body: "yes") as server, model_server(lambda body: "no") as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        client_of(server).get("/v1/models")
        assert server.hosts and not proxy.hosts


def test_no_redirect_is_followed() -> None:
    with model_server(lambda body: "yes") as server, model_server(lambda body: "no") as other:
        server.pages["/v1/models"] = (307, "text/plain", f"{other.url}/v1/models".encode())
        with pytest.raises(EndpointError, match="status 307"):
            client_of(server).get("/v1/models")
        assert not other.hosts


def test_html_is_no_answer() -> None:
    with model_server(lambda body: "yes") as server:
        server.pages["/v1/models"] = (200, "text/html", b"<html>Welcome</html>")
        with pytest.raises(EndpointError, match="text/html, not with JSON"):
            client_of(server).get("/v1/models")


def test_an_endless_answer_is_cut() -> None:
    with model_server(lambda body: "yes") as server:
        server.pages["/v1/models"] = (200, "application/json", b" " * 4_100_000)
        with pytest.raises(EndpointError, match="does not come to an end"):
            client_of(server).get("/v1/models")


def test_whoever_waits_no_longer_closes_the_connection() -> None:
    with model_server(lambda body: None) as server:
        with pytest.raises(Cancelled):
            client_of(server).post("/v1/chat/completions", {}, 60, lambda: bool(server.asked))
        assert server.left.wait(5)


def test_a_server_that_hangs_is_left() -> None:
    with model_server(lambda body: None) as server:
        with pytest.raises(EndpointError, match="did not answer") as caught:
            client_of(server).post("/v1/chat/completions", {}, 1.5)
        assert caught.value.reason == "timeout"
        assert server.left.wait(5)


def test_a_server_that_is_gone() -> None:
    with model_server(lambda body: "yes") as server:
        client = client_of(server)
    with pytest.raises(EndpointError, match="cannot be reached") as caught:
        client.get("/v1/models")
    assert caught.value.reason == "gone"
