"""The digest: complete or it says so, resumed where it was, and the same page for the same papers.

`ARXIV_GLOSS_WRITE_DIGEST=1 pytest tests/server/services/digest` writes the golden page anew.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from arxiv_gloss.clock import Clock
from arxiv_gloss.errors import EmptyAbstract
from arxiv_gloss.papers import citations, sources
from arxiv_gloss.papers.listings import Listing
from arxiv_gloss.services.digest import formulas
from arxiv_gloss.services.digest.edition import Edition, read_editions, slug
from arxiv_gloss.services.digest.likeness import nearest
from arxiv_gloss.services.digest.make import Progress, make
from arxiv_gloss.services.digest.pages import DigestFigure, edition_html, write_pages
from arxiv_gloss.services.digest.topic import Topic
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.services.gloss.result import GlossResult, collect
from arxiv_gloss.storage.row_cache import RowCache
from arxiv_gloss.storage.saved_papers import SavedPaper
from tests.server.conftest import NOON
from tests.server.fakes import EchoEngine

FIXTURES = Path(__file__).parents[3] / "fixtures"
GOLDEN = FIXTURES / "digest" / "cs.cl.html"
DAY = "2026-01-02"


@pytest.fixture
def listing() -> Listing:
    return sources.read_list((FIXTURES / "pages" / "list_cs.CL_new.html").read_text(encoding="utf-8"))


MATHML = frozenset(["math", "mrow", "mi", "mo", "mn", "mtext", "mspace", "mtable", "mtr", "mtd", "mstyle"])


class Tags(HTMLParser):
    """Which elements and attributes a piece of HTML has."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}


class Press:
    """Glosses with an engine that echoes, and counts."""

    def __init__(self) -> None:
        self.asked: list[GlossQuery] = []
        self._glosser = Glosser(EchoEngine(), RowCache(None), clock=Clock(lambda: 0.0, lambda: NOON))

    def gloss(self, query: GlossQuery) -> GlossResult:
        self.asked.append(query)
        return collect(self._glosser.gloss(query))

    def make(self, out: Path, listing: Listing, topic: Topic | None = None, target: str = "zh") -> Edition:
        *progress, edition = make(topic or Topic("cs.CL"), listing, DAY, target, self.gloss, out / DAY)
        assert isinstance(edition, Edition)
        assert all(isinstance(step, Progress) for step in progress)
        return edition


def test_every_paper_once_in_the_order_of_the_list(tmp_path: Path, listing: Listing) -> None:
    edition = Press().make(tmp_path, listing)
    assert [paper.id for paper in edition.papers] == ["2601.99901", "2601.99902", "2601.99903", "2512.99904"]
    assert [(one.title, one.total, one.found) for one in edition.counts] == [
        ("New submissions", 2, 2),
        ("Cross submissions", 1, 1),
        ("Replacement submissions", 1, 1),
    ]


def test_what_failed_is_listed_with_its_reason(tmp_path: Path, listing: Listing) -> None:
    edition = Press().make(tmp_path, listing)
    (failed,) = edition.failed
    assert failed.id == "2512.99904" and failed.problem is not None and failed.problem.code == "arxiv"
    assert failed.problem.message.replace("`", "") in re.sub(r"`|&#39;", "", edition_html(edition, {}))


def test_run_again_it_does_only_what_was_left(tmp_path: Path, listing: Listing) -> None:
    first = Press().make(tmp_path, listing)
    again = Press()
    second = again.make(tmp_path, listing)
    assert [query.id for query in again.asked] == []
    assert second == first
    assert len(Press().make(tmp_path, listing, target="en").papers) == 4


def test_a_run_that_was_stopped_goes_on(tmp_path: Path, listing: Listing) -> None:
    press = Press()
    running = make(Topic("cs.CL"), listing, DAY, "zh", press.gloss, tmp_path / DAY)
    for _ in range(3):
        next(running)
    running.close()  # type: ignore[attr-defined]
    file = tmp_path / DAY / "cs.cl.jsonl"
    file.write_bytes(file.read_bytes() + b'{"target": "zh", "pap')  # cut in the middle
    again = Press()
    assert len([paper for paper in again.make(tmp_path, listing).papers if paper.gloss]) == 3
    assert len(again.asked) == 1


