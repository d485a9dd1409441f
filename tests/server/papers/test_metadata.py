"""arXiv's answers, from memory."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from arxiv_gloss.errors import ArxivError
from arxiv_gloss.papers import metadata
from arxiv_gloss.papers.arxiv_client import AskedTooMuch
from arxiv_gloss.papers.ids import PaperId
from arxiv_gloss.papers.metadata import SPACING, Arxiv, Metadata

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <entry>
    <id>{address}</id>
    <title>A  Paper
      of Two Lines</title>
    <summary>  We prove a thing. It is true.
</summary>
  </entry>
</feed>"""
PAPER = PaperId("2401.01234")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0
        self.asked: list[tuple[float, str]] = []

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def get(self, address: str) -> bytes:
        self.asked.append((self.now, address))
        return FEED.format(address="http://arxiv.org/abs/2401.01234v3").encode()


def test_title_abstract_and_version() -> None:
    clock = Clock()
    found = Arxiv(clock.get, lambda: clock.now, clock.sleep).metadata(PAPER)
    assert (str(found.id), found.title) == ("2401.01234v3", "A Paper of Two Lines")
    assert found.abstract == "We prove a thing. It is true."
    assert clock.asked[0][1] == "https://export.arxiv.org/api/query?id_list=2401.01234&max_results=1"


def test_requests_keep_their_distance() -> None:
    clock = Clock()
    arxiv = Arxiv(clock.get, lambda: clock.now, clock.sleep)
    for _ in range(3):
        arxiv.metadata(PAPER)
    assert [at for at, _ in clock.asked] == [0.0, SPACING, 2 * SPACING]


def test_many_papers_are_one_question() -> None:
    addresses: list[str] = []
    entry = "<entry><id>http://arxiv.org/abs/{}</id><title>T</title><summary>{}</summary></entry>"
    feed = '<feed xmlns="http://www.w3.org/2005/Atom">' + entry.format("2401.00002v1", "Two.")
    feed += entry.format("hep-th/9901001v3", "Old.") + entry.format("2401.00003v1", "") + "</feed>"

    def get(address: str) -> bytes:
        addresses.append(address)
        return feed.encode()

    wanted = [PaperId.parse(name) for name in ("hep-th/9901001", "2401.00002", "2401.00003", "2401.00004v1")]
    old, two, without, unknown = Arxiv(get, lambda: 0.0, lambda _: None).many(wanted).values()
    assert isinstance(old, Metadata) and (str(old.id), old.abstract) == ("hep-th/9901001v3", "Old.")
    assert isinstance(two, Metadata) and two.abstract == "Two."
    assert isinstance(without, ArxivError) and isinstance(unknown, ArxivError)
    assert len(addresses) == 1
    assert "id_list=hep-th/9901001,2401.00002,2401.00003,2401.00004v1&max_results=4" in addresses[0]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>busy",
        b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>',
        FEED.format(address="http://arxiv.org/api/errors#incorrect_id_format").encode(),
        FEED.replace("We prove a thing. It is true.", "").format(address="http://arxiv.org/abs/2401.01234v3").encode(),
    ],
)
def test_an_answer_that_does_not_help(answer: bytes) -> None:
    with pytest.raises(ArxivError):
        Arxiv(lambda _: answer, lambda: 0.0, lambda _: None).metadata(PAPER)


class Refusing(Clock):
    """Says that it is asked too much until it has been left alone for a while."""

    def __init__(self, until: float, retry_after: str | None) -> None:
        super().__init__()
        self._until = until
        self._retry_after = retry_after

    def get(self, address: str) -> bytes:
        found = super().get(address)
        if self.now < self._until:
            raise AskedTooMuch(self._retry_after)
        return found


@pytest.mark.parametrize(("retry_after", "times"), [(None, [0, 10, 40]), ("45", [0, 45]), ("soon", [0, 10, 40])])
def test_asked_too_much_it_is_asked_later_and_ever_later(retry_after: str | None, times: list[float]) -> None:
    clock = Refusing(35, retry_after)
    Arxiv(clock.get, lambda: clock.now, clock.sleep).metadata(PAPER)
    assert [at for at, _ in clock.asked] == times


def test_in_the_end_it_gives_up_and_says_why() -> None:
    clock = Refusing(10_000, None)
    with pytest.raises(ArxivError, match="rate-limiting"):
        Arxiv(clock.get, lambda: clock.now, clock.sleep).metadata(PAPER)
    assert len(clock.asked) == 4


def test_metadata_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    assert metadata._LIMITS.whole < 120
    monkeypatch.setattr(metadata, "_LIMITS", replace(metadata._LIMITS, whole=-1.0))
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=b"<feed/>"))
    with pytest.raises(ArxivError, match="too slowly"):
        metadata.get("https://export.arxiv.org/api/query", transport=transport)
