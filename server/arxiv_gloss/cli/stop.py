"""`arxiv-gloss stop`"""

from __future__ import annotations

import click


@click.command()
def stop() -> None:
    """Stop the server. A service starts it again at the next login; `service remove` ends that."""
    from arxiv_gloss.errors import ToolMissing
    from arxiv_gloss.launch import background, run_file, service
    from arxiv_gloss.settings import load

    settings = load()
    running = run_file.read(settings.data_dir)
    if running is None:
        click.echo("arXiv Gloss is not running.")
        return
    if service.is_installed():
        try:
            service.stop()  # else it would start it again
        except ToolMissing as problem:
            click.echo(problem.message, err=True)
    background.stop(running)
    click.echo("Stopped.")
