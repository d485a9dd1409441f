"""The web page: a fixed set of files, under a strict policy."""

from __future__ import annotations

from html import escape
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from arxiv_gloss.invocation import program
from arxiv_gloss.routes import http_json, web
from arxiv_gloss.routes.services import attach


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "web"
    (folder / "chunks").mkdir(parents=True)
    (folder / "index.html").write_text(
        '<!doctype html><title>the page</title><meta name="program" content="arxiv-gloss" />'
    )
    (folder / "chunks" / "panel.js").write_text("export {}")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


def ask(folder: Path | None, path: str) -> TestResponse:
    app = Flask("test", static_folder=None)
    attach(app, SimpleNamespace(web=folder))  # type: ignore[arg-type]
    app.register_blueprint(web.blueprint)
    http_json.register(app)
    response = app.test_client().get(path, buffered=True)
    response.close()
    return response


def test_the_page_and_its_files(built: Path) -> None:
    assert web.public_paths(built) == {"/", "/index.html", "/chunks/panel.js"}
    assert "the page" in ask(built, "/").get_data(as_text=True)
    assert f'content="{escape(program())}"' in ask(built, "/").get_data(as_text=True)
    script = ask(built, "/chunks/panel.js")
    assert script.get_data(as_text=True) == "export {}"
    assert script.mimetype == "text/javascript"


def test_scripts_come_from_here_alone(built: Path) -> None:
    for path in ("/", "/chunks/panel.js"):
        policy = ask(built, path).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "script-src 'self'" in policy
        assert "unsafe" not in policy and "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/chunks/../../secret.txt", "/%2e%2e/secret.txt", "/nothing", "/chunks"]
)
def test_nothing_else_is_served(built: Path, path: str) -> None:
    response = ask(built, path)
    assert response.status_code == 404
    assert "secret" not in response.get_data(as_text=True)


def test_without_a_built_page_it_says_how_to_build_it() -> None:
    assert web.public_paths(None) == {"/"}
    assert "npm run build" in ask(None, "/").get_data(as_text=True)
