"""Papers of the kinds that readers of PDFs lose text of, each in many settings: type, size, sheet, columns, headings.

Every statement is numbered, so that one sees which were read, and whether as abstract or as text. `kinds()` gives the
whole set; the tests read a part of it, `tests/benchmarks/pdf_reading.py --kinds` all.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product

import pymupdf

SERIF = ("tiro", "tibo", "tiit")
SANS = ("helv", "hebo", "heit")
LETTER, A4 = (612.0, 792.0), (595.0, 842.0)
_THINGS = [
    "bridge",
    "harvest",
    "engine",
    "valley",
    "mirror",
    "signal",
    "garden",
    "ladder",
    "vessel",
    "meadow",
    "anchor",
    "window",
    "pattern",
    "river",
]
_DEEDS = ["raises", "lowers", "follows", "exceeds", "explains", "delays", "replaces", "limits"]
_HOW = ["early", "narrow", "common", "gentle", "heavy", "distant", "regular", "plain"]
FOREIGN = {
    "fr": "Nous donnons ici une première mesure de la durée de vie des ponts dans les vallées du nord et nous "
    "montrons que la méthode proposée est plus rapide que les autres pour tous les cas étudiés dans ce travail.",
    "de": "Wir geben hier eine erste Messung der Lebensdauer von Brücken in den Tälern des Nordens und zeigen, dass "
    "das vorgeschlagene Verfahren in allen untersuchten Fällen schneller ist als die anderen.",
    "es": "Presentamos aquí una primera medida de la vida de los puentes en los valles del norte y mostramos que el "
    "método propuesto es más rápido que los otros en todos los casos que se estudian en este trabajo.",
}
FOREIGN_HEADINGS = {"fr": "Résumé", "de": "Zusammenfassung", "es": "Resumen"}


@dataclass(frozen=True)
class Style:
    """How a paper is set."""

    fonts: tuple[str, str, str] = SERIF
    size: float = 10.0
    sheet: tuple[float, float] = LETTER
    columns: int = 1
    heading: str = "numbered"
    """numbered, roman (centred capitals) or plain (bold, without a number)"""
    indent: float = 12.0
    """0 parts paragraphs by white space."""
    header: str = ""

    @property
    def name(self) -> str:
        sheet = "letter" if self.sheet == LETTER else "A4"
        return f"{self.fonts[0]} {self.size:g} {sheet} {self.columns} col {self.heading} {self.indent:g}"


STYLES = tuple(
    Style(fonts, size, sheet, columns, heading, indent, header)
    for (fonts, size, sheet, indent), columns, (heading, header) in product(
        [(SERIF, 10.0, LETTER, 12.0), (SERIF, 11.0, A4, 0.0), (SANS, 9.0, A4, 10.0)],
        [1, 2],
        [("numbered", ""), ("roman", "A. Reader et al.: Bridges"), ("plain", "")],
    )
)


@dataclass(frozen=True)
class Kind:
    """A paper, and what has to be read in it."""

    kind: str
    variant: str
    pdf: bytes
    abstract: int
    """The statements 1 … `abstract` are the abstract's, where it is above 0; below 0 that many may be."""
    statements: int
    """All of them, from 1."""
    absent: tuple[str, ...] = ()
    """What must not be read."""
    notices: tuple[tuple[str, tuple[int, ...]], ...] = ()
    garbled: frozenset[int] = frozenset()
    """Statements that are printed in letters that no program can read."""


