"""The only place where the parts are joined."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from flask import Flask
from msgspec.structs import replace

from arxiv_gloss.clock import Clock
from arxiv_gloss.engine.protocol import Engine
from arxiv_gloss.errors import UnknownTarget
from arxiv_gloss.launch import extension_folder
from arxiv_gloss.papers.fetch import Papers
from arxiv_gloss.papers.metadata import Arxiv
from arxiv_gloss.registry.bundles import installed, load_glosser, text_models
from arxiv_gloss.registry.engines import EngineRegistry
from arxiv_gloss.registry.llm import own_model
from arxiv_gloss.registry.preferences import Preferences
from arxiv_gloss.routes import digests, gloss, glossary, http_json, pairing, pdf, saved, status, triage, web, welcome
from arxiv_gloss.routes import settings as settings_room
from arxiv_gloss.routes.challenges import Challenges
from arxiv_gloss.routes.guard import Guard
from arxiv_gloss.routes.services import AppServices, attach
from arxiv_gloss.services.corpus.glosser import EngineGlosser
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.jobs.queue import JobQueue
from arxiv_gloss.services.jobs.service import GlossService
from arxiv_gloss.services.onboarding import Onboarding
from arxiv_gloss.settings import SETTINGS_FILE, LlmSurface, Settings, built
from arxiv_gloss.settings import load as load_settings
from arxiv_gloss.storage.glossary import ReaderGlossary, shipped_lexicon
from arxiv_gloss.storage.pairings import Pairings
from arxiv_gloss.storage.row_cache import RowCache
from arxiv_gloss.storage.saved_papers import SavedPapers
from arxiv_gloss.storage.triage import Triage
from arxiv_gloss.text.terms.lexicon import Lexicon


def create_app(
    settings: Settings | None = None,
    load: Callable[[], Engine] | None = None,
    arxiv: Arxiv | None = None,
    jobs: JobQueue | None = None,
    clock: Clock | None = None,
    papers: Papers | None = None,
    lexicon: Callable[[], Lexicon] = shipped_lexicon,
) -> Flask:
    """The server as a WSGI application behind its guard; the engine begins to load in the background.

    What is not given is made as `settings` say, and these are loaded where they are not given: `flask --app
    arxiv_gloss.app run` finds this factory. Raises BadSetting, and StateError when pairings cannot be kept.
    """
    settings = settings or load_settings()
    services = _join(settings, load, arxiv, jobs, clock, papers, lexicon)
    app = Flask("arxiv_gloss", static_folder=None)
    attach(app, services)
    for room in (digests, gloss, glossary, pairing, pdf, saved, settings_room, status, triage, web, welcome):
        app.register_blueprint(room.blueprint)
    http_json.register(app)
    public = web.public_paths(services.web)
    known = digests.digest_path(services.digest_key), welcome.address(services.onboarding.key)
    app.wsgi_app = Guard(  # type: ignore[method-assign]
        app.wsgi_app, settings.port, services.pairings, services.challenges, public, known
    )
    services.engines.start()
    return app


def _join(
    settings: Settings,
    load: Callable[[], Engine] | None,
    arxiv: Arxiv | None,
    jobs: JobQueue | None,
    clock: Clock | None,
    papers: Papers | None,
    lexicon: Callable[[], Lexicon],
) -> AppServices:
    arxiv = (arxiv or Arxiv()) if settings.ask_arxiv else None
    preferences = Preferences(settings, settings.config_dir / SETTINGS_FILE, lambda: installed(settings))
    engines = EngineRegistry(
        load or (lambda: load_glosser(replace(settings, bundle=preferences.bundle))),
        text_models(settings, lambda: preferences.selection),
    )
    cache, own_terms = RowCache(settings.cache_file), ReaderGlossary(settings.glossary_file)
    papers = papers or Papers(arxiv, settings.papers_dir)
    pairings = Pairings(settings.state_file)
    return AppServices(
        jobs=GlossService(
            engines,
            cache,
            jobs or JobQueue(),
            arxiv,
            own_terms,
            papers,
            clock,
            lexicon,
            own_model(settings, "panel"),
        ),
        engines=engines,
        cache=cache,
        pairings=pairings,
        onboarding=Onboarding(pairings, lambda: extension_folder.copies(settings), secrets.token_urlsafe(16)),
        challenges=Challenges(pairings, settings.port),
        glossary=own_terms,
        preferences=preferences,
        saved=SavedPapers(settings.state_file),
        triage=Triage(settings.state_file),
        digests=settings.digest_dir,
        digest_key=secrets.token_urlsafe(16),
        web=built("web"),
    )


def create_glosser(settings: Settings, target: str | None = None, surface: LlmSurface | None = None) -> Glosser:
    """The glosser of one target (default: that of the settings) alone, for the command line. The reader's own model
    writes on the `surface` where the settings let it. Raises BundleError."""
    own = own_model(settings, surface) if surface else None
    own_terms = ReaderGlossary(settings.glossary_file)
    engines = EngineRegistry(lambda: load_glosser(settings), text_models(settings))
    engine, cache = engines.engine(target or settings.target), RowCache(settings.cache_file)
    return Glosser(engine, cache, glossaries=own_terms.glossaries, lexicon=shipped_lexicon, own=own)


def create_corpus_glosser(settings: Settings) -> EngineGlosser:
    """The glosser of a corpus run, into the settings' target. Raises BundleError and UnknownTarget."""
    engines = EngineRegistry(lambda: load_glosser(settings), text_models(settings))
    engine, target = engines.engine(settings.target), settings.target
    if target not in engines.targets:
        known = ", ".join(engines.targets)
        raise UnknownTarget(f"No installed model translates into {target!r}; the targets here are: {known}.")
    return EngineGlosser(engine, target, shipped_lexicon)
