"""Pages as their author made them and as a reader holds them: upright, without notes and form fields of later hands."""

from __future__ import annotations

import pymupdf

_QUARTERS = {(0, -1): 90, (-1, 0): 180, (0, 1): 270}
"""For each direction of writing (y grows downwards) the `/Rotate` that sets it upright."""


def upright_page(document: pymupdf.Document, number: int) -> pymupdf.Page:
    """Page `number`, from 0, with its `/Rotate` applied to what it shows and its annotations taken off."""
    document.xref_set_key(document.page_xref(number), "Annots", "null")
    page = document.reload_page(document[number])
    if page.rotation:
        page.remove_rotation()
    return page


def set_upright(page: pymupdf.Page, direction: tuple[float, float]) -> bool:
    """Turns a page whose text runs in this direction; False where that is upright already, or a slant."""
    turn = _QUARTERS.get((round(direction[0]), round(direction[1])))
    if turn is None:
        return False
    page.set_rotation(turn)
    page.remove_rotation()
    return True