@dataclass
class Press:
    """Sets a paper in a style, page after page; `y` is the next baseline."""

    style: Style
    seed: int = 1
    pdf: pymupdf.Document = field(default_factory=pymupdf.open)
    said: int = 0
    column: int = 0
    y: float = 0.0
    top: float = 84.0
    inset: float = 0.0
    columns: int = 1
    write: Callable[[str], str] = str
    """Changes the letters of running text on their way to the page."""

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.shape: pymupdf.Shape | None = None
        self.new_page()

    @property
    def page(self) -> pymupdf.Page:
        """The page as it is so far."""
        self.commit()
        return self.pdf[-1]

    def commit(self) -> None:
        """Puts what was set on the page: word by word that would take a hundred times as long."""
        if self.shape is not None:
            self.shape.commit()
        self.shape = self.pdf[-1].new_shape()

    @property
    def edges(self) -> tuple[float, float]:
        width, margin, gutter = self.style.sheet[0], 62.0, 20.0
        if self.columns == 1:
            return margin + self.inset, width - margin - self.inset
        each = (width - 2 * margin - gutter) / 2
        left = margin + self.column * (each + gutter)
        return left + self.inset, left + each - self.inset

    def new_page(self) -> None:
        if self.shape is not None:
            self.shape.commit()
        width, height = self.style.sheet
        page = self.pdf.new_page(width=width, height=height)
        if self.style.header and self.pdf.page_count > 1:
            page.insert_text((62, 44), self.style.header, fontname=self.style.fonts[2], fontsize=8)
        page.insert_text((width / 2, height - 40), str(self.pdf.page_count), fontname=self.style.fonts[0], fontsize=9)
        self.shape = page.new_shape()
        self.column, self.y, self.top = 0, 84.0, 84.0

    def room(self, height: float = 0.0) -> None:
        if self.y + height > self.style.sheet[1] - 84:
            if self.column + 1 < self.columns:
                self.column, self.y = self.column + 1, self.top
            else:
                self.new_page()

    def line(self, text: str, font: int = 0, size: float | None = None, x: float | None = None) -> None:
        size = size or self.style.size
        x = self.edges[0] if x is None else x
        self._put(x, text, self.style.fonts[font], size)

    def _put(self, x: float, text: str, font: str, size: float) -> None:
        assert self.shape is not None, "there is a page"
        self.shape.insert_text((x, self.y), text, fontname=font, fontsize=size)

    def centred(self, text: str, font: int = 0, size: float | None = None, step: float | None = None) -> None:
        size = size or self.style.size
        left, right = self.edges
        length = pymupdf.get_text_length(text, self.style.fonts[font], size)
        self.line(text, font, size, (left + right - length) / 2)
        self.y += step or 1.4 * size

    def heading(self, number: int, text: str) -> None:
        self.room(40)
        self.y += self.style.size
        size = self.style.size * 1.2
        if self.style.heading == "roman":
            self.centred(f"{'I' * number}. {text.upper()}", 0, self.style.size, 1.7 * self.style.size)
        else:
            self.line(f"{number} {text}" if self.style.heading == "numbered" else text, 1, size)
            self.y += 1.8 * self.style.size

    def announce(self, text: str = "Abstract") -> None:
        self.room(40)
        self.centred(text, 1, self.style.size, 1.6 * self.style.size)

    def paragraph(self, text: str, size: float | None = None, font: int = 0) -> None:
        size = size or self.style.size
        name = self.style.fonts[font]
        words, first = self.write(text).split(), True
        while words:
            self.room()
            left, right = self.edges
            x = left + (self.style.indent if first else 0.0)
            line, blank = [words.pop(0)], _length(" ", name, size)
            total = _length(line[0], name, size)
            while words and total + blank + _length(words[0], name, size) <= right - x:
                total += blank + _length(words[0], name, size)
                line.append(words.pop(0))
            lengths = [_length(word, name, size) for word in line]
            gap = (right - x - sum(lengths)) / max(1, len(line) - 1) if words else 0.25 * size
            for word, length in zip(line, lengths, strict=True):
                space = "" if word is line[-1] and not words else " "
                self._put(x, word + space, name, size)
                x += length + gap
            self.y += 1.22 * size
            first = False
        if not self.style.indent:
            self.y += 0.6 * size

    def say(self, count: int) -> str:
        """`count` statements that go on numbering those of the paper."""
        return " ".join(self._statement() for _ in range(count))

    def _statement(self) -> str:
        self.said += 1
        pick = self.random.choice
        return (
            f"Remark {self.said} reports that the {pick(_HOW)} {pick(_THINGS)} {pick(_DEEDS)} the {pick(_HOW)} "
            f"{pick(_THINGS)} in {self.random.randint(11, 98)} of the {self.random.randint(120, 990)} places that "
            "were seen."
        )

    def text(self, paragraphs: int, each: int = 4) -> None:
        for _ in range(paragraphs):
            self.paragraph(self.say(each))

    def front(self, title: str = "Gentle bridges over distant valleys", date: str = "") -> None:
        self.centred(title, 1, 1.6 * self.style.size, 2.6 * self.style.size)
        self.centred("Ada Reader and Ben Writer", 0, 1.1 * self.style.size)
        self.centred("Department of Bridges, University of Somewhere", 2, self.style.size, 2.2 * self.style.size)
        if date:
            self.centred(date, 0, 0.9 * self.style.size, 2 * self.style.size)

    def into_columns(self, gap: float = 14.0) -> None:
        self.y += gap
        self.columns = self.style.columns
        self.top = self.y

    def sections(self) -> None:
        self.heading(1, "Introduction")
        self.text(3)
        self.heading(2, "Results")
        self.text(3)

    def printed(self) -> bytes:
        self.commit()
        for page in self.pdf.pages():
            page.clean_contents()
        return bytes(self.pdf.tobytes(deflate=True, garbage=3))

    def kind(self, kind: str, variant: str, abstract: int, pdf: bytes | None = None, **more: object) -> Kind:
        return Kind(kind, f"{variant} · {self.style.name}", pdf or self.printed(), abstract, self.said, **more)  # type: ignore[arg-type]


