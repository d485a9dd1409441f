"""The services that the routes use: joined by app.py, kept with the Flask application."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app

from arxiv_gloss.registry.engines import EngineRegistry
from arxiv_gloss.registry.preferences import Preferences
from arxiv_gloss.routes.challenges import Challenges
from arxiv_gloss.services.jobs.service import GlossService
from arxiv_gloss.services.onboarding import Onboarding
from arxiv_gloss.storage.glossary import ReaderGlossary
from arxiv_gloss.storage.pairings import Pairings
from arxiv_gloss.storage.row_cache import RowCache
from arxiv_gloss.storage.saved_papers import SavedPapers
from arxiv_gloss.storage.triage import Triage

_KEY = "arxiv_gloss"


@dataclass(frozen=True, slots=True)
class AppServices:
    jobs: GlossService
    engines: EngineRegistry
    cache: RowCache
    pairings: Pairings
    onboarding: Onboarding
    challenges: Challenges
    glossary: ReaderGlossary
    preferences: Preferences
    saved: SavedPapers
    triage: Triage
    digests: Path
    """Folder of digests."""
    digest_key: str
    """The secret in the addresses of their pages."""
    web: Path | None
    """Folder of the built web page."""

    def close(self) -> None:
        """Close the databases."""
        self.pairings.close()
        self.saved.close()
        self.triage.close()
        self.cache.close()


def attach(app: Flask, services: AppServices) -> None:
    app.extensions[_KEY] = services


def services() -> AppServices:
    """Those of the application that answers this request."""
    return services_of(current_app)


def services_of(app: Flask) -> AppServices:
    found: AppServices = app.extensions[_KEY]
    return found
