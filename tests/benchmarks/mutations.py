"""Ways to spoil a good Chinese translation, each as a translator might. A mutation that finds nothing returns None."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Mutation = Callable[[str, str, random.Random], str | None]
"""From source, target and a source of chance to a spoiled target."""

_NUMBER = re.compile(r"(?<![A-Za-z0-9./_-])\d+(?:\.\d+)?(?![A-Za-z0-9/_])")
_UNITS = ("%", "倍", "毫秒", "秒", "分钟", "小时", "天", "年", "GB", "MB", "ms", "km", "nm", "GeV", "GHz", "美元", "dB")
_UNIT = re.compile(rf"(?<=\d)\s?({'|'.join(_UNITS)})(?![A-Za-z])")
_SCALE = re.compile(r"(?<=\d)\s?([万亿])")
_ENGLISH_NEGATION = re.compile(r"\b(?:not|cannot|no|without|never|nor|neither)\b(?! only)|n't\b")
_CHINESE_NEGATION = re.compile(
    r"不会|不能|不需要|无需|没有|无法|未能|并不|并非|不再|不是|尚未|从未|不(?!同|仅|断|但|只)|未(?!来)"
)
_NUMBER_WORD = re.compile(r"[二两三四五六七八九十](?=[个种项类阶步层倍维次组轮])")
_COMPARISON = {
    "超过": "不到",
    "高于": "低于",
    "大于": "小于",
    "以上": "以下",
    "至少": "至多",
    "低于": "高于",
    "小于": "大于",
}
_FORMULA = re.compile(r"\$[^$]+\$")


def _one(pattern: re.Pattern[str], text: str, chance: random.Random) -> re.Match[str] | None:
    matches = list(pattern.finditer(text))
    return chance.choice(matches) if matches else None


def _put(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def digit_changed(source: str, target: str, chance: random.Random) -> str | None:
    if not (match := _one(_NUMBER, target, chance)):
        return None
    at = chance.choice([i for i in range(*match.span()) if target[i].isdigit()])
    return _put(target, at, at + 1, chance.choice([digit for digit in "123456789" if digit != target[at]]))


def digit_dropped(source: str, target: str, chance: random.Random) -> str | None:
    if not (match := _one(re.compile(r"(?<![A-Za-z0-9./_-])\d*[1-9]\.?\d+(?![A-Za-z0-9/_])"), target, chance)):
        return None
    choices = [i for i in range(*match.span()) if target[i] in "123456789"]
    at = chance.choice(choices)
    return _put(target, at, at + 1, "")


def digit_doubled(source: str, target: str, chance: random.Random) -> str | None:
    if not (match := _one(_NUMBER, target, chance)):
        return None
    choices = [i for i in range(*match.span()) if target[i] in "123456789"]
    if not choices:
        return None
    at = chance.choice(choices)
    return _put(target, at, at, target[at])


def number_dropped(source: str, target: str, chance: random.Random) -> str | None:
    match = _one(_NUMBER, target, chance)
    return _put(target, *match.span(), "") if match else None


def number_word_changed(source: str, target: str, chance: random.Random) -> str | None:
    if not (match := _one(_NUMBER_WORD, target, chance)):
        return None
    same = "二两" if match[0] in "二两" else match[0]
    return _put(target, *match.span(), chance.choice([word for word in "两三四五六七八九" if word not in same]))


def unit_swapped(source: str, target: str, chance: random.Random) -> str | None:
    if not (match := _one(_UNIT, target, chance)):
        return None
    return _put(target, *match.span(1), chance.choice([unit for unit in _UNITS if unit.lower() != match[1].lower()]))


def scale_slipped(source: str, target: str, chance: random.Random) -> str | None:
    if match := _one(_SCALE, target, chance):
        return _put(target, *match.span(1), chance.choice(["", "亿" if match[1] == "万" else "万"]))
    return None


def negation_removed(source: str, target: str, chance: random.Random) -> str | None:
    if not _ENGLISH_NEGATION.search(source) or not (match := _one(_CHINESE_NEGATION, target, chance)):
        return None
    return _put(target, *match.span(), "能够" if match[0] == "无法" else match[0].strip("不未没并尚从无非"))


def comparison_flipped(source: str, target: str, chance: random.Random) -> str | None:
    if not re.search(r"\b(?:than|exceed\w*|at least|above|below)\b", source):
        return None
    match = _one(re.compile("|".join(_COMPARISON)), target, chance)
    return _put(target, *match.span(), _COMPARISON[match[0]]) if match else None


def formula_dropped(source: str, target: str, chance: random.Random) -> str | None:
    match = _one(_FORMULA, target, chance)
    return _put(target, *match.span(), "") if match else None


WITHIN_A_SENTENCE: tuple[Mutation, ...] = (
    digit_changed,
    digit_dropped,
    digit_doubled,
    number_dropped,
    number_word_changed,
    unit_swapped,
    scale_slipped,
    negation_removed,
    comparison_flipped,
    formula_dropped,
)
