"""What each family of models needs to be asked: its tokenizer, its language tags, its first tokens, its limits."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer
from transformers import AutoTokenizer, PreTrainedTokenizerBase

from arxiv_gloss.engine.protocol import SUMMARIZER, TRANSLATOR
from arxiv_gloss.engine.text_config import Generation, Prompt
from arxiv_gloss.errors import HubError
from arxiv_gloss.hub import spm
from arxiv_gloss.hub.languages import LANGUAGES, of_opus, opus_tags
from arxiv_gloss.hub.quiet import quiet

_ENGLISH = "en"
FAMILIES = {
    "marian": "Marian",
    "m2m_100": "M2M100",
    "mbart": "mBART-50",
    "bart": "BART",
    "pegasus": "Pegasus",
    "t5": "T5",
    "mt5": "mT5",
}
"""transformers' model types that are supported, and the names of their families (NLLB is an M2M100)."""
UNLIMITED = 512
"""Tokens, for models with relative positions, which have no limit of their own."""
_PROBE = "We measure it."


@dataclass(frozen=True)
class Model:
    """A model on the disk, read as far as packing needs it."""

    family: str
    roles: tuple[str, ...]
    prompts: dict[str, Prompt]
    tokenizers: dict[str, Tokenizer]
    """By file name: tokenizer.json, and target.json where the target has its own."""
    reference: PreTrainedTokenizerBase
    """The family's own tokenizer, to compare with."""
    generation: Generation
    source_limit: int
    pad: int


def read_model(folder: Path, role: str | None = None, to: tuple[str, ...] = ()) -> Model:
    """Raises HubError for a family that is not supported, and for a model that does not say what it translates into."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    kind = str(config.get("model_type", ""))
    if kind not in FAMILIES:
        known = ", ".join(sorted(FAMILIES.values()))
        raise HubError(f"Models of the type {kind or 'unknown'!r} are not supported; supported are: {known} and NLLB.")
    with quiet():
        reference = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    family = "NLLB" if type(reference).__name__.startswith("Nllb") else FAMILIES[kind]
    if kind == "t5" and any("flan" in str(config.get(key, "")).lower() for key in ("_name_or_path", "name")):
        family = "FLAN-T5"
    prompts, roles = _prompts(family, folder, config, reference, role, to)
    return Model(
        family=family,
        roles=roles,
        prompts=prompts,
        tokenizers=_tokenizers(family, folder, reference),
        reference=reference,
        generation=_generation(folder, config, reference),
        source_limit=_limit(config, reference),
        pad=int(config.get("pad_token_id") or 0),
    )


def _prompts(
    family: str,
    folder: Path,
    config: Mapping[str, Any],
    tokenizer: Any,
    role: str | None,
    to: tuple[str, ...],
) -> tuple[dict[str, Prompt], tuple[str, ...]]:
    """The prompt of each language that is kept, and the roles that the model can take with them."""
    start = (int(config["decoder_start_token_id"]),)
    if family == "Marian":
        prompts = _marian(folder, tokenizer, start, to)
    elif family in ("M2M100", "NLLB", "mBART-50"):
        prompts = _tagged(family, tokenizer, start)
    elif family in ("T5", "FLAN-T5"):
        prompts = _instructed(family, config, tokenizer, start)
    else:
        prompts = _plain(config, tokenizer, start, role, to)
    if to:
        unknown = [one for one in to if one not in prompts]
        if unknown:
            raise HubError(f"The model does not translate into {', '.join(unknown)}; it speaks {', '.join(prompts)}.")
        prompts = {code: prompt for code, prompt in prompts.items() if code in to or code == _ENGLISH}
    roles = tuple(
        name
        for name, has in (
            (TRANSLATOR, any(code != _ENGLISH for code in prompts)),
            (SUMMARIZER, _ENGLISH in prompts),
        )
        if has and role in (None, name)
    )
    kept = {c: s for c, s in prompts.items() if (SUMMARIZER if c == _ENGLISH else TRANSLATOR) in roles}
    if not kept:
        raise HubError(f"A {family} model cannot be used as a {role}.")
    return kept, roles


def _plain(
    config: Mapping[str, Any], tokenizer: Any, start: tuple[int, ...], role: str | None, to: tuple[str, ...]
) -> dict[str, Prompt]:
    """BART and Pegasus: one language, which no token names."""
    before, after = _around(tokenizer)
    forced = config.get("forced_bos_token_id")
    first = start if forced is None else (*start, int(forced))
    if role == TRANSLATOR and len(to) != 1:
        raise HubError("Say which language this model translates into: --to LANGUAGE.")
    return {to[0] if role == TRANSLATOR else _ENGLISH: Prompt(before, after, first)}


def _marian(folder: Path, tokenizer: Any, start: tuple[int, ...], to: tuple[str, ...]) -> dict[str, Prompt]:
    """One target, named by the tokenizer or the model; or several, each with a tag in the vocabulary."""
    before, after = _around(tokenizer)
    vocabulary = tokenizer.get_vocab()
    prompts = {
        code: Prompt((vocabulary[tag], *before), after, start)
        for code in LANGUAGES
        for tag in [f">>{name}<<" for name in opus_tags(code)]
        if tag in vocabulary
    }
    if prompts:
        return prompts
    named = str(getattr(tokenizer, "target_lang", None) or "")
    code = of_opus(named) or of_opus(folder.name.rsplit("-", 1)[-1].lower())
    if code is None and len(to) == 1:
        code = to[0]
    if code is None:
        raise HubError("The model does not say what it translates into; say it with --to LANGUAGE.")
    return {code: Prompt(before, after, start)}


def _tagged(family: str, tokenizer: Any, start: tuple[int, ...]) -> dict[str, Prompt]:
    """A tag of the source language before or behind the text, and the target's as the decoder's first word."""
    names = {"NLLB": "eng_Latn", "mBART-50": "en_XX"}
    tokenizer.src_lang = names.get(family, _ENGLISH)
    before, after = _around(tokenizer)
    prompts: dict[str, Prompt] = {}
    for code, language in LANGUAGES.items():
        name = {"NLLB": language.nllb, "mBART-50": language.mbart}.get(family, f"__{code}__")
        tag = tokenizer.convert_tokens_to_ids(name) if name else tokenizer.unk_token_id
        if tag not in (None, tokenizer.unk_token_id):
            prompts[code] = Prompt(before, after, (*start, int(tag)))
    return prompts


def _instructed(family: str, config: Mapping[str, Any], tokenizer: Any, start: tuple[int, ...]) -> dict[str, Prompt]:
    """A sentence of instruction before the text: those of the model's configuration, or FLAN's."""
    asked: dict[str, str] = {}
    if family == "FLAN-T5":
        asked = {code: f"Translate English to {language.name}:" for code, language in LANGUAGES.items()}
        asked = {code: asked[code] for code in ("de", "es", "fr", "ro")} | {_ENGLISH: "Summarize:"}
    for task in (config.get("task_specific_params") or {}).values():
        prefix = str(task.get("prefix", "")).strip()
        if found := re.fullmatch(r"translate English to (\w+):", prefix):
            asked |= {code: prefix for code, language in LANGUAGES.items() if language.name == found[1]}
        elif prefix.startswith("summarize"):
            asked[_ENGLISH] = prefix
    before, after = _around(tokenizer)
    prompts = {
        code: Prompt((*before, *tokenizer(text, add_special_tokens=False).input_ids), after, start)
        for code, text in asked.items()
    }
    return prompts or {_ENGLISH: Prompt(before, after, start)}


def _around(tokenizer: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Special tokens before and behind a text."""
    plain = list(tokenizer(_PROBE, add_special_tokens=False).input_ids)
    whole = list(tokenizer(_PROBE).input_ids)
    at = next(k for k in range(len(whole)) if whole[k : k + len(plain)] == plain)
    return tuple(whole[:at]), tuple(whole[at + len(plain) :])


