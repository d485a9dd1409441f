"""`arxiv-gloss start`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from arxiv_gloss.launch.run_file import Running
    from arxiv_gloss.settings import Settings


@click.command(epilog="Examples:\n\n  arxiv-gloss start\n\n  arxiv-gloss start --no-browser --port 8500")
@click.option("--port", type=click.IntRange(1, 65535), help="Port on 127.0.0.1 (default 8417).")
@click.option(
    "--browser/--no-browser", default=None, help="Open the welcome page (default: until a browser is paired)."
)
def start(port: int | None, browser: bool | None) -> None:
    """Run the server in the background, and put the extension where a browser can load it.

    Uses the service where one is installed (`service install`). The extension finds a ticket in its folder and pairs
    itself, within ten minutes; no code is typed.
    """
    from arxiv_gloss.launch import extension_folder
    from arxiv_gloss.private_files import keep_private
    from arxiv_gloss.settings import load

    keep_private()
    settings = load({"port": port})
    folders = extension_folder.refresh(settings)
    running, is_new = _server(settings)
    click.echo(f"arXiv Gloss {'runs' if is_new else 'is already running'}: {running.address}/")
    if not folders:
        from arxiv_gloss.cli.extension import HOW_TO_BUILD

        click.echo(HOW_TO_BUILD, err=True)
        return
    is_paired = _invite(settings, running, folders)
    _welcome(running, folders, browser if browser is not None else not is_paired, is_paired)


def _server(settings: Settings) -> tuple[Running, bool]:
    """The server that runs, and whether it was started just now. One of another version makes way for ours."""
    from arxiv_gloss import __version__, serving
    from arxiv_gloss.launch import background, run_file, service
    from arxiv_gloss.launch.background import NotStarted

    running = run_file.read(settings.data_dir)
    if running and serving.is_running(running.port):
        if running.version == __version__:
            return running, False
        background.stop(running)
    if serving.is_running(settings.port):
        raise NotStarted(
            f"Another arXiv Gloss, with other folders or of another version, runs on port {settings.port}. Stop it, or "
            "choose another port with --port."
        )
    _check_port(settings.port)
    if service.is_installed():
        started = _service(settings)
        if started:
            return started, True
    return background.start(settings), True


def _service(settings: Settings) -> Running | None:
    """The server that the service runs; None where there is no session for services, as after a remote login."""
    from arxiv_gloss.errors import ToolMissing
    from arxiv_gloss.launch import background, service

    try:
        service.start()
    except ToolMissing as problem:
        click.echo(problem.message, err=True)
        return None
    return background.wait(settings)


def _check_port(port: int) -> None:
    from arxiv_gloss import serving

    try:
        serving.bind(port).close()
    except OSError as problem:
        raise click.ClickException(
            f"Port {port} is used by another program ({problem.strerror}). Choose another one with --port; the "
            "extension learns it from its folder. (port)"
        ) from problem


def _invite(settings: Settings, running: Running, folders: dict[str, Path]) -> bool:
    """Leave a fresh ticket in each folder; returns whether an extension is paired already."""
    from arxiv_gloss.launch import extension_folder
    from arxiv_gloss.services.onboarding import is_extension
    from arxiv_gloss.storage.pairings import Pairings

    pairings = Pairings(settings.state_file)
    tickets = pairings.new_tickets(len(folders))
    for folder, ticket in zip(folders.values(), tickets, strict=True):
        extension_folder.invite(folder, running.address, ticket)
    is_paired = any(map(is_extension, pairings.origins()))
    pairings.close()
    return is_paired


def _welcome(running: Running, folders: dict[str, Path], opens: bool, is_paired: bool) -> None:
    from arxiv_gloss.launch import desktop

    if is_paired:
        click.echo("A browser is paired with it. Open a paper on arxiv.org.")
    for browser, folder in folders.items():
        click.echo(f"Extension for {browser.capitalize()}: {folder}")
    if opens and desktop.open_page(running.welcome):
        click.echo("Your browser shows the rest.")
        if "chrome" in folders and desktop.copy(str(folders["chrome"])):
            click.echo("The folder's path is on the clipboard.")
    elif not is_paired or opens:
        click.echo(f"Open this page in your browser; it shows the rest:\n  {running.welcome}")
