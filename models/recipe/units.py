"""The units that come back with their number, from pint's registry and the Chinese names of CLDR.

    python -m models.recipe.units > server/arxiv_gloss/text/tables/units.tsv

Reading pint's registry takes .7 seconds, so a table is shipped in its stead: symbol, name, Chinese names (`|`).
Which units papers write as symbols behind a number is chosen here; their symbols and prefixes are pint's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEAD = """\
# Symbols of units, their names, and what Chinese texts call them; made by models/recipe/units.py.
# From the registry of pint (BSD-3-Clause) and the names of units in CLDR (Unicode-3.0).
"""
_PREFIXED = {
    "meter": "fpnµmck",
    "second": "fpnµm",
    "gram": "pnµmk",
    "mole": "pnµm",
    "kelvin": "nµm",
    "arcsecond": "µ",
    "byte": "kMGTPE",
    "parsec": "kMG",
    "year": "kMG",
    "barn": "fpnµm",
    "liter": "pnµmd",
    "hertz": "mkMGT",
    "newton": "pnµmkM",
    "joule": "fpnµmkM",
    "watt_hour": "kMGT",
    "electron_volt": "nµmkMGTP",
    "calorie": "k",
    "watt": "fpnµmkMGT",
    "pascal": "nµmkMGT",
    "bar": "µmk",
    "molar": "fpnµm",
    "becquerel": "µmkMG",
    "curie": "µmM",
    "gray": "µmk",
    "sievert": "µm",
    "coulomb": "pnµm",
    "ampere": "fpnµmk",
    "ampere_hour": "mk",
    "volt": "nµmkMGT",
    "ohm": "µmkMG",
    "siemens": "pnµm",
    "farad": "fpnµm",
    "henry": "pnµm",
    "tesla": "pnµm",
    "gauss": "µmkM",
    "oersted": "mk",
    "dalton": "kM",
    "angstrom": "",
    "light_year": "",
    "astronomical_unit": "",
    "arcminute": "",
    "hour": "",
    "minute": "",
    "degree_Celsius": "",
    "revolutions_per_minute": "",
    "dyne": "",
    "rydberg": "",
    "horsepower": "",
    "pound_force_per_square_inch": "",
    "standard_atmosphere": "",
    "lumen": "",
    "lux": "",
    "debye": "",
    "decibel": "",
    "decibelmilliwatt": "",
    "erg": "",
    "torr": "",
    "steradian": "",
    "milliarcsecond": "",
    "weber": "",
    "radian": "mµ",
    "cubic_centimeter": "",
    "frames_per_second": "",
}
_LACKING = {
    "jansky": ("Jy", "nµmkM", "央斯基"),
    "magnitude": ("mag", "m", "星等"),
    "dex": ("dex", "", ""),
    "bit_per_second": ("bps", "kKMGT", "比特/秒|比特每秒"),
    "kilobyte": ("KB", "", "千字节"),
    "parts_per_million": ("ppm", "", ""),
    "parts_per_billion": ("ppb", "", ""),
    "weight_percent": ("wt%", "", "重量百分比"),
    "decibel_isotropic": ("dBi", "", ""),
    "astronomical_unit": ("AU", "", "天文单位"),
}
"""Units, or forms of them, that pint lacks."""
_WORDS = frozenset(
    [
        "gram",
        "mole",
        "octet",
        "byte",
        "kayser",
        "amp",
        "mho",
        "watt",
        "volt",
        "year",
        "hour",
        "barn",
        "dyne",
        "ohm",
        "minute",
        "gray",
        "sec",
        "degK",
        "degC",
    ]
)
"""Names that are words, which texts translate."""
_AMBIGUOUS = frozenset(
    [
        "a",
        "as",
        "at",
        "am",
        "b",
        "B",
        "d",
        "D",
        "e",
        "F",
        "g_n",
        "H",
        "l",
        "P",
        "R",
        "S",
        "t",
        "u",
        "U",
        "pH",
        "nt",
        "cps",
    ]
)
"""Left out: what follows numbers as a word, a point or a name more often than as that unit."""
_ALONE = frozenset(["m", "s", "g", "h", "K", "V", "W", "J", "T", "Å", "Ω", "C", "A", "N", "L", "G", "M"])
"""The symbols of one sign that are units behind a number and a space."""
_CHINESE = {
    "meter": "米",
    "second": "秒|秒钟",
    "hour": "小时",
    "minute": "分钟|分",
    "year": "年",
    "parsec": "秒差距",
    "arcminute": "角分",
    "arcsecond": "角秒",
    "milliarcsecond": "毫角秒",
    "angstrom": "埃",
    "light_year": "光年",
    "astronomical_unit": "天文单位",
    "joule": "焦耳|焦",
    "watt": "瓦|瓦特",
    "mole": "摩尔",
    "liter": "升",
    "tesla": "特斯拉|特",
    "gauss": "高斯",
    "barn": "靶恩|靶",
    "kelvin": "开|开尔文",
    "electron_volt": "电子伏特|电子伏",
    "hertz": "赫兹|赫",
    "pascal": "帕|帕斯卡",
    "volt": "伏|伏特",
    "ampere": "安|安培",
    "coulomb": "库仑",
    "farad": "法拉|法",
    "henry": "亨利|亨",
    "ohm": "欧姆|欧",
    "siemens": "西门子",
    "watt_hour": "瓦时|瓦特小时",
    "ampere_hour": "安时",
    "byte": "字节",
    "gram": "克",
    "decibel": "分贝",
    "oersted": "奥斯特",
    "erg": "尔格",
    "torr": "托",
    "dyne": "达因",
    "becquerel": "贝可勒尔|贝可",
    "gray": "戈瑞",
    "sievert": "希沃特|希",
    "radian": "弧度",
    "steradian": "球面度",
    "molar": "摩尔",
    "weber": "韦伯",
    "debye": "德拜",
    "bar": "巴",
    "newton": "牛顿|牛",
    "revolutions_per_minute": "转/分|转每分钟",
    "cubic_centimeter": "立方厘米",
    "frames_per_second": "帧/秒|帧每秒",
}
_PREFIXES = {
    "f": ("femto", "飞"),
    "p": ("pico", "皮"),
    "n": ("nano", "纳"),
    "µ": ("micro", "微"),
    "m": ("milli", "毫"),
    "c": ("centi", "厘"),
    "d": ("deci", "分"),
    "k": ("kilo", "千"),
    "K": ("kilo", "千"),
    "M": ("mega", "兆"),
    "G": ("giga", "吉"),
    "T": ("tera", "太"),
    "P": ("peta", "拍"),
    "E": ("exa", "艾"),
}
_OWN_NAMES = {
    "kilometer": "公里",
    "megabyte": "兆",
    "cubic_centimeter": "毫升",
    "kilogram": "公斤",
    "megayear": "百万年",
    "gigayear": "十亿年",
    "kiloyear": "千年",
    "megaelectron_volt": "兆电子伏",
    "decimeter": "分米",
}
_SYMBOL = re.compile(r"[^\W\d_]{1,4}|arcmin|arcsec|°C")
_WRITTEN = {
    "µ": ("µ", "μ", "u"),
    "frames_per_second": ("fps", "FPS"),
    "radian": ("rad",),
    "torr": ("Torr",),
    "ohm": ("Ω", "Ω", "ohm"),
}
"""The micro sign, the Greek letter and a plain u."""


def _symbols() -> dict[str, list[str]]:
    import pint

    registry = pint.UnitRegistry()
    found: dict[str, list[str]] = {}
    for name in _PREFIXED:
        if name in _WRITTEN:
            found[name] = list(_WRITTEN[name])
            continue
        definition = registry._units[name]
        forms = [definition.defined_symbol, *definition.aliases, *([name] if len(name) <= 4 else [])]
        found[name] = list(dict.fromkeys(form for form in forms if form and _SYMBOL.fullmatch(form)))
        found[name] = [form for form in found[name] if form not in _WORDS]
    return found


def _cldr() -> dict[str, str]:
    """What CLDR calls units in Chinese, by their English names there."""
    from babel import Locale

    names: dict[str, str] = {}
    for key, forms in Locale("zh")._data["unit_patterns"].items():
        pattern = forms.get("long", {}).get("other") or ""
        if pattern.startswith("{0}"):
            names[key.partition("-")[2].replace("electronvolt", "electron_volt")] = pattern[3:].strip()
    return names


def unit_rows() -> Iterator[tuple[str, str, str]]:
    """(symbol, name, Chinese names) of all, in the order above."""
    cldr = _cldr()
    bases = [(name, forms, _PREFIXED[name], _CHINESE.get(name, "")) for name, forms in _symbols().items()]
    bases += [(name, [symbol], prefixes, chinese) for name, (symbol, prefixes, chinese) in _LACKING.items()]
    seen: set[str] = set()
    for name, forms, prefixes, chinese in bases:
        ours = "|".join(dict.fromkeys(filter(None, [*chinese.split("|"), cldr.get(name)])))
        for prefix in ["", *prefixes]:
            full = _PREFIXES[prefix][0] + name if prefix else name
            names = [(_PREFIXES[prefix][1] if prefix else "") + one for one in ours.split("|") if one]
            names += filter(None, [cldr.get(full), _OWN_NAMES.get(full)])
            for symbol in [written + form for written in _WRITTEN.get(prefix, (prefix,)) for form in forms]:
                if symbol in seen or symbol in _AMBIGUOUS:
                    continue
                if len(symbol) == 1 and symbol not in _ALONE:
                    continue
                seen.add(symbol)
                yield symbol, full, "|".join(dict.fromkeys(names))


def main() -> None:
    print(_HEAD, end="")
    for row in unit_rows():
        print("\t".join(row))


if __name__ == "__main__":
    main()
