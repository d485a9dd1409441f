"""`arxiv-gloss pair`"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from arxiv_gloss.settings import Settings
    from arxiv_gloss.storage.pairings import Pairings


@click.command()
@click.option("--print-token", is_flag=True, help="Print a token for scripts instead of a code.")
@click.option("--forget-all", is_flag=True, help="End every pairing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def pair(print_token: bool, forget_all: bool, yes: bool) -> None:
    """Show a code that lets a browser use the server. The extension pairs itself after `start`, without a code."""
    from arxiv_gloss.settings import load
    from arxiv_gloss.storage.pairings import Pairings

    settings = load()
    pairings = Pairings(settings.state_file)
    if forget_all:
        if not yes and pairings.count():
            click.confirm(f"End all pairings ({pairings.count()})? Browsers and scripts are then refused.", abort=True)
        pairings.forget_all()
        click.echo("Nothing is paired any more.")
    elif print_token:
        click.echo(pairings.new_token())
    else:
        warn_of_strangers(pairings, settings.port)
        show_code(pairings)
        _say_if_nobody_listens(settings)


def _say_if_nobody_listens(settings: Settings) -> None:
    from arxiv_gloss import serving
    from arxiv_gloss.invocation import program
    from arxiv_gloss.launch import run_file

    running = run_file.read(settings.data_dir)
    if not serving.is_running(running.port if running else settings.port):
        click.echo(f"No server runs to take it. Start one with `{program()} start`.", err=True)


def warn_of_strangers(pairings: Pairings, port: int) -> None:
    """A code that is entered while another program has the port is told to that program."""
    from arxiv_gloss import serving

    if serving.is_taken(port) and not serving.is_ours(port, pairings.own_secret()):
        click.secho(
            f"Another program answers on port {port}. Do not enter the code while the extension speaks to that port: "
            "close the program, or give the server another port.",
            fg="red",
            err=True,
        )


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
