"""What the routes serve: the services that app.py joined, kept with the Flask application."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app

from arxiv_gloss.registry.preferences import Preferences
from arxiv_gloss.services.jobs.service import Desk
from arxiv_gloss.storage.glossary import Terms
from arxiv_gloss.storage.pairings import Pairings
from arxiv_gloss.storage.saved_papers import Saved

_KEY = "arxiv_gloss"


@dataclass(frozen=True, slots=True)
class Joined:
    desk: Desk
    pairings: Pairings
    terms: Terms
    preferences: Preferences
    saved: Saved
    digests: Path
    """Folder of digests."""
    digest_key: str
    """The secret in the addresses of their pages."""
    web: Path | None
    """Folder of the built web page."""

    def close(self) -> None:
        """Let go of the databases."""
        self.pairings.close()
        self.saved.close()
        self.desk.cache.close()


def keep(app: Flask, joined: Joined) -> None:
    app.extensions[_KEY] = joined


def joined() -> Joined:
    found: Joined = current_app.extensions[_KEY]
    return found
