"""Target languages by our code (BCP 47), as the families of models name them."""

from __future__ import annotations

from typing import NamedTuple


class Language(NamedTuple):
    """`name` in English, as T5 is asked for it; `nllb` and `mbart`: those models' codes. M2M100 and OPUS use ours."""

    name: str
    nllb: str
    mbart: str = ""
    opus: tuple[str, ...] = ()
    """Tags of OPUS models with several targets, besides our own code and the three letters of `nllb`."""


LANGUAGES = {
    "ar": Language("Arabic", "arb_Arab", "ar_AR", ("ara",)),
    "bg": Language("Bulgarian", "bul_Cyrl"),
    "bn": Language("Bengali", "ben_Beng", "bn_IN"),
    "ca": Language("Catalan", "cat_Latn"),
    "cs": Language("Czech", "ces_Latn", "cs_CZ"),
    "da": Language("Danish", "dan_Latn"),
    "de": Language("German", "deu_Latn", "de_DE"),
    "el": Language("Greek", "ell_Grek"),
    "es": Language("Spanish", "spa_Latn", "es_XX"),
    "et": Language("Estonian", "est_Latn", "et_EE"),
    "fa": Language("Persian", "pes_Arab", "fa_IR", ("fas", "pes")),
    "fi": Language("Finnish", "fin_Latn", "fi_FI"),
    "fr": Language("French", "fra_Latn", "fr_XX"),
    "he": Language("Hebrew", "heb_Hebr", "he_IL"),
    "hi": Language("Hindi", "hin_Deva", "hi_IN"),
    "hr": Language("Croatian", "hrv_Latn", "hr_HR"),
    "hu": Language("Hungarian", "hun_Latn"),
    "id": Language("Indonesian", "ind_Latn", "id_ID"),
    "it": Language("Italian", "ita_Latn", "it_IT"),
    "ja": Language("Japanese", "jpn_Jpan", "ja_XX"),
    "ko": Language("Korean", "kor_Hang", "ko_KR"),
    "lt": Language("Lithuanian", "lit_Latn", "lt_LT"),
    "lv": Language("Latvian", "lvs_Latn", "lv_LV", ("lav",)),
    "nl": Language("Dutch", "nld_Latn", "nl_XX"),
    "pl": Language("Polish", "pol_Latn", "pl_PL"),
    "pt": Language("Portuguese", "por_Latn", "pt_XX"),
    "ro": Language("Romanian", "ron_Latn", "ro_RO"),
    "ru": Language("Russian", "rus_Cyrl", "ru_RU"),
    "sk": Language("Slovak", "slk_Latn"),
    "sl": Language("Slovenian", "slv_Latn", "sl_SI"),
    "sr": Language("Serbian", "srp_Cyrl"),
    "sv": Language("Swedish", "swe_Latn", "sv_SE"),
    "th": Language("Thai", "tha_Thai", "th_TH"),
    "tr": Language("Turkish", "tur_Latn", "tr_TR"),
    "uk": Language("Ukrainian", "ukr_Cyrl", "uk_UA"),
    "ur": Language("Urdu", "urd_Arab", "ur_PK"),
    "vi": Language("Vietnamese", "vie_Latn", "vi_VN"),
    "zh": Language("Chinese", "zho_Hans", "zh_CN", ("cmn_Hans", "zho", "cmn")),
}


def opus_tags(code: str) -> tuple[str, ...]:
    """The tags that an OPUS model may have for a language, most usual first."""
    language = LANGUAGES[code]
    return (language.nllb.split("_")[0], code, *language.opus)


def of_opus(tag: str) -> str | None:
    """Our code for what an OPUS model's name or tokenizer calls its target."""
    return next((code for code in LANGUAGES if tag in opus_tags(code)), None)
