"""`arxiv-gloss models`: what is installed, what it can do, and how to get more."""

from __future__ import annotations

import click

from arxiv_gloss.cli.models.check import check
from arxiv_gloss.cli.models.connect import connect, disconnect
from arxiv_gloss.cli.models.installed import list_, remove, use
from arxiv_gloss.cli.models.pull import pull


@click.group()
def models() -> None:
    """The models that are installed, bigger ones from a hub, and a language model of your own."""


for command in (list_, pull, use, check, remove, connect, disconnect):
    models.add_command(command)
