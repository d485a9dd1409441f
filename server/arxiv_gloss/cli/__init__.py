"""The command line. One file per command; each imports what it needs only when it runs, so that all start fast."""

from __future__ import annotations

import io
import sys
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from arxiv_gloss import __version__
from arxiv_gloss.errors import GlossError
from arxiv_gloss.settings import BadSetting

COMMANDS = {
    "start": "arxiv_gloss.cli.start:start",
    "stop": "arxiv_gloss.cli.stop:stop",
    "status": "arxiv_gloss.cli.status:status",
    "serve": "arxiv_gloss.cli.serve:serve",
    "pair": "arxiv_gloss.cli.pair:pair",
    "gloss": "arxiv_gloss.cli.gloss:gloss",
    "pdf": "arxiv_gloss.cli.pdf:pdf",
    "html": "arxiv_gloss.cli.html:html",
    "batch": "arxiv_gloss.cli.batch:batch",
    "corpus": "arxiv_gloss.cli.corpus:corpus",
    "digest": "arxiv_gloss.cli.digest:digest",
    "saved": "arxiv_gloss.cli.saved:saved",
    "glossary": "arxiv_gloss.cli.glossary:glossary",
    "doctor": "arxiv_gloss.cli.doctor:doctor",
    "models": "arxiv_gloss.cli.models:models",
    "extension": "arxiv_gloss.cli.extension:extension",
    "service": "arxiv_gloss.cli.service:service",
    "mcp": "arxiv_gloss.cli.mcp:mcp",
    "openapi": "arxiv_gloss.cli.openapi:openapi",
    "demo": "arxiv_gloss.cli.demo:demo",
}
"""Where each command is: module and name."""


class Interrupted(click.ClickException):
    """The reader pressed Ctrl+C; the message says what is kept."""

    exit_code = 130
    """As shells have it: 128 and the signal's number."""

    def show(self, file: Any = None) -> None:
        click.echo(f"Stopped. {self.message}", err=True)


class Refused(click.ClickException):
    """A product's error as the command line shows it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    def format_message(self) -> str:
        return f"{self.message} ({self.code})"


class Commands(click.Group):
    """Loads a command when it is named, and shows the product's errors as sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """`help COMMAND` is `COMMAND --help`; a name that is nearly one of ours is told."""
        if args[:1] == ["help"]:
            args = [*args[1:], "--help"]
        if args[0].startswith("-"):
            click.echo(ctx.get_help())
            ctx.exit()
        if args[0] not in COMMANDS:
            near = get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"There is no command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        _write_whatever_the_console_can()
        try:
            return super().invoke(ctx)
        except GlossError as problem:
            raise Refused(problem.code, problem.message) from problem
        except BadSetting as problem:
            raise Refused("bad_setting", str(problem)) from problem
        except BrokenPipeError:
            raise
        except OSError as problem:  # a full disk, a folder that may not be written
            where = f" ({problem.filename})" if problem.filename else ""
            raise Refused("disk", f"{problem.strerror or problem}{where}. What was written stays.") from problem


def _write_whatever_the_console_can() -> None:
    """A console without UTF-8 (Windows, redirected) shows `?` for a sign that it has not, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


EXAMPLES = """\b
Examples:
  arxiv-gloss start                       the server, and the extension for your browser
  arxiv-gloss gloss 1706.03762            one paper, in the terminal
  arxiv-gloss gloss abstract.txt          an abstract of your own
  arxiv-gloss pdf paper.pdf --out paper   a whole paper
  arxiv-gloss digest cs.CL                today's list as a page
  arxiv-gloss doctor                      when something does not work"""


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXAMPLES)
@click.version_option(__version__, prog_name="arxiv-gloss")
def main() -> None:
    """Translation, summary and takeaways of arXiv papers, made on this machine."""
