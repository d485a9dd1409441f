"""Characters: what is dropped, what is composed, and which ones belong to mathematics."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero width, bidi controls, soft hyphen
    "\ufe00-\ufe0f\ufff0-\ufffd"  # variation selectors, specials, the replacement character
    "\ue000-\uf8ff"  # private use: a font's own glyphs, unreadable to all others
    "\U000e0000-\U0010ffff]"  # tags, more variation selectors, more private use
)
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_SPACES = re.compile(r"[\s\u2000-\u200a\u202f\u205f\u3000]+")

# TeX sets an accent as a glyph of its own before the letter, so that "ä" is read as "¨a".
_ACCENTS = {
    "¨": "\u0308",
    "´": "\u0301",
    "`": "\u0300",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "ˇ": "\u030c",
    "˘": "\u0306",
    "˚": "\u030a",
    "˝": "\u030b",
    "¸": "\u0327",
    "˛": "\u0328",
    "˙": "\u0307",
}
_ACCENTED = re.compile(r"(?<=\w)?([¨´ˆ˜ˇ˘˚˝¸˛˙]) ?([A-Za-zıȷ])|(?<=[A-Za-z])(`) ?([AEIOUaeiou])")
_CEDILLA_AFTER = re.compile(r"([CcSs])¸")

_MATH_FONT = re.compile(
    r"CM(MI|SY|EX|BSY|MIB)|MSAM|MSBM|EU(FM|SM|FB|SB|EX)|RSFS|LASY|STMARY|BBM|DSROM|ESINT"
    r"|(TX|PX|FX|NTX|RTX|RPX|LIBERTINE)(MI|SY|EX|MIA|MIB|BMI|BSY)|NEW(TX|PX)(MI|SY|EX|MATH|BMI)|TXSYM"
    r"|MATH|MTMI|MTSY|MTEX|MNSYMBOL|MDSYMBOL|SYMBOL|WASY|STIX.*MATH|XITS|ASANA|FOURIER-",
    re.IGNORECASE,
)
_MATH_FONT_LARGE = re.compile(r"CMEX|TXEX|PXEX|MTEX|EUEX|ESINT|MNSYMBOLE|ZEX|MATHEX", re.IGNORECASE)


# TeX's font of large signs has no names for them: they are read as the letters at their places (The TeXbook, app. F).
_LARGE_SIGNS = str.maketrans(
    dict.fromkeys("PX", "∑")
    | dict.fromkeys("QY", "∏")
    | dict.fromkeys("RZ", "∫")
    | dict.fromkeys("HI", "∮")
    | dict.fromkeys("S[", "⋃")
    | dict.fromkeys("T\\", "⋂")
    | dict.fromkeys("pqrstu", "√")
)


def large_signs(text: str) -> str:
    """Text in a font of large operators as what it shows; pieces of tall brackets are dropped."""
    return "".join(sign for sign in text.translate(_LARGE_SIGNS) if sign in "∑∏∫∮⋃⋂√ " or ord(sign) > 0x2000)


def clean(text: str) -> str:
    """Readable characters only: ligatures opened, accents composed, invisible characters dropped."""
    text = _INVISIBLE.sub("", text.translate(_LIGATURES))
    if not text.isascii():
        text = _CEDILLA_AFTER.sub(lambda match: unicodedata.normalize("NFC", match[1] + "\u0327"), text)
        text = _ACCENTED.sub(_compose, text)
    elif "`" in text:
        text = _ACCENTED.sub(_compose, text)
    return _SPACES.sub(" ", text)


def lost(text: str) -> int:
    """How many of its characters stand for glyphs that have no name: controls, private use, the replacement sign."""
    return sum(
        sign == "\ufffd"
        or "\ue000" <= sign <= "\uf8ff"
        or (sign < " " and not sign.isspace())
        or "\x7f" <= sign < "\xa0"
        for sign in text
    )


def _compose(match: re.Match[str]) -> str:
    accent, letter = (match[1], match[2]) if match[1] else (match[3], match[4])
    letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    composed = unicodedata.normalize("NFC", letter + _ACCENTS[accent])
    return composed if len(composed) == 1 else match[0]


@cache
def is_math_font(font: str) -> bool:
    return bool(_MATH_FONT.search(font))


@cache
def is_large_operator_font(font: str) -> bool:
    """Fonts of sums, integrals and tall brackets, whose baseline says nothing about the line."""
    return bool(_MATH_FONT_LARGE.search(font))


def is_math_character(character: str) -> bool:
    code = ord(character)
    return (
        0x0370 <= code <= 0x03FF
        or 0x2100 <= code <= 0x214F
        or 0x2190 <= code <= 0x22FF
        or 0x27C0 <= code <= 0x2AFF
        or 0x1D400 <= code <= 0x1D7FF
        or character in "±×÷¬°¯"
    )
