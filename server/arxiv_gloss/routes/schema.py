"""The wire as JSON Schema, made from the types that the server itself uses.

`python -m arxiv_gloss.routes.schema` writes extension/shared/wire.schema.json, from which the extension makes its
TypeScript types; a test fails while the file and the types differ.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from arxiv_gloss import events
from arxiv_gloss.events import WIRE, Event, WholeEvent
from arxiv_gloss.routes import responses
from arxiv_gloss.routes.requests import (
    ChallengeRequest,
    ForgetRequest,
    GlossesRequest,
    GlossRequest,
    PairRequest,
    ParagraphsRequest,
    PdfRequest,
    SaveRequest,
    SettingsRequest,
    TermRequest,
    TermsRequest,
    TicketRequest,
    TriageRequest,
)
from arxiv_gloss.routes.responses import (
    ChallengeAnswer,
    DigestsAnswer,
    ErrorAnswer,
    GlossaryAnswer,
    PairAnswer,
    PaperEvent,
    ParagraphEvent,
    SavedAnswer,
    SettingsAnswer,
    Status,
    TriageAnswer,
    WelcomeAnswer,
)

WIRE_TYPES = (
    GlossRequest,
    GlossesRequest,
    ParagraphsRequest,
    PdfRequest,
    PairRequest,
    TicketRequest,
    ChallengeRequest,
    TermsRequest,
    TermRequest,
    ErrorAnswer,
    PairAnswer,
    ChallengeAnswer,
    PaperEvent,
    ParagraphEvent,
    GlossaryAnswer,
    SaveRequest,
    ForgetRequest,
    SavedAnswer,
    TriageRequest,
    TriageAnswer,
    DigestsAnswer,
    SettingsRequest,
    SettingsAnswer,
    Status,
    WelcomeAnswer,
)
COMMITTED = Path(__file__).parents[3] / "extension" / "shared" / "wire.schema.json"


def components(ref_template: str) -> dict[str, Any]:
    """Return every named schema of the wire, `Event` and `WholeEvent` among them.

    References are written by `ref_template`.
    """
    (event, whole, *_), named = msgspec.json.schema_components(
        (Event, WholeEvent, *WIRE_TYPES), ref_template=ref_template
    )
    for line in ("PaperEvent", "ParagraphEvent"):
        named[line]["properties"]["event"] = {"$ref": ref_template.format(name="Event")}
    for answer in _always_whole():
        named[answer.__name__]["required"] = list(named[answer.__name__]["properties"])
    return {"Event": event, "WholeEvent": whole, **dict(sorted(named.items()))}


def _always_whole() -> Iterator[type[msgspec.Struct]]:
    """Types that are sent with every field, so that a reader need not check whether one is there."""
    for module in (events, responses):
        for kind in vars(module).values():
            if (
                isinstance(kind, type)
                and issubclass(kind, msgspec.Struct)
                and kind is not msgspec.Struct
                and not kind.__struct_config__.omit_defaults
            ):
                yield kind


def wire_schema() -> dict[str, Any]:
    """One JSON Schema document: every type of the wire under `$defs`, a line of a stream as `Event` or `WholeEvent`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The wire of arXiv Gloss",
        "description": "Made by `python -m arxiv_gloss.routes.schema`; do not edit.",
        "x-wire": WIRE,
        "$defs": components("#/$defs/{name}"),
    }


def rendered() -> str:
    return json.dumps(wire_schema(), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    COMMITTED.parent.mkdir(parents=True, exist_ok=True)
    COMMITTED.write_text(rendered(), encoding="utf-8")
    print(f"wrote {COMMITTED}")


if __name__ == "__main__":
    main()
