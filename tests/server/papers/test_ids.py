"""Paper ids in all the forms in which people paste them."""

from __future__ import annotations

import pytest

from arxiv_gloss.errors import BadPaperId
from arxiv_gloss.papers.ids import PaperId


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2401.01234", "2401.01234"),
        ("2401.01234v2", "2401.01234v2"),
        ("0704.0001", "0704.0001"),
        ("  arXiv:2401.01234v12 ", "2401.01234v12"),
        ("arxiv: 2401.01234", "2401.01234"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("hep-th/9901001v1", "hep-th/9901001v1"),
        ("math.GT/0309136", "math/0309136"),
        ("https://arxiv.org/abs/2401.01234", "2401.01234"),
        ("http://www.arxiv.org/abs/math.GT/0309136v3", "math/0309136v3"),
        ("https://arxiv.org/pdf/2401.01234v2.pdf", "2401.01234v2"),
        ("arxiv.org/pdf/2401.01234", "2401.01234"),
        ("https://arxiv.org/html/2401.01234v1#S3", "2401.01234v1"),
        ("https://export.arxiv.org/abs/2401.01234?context=cs", "2401.01234"),
        ("https://arxiv.org/abs/2401.01234/", "2401.01234"),
        ("2401.01234.pdf", "2401.01234"),
        ("https://doi.org/10.48550/arXiv.2401.01234", "2401.01234"),
        ("10.48550/arXiv.hep-th/9901001", "hep-th/9901001"),
    ],
)
def test_read(text: str, read: str) -> None:
    assert str(PaperId.parse(text)) == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "attention is all you need",
        "2413.01234",
        "2401.123",
        "2401.01234v0",
        "2401.01234 extra",
        "2401.01234\r\nX-Header: 1",
        "https://evil.com/abs/2401.01234",
        "https://arxiv.org.evil.com/abs/2401.01234",
        "https://arxiv.org@evil.com/abs/2401.01234",
        "https://arxiv.org/list/cs.CL/new",
        "../../etc/passwd",
        "hep-th/99010",
        "２４０１.01234",
        "1" * 100_000,
    ],
)
def test_not_read(text: str) -> None:
    with pytest.raises(BadPaperId):
        PaperId.parse(text)
