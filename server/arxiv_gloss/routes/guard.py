"""The one door: a WSGI wrapper around the whole application. Default deny, exact match, never a pattern; two
prefixes hold secrets.

Every web page that the reader visits can try to talk to a server on loopback. So before anything is routed:

    Host                    one of three spellings of our own address      against DNS rebinding
    request target          a path, not an absolute address                the same
    method                  GET, POST, or one of CHANGES; no preflight is ever answered
    Origin, Sec-Fetch-Site  none, our own, or a paired one                 against other pages' scripts and forms
    X-Arxiv-Gloss: 1        on every call under /v1                        a form or an image cannot send it
    Authorization           a paired token, bound to its Origin; or, as    against all others, local programs too
                            X-Arxiv-Gloss-Proof, that the caller has it
    Content-Type, size      application/json, not compressed, 256 kB       against bombs

Without a token only the web page itself (a fixed set of paths, which hold no data), digests' pages (whose address holds
a secret that only paired readers receive), the welcome page's state (whose address holds a secret that the terminal
knows), the two ways to be paired, POST /v1/pair and /v1/pair/ticket, and POST /v1/challenge answer. No response carries
a CORS header, so other origins can read nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hmac import compare_digest
from typing import TYPE_CHECKING, Protocol

import msgspec

from arxiv_gloss.errors import BadRequest, GlossError, NotAllowed
from arxiv_gloss.invocation import program
from arxiv_gloss.routes.responses import ErrorAnswer, ErrorBody

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PAIR = "/v1/pair"
TICKET = "/v1/pair/ticket"
CHALLENGE = "/v1/challenge"
HEADER = "HTTP_X_ARXIV_GLOSS"
PROOF = "HTTP_X_ARXIV_GLOSS_PROOF"
"""Good for one call (challenges.py). Not in the place of a token, so that who looks there for one finds none."""
CHANGES = frozenset({("DELETE", "/v1/glossary"), ("DELETE", "/v1/saved"), ("PUT", "/v1/settings")})
"""The only calls with another method."""
MAX_BODY = 256 * 1024
"""Bytes of a request's body: about 150 papers with their abstracts; longer lists are asked for in parts."""
UPLOADS = {"/v1/pdf": ("application/pdf", 50 * 1024 * 1024), "/v1/html": ("text/html", 20 * 1024 * 1024)}
"""Paths that take something else than JSON as well: its type, and the bytes that it may have."""
EXTENSION_SCHEMES = ("chrome-extension://", "moz-extension://")
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}
UNLESS_SET = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


class Doorkeeper(Protocol):
    """What the guard must know of pairings."""

    def allows(self, token: str, origin: str | None) -> bool: ...

    def origins(self) -> frozenset[str]: ...


class Prover(Protocol):
    """What the guard must know of challenges."""

    def accepts(self, credential: str, call: str, origin: str | None) -> bool: ...


class BodyTooLarge(BadRequest):
    code = "body_too_large"
    status = 413


class WrongType(BadRequest):
    code = "wrong_type"
    status = 415


