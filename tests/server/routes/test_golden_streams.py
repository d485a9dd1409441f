"""The streams that the extension's tests read: what the server says, word for word.

`ARXIV_GLOSS_WRITE_STREAMS=1 pytest tests/server/routes/test_golden_streams.py` writes them anew.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from arxiv_gloss.app import create_app
from arxiv_gloss.clock import Clock
from arxiv_gloss.errors import EngineError
from arxiv_gloss.routes.services import AppServices
from arxiv_gloss.services.gloss import glosser
from arxiv_gloss.services.jobs.queue import JobQueue
from arxiv_gloss.settings import Settings
from arxiv_gloss.text.confidence import read_doubt
from tests.server.conftest import ABSTRACT, NOON, ORIGIN, TITLE, Caller
from tests.server.fakes import EchoEngine
from tests.server.papers import make_pdf

STREAMS = Path(__file__).parents[2] / "fixtures" / "streams"
ASK: dict[str, Any] = {"id": "2401.01234v2", "title": TITLE, "abstract": ABSTRACT}
FORMULA, RESULT = 1, 2
"""Segments of ABSTRACT that hold the formula and the numbers."""
LEXICON = {"we": frozenset({"甲句", "乙句", "丙句", "丁句", "句的", "的要", "要点", "的译", "译文", "题目"})}


def check(name: str, lines: list[bytes]) -> None:
    written = b"".join(line + b"\n" for line in lines)
    file = STREAMS / f"{name}.ndjson"
    if os.environ.get("ARXIV_GLOSS_WRITE_STREAMS"):
        file.write_bytes(written)
    assert file.read_bytes() == written


def lines_of(client: Caller, path: str, body: Any) -> list[bytes]:
    return told(client.post(path, body))


def told(response: TestResponse) -> list[bytes]:
    """Without `alive`, which a busy machine says more often."""
    assert response.status_code == 200
    lines = response.get_data().splitlines()
    response.close()
    return [line for line in lines if b'"alive"' not in line]


def test_ordinary(client: Caller) -> None:
    check("ordinary", lines_of(client, "/v1/gloss", ASK))


def test_list(client: Caller) -> None:
    papers = [ASK, {"id": "2401.00002", "abstract": ""}, {"abstract": "We prove that every small thing is finite."}]
    check("list", lines_of(client, "/v1/glosses", {"papers": papers}))


def test_whole_paper(client: Caller) -> None:
    check("whole", told(client.upload("/v1/pdf", make_pdf.two_column_paper().pdf)))


def test_replaced_segment(client: Caller, engine: EchoEngine) -> None:
    """A coined name is lost, and back after the second decoding."""
    engine.drops = {("translate", FORMULA): {0}}
    check("replaced", lines_of(client, "/v1/gloss", ASK))


def test_flagged_segment(client: Caller, engine: EchoEngine) -> None:
    """Two numbers are lost for good, and one sentence is cut off."""
    engine.drops = {("translate", RESULT): {2, 3}}
    engine.keeps_dropping = True
    engine.cut_off = {("translate", 0)}
    check("flagged", lines_of(client, "/v1/gloss", ASK))


def test_withheld_takeaway(client: Caller, engine: EchoEngine) -> None:
    """A takeaway that was cut off, as was its sentence's translation, is not shown as fact."""
    engine.cut_off = {("gist", RESULT), ("translate", RESULT)}
    check("withheld", lines_of(client, "/v1/gloss", ASK))


def test_abstractive(client: Caller, engine: EchoEngine) -> None:
    """Rows that saw the whole abstract: the summary has evidence, the takeaways have none and are withheld."""
    engine.summary = "abstractive"
    check("abstractive", lines_of(client, "/v1/gloss", ASK))


DOUBT = """
bias = -2
thresholds = { unsure = 0.5, untranslated = 0.2, outside = 0.7 }
disagreements = { direction = 2, negation = 1, condition = 1 }
[features]
score = { mean = 0, spread = 1, weight = -2 }
faults = { mean = 0, spread = 1, weight = 2 }
"""


def test_doubtful(settings: Settings, engine: EchoEngine, jobs: JobQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence is unsure, one is not shown as a translation; what condenses them is held back."""
    monkeypatch.setattr(glosser, "shipped_doubt", lambda: read_doubt(DOUBT))
    engine.unsure = {("translate", RESULT), ("gist", RESULT)}
    engine.cut_off = {("translate", 0), ("gist", 0)}
    clock = Clock(lambda: 0.0, lambda: NOON)
    app = create_app(settings, load=lambda: engine, jobs=jobs, clock=clock, lexicon=lambda: LEXICON)
    services: AppServices = app.extensions["arxiv_gloss"]
    check("doubtful", lines_of(Caller(app, services.pairings.new_token(ORIGIN)), "/v1/gloss", ASK))
    services.close()


@pytest.mark.usefixtures("opencc")
def test_taiwan(client: Caller) -> None:
    check("taiwan", lines_of(client, "/v1/gloss", {**ASK, "target": "zh-TW"}))


def test_english(client: Caller) -> None:
    """No title and no translation; the rest are sentences of the abstract."""
    check("english", lines_of(client, "/v1/gloss", {**ASK, "target": "en"}))


def test_error(client: Caller, engine: EchoEngine) -> None:
    engine.fails = EngineError("The model stopped. Try again; if it stays so, run `arxiv-gloss doctor`.")
    check("error", lines_of(client, "/v1/gloss", ASK))


@pytest.fixture
def gate(engine: EchoEngine) -> Iterator[threading.Event]:
    engine.gate = threading.Event()
    yield engine.gate
    engine.gate.set()


def test_alive(client: Caller, gate: threading.Event) -> None:
    """While the model is silent, the server says that it is still there."""
    response = client.post("/v1/gloss", ASK)
    lines: list[bytes] = []
    for line in response.iter_encoded():
        if b'"alive"' in line:
            gate.set()
        if line.rstrip() not in lines:
            lines.append(line.rstrip())
    response.close()
    check("alive", lines)
