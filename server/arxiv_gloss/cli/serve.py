"""`arxiv-gloss serve`"""

from __future__ import annotations

import logging
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from arxiv_gloss.settings import Settings


@click.command(epilog="Example: arxiv-gloss serve --port 8500")
@click.option("--port", type=click.IntRange(1, 65535), help="Port on 127.0.0.1 (default 8417).")
def serve(port: int | None) -> None:
    """Run the server in this terminal; `start` runs it in the background."""
    from arxiv_gloss import serving
    from arxiv_gloss.app import create_app
    from arxiv_gloss.launch import run_file
    from arxiv_gloss.private_files import keep_private
    from arxiv_gloss.routes.services import services_of
    from arxiv_gloss.settings import load

    keep_private()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    settings = load({"port": port})
    address = f"http://127.0.0.1:{settings.port}/"
    try:
        taken = serving.bind(settings.port)
    except OSError as problem:
        if _is_ours(settings):
            click.echo(f"arXiv Gloss is already running: {address}")
            return
        raise click.ClickException(
            f"Port {settings.port} cannot be used ({problem.strerror}). Choose another one with --port or "
            "ARXIV_GLOSS_PORT, and set it in the extension's options too. (port)"
        ) from problem
    signal.signal(signal.SIGTERM, _end)  # so that what is open is closed
    app = create_app(settings)
    run_file.write(settings.data_dir, settings.port, services_of(app).onboarding.key)
    click.echo(f"arXiv Gloss is running: {address}  (Ctrl+C stops it)")
    _show_code_to_newcomers(settings)
    try:
        serving.serve(app, taken)  # returns when it is interrupted
    finally:
        run_file.remove_run_file(settings.data_dir)
    click.echo("Stopped.")


def _show_code_to_newcomers(settings: Settings) -> None:
    from arxiv_gloss.cli.pair import show_code
    from arxiv_gloss.storage.pairings import Pairings

    if not sys.stdout.isatty():  # a log is no place for a code
        return
    pairings = Pairings(settings.state_file)
    if not pairings.count():
        show_code(pairings)
    pairings.close()


def _end(*_: object) -> NoReturn:
    raise SystemExit(0)


def _is_ours(settings: Settings) -> bool:
    """Whether it is this installation's server that has the port already."""
    from arxiv_gloss import serving
    from arxiv_gloss.storage.pairings import Pairings

    pairings = Pairings(settings.state_file)
    try:
        return serving.is_ours(settings.port, pairings.own_secret())
    finally:
        pairings.close()
