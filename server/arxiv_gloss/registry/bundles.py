"""Which bundles are installed, what each can do, and how one is loaded.

Engines are imported when one is loaded: onnxruntime takes most of a second that other commands need not wait.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from arxiv_gloss.engine.protocol import Engine, Speaker
from arxiv_gloss.errors import BundleError
from arxiv_gloss.registry.text_models import Offer
from arxiv_gloss.settings import Settings


def installed(settings: Settings) -> dict[str, Path]:
    """The bundles that are found, by name."""
    from arxiv_gloss.engine.bundle import find_bundles

    return {path.name: path for path in find_bundles(settings.bundle_folders)}


def offers(settings: Settings) -> dict[str, Offer]:
    """What the installed bundles can do; one with a damaged configuration can do nothing."""
    from arxiv_gloss.engine.bundle import read_config

    found: dict[str, Offer] = {}
    for name, path in installed(settings).items():
        with suppress(BundleError):
            config = read_config(path)
            found[name] = Offer(config.roles, config.targets)
    return found


def load_speaker(settings: Settings, name: str) -> Speaker:
    """A translator or summarizer. Raises BundleError."""
    from arxiv_gloss.engine.bundle import open_bundle
    from arxiv_gloss.engine.text2text.model import load_text_model

    return load_text_model(open_bundle(installed(settings)[name]))


def load_bundle(settings: Settings) -> Engine:
    """The engine of the glosser that the settings name, else of the first that is found. Raises BundleError."""
    from arxiv_gloss.engine.bundle import open_bundle
    from arxiv_gloss.engine.glosser.engine import load_engine

    found = installed(settings)
    able = [name for name, offer in offers(settings).items() if "glosser" in offer.roles]
    if not able and not settings.bundle:
        folders = ", ".join(map(str, settings.bundle_folders))
        raise BundleError(f"No model is installed that can gloss. Bundles are looked for in: {folders}.")
    name = settings.bundle or able[0]
    if name not in found:
        raise BundleError(f"There is no bundle {name!r}; installed are: {', '.join(found)}.")
    return load_engine(open_bundle(found[name]))
