"""Each family of models, tiny and with random weights: read, exported, packed, and saying what PyTorch says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForSeq2SeqLM

from arxiv_gloss.engine.bundle import open_bundle
from arxiv_gloss.engine.device import KNOWN, agree
from arxiv_gloss.engine.text2text.model import TextModel, load_text_model
from arxiv_gloss.engine.text_config import TextConfig
from arxiv_gloss.errors import BadRequest, BundleError, Cancelled, HubError
from arxiv_gloss.hub.check import without_rules
from arxiv_gloss.hub.families import read_model
from arxiv_gloss.hub.pack import Packed
from arxiv_gloss.hub.papers import paper_sentences

BOTH = ("translator", "summarizer")
EXPECTED = {
    "opus-mt-en-zh": ("Marian", ("translator",), {"zh"}),
    "opus-mt-en-mul": ("Marian", ("translator",), {"de", "fr", "zh"}),
    "m2m100": ("M2M100", ("translator",), {"zh", "de", "ja", "ar", "he"}),
    "nllb": ("NLLB", ("translator",), {"zh", "de", "ja", "ar", "he"}),
    "mbart-50": ("mBART-50", ("translator",), {"zh", "de", "ja", "ar", "he"}),
    "bart": ("BART", ("summarizer",), {"en"}),
    "pegasus": ("Pegasus", ("summarizer",), {"en"}),
    "t5": ("T5", BOTH, {"en", "de", "fr"}),
    "flan-t5": ("FLAN-T5", BOTH, {"en", "de", "fr", "es", "ro"}),
    "mt5": ("mT5", ("summarizer",), {"en"}),
}
Bundles = Callable[..., Packed]
Models = Callable[[str], Path]
TEXTS = paper_sentences()[40:48]


@pytest.mark.parametrize("family", EXPECTED)
def test_a_family_says_what_pytorch_says(family: str, packed: Bundles, record_property: Callable[..., None]) -> None:
    """The figures of the engine's README: `pytest tests/hub/test_families.py -rP`."""
    made = packed(family)
    name, roles, targets = EXPECTED[family]
    assert (made.config.family, made.config.roles) == (name, roles)
    assert targets <= set(made.config.targets)
    assert made.parity.same == made.parity.sentences == 20
    int8 = packed(family, "int8")
    print(f"{name}: {made.parity.same} of 20 in fp32; int8 against fp32 BLEU {int8.closeness:.0f} (random weights)")
    assert int8.config.targets == made.config.targets


@pytest.mark.parametrize("family", ["opus-mt-en-zh", "bart", "nllb", "t5"])
def test_the_search_is_that_of_transformers(family: str, packed: Bundles, tiny_model: Models) -> None:
    """Beam of two, with the model's own rules on length and repetition."""
    made = packed(family)
    model = load_text_model(open_bundle(made.path))
    target, prompt = next(iter(made.config.prompts.items()))
    rules = made.config.generation
    ours = dict(model.generate(TEXTS, target))
    reference = AutoModelForSeq2SeqLM.from_pretrained(tiny_model(family)).eval()
    same = 0
    for k, text in enumerate(TEXTS):
        with torch.no_grad():
            said = reference.generate(
                torch.tensor([model.ids(text, target)]),
                decoder_input_ids=torch.tensor([prompt.decoder_prefix]),
                num_beams=rules.beam,
                do_sample=False,
                max_length=rules.max_length,
                min_length=rules.min_length,
                no_repeat_ngram_size=rules.no_repeat_ngram_size,
                length_penalty=rules.length_penalty,
                early_stopping=False,
                forced_eos_token_id=None,
                forced_bos_token_id=None,
            )[0].tolist()[len(prompt.decoder_prefix) :]
        ends = [n for n, token in enumerate(said) if token in (rules.end, made.config.pad)]
        same += list(ours[k].ids) == (said[: ends[0]] if ends else said)
    assert same >= len(TEXTS) - 1, "of eight texts at most one may hang on the order of a sum"


def test_a_text_does_not_depend_on_the_texts_beside_it(packed: Bundles) -> None:
    model = load_text_model(open_bundle(packed("opus-mt-en-zh", "int8").path))
    together = dict(model.generate(TEXTS, "zh"))
    alone = [dict(model.generate([text], "zh"))[0] for text in TEXTS]
    assert [together[k].ids for k in range(len(TEXTS))] == [one.ids for one in alone]
    assert together[0].text and "▁" not in together[0].text