@cache
def _length(text: str, font: str, size: float) -> float:
    return float(pymupdf.get_text_length(text, font, size))


def kinds(styles: tuple[Style, ...] = STYLES) -> Iterator[Kind]:
    """Every kind in every one of the styles."""
    for seed, style in enumerate(styles):
        for make in MAKERS:
            yield from make(style, seed)


def letters(style: Style, seed: int) -> Iterator[Kind]:
    """An announced abstract, and then text without any heading."""
    variants = product(("inset", "same"), ("", "Keywords: bridges, valleys, rivers"), (True, False))
    for measure, keywords, announced in variants:
        press = Press(style, seed)
        press.front(date="(Dated: 3 May 2024)")
        press.inset = 36.0 if measure == "inset" else 0.0
        if announced:
            press.announce()
        press.paragraph(press.say(4), 0.9 * style.size if measure == "inset" else None)
        if keywords:
            press.y += 4
            press.paragraph(keywords, font=2)
        press.inset = 0.0
        press.into_columns()
        press.text(9)
        press.y += 8
        press.paragraph("We thank the keepers of the bridges for their help.")
        for number in range(1, 6):
            press.paragraph(f"[{number}] A. Author and B. Writer, J. Bridges {number + 10}, {number * 37} (2015).")
        word = "announced" if announced else "unannounced"
        yield press.kind("unheaded letter", f"{word}, {measure}, {keywords[:8]}", 4 if announced else -4)


def unheaded_beginnings(style: Style, seed: int) -> Iterator[Kind]:
    """The introduction has no heading; the next section has one."""
    for between in ("Keywords: bridges, valleys, rivers", "PACS numbers: 05.45.-a, 42.65.Sf", ""):
        press = Press(style, seed)
        press.front()
        press.announce()
        press.paragraph(press.say(4))
        if between:
            press.y += 6
            press.paragraph(between)
        press.into_columns(24.0)
        press.text(6)
        press.heading(1, "Method")
        press.text(3)
        press.heading(2, "Results")
        press.text(3)
        yield press.kind("unheaded introduction", between[:8] or "nothing between", 4)


