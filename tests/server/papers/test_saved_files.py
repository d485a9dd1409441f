"""Files as programs write them and people save them."""

from __future__ import annotations

import codecs

import msgspec
import pytest

from arxiv_gloss.papers.saved_files import decoded, without_markup
from arxiv_gloss.papers.sources import read_list

ROW = '{"id": "mine-7", "title": "Größe", "abstract": "We present a method that works on 3 cases."}\n'
PAGE = "<html><body><h1>Read later</h1><p>Title: A bridge</p><p>Abstract: We build 3 bridges.</p></body></html>"
ARCHIVE = (
    "From: <Saved by a browser>\r\nSubject: A list\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="edge"\r\n\r\n'
    "--edge\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "<html><body><p>Abstract: We build 3 =\r\nbridges.</p></body></html>\r\n"
    "--edge\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--edge--\r\n"
)


@pytest.mark.parametrize(
    "content",
    [
        ROW.encode(),
        codecs.BOM_UTF8 + ROW.encode(),
        ROW.encode("utf-16"),
        codecs.BOM_UTF16_BE + ROW.encode("utf-16-be"),
        ROW.encode("utf-16-le"),
        ("\n\n" + ROW + "\n").encode(),
    ],
    ids=["plain", "mark", "UTF-16", "UTF-16 big endian", "UTF-16 without mark", "blank lines"],
)
def test_a_row_is_found_whatever_wrote_it(content: bytes) -> None:
    (paper,) = read_list(decoded(content)).papers
    assert (paper.id, paper.own_id, paper.key, paper.title) == (None, "mine-7", "mine-7", "Größe")


def test_an_archive_gives_its_page_and_a_reader_mode_its_text() -> None:
    (archived,) = read_list(decoded(ARCHIVE.encode())).papers
    assert archived.abstract == "We build 3 bridges."
    (shown,) = read_list(decoded(PAGE.encode())).papers
    assert (shown.title, shown.abstract) == ("A bridge", "We build 3 bridges.")


@pytest.mark.parametrize(
    ("given", "read_as"),
    [
        (
            "<jats:title>Abstract</jats:title><jats:p>We dope 10<jats:sup>15</jats:sup> sites.</jats:p>",
            r"We dope 10$^{15}$ sites.",
        ),
        ("<p>We use <i>E. coli</i> in H<sub>2</sub>O.</p>", "We use E. coli in H$_{2}$O."),
        ("We show that a < b and b > a hold.", "We show that a < b and b > a hold."),
    ],
)
def test_journal_markup_is_no_text(given: str, read_as: str) -> None:
    assert without_markup(given) == read_as


@pytest.mark.parametrize(
    ("comments", "abstract", "withdrawn"),
    [
        ("This paper has been withdrawn by the authors", "We study bridges.", True),
        ("Withdrawn due to an error in Lemma 3", "We study bridges.", True),
        (None, "This submission has been withdrawn by arXiv administrators.", True),
        ("12 pages", "Troops were withdrawn from 3 valleys, and we count them.", False),
        (None, "We study when firms withdraw; the sample was withdrawn after 5 days.", False),
    ],
)
def test_withdrawn_papers_are_known(comments: str | None, abstract: str, withdrawn: bool) -> None:
    row = msgspec.json.encode({"abstract": abstract, "comments": comments}).decode()
    assert read_list(row).papers[0].withdrawn is withdrawn
