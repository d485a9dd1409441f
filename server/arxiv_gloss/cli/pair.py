"""`arxiv-gloss pair`"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from arxiv_gloss.storage.pairings import Pairings


@click.command()
@click.option("--print-token", is_flag=True, help="Print a token for scripts instead of a code.")
@click.option("--forget-all", is_flag=True, help="End every pairing.")
def pair(print_token: bool, forget_all: bool) -> None:
    """Show a code that lets a browser use the server."""
    from arxiv_gloss.settings import load
    from arxiv_gloss.storage.pairings import Pairings

    pairings = Pairings(load().state_file)
    if forget_all:
        pairings.forget_all()
        click.echo("Nothing is paired any more.")
    elif print_token:
        click.echo(pairings.new_token())
    else:
        show_code(pairings)


def show_code(pairings: Pairings) -> None:
    from arxiv_gloss.invocation import program
    from arxiv_gloss.storage.pairings import CODE_SECONDS

    code = pairings.new_code()
    half = len(code) // 2
    click.echo(f"Pairing code: {code[:half]} {code[half:]}")
    click.echo(
        f"Enter it in the extension's options or on the web page within {CODE_SECONDS // 60} minutes; it works once. "
        f"`{program()} pair` shows a new one."
    )
