"""Every error that a person may meet, as one tree.

    GlossError                  code, message, HTTP status
    ├── BadRequest              400  what was asked cannot be done as asked
    │   ├── EmptyAbstract
    │   ├── AbstractTooLong     413
    │   ├── TitleTooLong        413
    │   ├── NotEnglish          422
    │   ├── NotText             422  control bytes, no words
    │   ├── BadPaperId
    │   ├── UnknownTarget
    │   ├── UnknownPage         422  HTML that is no page of the kind that was asked for
    │   └── PdfError            422  the PDF cannot be read, because it is …
    │       ├── PdfBroken       no PDF, or damaged
    │       ├── PdfEncrypted    locked with a password
    │       ├── PdfNoText       a scan
    │       ├── PdfTooLarge     413  more than the limits on bytes, pages, characters and memory
    │       └── PdfTimeout      endless, or slower than the limit
    ├── NotAllowed              401/403  the door (routes/guard.py)
    │   └── NotPaired           401  this pairing is not known
    ├── NotFound                404
    ├── Busy                    503  the queue is full; ask again later
    ├── BundleError             500  a model folder is missing, damaged or of another version
    ├── EngineError             500  the session failed while it ran
    ├── StateError              500  pairings cannot be read or kept
    ├── ArxivError              502  arXiv did not answer, or not with what was asked
    ├── HubError            502  a model cannot be fetched, or is none that can be used
    ├── EndpointError       502  the reader's own model server does not answer, or not as one
    ├── ToolMissing             501  something optional is not installed; the message says how to get it
    └── Cancelled               499  nobody listens any more

`code` is stable and in snake case: the wire carries it, and the panel words it in the reader's language.
`message` is a full English sentence that says what to do.
"""

from __future__ import annotations


class GlossError(Exception):
    """Base of all errors that are shown to a person."""

    code = "internal"
    status = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadRequest(GlossError):
    code = "bad_request"
    status = 400


class EmptyAbstract(BadRequest):
    code = "empty_abstract"


class AbstractTooLong(BadRequest):
    code = "abstract_too_long"
    status = 413


class TitleTooLong(BadRequest):
    code = "title_too_long"
    status = 413


class NotEnglish(BadRequest):
    code = "not_english"
    status = 422


class NotText(BadRequest):
    code = "not_text"
    status = 422


class BadPaperId(BadRequest):
    code = "bad_paper_id"


class UnknownTarget(BadRequest):
    code = "unknown_target"


class UnknownPage(BadRequest):
    code = "unknown_page"
    status = 422


class PdfError(BadRequest):
    code = "pdf"
    status = 422


class PdfBroken(PdfError):
    code = "pdf_broken"


class PdfEncrypted(PdfError):
    code = "pdf_encrypted"


class PdfNoText(PdfError):
    code = "pdf_no_text"


class PdfTooLarge(PdfError):
    code = "pdf_too_large"
    status = 413


class PdfTimeout(PdfError):
    code = "pdf_timeout"


class NotAllowed(GlossError):
    """`status` is 401 without a valid token, 403 for a wrong Host or Origin."""

    code = "not_allowed"
    status = 403


class NotPaired(NotAllowed):
    code = "not_paired"
    status = 401


class NotFound(GlossError):
    code = "not_found"
    status = 404


class Busy(GlossError):
    code = "busy"
    status = 503


class BundleError(GlossError):
    code = "bundle"


class EngineError(GlossError):
    code = "engine"


class StateError(GlossError):
    code = "state"


class ArxivError(GlossError):
    code = "arxiv"
    status = 502


class HubError(GlossError):
    code = "hub_error"
    status = 502


class EndpointError(GlossError):
    """`reason`: `timeout`, `gone` (no connection), `status`, `form` (no answer of a model), or "" for what may not be
    asked at all."""

    code = "endpoint"
    status = 502

    def __init__(self, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


class ToolMissing(GlossError):
    code = "tool_missing"
    status = 501


class Cancelled(GlossError):
    code = "cancelled"
    status = 499
