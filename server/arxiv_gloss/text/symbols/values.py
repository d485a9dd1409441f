"""Patterns of numbers as papers write them: `1,200`, `.61`, `3.2(5) x 10^{-12}`, `1200 $\\pm$ 40`, `5--10`."""

from __future__ import annotations

from arxiv_gloss.text.symbols.masked import NUMBER, PLUS_MINUS, POWER, TIMES

PLAIN = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
"""Digits, grouped or not, with or without decimals."""
_RAISED = rf"(?:\^\{{[-+−]?\d{{1,4}}\}}|\^[-+−]?\d{{1,4}}|{POWER}|[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}})"
_SCALED = rf"(?: ?[×x*·{TIMES}] ?10{_RAISED})"
POWER_OF_TEN = rf"10{_RAISED}"
VALUE = rf"(?:{NUMBER}|[-+−]?(?:{POWER_OF_TEN}|(?:{PLAIN}|\.\d+)(?:\(\d{{1,3}}\))?{_SCALED}?))"
"""One number, with its uncertainty in brackets and its power of ten."""
UNCERTAIN = rf"{VALUE}(?: ?(?:±|\+/-|{PLUS_MINUS}) ?{VALUE})"
RANGE = rf"{VALUE}(?:--?|–){VALUE}"
SCALED = rf"[-+−]?(?:{PLAIN}|\.\d+)(?:\(\d{{1,3}}\))?{_SCALED}"