def turned(style: Style, seed: int) -> Iterator[Kind]:
    """Pages that `/Rotate` turns upright, pages set sideways, and one such page among others."""
    for angle in (90, 180, 270):
        press = _plain(style, seed)
        out = pymupdf.open()
        for page in press.pdf.pages():
            wide, high = style.sheet if angle == 180 else style.sheet[::-1]
            new = out.new_page(width=wide, height=high)
            new.show_pdf_page(new.rect, press.pdf, page.number, rotate=angle)
            new.set_rotation(angle)
        yield press.kind("turned pages", f"all by {angle}", 4, bytes(out.tobytes(deflate=True, garbage=3)))
    for marked in (True, False):
        press = _plain(style, seed)
        press.new_page()
        x, high = 90.0, style.sheet[1]
        for line in ["3 A wide table", *(press.say(1) for _ in range(14))]:
            press.page.insert_text((x, high - 60), line, fontname=style.fonts[0], fontsize=10, rotate=90)
            x += 22 if line.startswith("3 ") else 14
        if marked:
            press.page.set_rotation(90)
        yield press.kind("turned pages", "one, marked" if marked else "one, not marked", 4)


def recognised(style: Style, seed: int) -> Iterator[Kind]:
    """Scans with a recognised layer: a picture, or strips of it, and invisible words of wavering size."""
    for strips, by_word, under in ((1, False, False), (6, False, False), (1, True, False), (1, False, True)):
        press = _plain(style, seed)
        out = pymupdf.open()
        wavering = random.Random(seed)
        for page in press.pdf.pages():
            new = out.new_page(width=style.sheet[0], height=style.sheet[1])
            words = list(_words(page, by_word))
            font = style.fonts[0]
            for text, x, y, size in words if under else ():
                new.insert_text((x, y), text, fontname=font, fontsize=size)
            height = style.sheet[1] / strips
            for k in range(strips):
                box = pymupdf.Rect(0, k * height, style.sheet[0], (k + 1) * height)
                picture = page.get_pixmap(dpi=72, colorspace=pymupdf.csGRAY, clip=box)
                new.insert_image(box, stream=picture.tobytes("png"))
            for text, x, y, size in () if under else words:
                wavers = size * wavering.uniform(0.95, 1.05)
                new.insert_text((x, y), text, fontname=font, fontsize=wavers, render_mode=3)
        how = "under the picture" if under else f"{strips} strips, {'words' if by_word else 'lines'}"
        pages = tuple(range(1, len(out) + 1))
        notices = (("text_recognised", pages),)
        yield press.kind("recognised", how, 4, bytes(out.tobytes(deflate=True, garbage=3)), notices=notices)


def _words(page: pymupdf.Page, by_word: bool) -> Iterator[tuple[str, float, float, float]]:
    """Text, origin and size of each line or word of a page."""
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", []):
            signs = [(sign["c"], sign["origin"], span["size"]) for span in line["spans"] for sign in span["chars"]]
            starts = [k for k in range(len(signs)) if not k or (by_word and signs[k - 1][0] == " ")]
            for start, end in zip(starts, [*starts[1:], len(signs)], strict=True):
                (x, y), size = signs[start][1:]
                yield "".join(sign for sign, _, _ in signs[start:end]), x, y, size


def annotated(style: Style, seed: int) -> Iterator[Kind]:
    """A reader's own marks, and a form's fields, none of them the authors' words."""
    press = _plain(style, seed)
    page = press.pdf[0]
    page.add_freetext_annot(pymupdf.Rect(130, 150, 330, 166), "Abstract, read this once more", fontsize=10)
    page.add_freetext_annot(
        pymupdf.Rect(72, 400, 500, 416), "MYNOTE nobody has been to 999 of these places.", fontsize=10
    )
    page.add_text_annot((30, 200), "MYNOTE as a sticker")
    page.add_stamp_annot(pymupdf.Rect(300, 40, 500, 80), stamp=0)
    page.add_highlight_annot(pymupdf.Rect(72, 300, 300, 312))
    field_ = pymupdf.Widget()
    field_.field_name, field_.field_type = "remark", 7  # PDF_WIDGET_TYPE_TEXT
    field_.field_value, field_.rect = "MYFIELD was filled in by a reviewer", pymupdf.Rect(72, 500, 500, 516)
    page.add_widget(field_)
    yield press.kind("annotated", "", 4, absent=("MYNOTE", "MYFIELD", "read this once more"))


