"""`arxiv-gloss serve`"""

from __future__ import annotations

import logging

import click


@click.command()
@click.option("--port", type=int, help="Port on 127.0.0.1 (default 8417).")
def serve(port: int | None) -> None:
    """Run the server for the browser extension and the web page."""
    from arxiv_gloss import serving
    from arxiv_gloss.app import create_app
    from arxiv_gloss.cli.pair import show_code
    from arxiv_gloss.private_files import keep_private
    from arxiv_gloss.settings import load
    from arxiv_gloss.storage.pairings import Pairings

    keep_private()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    settings = load({"port": port})
    address = f"http://127.0.0.1:{settings.port}/"
    try:
        taken = serving.bind(settings.port)
    except OSError as problem:
        if serving.is_running(settings.port):
            click.echo(f"arXiv Gloss is already running: {address}")
            return
        raise click.ClickException(
            f"Port {settings.port} cannot be used ({problem.strerror}). Choose another one with --port or "
            "ARXIV_GLOSS_PORT, and set it in the extension's options too. (port)"
        ) from problem
    app = create_app(settings)
    click.echo(f"arXiv Gloss is running: {address}  (Ctrl+C stops it)")
    pairings = Pairings(settings.state_file)
    if not pairings.count():
        show_code(pairings)
    pairings.close()
    try:
        serving.serve(app, taken)
    except KeyboardInterrupt:
        click.echo("Stopped.")
