"""Which model servers run here, and what they say of their models.

What every server tells is `/v1/models`; size, context and digest stand where each kind of server puts them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from arxiv_gloss.engine.llm.client import Client
from arxiv_gloss.engine.llm.endpoint import resolve
from arxiv_gloss.errors import EndpointError

USUAL_PORTS = {11434: "Ollama", 1234: "LM Studio", 8080: "llama.cpp", 8000: "vLLM", 5273: "Foundry Local"}
"""Where each listens unless it is told otherwise."""


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model of a server; what the server does not tell is 0 or empty."""

    id: str
    """As requests name it."""
    size: int = 0
    """Bytes of its weights."""
    context: int = 0
    """Most tokens of prompt and answer together."""
    precision: str = ""
    """As its maker calls the quantisation: `Q4_K_M`."""
    digest: str = ""
    """The server's own, of the model's weights."""

    @property
    def name(self) -> str:
        """For people."""
        return short_name(self.id)


@dataclass(frozen=True, slots=True)
class ModelServer:
    """A server that answered."""

    client: Client
    backend: str
    """What it is, with its version where it says so: `Ollama 0.15.2`."""
    models: tuple[ServedModel, ...]

    def model(self, name: str) -> ServedModel:
        """The model of an id or a name. Raises EndpointError."""
        for one in self.models:
            if name in {one.id, one.name}:
                return one
        known = ", ".join(one.name for one in self.models) or "none"
        raise EndpointError(f"{self.client.endpoint.url} has no model {name!r}; it has: {known}.", "model")

    def digest_of(self, model: ServedModel) -> str:
        """SHA-256 of all that the server tells of a model: another model under the same name has another one only where
        the server tells sizes or digests."""
        return hashlib.sha256(json.dumps([self.backend, *_facts(model)]).encode()).hexdigest()


def short_name(model: str) -> str:
    """A model that is named by a file has the file's name, without its folder."""
    if not model.endswith(".gguf"):
        return model
    return PurePosixPath(model.replace("\\", "/")).name.removesuffix(".gguf")


def find_servers(ports: Iterable[int] = USUAL_PORTS) -> list[ModelServer]:
    """The servers that run on this machine's usual ports."""

    def ask(port: int) -> ModelServer | None:
        try:
            return describe(Client(resolve(str(port))))
        except EndpointError:
            return None

    with ThreadPoolExecutor() as pool:
        return [one for one in pool.map(ask, ports) if one is not None]


def describe(client: Client) -> ModelServer:
    """What runs behind a client's address. Raises EndpointError."""
    listed = client.get("/v1/models")
    entries = listed.get("data") if isinstance(listed, dict) else None
    if not isinstance(entries, list):
        raise EndpointError(f"{client.endpoint.url} lists no models as OpenAI's protocol has it.", "form")
    entries = [one for one in entries if isinstance(one, dict) and isinstance(one.get("id"), str)]
    models = tuple(_listed(one) for one in entries)
    for told in (_ollama, _lm_studio, _llama_cpp, _vllm):
        if server := told(client, models):
            return server
    return ModelServer(client, "OpenAI-compatible", models)


def _listed(entry: dict[str, Any]) -> ServedModel:
    """llama.cpp tells more under `meta`, vLLM as `max_model_len`."""
    meta = entry.get("meta") or {}
    context = meta.get("n_ctx") or entry.get("max_model_len") or 0
    return ServedModel(entry["id"], _number(meta.get("size")), _number(context), str(meta.get("ftype") or ""))


def _ollama(client: Client, models: tuple[ServedModel, ...]) -> ModelServer | None:
    version, tags = _try(client, "/api/version").get("version"), _try(client, "/api/tags").get("models")
    if not version or not isinstance(tags, list):
        return None
    told = {one.get("model") or one.get("name"): one for one in tags if isinstance(one, dict)}
    return ModelServer(
        client,
        f"Ollama {version}",
        tuple(
            replace(
                one,
                size=_number(told.get(one.id, {}).get("size")),
                precision=str((told.get(one.id, {}).get("details") or {}).get("quantization_level") or ""),
                digest=str(told.get(one.id, {}).get("digest") or ""),
            )
            for one in models
        ),
    )


def _lm_studio(client: Client, models: tuple[ServedModel, ...]) -> ModelServer | None:
    told = _try(client, "/api/v0/models").get("data")
    if not isinstance(told, list):
        return None
    by_id = {one.get("id"): one for one in told if isinstance(one, dict)}
    found = (
        replace(
            one,
            context=_number(
                by_id.get(one.id, {}).get("loaded_context_length") or by_id.get(one.id, {}).get("max_context_length")
            ),
            precision=str(by_id.get(one.id, {}).get("quantization") or ""),
        )
        for one in models
        if by_id.get(one.id, {}).get("type") != "embeddings"
    )
    return ModelServer(client, "LM Studio", tuple(found))


def _llama_cpp(client: Client, models: tuple[ServedModel, ...]) -> ModelServer | None:
    build = _try(client, "/props").get("build_info")
    return ModelServer(client, f"llama.cpp {build}", models) if build else None


def _vllm(client: Client, models: tuple[ServedModel, ...]) -> ModelServer | None:
    version = _try(client, "/version").get("version")
    return ModelServer(client, f"vLLM {version}", models) if version else None


def _try(client: Client, path: str) -> dict[str, Any]:
    """The object at a path that other kinds of servers do not have."""
    try:
        found = client.get(path)
    except EndpointError:
        return {}
    return found if isinstance(found, dict) else {}


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _facts(model: ServedModel) -> list[str | int]:
    return [model.id, model.size, model.context, model.precision, model.digest]
