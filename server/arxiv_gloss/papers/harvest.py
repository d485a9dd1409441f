"""New and changed papers of arXiv over OAI-PMH, page by page, with the manners that arXiv asks for.

Protocol: https://www.openarchives.org/OAI/openarchivesprotocol.html; arXiv's terms:
https://info.arxiv.org/help/oa/index.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from urllib.parse import urlencode
from xml.etree import ElementTree

from arxiv_gloss.errors import ArxivError
from arxiv_gloss.papers.metadata import Arxiv, Get, get
from arxiv_gloss.papers.records import PaperRecord, categories_of, record

OAI = "https://oaipmh.arxiv.org/oai"
LONGEST_PAGE = 32 * 2**20
"""Bytes; a page of a thousand records has about two million."""
NAMES = {"oai": "http://www.openarchives.org/OAI/2.0/", "raw": "http://arxiv.org/OAI/arXivRaw/"}
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
"""arXiv's answers have neither; entities could grow without end."""


def harvest(
    since: date, until: date | None = None, arxiv: Arxiv | None = None, fetch: Get | None = None
) -> Iterator[PaperRecord]:
    """Papers that are new or changed since a day (UTC), in arXiv's order; deleted ones are left out.

    One request every three seconds, asked again later while arXiv says that it is too much. Raises ArxivError.
    """
    arxiv, fetch = arxiv or Arxiv(), fetch or partial(get, longest=LONGEST_PAGE)
    span = {"from": since.isoformat()} | ({"until": until.isoformat()} if until else {})
    asked = {"verb": "ListRecords", "metadataPrefix": "arXivRaw", **span}
    seen: set[str] = set()
    while True:
        page = _page(arxiv.politely(partial(fetch, f"{OAI}?{urlencode(asked)}")))
        if page is None:
            return
        for one in page.iterfind("oai:record", NAMES):
            yield from _records(one)
        token = (page.findtext("oai:resumptionToken", "", NAMES)).strip()
        if not token:
            return
        if token in seen:
            raise ArxivError("arXiv sends the same page again and again. Try later.")
        seen.add(token)
        asked = {"verb": "ListRecords", "resumptionToken": token}


def _page(answer: bytes) -> ElementTree.Element | None:
    """The list of records of an answer; None where there are none. Raises ArxivError."""
    try:
        if _FORBIDDEN.search(answer):
            raise ElementTree.ParseError("it has a document type")
        root = ElementTree.fromstring(answer)
    except ElementTree.ParseError as problem:
        raise ArxivError(f"arXiv's answer cannot be read ({problem}). Try again later.") from problem
    refusal = root.find("oai:error", NAMES)
    if refusal is not None and refusal.get("code") == "noRecordsMatch":
        return None
    if refusal is not None:
        raise ArxivError(f"arXiv does not list its papers: {refusal.get('code')}, {(refusal.text or '').strip()}.")
    page = root.find("oai:ListRecords", NAMES)
    if page is None:
        raise ArxivError("arXiv's answer holds no list of papers. Try again later.")
    return page


def _records(one: ElementTree.Element) -> Iterator[PaperRecord]:
    raw = one.find("oai:metadata/raw:arXivRaw", NAMES)
    if raw is None:  # deleted
        return
    numbers = [version.get("version", "").removeprefix("v") for version in raw.iterfind("raw:version", NAMES)]
    version = max((int(number) for number in numbers if number.isdecimal()), default=None)
    categories = categories_of(raw.findtext("raw:categories", "", NAMES))
    title, abstract = raw.findtext("raw:title", "", NAMES), raw.findtext("raw:abstract", "", NAMES)
    yield record(raw.findtext("raw:id", "", NAMES).strip(), title, abstract or None, categories, version)
