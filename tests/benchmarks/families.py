"""Models from a hub, family by family: our bundle beside transformers' `generate` and CTranslate2. Ratios first.

    python -m tests.benchmarks.families [FAMILY …] [--rounds 3]

Needs the extra [bench]. The models have random weights and the sizes of a usual OPUS-MT model (512 wide, 6 + 6 layers),
with vocabularies of about a thousand pieces, so the output head costs less than a real one's. Eight sentences in one
batch, greedy, 48 tokens each, one thread; ours and CTranslate2 in int8, PyTorch in fp32.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import ctranslate2
import torch
from ctranslate2.converters import TransformersConverter
from msgspec.structs import replace
from transformers import AutoModelForSeq2SeqLM, BartConfig, MBartConfig, PegasusConfig

from arxiv_gloss.engine.bundle import open_bundle
from arxiv_gloss.engine.text2text.model import TextModel
from arxiv_gloss.engine.text_config import Origin, Prompt, TextConfig
from arxiv_gloss.hub.families import read_model
from arxiv_gloss.hub.pack import Order, pack
from arxiv_gloss.hub.papers import paper_sentences
from arxiv_gloss.hub.quiet import quiet
from tests.hub.tiny_models import FAMILIES, TINY, make

# CTranslate2's loaders still ask for what transformers has dropped.
BartConfig.normalize_before = False
MBartConfig.normalize_before = PegasusConfig.normalize_before = True

USUAL = TINY | {
    "d_model": 512,
    "encoder_layers": 6,
    "decoder_layers": 6,
    "encoder_attention_heads": 8,
    "decoder_attention_heads": 8,
    "encoder_ffn_dim": 2048,
    "decoder_ffn_dim": 2048,
    "init_std": 0.1,
}
TOKENS = 48
TEXTS = paper_sentences()[:8]
Work = Callable[[], object]


def ours(bundle: Path) -> tuple[Work, list[list[int]], Prompt]:
    """The work, and the same source ids for the others."""
    loaded = TextModel(open_bundle(bundle))
    config = loaded.config
    assert isinstance(config, TextConfig)
    target, prompt = next(iter(config.prompts.items()))
    most = TOKENS + len(prompt.decoder_prefix)
    rules = replace(
        config.generation, beam=1, no_repeat_ngram_size=0, min_length=most, max_length=most, suppress_tokens=()
    )
    model = loaded.with_config(replace(config, generation=rules))
    return lambda: list(model.generate(TEXTS, target)), [model.ids(text, target) for text in TEXTS], prompt


def pytorch(folder: Path, ids: list[list[int]], prompt: Prompt, pad: int) -> Work:
    with quiet():
        model = AutoModelForSeq2SeqLM.from_pretrained(folder).eval()
    length = max(map(len, ids))
    source = torch.tensor([row + [pad] * (length - len(row)) for row in ids])
    given = {"input_ids": source, "attention_mask": (source != pad).long()}
    prefix = torch.tensor([prompt.decoder_prefix] * len(ids))

    def run() -> object:
        with torch.no_grad(), quiet():
            return model.generate(
                **given,
                decoder_input_ids=prefix,
                num_beams=1,
                do_sample=False,
                min_new_tokens=TOKENS,
                max_new_tokens=TOKENS,
                no_repeat_ngram_size=0,
                forced_bos_token_id=None,
                forced_eos_token_id=None,
            )

    return run


def ct2(folder: Path, out: Path, ids: list[list[int]], prompt: Prompt) -> Work | None:
    """None for a family that it does not convert."""
    try:
        with quiet():
            TransformersConverter(str(folder)).convert(str(out), quantization="int8", force=True)
        translator = ctranslate2.Translator(str(out), compute_type="int8", intra_threads=1, inter_threads=1)
    except Exception as problem:  # each converter fails in its own way
        print(f"    CTranslate2 does not convert it: {str(problem).splitlines()[0][:90]}")
        return None
    tokenizer = read_model(folder).reference
    source = [tokenizer.convert_ids_to_tokens(row) for row in ids]
    prefix = (
        [tokenizer.convert_ids_to_tokens(list(prompt.decoder_prefix[1:]))] * len(ids)
        if len(prompt.decoder_prefix) > 1
        else None
    )
    return lambda: translator.translate_batch(
        source, prefix, beam_size=1, min_decoding_length=TOKENS, max_decoding_length=TOKENS
    )


def seconds(works: dict[str, Work], rounds: int) -> dict[str, float]:
    """Medians; all works take turns, so that what slows the machine slows them all."""
    for work in works.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            begun = time.perf_counter()
            work()
            taken[name].append(time.perf_counter() - begun)
    return {name: statistics.median(some) for name, some in taken.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("families", nargs="*", default=list(FAMILIES))
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    torch.set_num_threads(1)
    print(f"{'family':16}{'PyTorch/ours':>14}{'CT2/ours':>10}{'ours, s':>9}{'parity':>9}")
    for family in args.families or FAMILIES:
        with tempfile.TemporaryDirectory() as work:
            folder = make(family, Path(work) / "model", USUAL)
            made = pack(folder, Path(work) / "bundles", Order(family, Origin(family, "", "ours", 0), least_closeness=0))
            run, ids, prompt = ours(made.path)
            works = {"ours": run, "pytorch": pytorch(folder, ids, prompt, made.config.pad)}
            if other := ct2(folder, Path(work) / "ct2", ids, prompt):
                works["ct2"] = other
            took = seconds(works, args.rounds)
            ratio = f"{took['ct2'] / took['ours']:10.2f}" if "ct2" in took else f"{'-':>10}"
            parity = f"{made.parity.same}/{made.parity.sentences}"
            print(f"{family:16}{took['pytorch'] / took['ours']:14.1f}{ratio}{took['ours']:9.2f}{parity:>9}", flush=True)


if __name__ == "__main__":
    main()
