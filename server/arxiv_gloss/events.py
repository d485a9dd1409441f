"""The streamed events of a gloss, and the finished gloss that they add up to.

On the wire each event is one JSON object a line; its kind stands under the key `event`. A later event of the same
kind and index replaces the earlier one, so text may be shown before it is checked. `span` counts UTF-16 units of the
abstract as sent. Texts may hold formulas as TeX between dollar signs, exactly as the source has them.
"""

from __future__ import annotations

from typing import Literal

import msgspec

WIRE = 1
"""Version of the wire: grows when a client of the older version would misread an answer."""

Role = Literal["glosser", "translator", "summarizer"]
Label = Literal["motivation", "method", "result", "conclusion", "further"]
Part = Literal["title", "translation", "summary", "takeaways", "gist"]
"""What may be asked for; `gist` is the paper in one line, for lists."""
Span = tuple[int, int]


class Flag(msgspec.Struct, frozen=True):
    """Something about a text that could not be verified; the panel words it in the reader's language."""

    code: str
    params: dict[str, str] = {}


class PaperRef(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which paper a stream is about."""

    id: str | None = None
    title: str | None = None


class SegmentRef(msgspec.Struct, frozen=True):
    """One sentence of the abstract, before it is translated."""

    index: int
    span: Span
    source: str


class Started(msgspec.Struct, frozen=True, tag_field="event", tag="started"):
    paper: PaperRef
    segments: list[SegmentRef]


class Title(msgspec.Struct, frozen=True, tag_field="event", tag="title"):
    text: str
    flags: list[Flag] = []
    confidence: float | None = None
    """The probability that it has no error of meaning, 0..1; null where that is not known."""
    origin: str = ""
    """Name of the model that wrote it; empty for what no model wrote."""


class Segment(msgspec.Struct, frozen=True, tag_field="event", tag="segment"):
    index: int
    span: Span
    source: str
    text: str
    flags: list[Flag] = []
    confidence: float | None = None
    origin: str = ""


class Gist(msgspec.Struct, frozen=True, tag_field="event", tag="gist"):
    """The paper in one line, for lists."""

    text: str
    evidence: list[int]
    flags: list[Flag] = []
    confidence: float | None = None
    origin: str = ""


class SummarySentence(msgspec.Struct, frozen=True):
    text: str
    evidence: list[int]
    score: float
    flags: list[Flag] = []
    confidence: float | None = None
    origin: str = ""


class Summary(msgspec.Struct, frozen=True, tag_field="event", tag="summary"):
    sentences: list[SummarySentence]


class Takeaway(msgspec.Struct, frozen=True, tag_field="event", tag="takeaway"):
    """`withheld` takeaways have too little support to be shown as fact; the panel can show them on request."""

    index: int
    text: str
    evidence: list[int]
    score: float
    label: Label | None = None
    flags: list[Flag] = []
    withheld: bool = False
    confidence: float | None = None
    origin: str = ""


class Rewriting(msgspec.Struct, frozen=True, tag_field="event", tag="rewriting"):
    """The gloss is complete. Texts of the reader's own model may still take the place of some."""

    model: str


class ModelUse(msgspec.Struct, frozen=True):
    """One bundle that took part, and what really ran it."""

    role: Role
    name: str
    digest: str
    precision: str
    provider: str


class Counts(msgspec.Struct, frozen=True):
    """Totals of a finished gloss."""

    segments: int
    takeaways: int
    withheld: int
    flags: int
    conflicts: int = 0
    """Places where the reader's rendering of a term could not be put in; each is also a flag."""


class Done(msgspec.Struct, frozen=True, tag_field="event", tag="done"):
    seconds: float
    cached: bool
    counts: Counts
    models: list[ModelUse]
    version: str = ""
    """Of the server."""
    rules: int = 0
    """Of the text rules: how sentences are cut and slots are set."""
    made: str = ""
    """When, in UTC, as ISO 8601 has it."""
    asked: list[str] = []
    """Every address outside this machine that was asked for this gloss: arXiv's, that of the reader's own
    model where it is elsewhere, or none."""
    digits_only: bool = False
    """Whether numbers were checked by their digits alone, because the target language has no table of its own."""
    notices: list[Flag] = []
    """What a reader has to know about how it was made (services/gloss/flags.py)."""
    doubtful: bool = False
    """Whether the texts inspire so little confidence that the paper is outside what the model knows well."""


class Failed(msgspec.Struct, frozen=True, tag_field="event", tag="error"):
    code: str
    message: str


class Alive(msgspec.Struct, frozen=True, tag_field="event", tag="alive"):
    """Sent after ten seconds of silence, so that nobody takes the stream for dead."""


class Place(msgspec.Struct, frozen=True):
    """Where in a whole paper something is said."""

    section: str
    """Title as printed; `Abstract` for the abstract."""
    page: int | None
    """From 1; None in an HTML paper."""
    source: str
    """The sentence itself."""
    anchor: str | None = None
    """Id of the section's element in an HTML paper."""


class PagesRead(msgspec.Struct, frozen=True, tag_field="event", tag="pages"):
    """Progress of reading a PDF."""

    done: int
    of: int


class OutlineSection(msgspec.Struct, frozen=True):
    index: int
    title: str
    level: int
    page: int | None
    anchor: str | None = None
    """Id of its element in an HTML paper."""


class PaperOutline(msgspec.Struct, frozen=True, tag_field="event", tag="outline"):
    """What was found in the paper, before anything is glossed."""

    title: str
    authors: list[str]
    pages: int | None
    sections: list[OutlineSection]
    figures: int
    notices: list[Flag] = []
    """What a reader has to know about how the paper was read; `pages`, where given, is like `1-3, 7`."""


class Translated(msgspec.Struct, frozen=True):
    source: str
    text: str


class Statement(msgspec.Struct, frozen=True):
    text: str
    evidence: list[Place]
    score: float
    flags: list[Flag] = []


class Overview(msgspec.Struct, frozen=True, tag_field="event", tag="overview"):
    """The summary of a whole paper."""

    sentences: list[Statement]


class Point(msgspec.Struct, frozen=True, tag_field="event", tag="point"):
    """A takeaway of a whole paper."""

    index: int
    text: str
    evidence: list[Place]
    score: float
    label: Label | None = None
    flags: list[Flag] = []
    withheld: bool = False


class SectionGist(msgspec.Struct, frozen=True, tag_field="event", tag="section"):
    """One or two sentences for a section; `gist` is empty where it holds nothing but subsections."""

    index: int
    title: Translated
    level: int
    page: int | None
    gist: str
    evidence: list[Place]
    flags: list[Flag] = []


class FigureCaption(msgspec.Struct, frozen=True, tag_field="event", tag="figure"):
    """A figure, table or algorithm, as `kind` says."""

    index: int
    kind: str
    number: str
    caption: Translated
    page: int | None
    flags: list[Flag] = []
    anchor: str | None = None
    """Id of its element in an HTML paper."""
    pictures: list[str] = []
    """Addresses of its pictures in an HTML paper, as they stand there; a PDF's are crops (`Picture`)."""


class Picture(msgspec.Struct, frozen=True, tag_field="event", tag="picture"):
    """The crop of figure `index` as a PNG in base64."""

    index: int
    png: str


Event = Started | Title | Segment | Gist | Summary | Takeaway | Rewriting | Done | Failed | Alive
WholeEvent = (
    PagesRead
    | PaperOutline
    | Started
    | Title
    | Segment
    | Overview
    | Point
    | SectionGist
    | FigureCaption
    | Picture
    | Done
    | Failed
    | Alive
)
"""What the stream of a whole paper holds."""
AnyEvent = Event | WholeEvent
