"""Which bundles are installed, what each can do, and how one is loaded.

Engines are imported when one is loaded: onnxruntime takes most of a second that other commands need not wait.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from arxiv_gloss.engine.protocol import Engine, Text2Text
from arxiv_gloss.errors import BundleError
from arxiv_gloss.registry.text_models import Capabilities, Selection, TextModels
from arxiv_gloss.settings import Settings


def bundle_paths(settings: Settings) -> dict[str, Path]:
    """The folders of the bundles that are found, by name."""
    from arxiv_gloss.engine.bundle import find_bundles

    return {path.name: path for path in find_bundles(settings.bundle_folders)}


def installed(settings: Settings) -> dict[str, Capabilities]:
    """What each bundle can do; one with a damaged configuration is left out."""
    from arxiv_gloss.engine.bundle import read_config

    found: dict[str, Capabilities] = {}
    for name, path in bundle_paths(settings).items():
        with suppress(BundleError):
            config = read_config(path)
            found[name] = Capabilities(config.roles, config.targets)
    return found


def default_glosser(settings: Settings) -> str:
    """The name of the glosser that the settings name, else of the first that is found; "" where there is none."""
    if settings.bundle:
        return settings.bundle
    return next((name for name, one in installed(settings).items() if "glosser" in one.roles), "")


def load_glosser(settings: Settings) -> Engine:
    """The engine of `default_glosser`. Raises BundleError."""
    from arxiv_gloss.engine.bundle import open_bundle
    from arxiv_gloss.engine.glosser.engine import load_engine

    name, found = default_glosser(settings), bundle_paths(settings)
    if not name:
        folders = ", ".join(map(str, settings.bundle_folders))
        raise BundleError(f"No model is installed that can gloss. Bundles are looked for in: {folders}.")
    if name not in found:
        raise BundleError(f"There is no bundle {name!r}; installed are: {', '.join(found)}.")
    return load_engine(open_bundle(found[name]))


def text_models(settings: Settings, selection: Callable[[], Selection] | None = None) -> TextModels:
    """The translators and summarizers among the installed bundles; `selection`: by default that of the settings."""
    from_settings = Selection(settings.translator, settings.summarizer)
    return TextModels(
        lambda: installed(settings), selection or (lambda: from_settings), lambda name: _load_text_model(settings, name)
    )


def _load_text_model(settings: Settings, name: str) -> Text2Text:
    from arxiv_gloss.engine.bundle import open_bundle
    from arxiv_gloss.engine.text2text.model import load_text_model

    return load_text_model(open_bundle(bundle_paths(settings)[name]))
