"""`arxiv-gloss extension`"""

from __future__ import annotations

from pathlib import Path

import click

HOW_TO_BUILD = """The extension is not in this installation: it was made without Node.js. Install a released
wheel, which holds it, or with Node.js 20 or newer:
  from a checkout:       cd extension && npm ci && npm run build
  from the source code:  install Node.js, then install arxiv-gloss again"""
CHROME = """Chrome, Edge, Chromium and their relatives:
  {folder}
  Open chrome://extensions, switch on Developer mode, choose Load unpacked, and take this folder. It stays loaded."""
FIREFOX = """Firefox:
  {folder}
  Open about:debugging#/runtime/this-firefox, choose Load Temporary Add-on, and take manifest.json in this folder.
  Firefox forgets it when it is closed, because Mozilla has not signed it: this step comes again at each start."""


@click.command()
@click.option("--open", "opens", is_flag=True, help="Show the folder in the file manager.")
def extension(opens: bool) -> None:
    """Put the extension into the folder that browsers load it from, and say how.

    `start` does the same, and pairs it. ARXIV_GLOSS_EXTENSION_DIR, or `extension_dir` in the settings, moves it.
    """
    from arxiv_gloss.errors import ToolMissing
    from arxiv_gloss.invocation import program
    from arxiv_gloss.launch import extension_folder
    from arxiv_gloss.settings import load

    settings = load()
    folders = extension_folder.refresh(settings)
    if not folders:
        raise ToolMissing(HOW_TO_BUILD)
    for browser, how in (("chrome", CHROME), ("firefox", FIREFOX)):
        if browser in folders:
            click.echo(how.format(folder=folders[browser]))
    click.echo(f"`{program()} start` runs the server; the extension then pairs itself.")
    if opens:
        _show(settings.extension_dir)


def _show(folder: Path) -> None:
    if click.launch(str(folder)) != 0:
        click.echo("No file manager could be opened.", err=True)
