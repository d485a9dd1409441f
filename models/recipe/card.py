"""The bundle's card: what it is, what it was made from, how good it is.

    python -m models.recipe.evaluate --corpus DIR --bundle BUNDLE --markdown measured.md --samples BUNDLE/SAMPLES.md
    python -m models.recipe.card --bundle BUNDLE --measured measured.md --tokens 28e6 --hours 3

The card is not among the files that the config's digests cover: it may be corrected without making another bundle.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from arxiv_gloss.engine.bundle import Bundle, Config, open_bundle

TEXT = """# {name}

Glosses English abstracts in Chinese: the title, every sentence, and condensations (gists) of the sentences that matter.
An encoder-decoder of BART's shape: {encoder_layers} encoder and {decoder_layers} decoder layers, width {d_model};
{size:.0f} MB as {precision}.
Packed by `models/recipe/pack.py`, measured by `evaluate.py`, this card written by `card.py` on {day};
text rules version {rules}.

## How it decodes

A beam of {beam} lines, the best by mean log probability; a line whose log probability falls {prune:g} behind the best
one's is dropped. No run of {no_repeat} pieces is said twice, and no word right after itself; a row has at most
{length_constant} + {length_factor:g} × its source's tokens, never more than {length_limit}. A row may say only the
slots (formulas, addresses, numbers, names) that its own source has, and spell only Latin words of that source. All this
stands in `config.json`. A title or translation says every number, formula, address and known term of its source,
unless that costs too much of its probability: then one is left out, and marked; no row has more sentences than its
source. A translation that lost an acronym is decoded once more. Dates, large numbers and number words are slots too,
which say them as Chinese does: 2024年2月, 21亿, 两; and so are the terms of the term base, as papers of the field write
them.

Summary and takeaways are made of condensations of one sentence each; one that its sentence does not carry is withheld.

## Training

{tokens:.1f} million source and target tokens, {hours:g} hours on two CPU cores, from the encoder of all-MiniLM-L6-v2
and a counted lexicon (models/README.md). The salience head is a logistic regression on the encoder's states.{forward}
The last tokens are of all fields, with terms as slots, a vocabulary that was grown to 11,000 pieces, and the abstracts,
sentences, summaries and takeaways of `models/data`.

## Measured on dev

Papers that were kept out of training, as readers get them: terms, second tries, checks and all. `must` and `aim` are
what we want of a release.

{measured}

BLEU is sacrebleu's with the tokenizer `zh`, ROUGE-L counts characters. A number counts as found when the ledger finds
its value in the translation, in whatever form.

## What it is not for

It is small. It mistranslates rare words that are no known term, outside computer science above all; it drops clauses
of long sentences and inverts a negation now and then. Read the original for serious work.

## Data and licences

The weights are released under AGPL-3.0-or-later. They were trained on:

| source | what | licence |
|---|---|---|
| [all-MiniLM-L6-v2](https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2) | the encoder's first weights and \
its WordPiece vocabulary | Apache-2.0 |
| arXiv metadata | English titles and abstracts | CC0 |
| xmkxabc/InsightArxiv and daily-arXiv-ai-enhanced | translations, summaries, structured summaries | Apache-2.0 |
| forks of ziwenhahaha/daily-paper-reader | translations, summaries | MIT |
| dw-dengwei and peiyade/daily-arXiv-ai-enhanced | structured summaries | Apache-2.0 (modified) |
| 2404589803/hf-daily-paper-newsletter-chinese | translations | Apache-2.0 |
| Kedreamix (Talk2Paper) | summaries, takeaways | CC BY 4.0 |
| forks of dw-dengwei/daily-arXiv-ai-enhanced for other fields (Alice-Shimada, shanxue-w, UynajGI, LuWei93, \
table9, yp51md, zarxive, SunHaoRanCN, hlidmhkust, Pvtwen, nampope, bguanmath, LeeMath-lzu and others) | \
structured summaries | Apache-2.0, some modified |
| yukari502/Daily-Bio-Arxiv | structured summaries | GPL-3.0 |
| `models/data` | abstracts, sentences, summaries, terms of all fields, written for this project | AGPL-3.0-or-later |
| tensorflow/docs-l10n, mindspore-ai/docs | sentence pairs | CC BY 4.0, Apache-2.0 |
| PaddlePaddle/Quantum | sentence pairs | Apache-2.0 |
| d2l-ai/d2l-zh | sentence pairs, terms | Apache-2.0 |
| huggingface/course | sentence pairs | Apache-2.0 |
| python/python-docs-zh-cn | sentence pairs | CC0, source PSF-2.0 |

Chinese texts of the paper sources were themselves written by large language models.
"""


FORWARD = """ In the end
the model also learnt from its own translations of {papers:,} papers that had none (`models/recipe/forward.py`)."""


def card(bundle: Bundle, measured: str, tokens: float, hours: float, forward: int) -> str:
    """The card's text; `forward` is the number of papers that the model translated for itself."""
    config = bundle.config
    assert isinstance(config, Config), "a card is written for a glosser"
    size = sum((bundle.path / file).stat().st_size for file in config.files) / 1e6
    shape, decoding = config.shape, config.decoding
    return TEXT.format(
        name=bundle.name,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        d_model=shape.d_model,
        size=size,
        precision=config.precision,
        day=date.today().isoformat(),
        rules=config.rules,
        beam=decoding.beam,
        prune=decoding.prune,
        no_repeat=decoding.no_repeat_ngram_size,
        length_constant=decoding.length_constant,
        length_factor=decoding.length_factor,
        length_limit=decoding.length_limit,
        tokens=tokens / 1e6,
        hours=hours,
        forward=FORWARD.format(papers=forward) if forward else "",
        measured=measured.strip(),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bundle", type=Path, required=True)
    parser.add_argument("--measured", type=Path, required=True, help="the table that evaluate wrote")
    parser.add_argument("--tokens", type=float, required=True, help="source and target tokens seen")
    parser.add_argument("--hours", type=float, required=True)
    parser.add_argument("--forward", type=int, default=0, help="papers of forward.jsonl that were learnt from")
    args = parser.parse_args()
    bundle = open_bundle(args.bundle)
    text = card(bundle, args.measured.read_text(encoding="utf-8"), args.tokens, args.hours, args.forward)
    (args.bundle / "CARD.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
