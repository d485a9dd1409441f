"""`arxiv-gloss models list`, `use` and `remove`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from arxiv_gloss.engine.bundle import Bundle
    from arxiv_gloss.registry.preferences import Preferences
    from arxiv_gloss.settings import Settings

MANY = 8
"""Languages that are named; of more, only how many there are."""
OVERHEAD = 150_000_000
"""Bytes of memory that a model takes besides its weights."""
PACKED_TWICE = 2.2
"""Memory for each byte of weights: as stored, and as the kernels want them."""


@click.command("list")
def list_() -> None:
    """List the bundles: roles, languages, size, licence, what will run them, and which are damaged."""
    from arxiv_gloss.engine.bundle import find_bundles, open_bundle
    from arxiv_gloss.errors import BundleError
    from arxiv_gloss.settings import load

    settings = load()
    found = find_bundles(settings.bundle_folders)
    if not found:
        folders = "\n  ".join(map(str, settings.bundle_folders))
        raise BundleError(f"No model is installed. Bundles are looked for in:\n  {folders}\n")
    used = _used(settings)
    for path in found:
        mark = "*" if path.name in used else " "
        try:
            bundle = open_bundle(path)
        except BundleError as problem:
            click.echo(f"{mark} {path.name}  damaged: {problem.message}")
            continue
        for line in _described(bundle):
            click.echo(f"{mark} {line}")
            mark = "   "
    if settings.llm:
        click.echo(f"* {settings.llm.model}  connected as {' and '.join(settings.llm.roles)}, {settings.llm.url}")


@click.command()
@click.argument("role", type=click.Choice(["glosser", "translator", "summarizer"]))
@click.argument("name")
def use(role: str, name: str) -> None:
    """Use the bundle NAME as glosser, translator or summarizer; `none` leaves the choice to arXiv Gloss."""
    from arxiv_gloss.registry.preferences import ROLES
    from arxiv_gloss.settings import load

    chosen = "" if name == "none" else name
    _preferences(load()).change(**{ROLES[role]: chosen})
    click.echo(f"{role}: {name}. A server that runs already reads this when it is started again.")


@click.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(name: str, yes: bool) -> None:
    """Delete the bundle NAME from this machine, and choose it no longer."""
    from arxiv_gloss.engine.bundle import bundle_folder, delete_bundle, find_bundles
    from arxiv_gloss.errors import BundleError
    from arxiv_gloss.registry.preferences import ROLES
    from arxiv_gloss.settings import load

    settings = load()
    own = settings.data_dir / "bundles"
    folder = bundle_folder(own, name)
    if folder not in find_bundles([own]):
        raise BundleError(
            f"There is no bundle {name!r} in {own}. A bundle that came with the program cannot be removed."
        )
    if not yes:
        click.confirm(f"Delete {folder}?", abort=True)
    chosen = {key: "" for key in ROLES.values() if getattr(settings, key) == name}
    if chosen:
        _preferences(settings).change(**chosen)
    try:
        delete_bundle(folder)
    except OSError as problem:
        raise BundleError(f"{folder} cannot be deleted ({problem.strerror}).") from problem
    click.echo(f"{name} is gone.")


def _preferences(settings: Settings) -> Preferences:
    from arxiv_gloss.registry.bundles import installed
    from arxiv_gloss.registry.preferences import Preferences
    from arxiv_gloss.settings import SETTINGS_FILE

    return Preferences(settings, settings.config_dir / SETTINGS_FILE, lambda: installed(settings))


def _used(settings: Settings) -> set[str]:
    from arxiv_gloss.registry.bundles import default_glosser

    return {default_glosser(settings), settings.translator, settings.summarizer} - {""}


def _described(bundle: Bundle) -> list[str]:
    from arxiv_gloss.engine.session import provider
    from arxiv_gloss.engine.text_config import TextConfig

    config = bundle.config
    targets = ", ".join(config.targets) if len(config.targets) <= MANY else f"{len(config.targets)} languages"
    licence, origin = "AGPL-3.0-or-later", ""
    if isinstance(config, TextConfig):
        licence = config.origin.licence
        at = f" at {config.origin.revision[:12]}" if config.origin.revision else ""
        origin = (
            f"    {config.family}, {config.origin.parameters / 1e6:.0f}M parameters, from {config.origin.model}{at}"
        )
    fits = "" if _fits(bundle.size) else ", more than the memory that is free now"
    lines = [
        f"{bundle.name}  {' and '.join(config.roles)} into {targets}; {config.precision}, {bundle.size / 1e6:.0f} MB, "
        f"runs on {provider()}{fits}; licence {licence}",
        origin,
        f"    {Path(bundle.path)}",
        f"    sha256 {bundle.digest}",
    ]
    return [line for line in lines if line]


def _fits(size: int) -> bool:
    import psutil

    return bool(PACKED_TWICE * size + OVERHEAD < psutil.virtual_memory().available)