def test_texts_come_back_as_they_finish_and_stop_when_told(packed: Bundles) -> None:
    model = load_text_model(open_bundle(packed("t5").path))
    assert sorted(k for k, _ in model.generate(TEXTS, "de")) == list(range(len(TEXTS)))
    with pytest.raises(Cancelled):
        list(model.generate(TEXTS, "de", cancelled=lambda: True))


def test_what_is_too_long_or_unknown_is_refused(packed: Bundles) -> None:
    model = load_text_model(open_bundle(packed("opus-mt-en-zh").path))
    long = "word " * 200
    assert model.count_tokens(long) > model.max_source_tokens("zh") > 0
    with pytest.raises(BadRequest, match="too long"):
        list(model.generate([long], "zh"))
    with pytest.raises(BadRequest, match="does not write 'de'; it writes zh"):
        model.max_source_tokens("de")


def test_the_tokenizer_reads_as_the_familys_own(packed: Bundles, tiny_model: Models) -> None:
    """Also what no known sentence has: signs that the vocabulary lacks, spaces, full-width forms."""
    for family in ("opus-mt-en-zh", "m2m100"):
        model = load_text_model(open_bundle(packed(family).path))
        own = read_model(tiny_model(family)).reference
        for text in ("Ωmega  and — the “rest”.", "ＦＵＬＬ width", " leading", "ß é ñ 100%", "a\u00a0b"):
            expected = own(text, add_special_tokens=False).input_ids
            assert model.ids(text, "zh")[-len(expected) - 1 : -1] == expected, (family, text)


def test_weights_are_stored_once(packed: Bundles) -> None:
    """The embedding serves the encoder, both decoder graphs and the output head: one table of int8."""
    bundle = open_bundle(packed("opus-mt-en-zh", "int8").path)
    table = [names for names in bundle.config.weights.values() if any(name.endswith(".T") for name in names)]
    assert table
    assert isinstance(bundle.config, TextConfig)
    parameters = bundle.config.origin.parameters
    assert (bundle.path / "weights.safetensors").stat().st_size < 2.5 * parameters


def test_languages_can_be_chosen(tiny_model: Models) -> None:
    assert set(read_model(tiny_model("nllb"), to=("ja", "de")).prompts) == {"ja", "de"}
    with pytest.raises(HubError, match="does not translate into tlh"):
        read_model(tiny_model("nllb"), to=("tlh",))
    assert read_model(tiny_model("t5"), role="translator").roles == ("translator",)
    with pytest.raises(HubError, match="Say which language"):
        read_model(tiny_model("bart"), role="translator")
    assert set(read_model(tiny_model("bart"), role="translator", to=("de",)).prompts) == {"de"}


def test_a_family_that_is_not_supported_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "led"}))
    with pytest.raises(HubError, match="'led' are not supported; supported are: BART"):
        read_model(tmp_path)


def test_a_glosser_is_no_translator_and_the_other_way_round(packed: Bundles, tmp_path: Path) -> None:
    from arxiv_gloss.engine.glosser.engine import load_engine
    from tests.fixtures.tiny_bundle import make_tiny_bundle

    with pytest.raises(BundleError, match="no glosser"):
        load_engine(open_bundle(packed("opus-mt-en-zh").path))
    with pytest.raises(BundleError, match="no translator"):
        load_text_model(make_tiny_bundle(tmp_path / "tiny", seed=1)[0])


@pytest.mark.parametrize("family", ["opus-mt-en-zh", "bart", "nllb", "mbart-50", "t5"])
def test_the_graphs_for_cuda_say_the_same_in_fp16(family: str, packed: Bundles) -> None:
    """The CPU runs them too, slowly; a GPU is not needed to see that they are right."""
    bundle = open_bundle(packed(family).path)
    half, full = TextModel(bundle, half=True), load_text_model(bundle)
    assert half.info.precision == "fp16"
    target = next(iter(full.config.prompts))
    said = [dict(without_rules(model, 40).generate(TEXTS, target)) for model in (half, full)]
    alike = [
        sum(a == b for a, b in zip(said[0][k].ids, said[1][k].ids, strict=False)) / len(said[1][k].ids)
        for k in range(len(TEXTS))
    ]
    assert sorted(alike)[len(alike) // 2] > 0.7, alike


@pytest.mark.gpu
def test_a_gpu_says_what_the_cpu_says(packed: Bundles) -> None:
    bundle = open_bundle(packed("opus-mt-en-zh", "int8").path)
    model = load_text_model(bundle)
    assert (model.info.provider, model.info.precision) == ("CUDA", "fp16")
    said = [next(iter(one.generate([KNOWN], "zh")))[1].ids for one in (model, TextModel(bundle))]
    assert agree(*said)
