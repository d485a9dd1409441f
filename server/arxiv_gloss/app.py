"""The only place where the parts are joined."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from datetime import datetime

from flask import Flask
from msgspec.structs import replace

from arxiv_gloss.clock import utc_now
from arxiv_gloss.engine.protocol import Engine
from arxiv_gloss.papers.fetch import Papers
from arxiv_gloss.papers.metadata import Arxiv
from arxiv_gloss.registry.bundles import installed, load_glosser, text_models
from arxiv_gloss.registry.engines import EngineRegistry
from arxiv_gloss.registry.preferences import Preferences
from arxiv_gloss.routes import digests, gloss, glossary, http_json, pairing, pdf, saved, status, web
from arxiv_gloss.routes import settings as settings_room
from arxiv_gloss.routes.guard import Guard
from arxiv_gloss.routes.services import Joined, keep
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.jobs.queue import Runs
from arxiv_gloss.services.jobs.service import Desk
from arxiv_gloss.settings import FILE, Settings, built
from arxiv_gloss.settings import load as load_settings
from arxiv_gloss.storage.glossary import Terms, shipped_lexicon
from arxiv_gloss.storage.pairings import Pairings
from arxiv_gloss.storage.row_cache import Cache
from arxiv_gloss.storage.saved_papers import Saved
from arxiv_gloss.text.terms.lexicon import Lexicon


def create_app(
    settings: Settings | None = None,
    load: Callable[[], Engine] | None = None,
    arxiv: Arxiv | None = None,
    runs: Runs | None = None,
    clock: Callable[[], float] = time.perf_counter,
    now: Callable[[], datetime] = utc_now,
    papers: Papers | None = None,
    lexicon: Callable[[], Lexicon] = shipped_lexicon,
) -> Flask:
    """The server as a WSGI application behind its guard; the engine begins to load in the background.

    What is not given is made as `settings` say, and these are loaded where they are not given: `flask --app
    arxiv_gloss.app run` finds this factory. Raises BadSetting, and StateError when pairings cannot be kept.
    """
    settings = settings or load_settings()
    arxiv = (arxiv or Arxiv()) if settings.ask_arxiv else None
    preferences = Preferences(settings, settings.config_dir / FILE, lambda: installed(settings))
    engines = EngineRegistry(
        load or (lambda: load_glosser(replace(settings, bundle=preferences.bundle))),
        text_models(settings, lambda: preferences.selection),
    )
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
    http_json.register(app)
    app.wsgi_app = Guard(  # type: ignore[method-assign]
        app.wsgi_app, settings.port, pairings, web.public_paths(page), digests.address(key)
    )
    engines.start()
    return app


def create_glosser(settings: Settings, target: str | None = None) -> Glosser:
    """The glosser of one target (default: that of the settings) alone, for the command line. Raises BundleError."""
    terms = Terms(settings.glossary_file)
    engines = EngineRegistry(lambda: load_glosser(settings), text_models(settings))
    engine, cache = engines.engine(target or settings.target), Cache(settings.cache_file)
    return Glosser(engine, cache, glossaries=terms.glossaries, lexicon=shipped_lexicon)
