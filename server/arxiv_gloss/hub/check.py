"""Does a bundle say what its model says? Known sentences, said by PyTorch and by the bundle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from msgspec.structs import replace

from arxiv_gloss.engine.text2text.model import TextModel
from arxiv_gloss.engine.text_config import Prompt, TextConfig
from arxiv_gloss.hub.families import Model
from arxiv_gloss.hub.measures import bleu
from arxiv_gloss.hub.papers import paper_sentences
from arxiv_gloss.hub.quiet import quiet

_KNOWN = 20
"""Sentences that are compared."""
_LONGEST = 64
"""Tokens that are compared of each."""
UNDECIDED = 1e-3
"""Difference of two logits below which either may come first, depending on the order of a sum."""
TAGS = ("[{}]", "<{}>", "X{}", "#{}", "@{}", "({})", "N{}", "_{}_", "{}")
"""Ways to write a slot that are tried, the most conspicuous first."""
LEAST_KEPT = 0.6
"""Share of tags that must come back for a form to be of use."""


@dataclass(frozen=True)
class Parity:
    """Sentences that are the same, token for token."""

    same: int
    sentences: int


@dataclass(frozen=True)
class GreedyTokens:
    """One known sentence by the model itself: source ids of its own tokenizer, greedy tokens of PyTorch."""

    source: list[int]
    target: list[int]
    decided: bool = True
    """False where PyTorch itself hung between two tokens in the end: what comes after that is not compared."""

    def agrees(self, source: list[int], target: list[int]) -> bool:
        said = target if self.decided else target[: len(self.target)]
        return self.source == source and self.target == said


def greedy_by_torch(network: Any, model: Model) -> list[GreedyTokens]:
    """The known sentences in the model's first language. To be asked before the export, which leaves its marks."""
    prompt = next(iter(model.prompts.values()))
    made: list[GreedyTokens] = []
    with quiet():
        for text in paper_sentences()[:_KNOWN]:
            ids = [
                *prompt.encoder_prefix,
                *model.reference(text, add_special_tokens=False).input_ids,
                *prompt.encoder_suffix,
            ]
            made.append(_by_torch(network, ids, prompt, model))
    return made


def parity(expected: Sequence[GreedyTokens], ours: TextModel) -> Parity:
    """The same sentences by the exported graphs and our tokenizer."""
    texts = paper_sentences()[:_KNOWN]
    target, prompt = next(iter(ours.config.prompts.items()))
    greedy = dict(without_rules(ours, _LONGEST + len(prompt.decoder_prefix)).generate(texts, target))
    same = [one.agrees(ours.ids(texts[k], target), [*greedy[k].ids]) for k, one in enumerate(expected)]
    return Parity(sum(same), len(texts))


def without_rules(model: TextModel, most: int) -> TextModel:
    """The same model, greedy and without a rule of its own, so that two programs can be compared."""
    rules = replace(
        model.config.generation, beam=1, no_repeat_ngram_size=0, min_length=0, max_length=most, suppress_tokens=()
    )
    return model.with_config(replace(model.config, generation=rules))


@torch.no_grad()
def _by_torch(network: Any, ids: Sequence[int], prompt: Prompt, model: Model) -> GreedyTokens:
    """The most probable token, again and again, without a cache: the slow, obvious twin."""
    given: dict[str, Any] = {"input_ids": torch.tensor([list(ids)])}
    said = list(prompt.decoder_prefix)
    for _ in range(_LONGEST):
        made = network(**given, decoder_input_ids=torch.tensor([said]), use_cache=False)
        given = {"encoder_outputs": (made.encoder_last_hidden_state,)}
        best = made.logits[0, -1].topk(2)
        if float(best.values[0] - best.values[1]) < UNDECIDED:
            return GreedyTokens(list(ids), said[len(prompt.decoder_prefix) :], decided=False)
        token = int(best.indices[0])
        if token == model.generation.end:
            break
        said.append(token)
    return GreedyTokens(list(ids), said[len(prompt.decoder_prefix) :])


def closeness(exact: TextModel, packed: TextModel, config: TextConfig) -> float:
    """BLEU of what the packed bundle says, greedy, against fp32."""
    target = next(iter(config.prompts))
    texts = paper_sentences()[:_KNOWN]
    most = _LONGEST + len(config.prompts[target].decoder_prefix)
    pairs = [dict(without_rules(one, most).generate(texts, target)) for one in (exact, packed)]
    return bleu([(pairs[1][k].text, pairs[0][k].text) for k in range(len(texts))])


def choose_tag(model: TextModel, config: TextConfig) -> str:
    """The form of a slot that comes back most often, once for each slot; empty when none does."""
    if "translator" not in config.roles:
        return ""
    target = next(code for code in config.prompts if code != "en")
    best, most = "", LEAST_KEPT
    for form in TAGS:
        kept = _kept(model, target, form)
        if kept > most:
            best, most = form, kept
    return best


def _kept(model: TextModel, target: str, form: str) -> float:
    """Share of tagged sentences that come back with every tag once."""
    texts = [_tagged(text, form) for text in paper_sentences()[:_KNOWN]]
    said = dict(model.generate(texts, target))
    wanted = [form.format(1), form.format(2)]
    return sum(all(said[k].text.count(tag) == 1 for tag in wanted) for k in said) / len(texts)


def _tagged(text: str, form: str) -> str:
    """A sentence with two slots in it, in the middle and before its end."""
    words = text.split()
    words.insert(len(words) // 2, form.format(1))
    words.insert(-1, form.format(2))
    return " ".join(words)