def uneven_columns(style: Style, seed: int) -> Iterator[Kind]:
    """The abstract stands in the left column; the right one begins above the abstract's heading."""
    if style.columns == 1:
        return
    for lower in (8.0, 30.0, 90.0):
        press = Press(style, seed)
        press.front()
        press.into_columns(0.0)
        press.y += lower
        press.announce()
        press.inset = 10.0
        press.paragraph(press.say(4))
        press.inset = 0.0
        press.heading(1, "Introduction")
        while press.column == 0:
            press.paragraph(press.say(3))
        press.text(2)
        press.heading(2, "Results")
        press.text(3)
        yield press.kind("uneven columns", f"{lower:g} points lower", 4)


def foreign(style: Style, seed: int) -> Iterator[Kind]:
    """An English paper with an abstract in another language: alone, before or after the English one."""
    for language, order in product(FOREIGN, ("alone", "alone, announced so", "first", "second")):
        press = Press(style, seed)
        press.front()
        heading = "Abstract" if order == "alone" else FOREIGN_HEADINGS[language]
        if order != "second":
            press.announce(heading)
            press.paragraph(FOREIGN[language])
        if order in ("first", "second"):
            press.announce()
            press.paragraph(press.say(4))
        if order == "second":
            press.announce(heading)
            press.paragraph(FOREIGN[language])
        press.into_columns()
        press.sections()
        yield press.kind("foreign abstract", f"{language}, {order}", 4 if order in ("first", "second") else 0)


LABELS = (
    ("BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS"),
    ("Objective", "Design", "Main outcome measures", "Results", "Conclusion"),
    ("Purpose", "Approach", "Findings", "Originality"),
)


def structured(style: Style, seed: int) -> Iterator[Kind]:
    """An abstract with labels of its own, each on its line or before its text."""
    ways = ("bold", "bold:", "italic", "run in")
    for labels, how in product(LABELS, ways):
        press = Press(style, seed)
        press.front()
        press.announce()
        for label in labels:
            if how == "run in":
                press.paragraph(f"{label}: {press.say(2)}")
                continue
            press.line(label + (":" if how == "bold:" else ""), 2 if how == "italic" else 1)
            press.y += 1.3 * style.size
            press.paragraph(press.say(2))
        abstract = press.said
        press.into_columns()
        press.sections()
        yield press.kind("structured abstract", f"{labels[0]}, {how}", abstract)


def _signs(text: str) -> str:
    return "".join(chr(33 + (ord(c) * 11 + 5) % 30) if c.isalpha() else c for c in text)


def _private(text: str) -> str:
    return "".join(chr(0xE000 + ord(c)) if c.isalpha() else c for c in text)


def _swapped(text: str) -> str:
    return "".join(chr((ord(c.lower()) - 97 + 7) % 26 + 97) if c.isalpha() else c for c in text)


def unmapped(style: Style, seed: int) -> Iterator[Kind]:
    """Text in a font that does not say which characters its glyphs are."""
    for name, letters_ in (("signs", _signs), ("swapped", _swapped)):
        press = Press(style, seed)
        press.front()
        press.announce()
        press.paragraph(press.say(4))
        press.into_columns()
        press.heading(1, "Introduction")
        press.write, begun, first = letters_, press.said, press.pdf.page_count
        press.text(8)
        press.write, last = str, press.pdf.page_count
        garbled = frozenset(range(begun + 1, press.said + 1))
        press.heading(2, "Results")
        press.text(3)
        notices = (("letters_unreadable", tuple(range(first, last + 1))),)
        yield press.kind("unmapped font", name, 4, garbled=garbled, notices=notices)


