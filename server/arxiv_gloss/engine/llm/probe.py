"""What a served model can do, found out by asking it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from arxiv_gloss.engine.llm.checks import read
from arxiv_gloss.engine.llm.client import Client
from arxiv_gloss.engine.llm.prompts import THINKING_OFF, SentencePrompt, request
from arxiv_gloss.errors import EndpointError

SENTENCE = "We train a network on 12 data sets and find that it needs half of the memory."
FIRST_SECONDS = 180.0
"""For the first answer: the server may have to load the model."""
NEEDED = 1_500
"""Tokens that a prompt and its answer may take together."""
_FEW = 50
_THOUGHT_TOKENS = 24
"""So many tokens show whether an answer begins with thoughts."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found."""

    thinking: str | None
    """How thinking is switched off (prompts.THINKING_OFF); None where it is not."""
    json_schema: bool
    """Whether an answer keeps to a schema that is asked for."""
    stops: bool
    """Whether the server says that it cut an answer."""
    context: bool
    """Whether a prompt of NEEDED tokens arrives whole."""
    repeats: bool
    """Whether the same question has the same answer."""

    @property
    def problem(self) -> str:
        """Why the model cannot be used, as a sentence; "" where it can."""
        if self.thinking is None:
            return "It thinks aloud before each sentence, and its server cannot be told to stop that."
        if not self.stops:
            return "Its server does not say when it cuts an answer, so that nobody could tell."
        if not self.context:
            return f"Its server cuts prompts of {NEEDED} tokens. Give the model a longer context."
        return ""

    def lines(self) -> Iterator[str]:
        """For people."""
        yield f"answers in JSON when asked: {_word(self.json_schema)}"
        yield f"thinking can be off: {_word(self.thinking is not None)}"
        yield f"says when an answer is cut: {_word(self.stops)}"
        yield f"prompts of {NEEDED} tokens arrive whole: {_word(self.context)}"
        yield f"the same answer twice: {_word(self.repeats)}"


def _word(found: bool) -> str:
    return "yes" if found else "no"


def probe(client: Client, model: str, target: str, report: Callable[[str], None] = lambda _: None) -> Probe:
    """Ask some short questions. Raises EndpointError."""
    prompt = SentencePrompt("translate", SENTENCE, target)
    report("loading the model")
    thinking = next((way for way in THINKING_OFF if _is_silent(client, prompt, model, way)), None)
    way = thinking or ""
    report("asking for JSON")
    in_json = _chat(client, request(prompt, model, way, json_schema=True))
    report("asking for a long answer")
    stops = in_json is not None and _reason(_chat(client, request(prompt, model, way, most=4))) == "length"
    report("sending a long prompt")
    context = _arrives(client, model, way)
    report("asking twice")
    twice = [_content(_chat(client, request(prompt, model, way))) for _ in range(2)]
    kept = in_json is not None and read(in_json, prompt, json_schema=True).problem not in {"no_answer", "unfinished"}
    return Probe(thinking, kept, stops, context, twice[0] == twice[1])


def _is_silent(client: Client, prompt: SentencePrompt, model: str, way: str) -> bool:
    """Whether an answer begins without thoughts."""
    made = _chat(client, request(prompt, model, way, most=_THOUGHT_TOKENS))
    if made is None:
        return False
    message = made["choices"][0].get("message") or {}
    thoughts = message.get("reasoning_content") or message.get("reasoning") or message.get("thinking")
    return (
        not thoughts and read(made, prompt, json_schema=False).problem != "thinking" and "<think" not in _content(made)
    )


def _arrives(client: Client, model: str, way: str) -> bool:
    """Counts the tokens of a short and of a long prompt: each word is one at least. Where the server does not count
    them, nobody can tell, and the long one need only be answered."""
    counts: list[int] = []
    for words in (_FEW, NEEDED):
        prompt = SentencePrompt("translate", " data" * words, "zh")
        made = _chat(client, request(prompt, model, way, most=1))
        if made is None:
            return False
        count = (made.get("usage") or {}).get("prompt_tokens")
        if not isinstance(count, int):
            return True
        counts.append(count)
    return counts[1] - counts[0] >= NEEDED - _FEW


def _chat(client: Client, body: dict[str, Any]) -> dict[str, Any] | None:
    """The reply; None where the server refuses such a request. Raises EndpointError where it is gone."""
    try:
        made: dict[str, Any] = client.post("/v1/chat/completions", body, FIRST_SECONDS)
    except EndpointError as problem:
        if problem.reason == "status":
            return None
        raise
    usable = isinstance(made, dict) and isinstance(made.get("choices"), list) and made["choices"]
    if not usable or not isinstance(made["choices"][0], dict):
        raise EndpointError(f"{client.endpoint.url} does not answer as OpenAI's protocol has it.", "form")
    return made


def _content(made: dict[str, Any] | None) -> str:
    message = (made["choices"][0].get("message") if made else None) or {}
    return message.get("content") or ""


def _reason(made: dict[str, Any] | None) -> str:
    return str(made["choices"][0].get("finish_reason")) if made else ""
