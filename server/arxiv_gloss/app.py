"""The only place where the parts are joined."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask
from msgspec.structs import replace

from arxiv_gloss.engine.protocol import Engine
from arxiv_gloss.errors import BundleError
from arxiv_gloss.papers.fetch import Papers
from arxiv_gloss.papers.metadata import Arxiv
from arxiv_gloss.routes import digests, gloss, glossary, pairing, pdf, reading, saved, status, web
from arxiv_gloss.routes import settings as settings_room
from arxiv_gloss.routes.guard import Guard
from arxiv_gloss.routes.joined import Joined, keep
from arxiv_gloss.services.cache import Cache
from arxiv_gloss.services.desk import Desk
from arxiv_gloss.services.engines import Engines
from arxiv_gloss.services.gloss import Glosser, utc_now
from arxiv_gloss.services.pairing import Pairings
from arxiv_gloss.services.preferences import Preferences
from arxiv_gloss.services.runs import Runs
from arxiv_gloss.services.saved import Saved
from arxiv_gloss.services.terms import Terms, shipped_lexicon
from arxiv_gloss.settings import FILE, Settings, built
from arxiv_gloss.text.lexicon import Lexicon


def create_app(
    settings: Settings,
    load: Callable[[], Engine] | None = None,
    arxiv: Arxiv | None = None,
    runs: Runs | None = None,
    clock: Callable[[], float] = time.perf_counter,
    now: Callable[[], datetime] = utc_now,
    papers: Papers | None = None,
    lexicon: Callable[[], Lexicon] = shipped_lexicon,
) -> Flask:
    """The server as a WSGI application behind its guard; the engine begins to load in the background.

    What is not given is made as `settings` say. Raises StateError when pairings can not be kept.
    """
    arxiv = (arxiv or Arxiv()) if settings.ask_arxiv else None
    preferences = Preferences(settings, settings.config_dir / FILE, lambda: list(installed(settings)))
    engines = Engines(load or (lambda: load_bundle(replace(settings, bundle=preferences.bundle))))
    terms = Terms(settings.glossary_file)
    papers = papers or Papers(arxiv, settings.papers_dir)
    desk = Desk(engines, Cache(settings.cache_file), runs or Runs(), arxiv, terms, papers, clock, now, lexicon)
    pairings = Pairings(settings.state_file)
    page = built("web")
    key = secrets.token_urlsafe(16)

    app = Flask("arxiv_gloss", static_folder=None)
    saved_papers = Saved(settings.state_file)
    keep(app, Joined(desk, pairings, terms, preferences, saved_papers, settings.digest_dir, key, page))
    for room in (digests, gloss, glossary, pairing, pdf, saved, settings_room, status, web):
        app.register_blueprint(room.blueprint)
    reading.register(app)
    app.wsgi_app = Guard(  # type: ignore[method-assign]
        app.wsgi_app, settings.port, pairings, web.public_paths(page), digests.address(key)
    )
    engines.start()
    return app


def create_glosser(settings: Settings) -> Glosser:
    """The glosser alone, for the command line. Raises BundleError."""
    terms = Terms(settings.glossary_file)
    engine, cache = load_bundle(settings), Cache(settings.cache_file)
    return Glosser(engine, cache, glossaries=terms.glossaries, lexicon=shipped_lexicon)


def installed(settings: Settings) -> dict[str, Path]:
    """The bundles that are found, by name."""
    from arxiv_gloss.engine.bundle import find_bundles

    return {path.name: path for path in find_bundles(settings.bundle_folders)}


def load_bundle(settings: Settings) -> Engine:
    """The engine of the bundle that the settings name, else of the first that is found. Raises BundleError."""
    from arxiv_gloss.engine.bundle import open_bundle
    from arxiv_gloss.engine.seq2seq import load_engine

    found = installed(settings)
    if not found:
        folders = ", ".join(map(str, settings.bundle_folders))
        raise BundleError(f"No model is installed. Bundles are looked for in: {folders}.")
    name = settings.bundle or next(iter(found))
    if name not in found:
        raise BundleError(f"There is no bundle {name!r}; installed are: {', '.join(found)}.")
    return load_engine(open_bundle(found[name]))
