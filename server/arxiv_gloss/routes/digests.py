"""Digests that stand in the data folder: their list for who is paired, and the pages behind a key of this server's run.

A page that is opened in a tab can send no token, so its address holds a secret instead; the guard knows it.
"""

from __future__ import annotations

from flask import Blueprint, Response, send_from_directory

from arxiv_gloss.errors import NotFound
from arxiv_gloss.routes.http_json import answer
from arxiv_gloss.routes.responses import DigestAnswer, DigestsAnswer
from arxiv_gloss.routes.services import services
from arxiv_gloss.services.digest.edition import read_editions

blueprint = Blueprint("digests", __name__)
KINDS = (".html", ".xml", ".md", ".bib", ".ris")
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""A digest runs no script, sends no form and opens nothing by itself; a reader may open its links in new tabs."""


def digest_path(key: str) -> str:
    """Where the pages are."""
    return f"/digest/{key}/"


@blueprint.get("/v1/digests")
def digests() -> Response:
    """The newest first."""
    editions = read_editions(services().digests)
    found = [DigestAnswer(one.day, one.topic, len(one.papers), f"{one.day}/{one.name}.html") for one in editions]
    return answer(DigestsAnswer(digest_path(services().digest_key), found))


@blueprint.get("/digest/<key>/<path:name>")
def page(key: str, name: str) -> Response:
    """Whoever comes here knew the key: the guard let nobody else through."""
    folder = services().digests
    if not name.endswith(KINDS) or not (folder / name).is_file():
        raise NotFound("There is no such digest.")
    sent = send_from_directory(folder.resolve(), name)
    sent.headers["Content-Security-Policy"] = POLICY
    sent.headers["Cache-Control"] = "no-store"
    return sent
