"""A served model as a writer of single sentences."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from arxiv_gloss.engine.llm.checks import Answer, read
from arxiv_gloss.engine.llm.client import Client
from arxiv_gloss.engine.llm.prompts import VERSION, SentencePrompt, request
from arxiv_gloss.engine.llm.servers import ModelServer, ServedModel, describe, short_name


@dataclass(frozen=True, slots=True)
class Manner:
    """How a model is asked, as its probe has found."""

    thinking: str = ""
    """A key of prompts.THINKING_OFF."""
    json_schema: bool = False
    seconds: float = 60.0
    """For one sentence."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What wrote a text, as provenance needs it."""

    name: str
    digest: str
    """SHA-256 of the model, as far as its server tells it, of the server's kind and version, and of the prompts'."""
    precision: str
    backend: str
    """With its address where it is another machine: `vLLM 0.33 at lab-gpu:8000`."""
    sent_to: str
    """The address that texts are sent to where it is another machine, else ""."""


class ChatModel:
    """One model of one server. Safe to use from several threads."""

    def __init__(self, client: Callable[[], Client], name: str, manner: Manner) -> None:
        """`client` looks the server's address up; it raises EndpointError."""
        self._client = client
        self._id = name
        self.name = short_name(name)
        self._manner = manner

    def connect(self) -> ConnectedModel:
        """Look whether it is still there, and still the same. Raises EndpointError."""
        client = self._client()
        server = describe(client)
        return ConnectedModel(client, server, server.model(self._id), self._manner)


class ConnectedModel:
    """The model as it was found a moment ago."""

    def __init__(self, client: Client, server: ModelServer, model: ServedModel, manner: Manner) -> None:
        self._client = client
        self._model = model
        self._manner = manner
        endpoint = client.endpoint
        told = f"{server.digest_of(model)} prompts {VERSION}"
        self.identity = Identity(
            name=model.name,
            digest=hashlib.sha256(told.encode()).hexdigest(),
            precision=model.precision or "unknown",
            backend=f"{server.backend} at {endpoint.host}" if endpoint.elsewhere else server.backend,
            sent_to=endpoint.url if endpoint.elsewhere else "",
        )

    def key(self, prompt: SentencePrompt) -> bytes:
        """What the answer to a prompt is kept under: the model, and every byte that it is asked."""
        body = json.dumps(self._body(prompt), sort_keys=True)
        return hashlib.sha256(f"{self.identity.digest}\n{body}".encode()).digest()

    def ask(self, prompt: SentencePrompt, cancelled: Callable[[], bool] = lambda: False) -> Answer:
        """The answer, checked. Raises EndpointError, or Cancelled as soon as `cancelled` says so."""
        made = self._client.post("/v1/chat/completions", self._body(prompt), self._manner.seconds, cancelled)
        return read(made, prompt, self._manner.json_schema)

    def _body(self, prompt: SentencePrompt) -> dict[str, object]:
        return request(prompt, self._model.id, self._manner.thinking, self._manner.json_schema)
