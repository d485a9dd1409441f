"""GET /welcome/KEY/state: how far the first start is, for the welcome page, which has no token yet.

The page itself is one of the web page's files and holds no data; who opens it from the terminal knows the key.
"""

from __future__ import annotations

from flask import Blueprint, Response

from arxiv_gloss import __version__
from arxiv_gloss.invocation import program
from arxiv_gloss.routes.http_json import answer
from arxiv_gloss.routes.responses import WelcomeAnswer
from arxiv_gloss.routes.services import services

blueprint = Blueprint("welcome", __name__)


def address(key: str) -> str:
    """What the guard lets through, and what the paths of the page's state begin with."""
    return f"/welcome/{key}/"


@blueprint.get("/welcome/<key>/state")
def state(key: str) -> Response:
    """Whoever comes here knew the key: the guard let nobody else through."""
    onboarding = services().onboarding
    return answer(
        WelcomeAnswer(
            version=__version__,
            program=program(),
            folders={browser: str(folder) for browser, folder in onboarding.folders().items()},
            extension=onboarding.seen,
            refused=onboarding.refused,
            paired=onboarding.paired,
        )
    )
