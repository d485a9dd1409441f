"""`arxiv-gloss status`"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from arxiv_gloss.launch.run_file import Running
    from arxiv_gloss.settings import Settings

NOT_RUNNING = 3
"""Exit status, as systemctl has it."""


@click.command()
def status() -> None:
    """Say whether the server runs, and what uses it; exit status 3 where it does not run."""
    from arxiv_gloss import serving
    from arxiv_gloss.invocation import program
    from arxiv_gloss.launch import run_file
    from arxiv_gloss.settings import load

    settings = load()
    running = run_file.read(settings.data_dir)
    answers = running is not None and serving.is_running(running.port)
    for line in _lines(settings, running if answers else None):
        click.echo(line)
    if not answers:
        click.echo(f"Start it with `{program()} start`.")
        raise click.exceptions.Exit(NOT_RUNNING)


def _lines(settings: Settings, running: Running | None) -> list[str]:
    from arxiv_gloss.launch import background, extension_folder, service
    from arxiv_gloss.storage.pairings import Pairings

    lines = ["server:     not running"]
    if running:
        since = datetime.fromtimestamp(running.born).strftime("%Y-%m-%d %H:%M")
        lines = [f"server:     {running.version} on {running.address}/ since {since} (process {running.pid})"]
        log = settings.data_dir / background.LOG
        lines += [f"log:        {log}"] if log.is_file() and not service.is_installed() else []
    lines.append(f"at login:   {'started by the system' if service.is_installed() else 'not started'}")
    for browser, folder in extension_folder.copies(settings).items():
        lines.append(f"extension:  {extension_folder.version(folder)} for {browser.capitalize()} in {folder}")
    pairings = Pairings(settings.state_file)
    lines.append(f"pairings:   {pairings.count()}")
    pairings.close()
    return lines
