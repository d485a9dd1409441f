"""`arxiv-gloss mcp`: the glosses as tools for programs that speak the Model Context Protocol, over standard input.

The same use cases as the commands `gloss`, `pdf` and `saved`; each answer keeps its evidence and its flags. Nothing but
the protocol is written to standard output.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

    from arxiv_gloss.services.gloss.glosser import Glosser
    from arxiv_gloss.services.gloss.query import GlossQuery
    from arxiv_gloss.settings import Settings

INSTRUCTIONS = (
    "Glosses of arXiv papers, made on this machine by a small model: translation, summary and takeaways. `evidence` "
    "names the sentences that each statement comes from, `flags` what could not be verified: pass both on."
)


@click.command()
def mcp() -> None:
    """Serve glosses to an assistant over standard input and output (needs `pip install arxiv-gloss[mcp]`)."""
    from arxiv_gloss.settings import load

    create_server(Tools(load({}))).run("stdio")


class Tools:
    """What an assistant may ask for. Answers are plain values; refusals are GlossErrors."""

    def __init__(self, settings: Settings, glosser: Glosser | None = None) -> None:
        self._settings = settings
        self._given = glosser

    @cached_property
    def _glosser(self) -> Glosser:
        from arxiv_gloss.app import create_glosser

        return self._given or create_glosser(self._settings)

    def gloss_text(self, abstract: str, title: str = "", target: str | None = None) -> dict[str, Any]:
        """Gloss an English abstract: translated title and sentences, summary and takeaways with their evidence."""
        return self._glossed(None, title, abstract, target)

    def gloss_paper(self, paper: str, target: str | None = None) -> dict[str, Any]:
        """Gloss a paper by its arXiv id or address; its abstract is asked of arXiv."""
        return self._glossed(paper, "", None, target)

    def gloss_pdf(self, paper: str, target: str | None = None) -> dict[str, Any]:
        """Gloss a whole paper: a PDF file on this machine, or an arXiv id whose PDF is asked of arXiv."""
        import msgspec

        from arxiv_gloss.cli.pdf import paper_events
        from arxiv_gloss.services.fulltext.result import PaperAccumulator

        collected = PaperAccumulator()
        for event in paper_events(paper, self._settings, target or self._settings.target, self._glosser):
            collected.add(event)
        made: dict[str, Any] = msgspec.to_builtins(collected.result())
        return made

    def search_saved(self, words: str = "") -> dict[str, Any]:
        """Papers that the reader kept for later whose title, authors or abstract have all of these words."""
        import msgspec

        from arxiv_gloss.storage.saved_papers import SavedPapers

        wanted = words.casefold().split()
        found = []
        for paper in SavedPapers(self._settings.state_file).all():
            text = f"{paper.id} {paper.title} {' '.join(paper.authors)} {paper.abstract or ''}".casefold()
            if all(word in text for word in wanted):
                found.append(msgspec.to_builtins(paper))
        return {"papers": found}

    def _glossed(self, paper: str | None, title: str, abstract: str | None, target: str | None) -> dict[str, Any]:
        import msgspec

        from arxiv_gloss.papers.metadata import Arxiv
        from arxiv_gloss.services.gloss.query import GlossQuery, complete

        query: GlossQuery = GlossQuery(paper, title, abstract, target or self._settings.target)
        query = complete(query, Arxiv() if self._settings.ask_arxiv else None)
        made: dict[str, Any] = msgspec.to_builtins(self._glosser.collect(query))
        return made


def create_server(tools: Tools) -> MCPServer:
    """Raises ToolMissing without the package `mcp`."""
    from arxiv_gloss import __version__
    from arxiv_gloss.errors import ToolMissing

    try:
        from mcp.server.mcpserver import MCPServer
    except ImportError as problem:
        raise ToolMissing("The package `mcp` is not installed. Run `pip install 'arxiv-gloss[mcp]'`.") from problem
    server = MCPServer("arxiv-gloss", instructions=INSTRUCTIONS, version=__version__, log_level="WARNING")
    for tool in (tools.gloss_text, tools.gloss_paper, tools.gloss_pdf, tools.search_saved):
        server.tool()(_in_words(tool))
    return server


def _in_words(tool: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """The tool with refusals as the protocol shows them to the assistant; other errors stay hidden from it."""
    from mcp.server.mcpserver.exceptions import ToolError

    from arxiv_gloss.errors import GlossError

    @wraps(tool)
    def called(*args: Any, **given: Any) -> dict[str, Any]:
        try:
            return tool(*args, **given)
        except GlossError as problem:
            raise ToolError(f"{problem.message} ({problem.code})") from problem

    return called
