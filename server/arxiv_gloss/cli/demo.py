"""`arxiv-gloss demo`"""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--picture", type=click.Path(dir_okay=False, path_type=Path), default=Path("arxiv-gloss-demo.png"))
def demo(picture: Path) -> None:
    """Show the whole path on this machine: server, gloss, browser panel. Needs no network."""
    from rich.console import Console

    from arxiv_gloss.demo.run import run_demo

    run_demo(Console(), picture)
