"""/v1/settings: what the reader may change while the server runs."""

from __future__ import annotations

from flask import Blueprint, Response

from arxiv_gloss.errors import UnknownTarget
from arxiv_gloss.routes.http_json import answer, body
from arxiv_gloss.routes.requests import SettingsRequest
from arxiv_gloss.routes.responses import SettingsAnswer
from arxiv_gloss.routes.services import services

blueprint = Blueprint("settings", __name__)
_PATH = "/v1/settings"


@blueprint.get(_PATH)
def settings() -> Response:
    preferences = services().preferences
    return answer(
        SettingsAnswer(
            preferences.target,
            preferences.bundle,
            preferences.supporting("glosser"),
            preferences.translator,
            preferences.supporting("translator"),
            preferences.summarizer,
            preferences.supporting("summarizer"),
        )
    )


@blueprint.put(_PATH)
def change() -> Response:
    """Another bundle is loaded at once, in the background."""
    wanted, preferences, engines = body(SettingsRequest), services().preferences, services().engines
    if wanted.target is not None:
        engines.glosser()
        targets = engines.targets
        if wanted.target not in targets:
            raise UnknownTarget(f"The targets here are: {', '.join(targets)}.")
    before = preferences.bundle
    preferences.change(wanted.target, wanted.bundle, wanted.translator, wanted.summarizer)
    if preferences.bundle != before:
        engines.reload()
    return settings()
