"""arXiv's answers, from memory."""

from __future__ import annotations

import pytest

from arxiv_gloss.errors import ArxivError
from arxiv_gloss.papers.ids import PaperId
from arxiv_gloss.papers.metadata import SPACING, Arxiv

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