def test_a_page_that_shows_less_than_it_counts_says_so(tmp_path: Path, listing: Listing) -> None:
    edition = Press().make(tmp_path, listing)
    lacking = replace(edition, counts=[replace(edition.counts[0], total=7)])
    assert lacking.missing == 5
    assert "(5)" in edition_html(lacking, {})


def test_a_day_without_papers(tmp_path: Path) -> None:
    edition = Press().make(tmp_path, Listing("list", "", None, 0, ()))
    assert "没有新论文" in edition_html(edition, {})


@pytest.mark.parametrize(
    ("topic", "ids", "why"),
    [
        (Topic("t", keywords=("token",)), ["2601.99901"], ["token"]),
        (Topic("t", keywords=("MODEL", "graph")), ["2601.99902", "2601.99903"], ["MODEL"]),
        (Topic("t", authors=("lima",)), ["2601.99903"], ["lima"]),
        (Topic("t", keywords=("ode",)), [], None),
    ],
)
def test_papers_tell_why_they_are_there(
    tmp_path: Path, listing: Listing, topic: Topic, ids: list[str], why: list[str] | None
) -> None:
    edition = Press().make(tmp_path, listing, topic)
    assert [paper.id for paper in edition.papers] == ids
    assert edition.off_topic == 4 - len(ids)
    if why:
        assert edition.papers[0].why == why


def test_all_files_are_written_and_linked(tmp_path: Path, listing: Listing) -> None:
    page = write_pages(Press().make(tmp_path, listing), tmp_path)
    assert page == tmp_path / DAY / "cs.cl.html"
    assert {file.suffix for file in page.parent.iterdir()} == {".html", ".md", ".bib", ".ris", ".json", ".jsonl"}
    assert f'href="{DAY}/cs.cl.html"' in (tmp_path / "index.html").read_text(encoding="utf-8")
    feed = ElementTree.parse(tmp_path / "feed.xml").getroot()
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 3


def test_the_page_asks_nobody_for_anything(tmp_path: Path, listing: Listing) -> None:
    html = edition_html(Press().make(tmp_path, listing), {})
    assert not re.search(r"<(?:script|iframe|object|embed|form)|@import|url\(", html)
    assert re.findall(r"<(?:link|img)[^>]*>", html) == []
    assert "default-src &#39;none&#39;" in html or "default-src 'none'" in html


def test_evidence_leads_to_the_sentence(tmp_path: Path, listing: Listing) -> None:
    html = edition_html(Press().make(tmp_path, listing), {})
    targets = set(re.findall(r'href="#(p\d+-\d+)"', html))
    assert targets and targets <= set(re.findall(r'id="(p\d+-\d+)"', html))


def test_markup_in_a_title_is_shown_not_obeyed(tmp_path: Path) -> None:
    row = '{"title": "<img src=x onerror=1>", "abstract": "We <b>show</b> a method. It is fast."}'
    html = edition_html(Press().make(tmp_path, sources.read_list(row)), {})
    assert "<img" not in html and "<b>" not in html.replace("<b>Figure", "")


def test_figures_are_folded_and_inside_the_page(tmp_path: Path, listing: Listing) -> None:
    edition = Press().make(tmp_path, listing)
    html = edition_html(edition, {edition.papers[0].key: [DigestFigure("Figure 1", "A caption.", "UE5H")]})
    assert "<details>" in html and 'src="data:image/png;base64,UE5H"' in html and "A caption." in html


