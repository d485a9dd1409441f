"""`arxiv-gloss extension`"""

from __future__ import annotations

import click

HOW_TO_BUILD = """The extension has not been built. With Node.js 20 or newer:
  from a checkout:  cd extension && npm ci && npm run build
  from the package: install Node.js, then install arxiv-gloss again"""


@click.command()
def extension() -> None:
    """Say where the built extension is and how to load it."""
    from arxiv_gloss.errors import ToolMissing
    from arxiv_gloss.invocation import program
    from arxiv_gloss.settings import built

    chrome, firefox = built("chrome-mv3"), built("firefox-mv3") or built("firefox-mv2")
    if chrome is None and firefox is None:
        raise ToolMissing(HOW_TO_BUILD)
    if chrome:
        click.echo(f"Chrome, Edge, Chromium:\n  {chrome}")
        click.echo("  Open chrome://extensions, switch on Developer mode, choose Load unpacked, and take this folder.")
    if firefox:
        click.echo(f"Firefox:\n  {firefox}")
        click.echo(
            "  Open about:debugging#/runtime/this-firefox, choose Load Temporary Add-on, take its manifest.json."
        )
    click.echo(f"Then run `{program()} serve`, and enter the code that it shows in the extension's options.")