class Guard:
    """Lets through what is allowed, and answers the rest itself."""

    def __init__(
        self,
        app: WSGIApplication,
        port: int,
        doorkeeper: Doorkeeper,
        prover: Prover,
        public: Iterable[str],
        secrets: Iterable[str],
    ) -> None:
        """GET may read without a token: the exact paths of `public`, and what begins with one of `secrets`: paths that
        are known only to those who received them."""
        self._app = app
        self._doorkeeper = doorkeeper
        self._prover = prover
        self._public = frozenset(public)
        self._secrets = tuple(secret.encode() for secret in secrets)
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"})
        self._own = frozenset(f"http://{host}" for host in self._hosts)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start = _with_headers(start_response)
        try:
            self._check(environ)
        except GlossError as refusal:
            body = msgspec.json.encode(ErrorAnswer(ErrorBody(refusal.code, refusal.message)))
            headers = [("Content-Type", "application/json")]
            if refusal.status == 401:
                headers.append(("WWW-Authenticate", "Bearer"))
            start(f"{refusal.status} Refused", headers)
            return iter((body,))  # of unknown length, so that the connection is closed: who is refused holds none
        return self._app(environ, start)

    def _check(self, environ: WSGIEnvironment) -> None:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        self._check_address(environ)
        if method not in ("GET", "POST") and (method, path) not in CHANGES:
            raise NotAllowed(f"{method} is not answered here.")
        if method == "GET" and (path in self._public or self._is_secret(path)):
            self._check_page(environ)
            return
        is_pairing = method == "POST" and path in (PAIR, TICKET)
        is_challenge = (method, path) == ("POST", CHALLENGE)  # one of a pairing that was taken back is told so
        self._check_origin(environ, is_pairing or is_challenge)
        if path.startswith("/v1/") and environ.get(HEADER) != "1":
            raise NotAllowed("Calls need the header X-Arxiv-Gloss: 1.")
        if not (is_pairing or is_challenge):
            self._check_token(environ)
        _check_body(environ, method)

    def _is_secret(self, path: str) -> bool:
        given = path.encode("latin-1", "replace")
        return any(compare_digest(given[: len(secret)], secret) for secret in self._secrets)

    def _check_address(self, environ: WSGIEnvironment) -> None:
        if environ.get("HTTP_HOST") not in self._hosts:
            raise NotAllowed("This server answers only under its own loopback address.")
        if not environ.get("REQUEST_URI", "/").startswith("/"):
            raise NotAllowed("Ask for a path, not for an absolute address.")

    def _check_page(self, environ: WSGIEnvironment) -> None:
        """The page may be opened from anywhere (a link, the address bar), but read or embedded only by itself."""
        opened = environ.get("HTTP_SEC_FETCH_MODE") == "navigate" and environ.get("HTTP_SEC_FETCH_DEST") == "document"
        if not opened and environ.get("HTTP_SEC_FETCH_SITE", "none") not in ("none", "same-origin"):
            raise NotAllowed("Other pages may not read this one.")
        if environ.get("HTTP_ORIGIN") not in (None, *self._own):
            raise NotAllowed("Other pages may not read this one.")

    def _check_origin(self, environ: WSGIEnvironment, is_open: bool) -> None:
        origin = environ.get("HTTP_ORIGIN")
        if origin is None:
            if environ.get("HTTP_SEC_FETCH_SITE", "none") not in ("none", "same-origin"):
                raise NotAllowed("Other pages may not ask this server.")
        elif is_open:
            if origin not in self._own and not _is_extension(origin):
                raise NotAllowed("Only the extension and this server's own page can be paired.")
        elif origin not in self._doorkeeper.origins():
            raise NotAllowed(f"This origin is not paired. Run `{program()} pair` and enter the code.")

    def _check_token(self, environ: WSGIEnvironment) -> None:
        scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        proof, origin = environ.get(PROOF), environ.get("HTTP_ORIGIN")
        if proof is not None:
            call = f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO', '')}"
            allowed = self._prover.accepts(proof, call, origin)
        else:
            allowed = scheme == "Bearer" and self._doorkeeper.allows(token, origin)
        if not allowed:
            refusal = NotAllowed(f"No valid token. Run `{program()} pair` and enter the code.")
            refusal.status = 401
            raise refusal


def _is_extension(origin: str) -> bool:
    """A browser's extension: scheme and one bare name, nothing else."""
    for scheme in EXTENSION_SCHEMES:
        if origin.startswith(scheme):
            return origin.removeprefix(scheme).replace("-", "").isalnum()
    return False


def _check_body(environ: WSGIEnvironment, method: str) -> None:
    kind, _, parameters = environ.get("CONTENT_TYPE", "").partition(";")
    kind, parameters = kind.strip().lower(), parameters.strip().lower()
    upload, longest = UPLOADS.get(environ.get("PATH_INFO", ""), (None, 0))
    is_upload = method == "POST" and kind == upload and not parameters
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isascii() or not length.isdigit() or int(length) > (longest if is_upload else MAX_BODY):
        raise BodyTooLarge(_too_large(longest if is_upload else 0))
    if environ.get("HTTP_CONTENT_ENCODING") or environ.get("HTTP_TRANSFER_ENCODING"):
        raise WrongType("Send the body plainly: not compressed, and with its length.")
    if method != "GET" and not is_upload and (kind != "application/json" or parameters not in ("", "charset=utf-8")):
        raise WrongType("Send the body as application/json.")


def _too_large(longest: int) -> str:
    if longest:
        return f"A file may have {longest // 2**20} MB."
    return f"A request may hold {MAX_BODY // 1024} kB. Ask for fewer papers at once."


def _with_headers(start_response: StartResponse) -> StartResponse:
    def start(status: str, headers: list[tuple[str, str]], *rest: object) -> Callable[[bytes], object]:
        set_already = {name.lower() for name, _ in headers}
        more = ALWAYS | {name: value for name, value in UNLESS_SET.items() if name.lower() not in set_already}
        return start_response(status, [*headers, *more.items()], *rest)  # type: ignore[arg-type]

    return start
