"""Target languages by our code (BCP 47), as the families of models name them."""

from __future__ import annotations

from typing import NamedTuple


class LanguageCodes(NamedTuple):
    """`name` in English, as T5 is asked for it; `nllb` and `mbart`: those models' codes. M2M100 and OPUS use ours."""

    name: str
    nllb: str
    mbart: str = ""
    opus: tuple[str, ...] = ()
    """Tags of OPUS models with several targets, besides our own code and the three letters of `nllb`."""


LANGUAGES = {
    "ar": LanguageCodes("Arabic", "arb_Arab", "ar_AR", ("ara",)),
    "bg": LanguageCodes("Bulgarian", "bul_Cyrl"),
    "bn": LanguageCodes("Bengali", "ben_Beng", "bn_IN"),
    "ca": LanguageCodes("Catalan", "cat_Latn"),
    "cs": LanguageCodes("Czech", "ces_Latn", "cs_CZ"),
    "da": LanguageCodes("Danish", "dan_Latn"),
    "de": LanguageCodes("German", "deu_Latn", "de_DE"),
    "el": LanguageCodes("Greek", "ell_Grek"),
    "es": LanguageCodes("Spanish", "spa_Latn", "es_XX"),
    "et": LanguageCodes("Estonian", "est_Latn", "et_EE"),
    "fa": LanguageCodes("Persian", "pes_Arab", "fa_IR", ("fas", "pes")),
    "fi": LanguageCodes("Finnish", "fin_Latn", "fi_FI"),
    "fr": LanguageCodes("French", "fra_Latn", "fr_XX"),
    "he": LanguageCodes("Hebrew", "heb_Hebr", "he_IL"),
    "hi": LanguageCodes("Hindi", "hin_Deva", "hi_IN"),
    "hr": LanguageCodes("Croatian", "hrv_Latn", "hr_HR"),
    "hu": LanguageCodes("Hungarian", "hun_Latn"),
    "id": LanguageCodes("Indonesian", "ind_Latn", "id_ID"),
    "it": LanguageCodes("Italian", "ita_Latn", "it_IT"),
    "ja": LanguageCodes("Japanese", "jpn_Jpan", "ja_XX"),
    "ko": LanguageCodes("Korean", "kor_Hang", "ko_KR"),
    "lt": LanguageCodes("Lithuanian", "lit_Latn", "lt_LT"),
    "lv": LanguageCodes("Latvian", "lvs_Latn", "lv_LV", ("lav",)),
    "nl": LanguageCodes("Dutch", "nld_Latn", "nl_XX"),
    "pl": LanguageCodes("Polish", "pol_Latn", "pl_PL"),
    "pt": LanguageCodes("Portuguese", "por_Latn", "pt_XX"),
    "ro": LanguageCodes("Romanian", "ron_Latn", "ro_RO"),
    "ru": LanguageCodes("Russian", "rus_Cyrl", "ru_RU"),
    "sk": LanguageCodes("Slovak", "slk_Latn"),
    "sl": LanguageCodes("Slovenian", "slv_Latn", "sl_SI"),
    "sr": LanguageCodes("Serbian", "srp_Cyrl"),
    "sv": LanguageCodes("Swedish", "swe_Latn", "sv_SE"),
    "th": LanguageCodes("Thai", "tha_Thai", "th_TH"),
    "tr": LanguageCodes("Turkish", "tur_Latn", "tr_TR"),
    "uk": LanguageCodes("Ukrainian", "ukr_Cyrl", "uk_UA"),
    "ur": LanguageCodes("Urdu", "urd_Arab", "ur_PK"),
    "vi": LanguageCodes("Vietnamese", "vie_Latn", "vi_VN"),
    "zh": LanguageCodes("Chinese", "zho_Hans", "zh_CN", ("cmn_Hans", "zho", "cmn")),
}


def opus_tags(code: str) -> tuple[str, ...]:
    """The tags that an OPUS model may have for a language, most usual first."""
    language = LANGUAGES[code]
    return (language.nllb.split("_")[0], code, *language.opus)


def of_opus(tag: str) -> str | None:
    """Our code for what an OPUS model's name or tokenizer calls its target."""
    return next((code for code in LANGUAGES if tag in opus_tags(code)), None)