def test_the_golden_page(tmp_path: Path, listing: Listing) -> None:
    html = edition_html(Press().make(tmp_path, listing), {})
    if os.environ.get("ARXIV_GLOSS_WRITE_DIGEST"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(html, encoding="utf-8")
    assert html == GOLDEN.read_text(encoding="utf-8")


def test_a_language_from_the_right_stands_on_the_right_under_english_headings(tmp_path: Path, listing: Listing) -> None:
    page = edition_html(replace(Press().make(tmp_path, listing), target="ar"), {})
    assert '<html lang="en">' in page and "<h3>Summary</h3>" in page
    assert '<h2 lang="ar" dir="rtl">' in page and '<p lang="ar" dir="rtl">' in page
    assert '<h2 lang="zh-CN">' in edition_html(Press().make(tmp_path, listing), {})


def test_references(tmp_path: Path, listing: Listing) -> None:
    papers = Press().make(tmp_path, listing).papers
    references = [paper.reference for paper in papers]
    assert "@misc{arxiv:2601.99901," in citations.bibtex(references)
    assert "author = {Jane Doe}" in citations.bibtex(references)
    assert citations.ris(references).count("ER  - ") == 4
    assert "rft.title=Small+Models+Read+Papers" in citations.coins(references[1])
    assert replace(papers[0], id="hep-th/9901001v2").reference.year == "1999"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("at https://example.org/x.", 'at <a href="https://example.org/x">https://example.org/x</a>.'),
        (r"95\% of ``all''", "95% of “all”"),
        (r"broken $\frac{$ here", r"broken $\frac{$ here"),
    ],
)
def test_texts_as_html(text: str, html: str) -> None:
    assert re.sub(r"</?code>", "", formulas.formula_html(text)) == html


@pytest.mark.parametrize(
    "formula",
    [
        r"\text{<meta/http-equiv='refresh'/content='0;url=http://127.0.0.1:9/'>}",
        r"\text{<form><input></form>}",
        r"\mbox{<mi>x</mi>}",
        r"\textbf{</mtext></math><b>x</b>}",
        r"\href{http://127.0.0.1:9/}{x}",
        r"\href{javascript:alert(1)}{x}",
        r"\class{a}{x}",
        r"\style{background:url(http://127.0.0.1:9/)}{x}",
        r"\id{a}{x}",
        r"\operatorname{<b>x</b>}",
        r"\begin{matrix}<b>&</b>\end{matrix}",
        r"\hspace{1em' onclick='x}",
        r"\color{red' onclick='x}{x}",
        r"\unicode{<b>}",
    ],
)
def test_a_formula_is_made_of_mathml_alone(formula: str) -> None:
    """Elements and attributes are those of a formula, however the converter was led on; words stay words."""
    page = Tags()
    page.feed(str(formulas.formula_html(f"${formula}$")))
    assert page.elements <= {"code"} or page.elements <= MATHML, page.elements - MATHML
    assert page.attributes <= {"xmlns", "display", "displaystyle", "scriptlevel", "mathvariant", "width"}


def test_words_in_formulas_may_have_signs_of_markup() -> None:
    assert "<mtext>a\u00a0&lt;\u00a0b\u00a0&amp;\u00a0c</mtext>" in formulas.formula_html(r"$\text{a < b & c}$")


def test_formulas_become_mathml() -> None:
    assert formulas.formula_html("in $O(n)$ time").startswith('in <math xmlns="http://www.w3.org/1998/Math/MathML"')


def test_an_abstract_that_cannot_be_glossed_stops_no_other(tmp_path: Path, listing: Listing) -> None:
    press = Press()
    glossed = press.gloss

    def gloss(query: GlossQuery) -> GlossResult:
        if query.id == "2601.99902":
            raise EmptyAbstract("There is nothing to gloss.")
        return glossed(query)

    press.gloss = gloss  # type: ignore[method-assign]
    assert [paper.id for paper in press.make(tmp_path, listing).failed] == ["2601.99902", "2512.99904"]


def test_papers_like_the_saved_ones_say_which(tmp_path: Path, listing: Listing) -> None:
    saved = [
        SavedPaper("2601.00001", "Graphs", abstract="We study the graph whose nodes are words. Its diameter grows."),
        SavedPaper("2601.99902", "Small Models Read Papers"),
    ]
    like = nearest(EchoEngine(), listing.papers, saved, 1)
    assert [(key, one.saved.title) for key, one in like.items()] == [("2601.99903", "Graphs")]
    assert "2601.99902" not in nearest(EchoEngine(), listing.papers, saved, 9)  # it is saved itself
    topic = Topic("like", like={key: one.saved.title for key, one in like.items()})
    edition = Press().make(tmp_path, listing, topic)
    assert [(paper.id, paper.why) for paper in edition.papers] == [("2601.99903", ["“Graphs”"])]
    assert nearest(EchoEngine(), listing.papers, [], 3) == {}


