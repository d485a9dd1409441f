"""Names that are no single word of letters: with particles (`Roque de los Muchachos`), with arguments (`SU(2)`),
letters in a row (`P,T`), elements and isotopes (`Hg`, `48Ti`), and small letters that are no word (`zpd`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from arxiv_gloss.text.symbols.found import Symbol
from arxiv_gloss.text.symbols.masked import Masked

_TWO_LETTERS = (
    "Li|Ne|Na|Mg|Al|Si|Cl|Ar|Sc|Ti|Cr|Mn|Fe|Co|Ni|Cu|Zn|Ga|Ge|Se|Br|Kr|Rb|Sr|Zr|Nb|Tc|Ru|Rh|Pd|Ag|Cd|Sn|Sb|Te"
    "|Xe|Cs|Ba|La|Ce|Pr|Nd|Sm|Eu|Gd|Tb|Dy|Ho|Er|Tm|Yb|Lu|Hf|Ta|Os|Ir|Pt|Au|Hg|Tl|Pb|Bi|Po|Rn|Fr|Ra|Ac|Th|Pu|Cm|Cf"
)
"""Elements whose symbol is no English word."""
_PARTICLE = "de|del|della|di|da|do|dos|das|du|des|la|las|los|van|von|der|den|ter|zu|y"
_CAPITALISED = "[A-ZÀ-ÖØ-Þ][a-zà-öø-ž]{1,20}"
_NAME = re.compile(
    rf"""
    (?<![\w-]) {_CAPITALISED} (?: \ (?:{_PARTICLE}) ){{1,3}} \ {_CAPITALISED} (?![\w-])
  | (?<![\w.,/-]) \d{{1,3}} (?: {_TWO_LETTERS}|He|Be|As|In ) (?![\w-])
  | (?<![\w.,/'-]) \d{{2,3}} [HBCNOFPSKVYIWU] (?![\w-])
  | (?<![\w.'/-]) (?: {_TWO_LETTERS} ) (?! [\w.'] | (?<=Co)- )
  | (?<![\w.'/@-]) (?! [a-z]{{1,4}} (?:th|st|nd) \b ) [bcdfghjklmnpqrstvwxz]{{3,6}} (?![\w.'/@-] | \ \d)
    """,
    re.VERBOSE,
)
_LETTERS = re.compile(
    r"""
    (?<![\w.\\(-]) (?: [A-Z][A-Za-z]{0,3} | [a-z] )
    \( [A-Za-z0-9]{1,2} (?: [,+] \ ? [A-Za-z0-9]{1,2} ){0,4} \) (?![\w(])
  | (?<![\w,.&-]) [A-Z] (?: ,[A-Z] ){1,4} (?![\w,])
    """,
    re.VERBOSE,
)


def names(masked: Masked) -> Iterator[Symbol]:
    """All of a text, words before letters with brackets or commas, which are no words to a model."""
    for match in _NAME.finditer(masked.text):
        yield Symbol(*masked.span(*match.span()), "name")
    for match in _LETTERS.finditer(masked.text):
        yield Symbol(*masked.span(*match.span()), "code")
