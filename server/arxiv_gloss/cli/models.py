"""`arxiv-gloss models`"""

from __future__ import annotations

import click


@click.group()
def models() -> None:
    """The models that are installed."""


@models.command("list")
def list_() -> None:
    """List the bundles, with their digests, and say which are damaged."""
    from arxiv_gloss.engine.bundle import find_bundles, open_bundle
    from arxiv_gloss.errors import BundleError
    from arxiv_gloss.settings import load

    settings = load()
    found = find_bundles(settings.bundle_folders)
    if not found:
        folders = "\n  ".join(map(str, settings.bundle_folders))
        raise BundleError(f"No model is installed. Bundles are looked for in:\n  {folders}\n")
    chosen = settings.bundle or found[0].name
    for path in found:
        mark = "*" if path.name == chosen else " "
        try:
            bundle = open_bundle(path)
        except BundleError as problem:
            click.echo(f"{mark} {path.name}  damaged: {problem.message}")
            continue
        size = sum((path / file).stat().st_size for file in bundle.config.files) / 1e6
        targets = ", ".join(bundle.config.targets)
        click.echo(f"{mark} {bundle.name}  {bundle.config.precision}, {size:.0f} MB, into {targets}")
        click.echo(f"    {path}\n    sha256 {bundle.digest}")