def junk(style: Style, seed: int) -> Iterator[Kind]:
    """What mail gateways and web servers put before a file."""
    for length in (12, 1_000, 3_000, 200_000):
        press = _plain(style, seed)
        before = (b"X-Gateway: looked at and found clean\r\n" * (length // 38 + 1))[:length] + b"\r\n"
        yield press.kind("junk before the header", f"{length} bytes", 4, before + press.printed())


def numbered_lines(style: Style, seed: int) -> Iterator[Kind]:
    """Copies for review, their lines numbered at one margin or at both, all or every fifth, on or page by page."""
    for side, every, restarts in (("left", 1, False), ("left", 5, False), ("right", 1, True), ("both", 1, False)):
        press = _plain(style, seed)
        number = 0
        for page in press.pdf.pages():
            number = 0 if restarts else number
            heights: dict[float, None] = {}
            for block in page.get_text("dict")["blocks"]:
                for line in block.get("lines", []):
                    heights[round(line["spans"][0]["origin"][1], 1)] = None
            for y in sorted(height for height in heights if height < style.sheet[1] - 60):
                number += 1
                if number % every:
                    continue
                for x in {"left": (34.0,), "right": (style.sheet[0] - 46,), "both": (34.0, style.sheet[0] - 46)}[side]:
                    page.insert_text((x, y), f"{number:03d}", fontname="helv", fontsize=6, color=(0.4, 0.4, 0.4))
        yield press.kind("numbered lines", f"{side}, every {every}", 4)


def stamped(style: Style, seed: int) -> Iterator[Kind]:
    """arXiv's stamp, a library's line at the foot, a mark across the page."""
    press = _plain(style, seed)
    first = press.pdf[0]
    first.insert_text((30, 560), "arXiv:2699.01234v1 [cs.XX] 3 May 2026", fontsize=20, rotate=90, color=(0.5, 0.5, 0.5))
    yield press.kind("stamps", "arXiv", 4, absent=("2699.01234",))
    press = _plain(style, seed)
    for page in press.pdf.pages():
        page.insert_text((62, style.sheet[1] - 20), "LIBRARY COPY downloaded on 3 May 2026 by a member", fontsize=7)
    yield press.kind("stamps", "library", 4, absent=("LIBRARY COPY",))
    press = _plain(style, seed)
    for page in press.pdf.pages():
        x, y = style.sheet[0] / 2, style.sheet[1] / 2
        turn = (pymupdf.Point(x, y), pymupdf.Matrix(45))
        page.insert_text((x - 120, y), "DRAFTMARK", fontsize=60, color=(0.85, 0.85, 0.85), morph=turn)
    yield press.kind("stamps", "across the page", 4, absent=("DRAFTMARK",))


def short(style: Style, seed: int) -> Iterator[Kind]:
    """A few sentences, with and without a title."""
    for count, titled in ((1, False), (3, False), (1, True), (3, True)):
        press = Press(style, seed)
        if titled:
            press.line("Erratum", 1, 1.4 * style.size)
            press.y += 2 * style.size
        press.paragraph(press.say(count))
        yield press.kind("short", f"{count}{', titled' if titled else ''}", -count)


def _plain(style: Style, seed: int) -> Press:
    press = Press(style, seed)
    press.front()
    press.announce()
    press.paragraph(press.say(4))
    press.into_columns()
    press.sections()
    press.commit()
    return press


MAKERS: tuple[Callable[[Style, int], Iterator[Kind]], ...] = (
    letters,
    unheaded_beginnings,
    turned,
    recognised,
    annotated,
    uneven_columns,
    foreign,
    structured,
    unmapped,
    junk,
    numbered_lines,
    stamped,
    short,
)
