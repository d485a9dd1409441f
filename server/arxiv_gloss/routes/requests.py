"""What clients may send, as the types that check it. The OpenAPI document and the TypeScript types come from here."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from arxiv_gloss.events import Part
from arxiv_gloss.storage.saved_papers import SavedPaper
from arxiv_gloss.storage.triage import TriageChange

MAX_PAPERS = 256
"""Papers in one POST /v1/glosses: more than any arXiv listing page shows at once by default."""

MAX_PARAGRAPHS = 64
"""In one POST /v1/paragraphs: several screens of a paper."""
MAX_TRIAGED = 4_000
"""Papers in one POST /v1/triage: arXiv's longest listing page has 2,000."""


Categories = Annotated[tuple[Annotated[str, msgspec.Meta(max_length=32)], ...], msgspec.Meta(max_length=32)]
"""arXiv's categories of a paper, the primary one first. They say how its terms are rendered."""


class GlossRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Body of POST /v1/gloss. Without `abstract` the server asks arXiv for the paper called `id`."""

    id: str | None = None
    title: str | None = None
    abstract: str | None = None
    categories: Categories = ()
    target: str | None = None
    """Without it, the one of the settings."""
    parts: tuple[Part, ...] = ("title", "translation", "summary", "takeaways")


class GlossesRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Body of POST /v1/glosses: many papers, one target, by default only what a list shows."""

    papers: Annotated[list[ListedPaper], msgspec.Meta(min_length=1, max_length=MAX_PAPERS)]
    target: str | None = None
    parts: tuple[Part, ...] = ("title", "gist")


class ListedPaper(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One paper of a list."""

    id: str | None = None
    title: str | None = None
    abstract: str | None = None
    categories: Categories = ()


class ParagraphsRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Body of POST /v1/paragraphs: parts of one paper that are to be translated in full, in the order in which they are
    wanted."""

    paragraphs: Annotated[list[ParagraphText], msgspec.Meta(min_length=1, max_length=MAX_PARAGRAPHS)]
    title: str | None = None
    abstract: str | None = None
    """Tells, with the title, the field of a paper without categories."""
    categories: Categories = ()
    target: str | None = None


class ParagraphText(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A paragraph, caption, list item or note as running text, or a heading with its number. Formulas stand as TeX
    between dollar signs; what else must come back unchanged, such as a citation, is sent as a formula: `$\\ref{a}$`."""

    text: str
    kind: Literal["paragraph", "heading"] = "paragraph"


class PdfRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """JSON body of POST /v1/pdf: the server asks arXiv for the PDF called `id`. A file is sent as the body itself, as
    application/pdf, with `target` and `pictures` in the query."""

    id: str
    target: str | None = None
    pictures: bool = False
    """Whether the crops of figures and tables are wanted too."""


class NewTerm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A term and its rendering; `=` keeps it in English."""

    source: str
    target: str


class TermsRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of POST /v1/glossary: terms to add, or to render otherwise than before."""

    terms: list[NewTerm]


class TermRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of DELETE /v1/glossary: the term to remove."""

    source: str


class SaveRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of POST /v1/saved: papers to keep for later."""

    papers: list[SavedPaper]


class ForgetRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of DELETE /v1/saved: the paper to remove."""

    id: str


class TriageRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Body of POST /v1/triage: the papers asked about, and what is to change before that."""

    ids: Annotated[list[str], msgspec.Meta(max_length=MAX_TRIAGED)] = []
    changes: Annotated[list[TriageChange], msgspec.Meta(max_length=MAX_TRIAGED)] = []


class SettingsRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Body of PUT /v1/settings: what is to change."""

    target: str | None = None
    bundle: str | None = None
    translator: str | None = None
    summarizer: str | None = None


class TicketRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of POST /v1/pair/ticket: the one-use ticket that lies in the extension's folder."""

    ticket: str


class PairRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of POST /v1/pair: the code that `arxiv-gloss pair` shows in the terminal."""

    code: Annotated[str, msgspec.Meta(max_length=32)]


class ChallengeRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of POST /v1/challenge: the name of a pairing, and a nonce of the client's (`routes/challenges.py`)."""

    pairing: Annotated[str, msgspec.Meta(max_length=64)]
    nonce: Annotated[str, msgspec.Meta(min_length=32, max_length=64)]
