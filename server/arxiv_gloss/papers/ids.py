"""The names that arXiv gives its papers, in all the forms in which people paste them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from arxiv_gloss.errors import BadPaperId

_NEW = r"(?P<new>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})"
_OLD = r"(?P<archive>[a-z]{1,20}(?:-[a-z]{1,20})?)(?:\.[A-Z]{2})?/(?P<old>\d{2}(?:0[1-9]|1[0-2])\d{3})"
_ID = re.compile(rf"(?:{_NEW}|{_OLD})(?:v(?P<version>[1-9]\d{{0,3}}))?")
_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.|export\.|browse\.)?arxiv\.org/(?:abs|pdf|html|format|ps|src|e-print)/", re.IGNORECASE
)
_PREFIX = re.compile(r"arxiv:\s*|(?:https?://)?(?:dx\.)?(?:doi\.org/)?10\.48550/arxiv\.", re.IGNORECASE)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class PaperId:
    """`name` as arXiv writes it (`2401.01234`, `hep-th/9901001`); `version` None means the newest."""

    name: str
    version: int | None = None

    def __str__(self) -> str:
        return self.name if self.version is None else f"{self.name}v{self.version}"

    @classmethod
    def parse(cls, text: str) -> PaperId:
        """Read an id, `arXiv:…`, a DOI of arXiv's, or the address of an arXiv page or PDF. Raises BadPaperId."""
        rest = text.strip()[:_LONGEST]
        if address := _ADDRESS.match(rest):
            rest = re.split(r"[?#]", rest[address.end() :])[0].rstrip("/")
            rest = rest.removesuffix(".pdf")
        elif prefix := _PREFIX.match(rest):
            rest = rest[prefix.end() :]
        found = _ID.fullmatch(rest.removesuffix(".pdf"))
        if found is None:
            raise BadPaperId(
                f"{text.strip()[:60]!r} is not an arXiv id. Give one like 2401.01234, 2401.01234v2 or hep-th/9901001."
            )
        version = int(found["version"]) if found["version"] else None
        return cls(found["new"] or f"{found['archive']}/{found['old']}", version)