HOSTILE = "A \x1b]0;x\x07 ![t](http://127.0.0.1:9/t.png) <img src=x> \u202e \ufffe $\\text{<form>}$"


def test_a_hostile_title_is_text_in_every_file(tmp_path: Path) -> None:
    """Page, Markdown, references and feed; the feed is XML, which control characters would break."""
    row = json.dumps({"id": "2401.00001", "title": HOSTILE, "abstract": "We show a method. It is fast."})
    page = write_pages(Press().make(tmp_path, sources.read_list(row), Topic(HOSTILE)), tmp_path)
    for file in (file for file in tmp_path.rglob("*") if file.suffix in (".html", ".xml", ".md", ".bib", ".ris")):
        text = file.read_text(encoding="utf-8")
        assert not [sign for sign in text if unicodedata.category(sign) == "Cc" and sign != "\n"], file.name
        assert not set("\u202e\ufffe") & set(text), file.name
    ElementTree.parse(tmp_path / "feed.xml")
    for file in (page, tmp_path / "index.html"):
        tags = Tags()
        tags.feed(file.read_text(encoding="utf-8"))
        assert not {"img", "form"} & tags.elements
    front, body = page.with_suffix(".md").read_text(encoding="utf-8").split("\n---\n", 1)
    assert len(front.splitlines()) == 4
    tokens = [one for token in MarkdownIt().parse(body) for one in (token, *(token.children or ()))]
    assert not {"image", "html_inline", "html_block"} & {token.type for token in tokens}
    links = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
    assert links and all(link.startswith("https://arxiv.org/") for link in links)


def test_the_page_may_send_and_fetch_nothing(tmp_path: Path, listing: Listing) -> None:
    html = edition_html(Press().make(tmp_path, listing), {})
    assert "default-src 'none'" in html and "base-uri 'none'; form-action 'none'" in html


def test_papers_without_title_or_id_are_called_by_what_there_is(tmp_path: Path) -> None:
    bare = sources.read_list("Abstract: We present a method that works on 3 cases.\n\nAbstract: We give a second one.")
    page = write_pages(Press().make(tmp_path, bare), tmp_path).read_text(encoding="utf-8")
    assert "<h2>We present a method that works on 3 …</h2>" in page and "We give a second one. …</h2>" in page
    own = sources.read_list('{"id": "mine-1", "abstract": "We present a method."}')
    page = write_pages(Press().make(tmp_path, own), tmp_path).read_text(encoding="utf-8")
    assert "<h2>mine-1</h2>" in page and "arxiv.org/abs/mine-1" not in page


def test_withdrawn_papers_come_last_and_are_marked(tmp_path: Path) -> None:
    rows = (
        '{"id": "a", "title": "First", "abstract": "We present one.", "comments": "Withdrawn by the authors"}\n'
        '{"id": "b", "title": "Second", "abstract": "We present two.", "comments": "12 pages"}\n'
    )
    edition = Press().make(tmp_path, sources.read_list(rows))
    assert [(paper.title, paper.withdrawn) for paper in edition.papers] == [("Second", False), ("First", True)]
    page = write_pages(edition, tmp_path)
    assert page.read_text(encoding="utf-8").count("已撤稿") == 2
    assert "## 已撤稿" in page.with_suffix(".md").read_text(encoding="utf-8")


def test_a_cut_edition_takes_no_other_along(tmp_path: Path, listing: Listing) -> None:
    for name in ("one", "two"):
        write_pages(Press().make(tmp_path, listing, Topic(name)), tmp_path)
    file = tmp_path / DAY / "one.json"
    file.write_bytes(file.read_bytes()[:200])
    assert [edition.topic for edition in read_editions(tmp_path)] == ["two"]
    write_pages(Press().make(tmp_path, listing, Topic("three")), tmp_path)


def test_no_two_topics_share_a_file() -> None:
    topics = ["A+B", "A/B", "a-b", "A-B", "LLM", "llm", "..", "papers", "a b", "a/../b", "x" * 300, "x" * 301, "-", ""]
    names = [slug(topic) for topic in topics]
    assert len(set(names)) == len(names)
    assert all(len(name) < 100 and "/" not in name for name in names)
    assert slug("cs.CL") == "cs.cl"
