"""arXiv's OAI-PMH, played by a stub that hands out pages."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from arxiv_gloss.errors import ArxivError
from arxiv_gloss.papers.arxiv_client import AskedTooMuch
from arxiv_gloss.papers.harvest import harvest
from arxiv_gloss.papers.metadata import SPACING, Arxiv
from arxiv_gloss.papers.records import PaperRecord

HEAD = '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'


def record(name: str, versions: int = 1) -> str:
    listed = "".join(f'<version version="v{k}"><date>x</date></version>' for k in range(1, versions + 1))
    return (
        f"<record><header><identifier>oai:arXiv.org:{name}</identifier></header><metadata>"
        f'<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>{name}</id>{listed}<title>On\n  {name}</title>'
        f"<categories>cs.CL math.ST</categories><abstract> We prove a &lt; b.\n</abstract></arXivRaw>"
        "</metadata></record>"
    )


DELETED = '<record><header status="deleted"><identifier>oai:arXiv.org:2401.00009</identifier></header></record>'


def page(records: str, token: str = "") -> bytes:
    resumption = f'<resumptionToken cursor="0">{token}</resumptionToken>'
    return f"{HEAD}<ListRecords>{records}{resumption}</ListRecords></OAI-PMH>".encode()


class Stub:
    """Answers by resumption token; notes what it was asked, and how long it was left alone."""

    def __init__(self, pages: dict[str, bytes | Exception]) -> None:
        self.pages = pages
        self.asked: list[dict[str, str]] = []
        self.waited: list[float] = []
        self.arxiv = Arxiv(clock=lambda: 0.0, sleep=self.waited.append)

    def __call__(self, address: str) -> bytes:
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.asked.append(query)
        answer = self.pages[query.get("resumptionToken", "")]
        if isinstance(answer, Exception):
            self.pages[query.get("resumptionToken", "")] = page("")
            raise answer
        return answer

    def harvest(self) -> list[PaperRecord]:
        return list(harvest(date(2026, 1, 2), date(2026, 1, 3), self.arxiv, self))


def test_pages_are_followed_to_the_last_one_three_seconds_apart() -> None:
    stub = Stub({"": page(record("2401.00001", 2) + DELETED, "a|b 1"), "a|b 1": page(record("hep-th/9901001"))})
    assert stub.harvest() == [
        PaperRecord("2401.00001", "On 2401.00001", "We prove a < b.", ("cs.CL", "math.ST"), 2),
        PaperRecord("hep-th/9901001", "On hep-th/9901001", "We prove a < b.", ("cs.CL", "math.ST"), 1),
    ]
    assert stub.asked == [
        {"verb": "ListRecords", "metadataPrefix": "arXivRaw", "from": "2026-01-02", "until": "2026-01-03"},
        {"verb": "ListRecords", "resumptionToken": "a|b 1"},
    ]
    assert SPACING in stub.waited


def test_arxiv_is_asked_again_when_it_has_had_enough() -> None:
    stub = Stub({"": AskedTooMuch("20")})
    assert stub.harvest() == []
    assert 20.0 in stub.waited


def test_nothing_new_is_no_error() -> None:
    nothing = f'{HEAD}<error code="noRecordsMatch">none</error></OAI-PMH>'.encode()
    assert Stub({"": nothing}).harvest() == []


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (f'{HEAD}<error code="badArgument">from is wrong</error></OAI-PMH>'.encode(), "badArgument, from is wrong"),
        (b"<html>Be back soon", "cannot be read"),
        (b'<!DOCTYPE x [<!ENTITY a "aa">]><OAI-PMH/>', "document type"),
        (f"{HEAD}</OAI-PMH>".encode(), "no list of papers"),
    ],
)
def test_other_answers_are_told(answer: bytes, told: str) -> None:
    with pytest.raises(ArxivError, match=told):
        Stub({"": answer}).harvest()


def test_the_same_page_for_ever_is_noticed() -> None:
    with pytest.raises(ArxivError, match="again and again"):
        Stub({"": page("", "x"), "x": page("", "x")}).harvest()
