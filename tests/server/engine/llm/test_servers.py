"""What servers tell of their models, each in its own way, and what a probe finds out."""

from __future__ import annotations

import json

import pytest

from arxiv_gloss.engine.llm.client import Client
from arxiv_gloss.engine.llm.endpoint import resolve
from arxiv_gloss.engine.llm.probe import Probe, probe
from arxiv_gloss.engine.llm.servers import describe, find_servers
from arxiv_gloss.errors import EndpointError
from tests.fixtures.model_server import Body, Says, StubServer, completion, in_form, model_server

GOOD = "我们用12个数据集训练一个网络，发现它只需要一半的内存。"


def page(content: object) -> tuple[int, str, bytes]:
    return 200, "application/json", json.dumps(content).encode()


def client_of(server: StubServer) -> Client:
    return Client(resolve(server.url))


def test_ollama_tells_size_precision_and_digest() -> None:
    with model_server(lambda body: "yes", "qwen3.5:4b") as server:
        server.pages["/api/version"] = page({"version": "0.15.2"})
        tags = {
            "name": "qwen3.5:4b",
            "size": 3_300_000_000,
            "digest": "ab12",
            "details": {"quantization_level": "Q4_K_M"},
        }
        server.pages["/api/tags"] = page({"models": [tags]})
        found = describe(client_of(server))
    (model,) = found.models
    assert found.backend == "Ollama 0.15.2"
    assert (model.name, model.size, model.precision, model.digest) == ("qwen3.5:4b", 3_300_000_000, "Q4_K_M", "ab12")


def test_lm_studio_tells_context_and_offers_no_embeddings() -> None:
    with model_server(lambda body: "yes", "qwen", "embedder") as server:
        qwen = {"id": "qwen", "type": "llm", "quantization": "4bit", "max_context_length": 32768}
        server.pages["/api/v0/models"] = page({"data": [qwen, {"id": "embedder", "type": "embeddings"}]})
        found = describe(client_of(server))
    assert found.backend == "LM Studio"
    assert [(one.id, one.context, one.precision) for one in found.models] == [("qwen", 32768, "4bit")]


def test_llama_cpp_names_a_file_and_only_its_name_is_shown() -> None:
    with model_server(lambda body: "yes") as server:
        meta = {"n_ctx": 2048, "size": 96_576_768, "ftype": "Q4_1"}
        server.pages["/v1/models"] = page({"data": [{"id": "/home/me/models/Smol.gguf", "meta": meta}]})
        server.pages["/props"] = page({"build_info": "b1-abc"})
        found = describe(client_of(server))
    assert found.backend == "llama.cpp b1-abc"
    assert found.model("Smol") == found.model("/home/me/models/Smol.gguf")
    assert (found.model("Smol").context, found.model("Smol").size) == (2048, 96_576_768)


def test_another_model_under_the_same_name_has_another_digest() -> None:
    digests = set()
    for digest in ("ab12", "cd34", "ab12"):
        with model_server(lambda body: "yes", "m") as server:
            server.pages["/api/version"] = page({"version": "1"})
            server.pages["/api/tags"] = page({"models": [{"name": "m", "digest": digest}]})
            found = describe(client_of(server))
            digests.add(found.digest_of(found.model("m")))
    assert len(digests) == 2


def test_what_listens_there_may_be_something_else() -> None:
    with model_server(lambda body: "yes") as server:
        server.pages["/v1/models"] = page(["not", "a", "list", "of", "models"])
        with pytest.raises(EndpointError, match="lists no models"):
            describe(client_of(server))
        assert find_servers([int(server.url.rpartition(":")[2])]) == []


def test_running_servers_are_found_on_their_ports() -> None:
    with model_server(lambda body: "yes", "a") as one, model_server(lambda body: "yes", "b") as other:
        ports = [int(server.url.rpartition(":")[2]) for server in (one, other)]
        assert [server.models[0].id for server in find_servers([*ports, 1])] == ["a", "b"]


def probed(says: Says) -> Probe:
    with model_server(says) as server:
        return probe(client_of(server), "parrot", "zh")


def well(body: Body) -> Body:
    """A server and a model as they should be."""
    words = len(body["messages"][-1]["content"].split())
    text = in_form(body, GOOD)
    reply = completion(text[: body["max_tokens"]], "length" if body["max_tokens"] < 10 else "stop")
    reply["usage"]["prompt_tokens"] = words
    return reply


def test_a_good_model_passes() -> None:
    found = probed(well)
    assert found == Probe("", json_schema=True, stops=True, context=True, repeats=True)
    assert not found.problem


def test_a_schema_that_is_ignored_is_not_asked_for_later() -> None:
    found = probed(lambda body: well(_without_form(body)))
    assert not found.json_schema and not found.problem


def _without_form(body: Body) -> Body:
    return {key: value for key, value in body.items() if key != "response_format"}


def test_thinking_is_switched_off_where_the_server_can() -> None:
    def says(body: Body) -> Body:
        off = body.get("chat_template_kwargs") == {"enable_thinking": False}
        return well(body) if off else completion("<think>Let me see", "length")

    assert probed(says).thinking == "enable_thinking"


def test_a_model_that_cannot_stop_thinking_is_refused() -> None:
    found = probed(lambda body: completion("", "length", reasoning_content="Let me see"))
    assert found.thinking is None and "thinks aloud" in found.problem


def test_a_server_that_cuts_prompts_in_silence_is_refused() -> None:
    def says(body: Body) -> Body:
        reply = well(body)
        reply["usage"]["prompt_tokens"] = min(512, reply["usage"]["prompt_tokens"])
        return reply

    assert "cuts prompts" in probed(says).problem


def test_a_server_that_cuts_answers_in_silence_is_refused() -> None:
    def says(body: Body) -> Body:
        reply = well(body)
        reply["choices"][0]["finish_reason"] = "stop"
        return reply

    assert "does not say when it cuts" in probed(says).problem


def test_an_answer_that_changes_is_told() -> None:
    turns = iter(range(100))

    def says(body: Body) -> Body:
        reply = well(body)
        message = reply["choices"][0]["message"]
        message["content"] = message["content"] + str(next(turns))
        return reply

    assert not probed(says).repeats
