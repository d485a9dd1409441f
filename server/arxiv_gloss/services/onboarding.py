"""How a browser comes to be paired without a code, and how far it is: what the welcome page shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from arxiv_gloss.errors import NotAllowed
from arxiv_gloss.storage.pairings import Pairings


@dataclass(slots=True)
class Onboarding:
    """`folders` says where the extension lies for each kind of browser; `key` is the secret in the address of the
    welcome page's state."""

    pairings: Pairings
    folders: Callable[[], dict[str, Path]]
    key: str
    refused: bool = False
    """Whether the extension that came last had no good ticket."""
    _seen: bool = False

    def redeem(self, ticket: str, origin: str | None) -> str:
        """Trade the extension's ticket for a token. Raises NotAllowed."""
        self._seen = True
        try:
            token = self.pairings.redeem(ticket, origin)
        except NotAllowed:
            self.refused = True
            raise
        self.refused = False
        return token

    @property
    def paired(self) -> bool:
        """Whether an extension is paired, by ticket or by code."""
        return any(map(is_extension, self.pairings.origins()))

    @property
    def seen(self) -> bool:
        """Whether an extension has ever come here, as far as is known."""
        return self._seen or self.paired


def is_extension(origin: str) -> bool:
    """Whether an Origin that is paired is a browser's extension, and not the server's own page."""
    return "-extension://" in origin
