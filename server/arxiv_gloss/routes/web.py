"""GET /: the web page, a fixed set of static files that hold no data."""

from __future__ import annotations

from html import escape
from pathlib import Path

from flask import Blueprint, Response, send_from_directory

from arxiv_gloss.errors import NotFound
from arxiv_gloss.invocation import program
from arxiv_gloss.routes.services import services

blueprint = Blueprint("web", __name__)
INDEX = "index.html"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
UNKNOWN, KNOWN = '<meta name="program" content="arxiv-gloss"', '<meta name="program" content="{program}"'
NOT_BUILT = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>arXiv Gloss</title>
<h1>arXiv Gloss is running</h1>
<p>Its web page has not been built. In the folder of the source code, run:</p>
<pre>cd extension &amp;&amp; npm ci &amp;&amp; npm run build</pre>
<p>Then start the server again. The command line works without it: <code>{program} gloss --help</code>.</p>
</html>
"""


def public_paths(web: Path | None) -> frozenset[str]:
    """The exact paths that may be read without a token: `/` and each file of the built page."""
    files = [] if web is None else [file for file in web.rglob("*") if file.is_file()]
    return frozenset({"/"} | {f"/{file.relative_to(web).as_posix()}" for file in files if web})


@blueprint.get("/")
def index() -> Response:
    """The page, which learns how the reader runs our program: its notices name commands that work."""
    web = services().web
    html = (web / INDEX).read_text(encoding="utf-8").replace(UNKNOWN, KNOWN) if web else NOT_BUILT
    return _strict(Response(html.replace("{program}", escape(program())), content_type="text/html; charset=utf-8"))


@blueprint.get("/<path:name>")
def file(name: str) -> Response:
    web = services().web
    if web is None or f"/{name}" not in public_paths(web):
        raise NotFound("The server does not have this.")
    return _strict(send_from_directory(web, name))


def _strict(page: Response) -> Response:
    page.headers["Content-Security-Policy"] = _POLICY
    page.headers["Cache-Control"] = "no-cache"
    return page
