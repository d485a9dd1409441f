"""`arxiv-gloss models connect` and `disconnect`"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from arxiv_gloss.engine.llm.probe import Probe
    from arxiv_gloss.engine.llm.servers import ModelServer, ServedModel

ROLES = {
    "translator": "the translation of each sentence",
    "summarizer": "the short statements of summary and takeaways, each from its one sentence",
}
SURFACES = ("panel", "gloss", "digest", "batch")


@click.command()
@click.argument("url", required=False)
@click.option("--model", "name", help="The model, as its server names it.")
@click.option("--role", "roles", multiple=True, type=click.Choice([*ROLES]), help="What it writes; may be given again.")
@click.option("--on", "surfaces", multiple=True, type=click.Choice(SURFACES), help="Where it writes (default: all).")
@click.option("--to", "target", help="Language to try it in (default: the setting `target`).")
@click.option("--elsewhere", is_flag=True, help="URL is a server of yours on another machine: texts are sent there.")
@click.option("--seconds", type=click.FloatRange(1, 600), default=60.0, show_default=True, help="For one sentence.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def connect(
    url: str | None,
    name: str | None,
    roles: tuple[str, ...],
    surfaces: tuple[str, ...],
    target: str | None,
    elsewhere: bool,
    seconds: float,
    yes: bool,
) -> None:
    """Let a language model of yours write too: one behind a server that speaks OpenAI's protocol.

    Without URL, Ollama, LM Studio, llama.cpp, vLLM and Foundry Local are looked for on this machine. The shipped model
    glosses first; the texts of yours take the place of its own where the checks find no fault with them.
    """
    import msgspec

    from arxiv_gloss.engine.llm.probe import probe
    from arxiv_gloss.errors import EndpointError
    from arxiv_gloss.registry.llm import keep_llm
    from arxiv_gloss.settings import SETTINGS_FILE, LlmSettings, load

    settings = load()
    server, model = _chosen(_servers(url, elsewhere), name, yes)
    click.echo(f"{model.name} of {server.backend}, {server.client.endpoint.url}")
    found = probe(server.client, model.id, target or settings.target, lambda step: click.echo(f"· {step}", err=True))
    for line in found.lines():
        click.echo(f"  {line}")
    if found.problem or found.thinking is None:
        raise EndpointError(f"{model.name} cannot be used. {found.problem}", "model")
    llm = {
        "url": server.client.endpoint.url,
        "model": model.id,
        "roles": roles or _asked_roles(yes),
        "surfaces": surfaces or SURFACES,
        "elsewhere": server.client.endpoint.elsewhere,
        "thinking": found.thinking,
        "json_schema": found.json_schema,
        "seconds": seconds,
    }
    keep_llm(settings.config_dir / SETTINGS_FILE, msgspec.convert(llm, LlmSettings))
    click.echo(_kept(server, model, found))


@click.command()
def disconnect() -> None:
    """Gloss with the installed models alone again."""
    from arxiv_gloss.registry.llm import keep_llm
    from arxiv_gloss.settings import SETTINGS_FILE, load

    keep_llm(load().config_dir / SETTINGS_FILE, None)
    click.echo("No language model is connected. A server that runs already reads this when it is started again.")


def _servers(url: str | None, elsewhere: bool) -> list[ModelServer]:
    from arxiv_gloss.engine.llm.client import Client
    from arxiv_gloss.engine.llm.endpoint import resolve
    from arxiv_gloss.engine.llm.servers import USUAL_PORTS, describe, find_servers
    from arxiv_gloss.errors import EndpointError

    found = [describe(Client(resolve(url, elsewhere)))] if url else find_servers()
    if not any(server.models for server in found):
        usual = ", ".join(f"{name} {port}" for port, name in USUAL_PORTS.items())
        where = url or f"the usual ports of this machine ({usual})"
        raise EndpointError(f"No model was found on {where}. Start its server and load a model, or give the address.")
    return found


def _chosen(servers: list[ModelServer], name: str | None, yes: bool) -> tuple[ModelServer, ServedModel]:
    """The model of that name, or the one that the reader names by its number."""
    from arxiv_gloss.errors import EndpointError

    offered = [(server, model) for server in servers for model in server.models]
    if name is not None:
        found = [one for one in offered if name in {one[1].id, one[1].name}]
        if not found:
            known = ", ".join(model.name for _, model in offered)
            raise EndpointError(f"There is no model {name!r}; there are: {known}.", "model")
        return found[0]
    for number, (server, model) in enumerate(offered, 1):
        click.echo(f"{number:>3}  {_described(server, model)}")
    if len(offered) == 1:
        return offered[0]
    if yes:
        raise EndpointError("There are several models. Name one with --model.", "model")
    number = click.prompt("Which one?", type=click.IntRange(1, len(offered)), default=1)
    return offered[number - 1]


def _described(server: ModelServer, model: ServedModel) -> str:
    facts = [
        model.name,
        model.precision,
        f"{model.size / 1e9:.1f} GB" if model.size else "",
        f"context of {model.context} tokens" if model.context else "",
        server.backend,
        server.client.endpoint.url,
    ]
    return " · ".join(filter(None, facts))


def _asked_roles(yes: bool) -> tuple[str, ...]:
    """Both, or those that the reader agrees to."""
    from arxiv_gloss.errors import BadRequest

    chosen = tuple(
        role for role, what in ROLES.items() if yes or click.confirm(f"Shall it write {what}?", default=True)
    )
    if not chosen:
        raise BadRequest("It has nothing to do then; nothing was changed.")
    return chosen


def _kept(server: ModelServer, model: ServedModel, found: Probe) -> str:
    endpoint = server.client.endpoint
    lines = [f"{model.name} is connected. A server that runs already reads this when it is started again."]
    if endpoint.elsewhere:
        lines.append(f"Titles and sentences of the papers that you gloss are sent to {endpoint.host}.")
    if not found.repeats:
        lines.append("The same question had two answers: its glosses may differ from one time to the next.")
    return "\n".join(lines)
