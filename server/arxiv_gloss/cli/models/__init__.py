"""`arxiv-gloss models`: what is installed, what it can do, and how to get more."""

from __future__ import annotations

import click

from arxiv_gloss.cli.models.check import check
from arxiv_gloss.cli.models.installed import list_, remove, use
from arxiv_gloss.cli.models.pull import pull


@click.group()
def models() -> None:
    """The models that are installed, and bigger ones from a hub."""


for command in (list_, pull, use, check, remove):
    models.add_command(command)
