"""Tiny models of the real architectures, with random weights and real tokenizers trained on our own sentences.

python -m tests.hub.tiny_models OUT [FAMILY …]     needs the extra [export] and sentencepiece
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sentencepiece
import torch
import transformers as tf
from tokenizers import ByteLevelBPETokenizer

from arxiv_gloss.hub.languages import LANGUAGES
from arxiv_gloss.hub.papers import known_papers
from arxiv_gloss.hub.quiet import quiet

Sizes = dict[str, Any]
TINY: Sizes = {
    "d_model": 32,
    "encoder_layers": 2,
    "decoder_layers": 2,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 64,
    "decoder_ffn_dim": 64,
    "max_position_embeddings": 128,
    "init_std": 0.5,
}
"""`init_std` is large, so that the most probable token is clearly so: with random weights all are much alike."""


def texts() -> list[str]:
    """What tokenizers learn from: the known papers in English and Chinese."""
    return [text for paper in known_papers() for text in (paper.title, *paper.sentences, *paper.zh)]


def sentencepiece_model(out: Path, kind: str, size: int, **special: Any) -> sentencepiece.SentencePieceProcessor:
    buffer = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts()),
        model_writer=buffer,
        model_type=kind,
        vocab_size=size,
        hard_vocab_limit=False,
        minloglevel=2,
        **special,
    )
    out.write_bytes(buffer.getvalue())
    return sentencepiece.SentencePieceProcessor(model_file=str(out))


def pieces(model: sentencepiece.SentencePieceProcessor) -> list[str]:
    return [model.id_to_piece(n) for n in range(len(model)) if not model.is_control(n) and not model.is_unknown(n)]


def marian(out: Path, sizes: Sizes, tags: tuple[str, ...] = ()) -> None:
    """OPUS-MT: two unigram models over one vocabulary; `tags` make it a model of several targets."""
    source = sentencepiece_model(out / "source.spm", "unigram", 900)
    target = sentencepiece_model(out / "target.spm", "unigram", 800)
    words = list(dict.fromkeys(["</s>", "<unk>", *pieces(source), *pieces(target), *tags, "<pad>"]))
    (out / "vocab.json").write_text(json.dumps({word: n for n, word in enumerate(words)}), encoding="utf-8")
    tokenizer = tf.MarianTokenizer(
        str(out / "source.spm"), str(out / "target.spm"), str(out / "vocab.json"), source_lang="eng", target_lang="zho",
        model_max_length=128,
    )  # fmt: skip
    tokenizer.save_pretrained(out)
    pad = len(words) - 1
    config = tf.MarianConfig(
        vocab_size=len(words), pad_token_id=pad, eos_token_id=0, decoder_start_token_id=pad, bad_words_ids=[[pad]],
        forced_eos_token_id=0, scale_embedding=True, num_beams=2, **sizes,
    )  # fmt: skip
    save(tf.MarianMTModel(config), out)


def m2m100(out: Path, sizes: Sizes) -> None:
    model = sentencepiece_model(out / "sentencepiece.bpe.model", "bpe", 1000)
    words = ["<s>", "<pad>", "</s>", "<unk>", *pieces(model)]
    (out / "vocab.json").write_text(json.dumps({word: n for n, word in enumerate(words)}), encoding="utf-8")
    tokenizer = tf.M2M100Tokenizer(
        str(out / "vocab.json"),
        str(out / "sentencepiece.bpe.model"),
        src_lang="en",
        tgt_lang="zh",
        model_max_length=128,
    )
    tokenizer.save_pretrained(out)
    config = tf.M2M100Config(vocab_size=max(tokenizer.lang_code_to_id.values()) + 9, decoder_start_token_id=2, **sizes)
    save(tf.M2M100ForConditionalGeneration(config), out)


def nllb(out: Path, sizes: Sizes) -> None:
    sentencepiece_model(out / "sentencepiece.bpe.model", "bpe", 1000)
    tokenizer = tf.NllbTokenizerFast(
        vocab_file=str(out / "sentencepiece.bpe.model"), src_lang="eng_Latn", tgt_lang="zho_Hans", model_max_length=128
    )
    tokenizer.save_pretrained(out)
    config = tf.M2M100Config(vocab_size=len(tokenizer), decoder_start_token_id=2, **sizes)
    save(tf.M2M100ForConditionalGeneration(config), out)


def mbart50(out: Path, sizes: Sizes) -> None:
    sentencepiece_model(out / "sentencepiece.bpe.model", "unigram", 900)
    tokenizer = tf.MBart50TokenizerFast(
        vocab_file=str(out / "sentencepiece.bpe.model"), src_lang="en_XX", tgt_lang="zh_CN", model_max_length=128
    )
    tokenizer.save_pretrained(out)
    config = tf.MBartConfig(vocab_size=len(tokenizer), decoder_start_token_id=2, scale_embedding=True, **sizes)
    save(tf.MBartForConditionalGeneration(config), out)


def bart(out: Path, sizes: Sizes) -> None:
    learned = ByteLevelBPETokenizer()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    learned.train_from_iterator(texts(), vocab_size=600, special_tokens=special, show_progress=False)
    learned.save_model(str(out))
    tokenizer = tf.BartTokenizerFast(str(out / "vocab.json"), str(out / "merges.txt"), model_max_length=128)
    tokenizer.save_pretrained(out)
    config = tf.BartConfig(vocab_size=len(tokenizer), num_beams=2, min_length=8, no_repeat_ngram_size=3, **sizes)
    save(tf.BartForConditionalGeneration(config), out)


def pegasus(out: Path, sizes: Sizes) -> None:
    special = {"unk_id": 2, "eos_id": 1, "pad_id": 0, "bos_id": -1, "user_defined_symbols": ["<mask_1>", "<mask_2>"]}
    sentencepiece_model(out / "spiece.model", "unigram", 900, **special)
    tokenizer = tf.PegasusTokenizerFast(vocab_file=str(out / "spiece.model"), offset=4, model_max_length=128)
    tokenizer.save_pretrained(out)
    config = tf.PegasusConfig(vocab_size=max(tokenizer.get_vocab().values()) + 1, scale_embedding=True, **sizes)
    save(tf.PegasusForConditionalGeneration(config), out)


def t5(out: Path, sizes: Sizes, flan: bool = False, kind: str = "t5") -> None:
    sentencepiece_model(
        out / "spiece.model", "unigram", 900, pad_id=0, eos_id=1, unk_id=2, bos_id=-1, pad_piece="<pad>"
    )
    tokenizer = tf.T5TokenizerFast(vocab_file=str(out / "spiece.model"), extra_ids=4, model_max_length=128)
    tokenizer.save_pretrained(out)
    asked = {
        "summarization": {"prefix": "summarize: "},
        "translation_en_to_de": {"prefix": "translate English to German: "},
        "translation_en_to_fr": {"prefix": "translate English to French: "},
    }
    shape = {
        "vocab_size": len(tokenizer),
        "d_model": sizes["d_model"],
        "d_kv": sizes["d_model"] // sizes["encoder_attention_heads"],
        "d_ff": sizes["encoder_ffn_dim"],
        "num_layers": sizes["encoder_layers"],
        "num_heads": sizes["encoder_attention_heads"],
        "decoder_start_token_id": 0,
        "initializer_factor": 10 * sizes["init_std"],
    }
    if kind == "mt5":
        model: Any = tf.MT5ForConditionalGeneration(tf.MT5Config(**shape))
    else:
        config = tf.T5Config(task_specific_params=None if flan else asked, **shape)
        model = tf.T5ForConditionalGeneration(config)
    save(model, out)
    if flan:
        config = json.loads((out / "config.json").read_text(encoding="utf-8"))
        (out / "config.json").write_text(json.dumps({**config, "_name_or_path": "google/flan-t5"}), encoding="utf-8")


def save(model: Any, out: Path) -> None:
    model.eval().save_pretrained(out, safe_serialization=True)


FAMILIES: dict[str, Callable[[Path, Sizes], None]] = {
    "opus-mt-en-zh": marian,
    "opus-mt-en-mul": lambda out, sizes: marian(out, sizes, (">>deu<<", ">>fra<<", ">>cmn_Hans<<")),
    "m2m100": m2m100,
    "nllb": nllb,
    "mbart-50": mbart50,
    "bart": bart,
    "pegasus": pegasus,
    "t5": t5,
    "flan-t5": lambda out, sizes: t5(out, sizes, flan=True),
    "mt5": lambda out, sizes: t5(out, sizes, kind="mt5"),
}
assert set(LANGUAGES) >= {"de", "fr", "zh"}


def make(family: str, out: Path, sizes: Sizes | None = None) -> Path:
    """The folder of a model, as a hub would have it; tiny, unless other `sizes` are given."""
    torch.manual_seed(7)
    out.mkdir(parents=True, exist_ok=True)
    with quiet():
        FAMILIES[family](out, sizes or TINY)
    return out


if __name__ == "__main__":
    for one in sys.argv[2:] or FAMILIES:
        print(make(one, Path(sys.argv[1]) / one))
