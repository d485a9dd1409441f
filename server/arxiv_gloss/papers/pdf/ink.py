"""What a person sees of a page: a small grey picture of it, asked where there is ink."""

from __future__ import annotations

import pymupdf

from arxiv_gloss.papers.document import Box

_DPI = 72
"""One pixel is one point, so that boxes need no scaling."""

_CONTRAST = 20
"""Smallest difference of grey (of 255) that a reader notices; antialiased 5 pt text at this size has over 60."""

_IS_INK = bytes(grey < 255 - _CONTRAST for grey in range(256))


class Ink:
    def __init__(self, page: pymupdf.Page) -> None:
        picture = page.get_pixmap(dpi=_DPI, colorspace=pymupdf.csGRAY, alpha=False)
        self._left, self._top = picture.x, picture.y
        self._width, self._height = picture.width, picture.height
        self._stride = picture.stride
        self._grey = bytes(picture.samples_mv)

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        x0 = max(0, int(box[0]) - self._left)
        y0 = max(0, int(box[1]) - self._top)
        return x0, y0, min(self._width, int(box[2]) + 1 - self._left), min(self._height, int(box[3]) + 1 - self._top)

    def _row(self, y: int, x0: int, x1: int) -> bytes:
        return self._grey[y * self._stride + x0 : y * self._stride + x1]

    def visible(self, box: Box) -> bool:
        """Whether anything in the box stands out from its ground; False off the page."""
        x0, y0, x1, y1 = self._pixels(box)
        if x0 >= x1 or y0 >= y1:
            return False
        darkest, lightest = 255, 0
        for y in range(y0, y1):
            row = self._row(y, x0, x1)
            darkest, lightest = min(darkest, min(row)), max(lightest, max(row))
            if lightest - darkest >= _CONTRAST:
                return True
        return False

    def bounds(self, box: Box) -> Box | None:
        """The smallest box around all ink in this one, on white; None when it is blank."""
        x0, y0, x1, y1 = self._pixels(box)
        if x0 >= x1 or y0 >= y1:
            return None
        marked = 0
        top = bottom = -1
        for y in range(y0, y1):
            row = int.from_bytes(self._row(y, x0, x1).translate(_IS_INK), "big")
            if row:
                top = y if top < 0 else top
                bottom = y + 1
                marked |= row
        if not marked:
            return None
        columns = marked.to_bytes(x1 - x0, "big")
        left = len(columns) - len(columns.lstrip(b"\0"))
        right = len(columns.rstrip(b"\0"))
        return (
            float(x0 + left + self._left),
            float(top + self._top),
            float(x0 + right + self._left),
            float(bottom + self._top),
        )