def _tokenizers(family: str, folder: Path, reference: Any) -> dict[str, Tokenizer]:
    if family == "Marian":
        ids = spm.read_vocabulary(folder / "vocab.json")
        special = set(reference.all_special_tokens) | {piece for piece in ids if piece.startswith(">>")}
        return {
            "tokenizer.json": spm.convert(folder / "source.spm", ids, reference.unk_token),
            "target.json": spm.speller(ids, special),
        }
    if family == "M2M100":
        ids = spm.read_vocabulary(folder / "vocab.json")
        special = set(reference.all_special_tokens)
        return {
            "tokenizer.json": spm.convert(folder / "sentencepiece.bpe.model", ids, reference.unk_token),
            "target.json": spm.speller(ids, special),
        }
    made = reference.backend_tokenizer
    made.no_padding()
    made.no_truncation()
    return {"tokenizer.json": made}


def _generation(folder: Path, config: Mapping[str, Any], tokenizer: Any) -> Generation:
    """As the model's authors set it (generation_config.json over config.json)."""
    file = folder / "generation_config.json"
    chosen = {**config, **(json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {})}
    end = chosen.get("eos_token_id")
    end = int(end[0] if isinstance(end, list) else end if end is not None else tokenizer.eos_token_id)
    bad = [word[0] for word in chosen.get("bad_words_ids") or [] if len(word) == 1]
    never = {*map(int, bad), *([int(chosen["pad_token_id"])] if chosen.get("pad_token_id") is not None else [])} - {end}
    most = int(chosen.get("max_length") or 0)
    limit = _limit(config, tokenizer)
    return Generation(
        beam=min(4, max(1, int(chosen.get("num_beams") or 1))),
        length_penalty=float(1.0 if chosen.get("length_penalty") is None else chosen["length_penalty"]),
        no_repeat_ngram_size=int(chosen.get("no_repeat_ngram_size") or 0),
        min_length=int(chosen.get("min_length") or 0),
        max_length=min(limit, most) if most > 20 else min(limit, 200),  # 20 is transformers' word for "not set"
        end=end,
        suppress_tokens=tuple(sorted(never)),
    )


def _limit(config: Mapping[str, Any], tokenizer: Any) -> int:
    """Most tokens on either side: positions of the model, or what its tokenizer was made for."""
    positions = config.get("max_position_embeddings") or config.get("n_positions") or UNLIMITED
    return int(min(int(positions), int(tokenizer.model_max_length)))
