"""What the server answers besides the events of events.py: one JSON object each."""

from __future__ import annotations

import msgspec

from arxiv_gloss.events import Event, ModelUse
from arxiv_gloss.invocation import PROGRAM
from arxiv_gloss.storage.saved_papers import SavedPaper
from arxiv_gloss.storage.triage import TriagedPaper


class ErrorBody(msgspec.Struct, frozen=True):
    """`code` is stable; `message` is an English sentence that says what to do."""

    code: str
    message: str


class ErrorAnswer(msgspec.Struct, frozen=True):
    """Every refusal before the first line of a stream has this shape."""

    error: ErrorBody


class PaperEvent(msgspec.Struct, frozen=True):
    """One line of POST /v1/glosses: an event, and the position in the request of the paper that it is about."""

    paper: int
    event: Event


class ParagraphEvent(msgspec.Struct, frozen=True):
    """One line of POST /v1/paragraphs: an event, and the position in the request of the paragraph that it is about.

    Each paragraph has the events of an abstract of which only the translation was asked for; a heading is one segment.
    """

    paragraph: int
    event: Event


class PairAnswer(msgspec.Struct, frozen=True):
    """The token, shown once; the server keeps only its hash."""

    token: str


class WelcomeAnswer(msgspec.Struct, frozen=True):
    """What the welcome page shows. `folders`: where the extension lies, for each kind of browser. `extension`: one has
    come to this server; `refused`: with a ticket that was used or too old; `paired`: one is paired."""

    version: str
    program: str
    folders: dict[str, str]
    extension: bool
    refused: bool
    paired: bool


class ChallengeAnswer(msgspec.Struct, frozen=True):
    """The server's nonce, for one call, and its proof that it holds the pairing's secret."""

    nonce: str
    proof: str


class TermAnswer(msgspec.Struct, frozen=True):
    """A term of the reader's; `target` equals `source` where it stays in English."""

    source: str
    target: str


class GlossaryAnswer(msgspec.Struct, frozen=True):
    """Answer of every call to /v1/glossary: the reader's terms as they are now."""

    terms: list[TermAnswer]


class DigestAnswer(msgspec.Struct, frozen=True):
    """One topic on one day; `page` is the path of its page below the address of all."""

    day: str
    topic: str
    papers: int
    page: str


class DigestsAnswer(msgspec.Struct, frozen=True):
    """Answer of GET /v1/digests, the newest first. `address` is good until the server is started again."""

    address: str
    digests: list[DigestAnswer]


class SavedAnswer(msgspec.Struct, frozen=True):
    """Answer of every call to /v1/saved: the saved papers as they are now, the newest first."""

    papers: list[SavedPaper]


class TriageAnswer(msgspec.Struct, frozen=True):
    """Answer of POST /v1/triage: those of the papers asked about that are hidden or seen."""

    papers: list[TriagedPaper]


class SettingsAnswer(msgspec.Struct, frozen=True):
    """Answer of every call to /v1/settings. `bundle` is empty for the first of `bundles`, the installed glossers;
    `translator` and `summarizer` for none but what a target needs."""

    target: str
    bundle: str
    bundles: list[str]
    translator: str
    translators: list[str]
    summarizer: str
    summarizers: list[str]


class Status(msgspec.Struct, frozen=True):
    """Answer of GET /v1/status. `models` is empty until the bundle is loaded; `problem` says why it cannot be;
    `program` is what the reader types to run this program; `damaged` names the copies of what was kept that could not
    be read whole: pairings or saved papers may be missing."""

    version: str
    wire: int
    ready: bool
    targets: list[str]
    models: list[ModelUse]
    problem: ErrorBody | None = None
    program: str = PROGRAM
    damaged: list[str] = []
