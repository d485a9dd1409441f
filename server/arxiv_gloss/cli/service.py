"""`arxiv-gloss service`"""

from __future__ import annotations

import click


@click.group()
def service() -> None:
    """Start the server at every login."""


@service.command()
def install() -> None:
    """Start the server now and at every login."""
    from arxiv_gloss.invocation import program
    from arxiv_gloss.launch import service as services

    file = services.install()
    if file:
        click.echo(f"Wrote {file}")
    click.echo(f"The server runs, and will start at login. `{program()} service remove` undoes this.")


@service.command()
def remove() -> None:
    """Stop the server and do not start it at login any more."""
    from arxiv_gloss.launch import service as services

    services.remove()
    click.echo("The server is stopped, and will not start at login.")
