"""Choose, then condense: summary, takeaways and gist from rows that each saw one sentence, which is their evidence.

A condensation that its sentence does not carry gives way to that sentence's whole translation, where this is sound;
otherwise it is withheld, and the summary goes without it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from arxiv_gloss.engine.protocol import Row, RowRequest
from arxiv_gloss.events import Event, Flag, Gist, Part, Summary, SummarySentence, Takeaway
from arxiv_gloss.services.gloss import selection
from arxiv_gloss.services.gloss.doubt import DOUBTS, Doubt
from arxiv_gloss.services.gloss.paper import Paper
from arxiv_gloss.services.gloss.rendering import Rendered, render_condensation
from arxiv_gloss.services.gloss.section import GlossSection
from arxiv_gloss.services.gloss.support import Support, support
from arxiv_gloss.services.gloss.translation import translation_request
from arxiv_gloss.text.terms.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Condensation:
    """One sentence, condensed and checked against itself."""

    rendered: Rendered
    support: Support
    flags: tuple[Flag, ...]
    """Those of the text, and what is to be said of its confidence."""

    def better_than(self, other: Condensation) -> bool:
        if self.support.withheld != other.support.withheld:
            return bool(self.rendered.text) and other.support.withheld
        return self.rendered.better_than(other.rendered)


class Condensations(GlossSection):
    """Collects condensations of some sentences for another section; emits no events."""

    def __init__(self, paper: Paper, wanted: Iterable[int], lexicon: Lexicon, doubt: Doubt | None = None) -> None:
        self.requests = [RowRequest("gist", k) for k in sorted(wanted)]
        self.made: dict[int, Condensation] = {}
        self._retried: set[int] = set()
        self._paper = paper
        self._lexicon = lexicon
        self._doubt = doubt

    def on_row(self, request: RowRequest, row: Row) -> Iterator[Event]:
        self.keep(request, row)
        return iter(())

    def keep(self, request: RowRequest, row: Row) -> bool:
        """Whether the row is the first of its sentence, or better than what there was."""
        k = request.segment
        assert k is not None
        rendered, held = self._rendered(k, row)
        made = self._with_confidence(rendered, held, row, request)
        earlier = self.made.get(k)
        if earlier and not made.better_than(earlier):
            return False
        self.made[k] = made
        return True

    def accept(self, request: RowRequest, row: Row) -> bool:
        """Whether another model's row takes the place of what there was: one that its sentence carries."""
        k = request.segment
        assert k is not None
        rendered, held = self._rendered(k, row)
        if held.withheld or not rendered.stands_beside(self.made[k].rendered):
            return False
        self.made[k] = Condensation(rendered, held, rendered.flags)
        return True

    def _rendered(self, k: int, row: Row) -> tuple[Rendered, Support]:
        source, marked = self._paper.segments[k].source, self._paper.source.segments[k]
        rendered = render_condensation(row, [source], marked, self._paper.surfaces, self._paper.language)
        return rendered, support(rendered, [source], row, self._lexicon)

    def _with_confidence(self, rendered: Rendered, held: Support, row: Row, request: RowRequest) -> Condensation:
        """What is unsure is held back."""
        if not self._doubt:
            return Condensation(rendered, held, rendered.flags)
        assert request.segment is not None
        judge = self._doubt.of_translation if request.task == "translate" else self._doubt.of_condensation
        confidence = judge(row, rendered, self._paper.segments[request.segment].source)
        held = replace(held, withheld=held.withheld or self._doubt.is_unsure(confidence))
        flags = (*rendered.flags, *self._doubt.flags(confidence))
        return Condensation(replace(rendered, confidence=confidence), held, flags)

    def retries(self) -> Sequence[RowRequest]:
        """The whole translation of each sentence whose condensation is doubtful, once."""
        doubtful = {k for k, made in self.made.items() if made.rendered.flags or made.support.withheld} - self._retried
        self._retried |= doubtful
        return [translation_request(self._paper, k) for k in sorted(doubtful)]


class CondensationSection(GlossSection):
    """Summary, takeaways and gist by a bundle whose encoder says which sentences matter."""

    def __init__(
        self,
        paper: Paper,
        parts: Collection[Part],
        salience: selection.Salience,
        lexicon: Lexicon,
        doubt: Doubt | None = None,
    ) -> None:
        self._takeaways = selection.takeaways(salience) if "takeaways" in parts else []
        self._summary = selection.summary(salience) if "summary" in parts else []
        self._gist = selection.gist(salience) if "gist" in parts else None
        wanted = {pick.segment for pick in self._takeaways} | set(self._summary)
        if self._gist is not None:
            wanted.add(self._gist)
        self._gists = Condensations(paper, wanted, lexicon, doubt)
        self._made = self._gists.made
        self.requests = self._gists.requests
        self._sent: dict[str, selection.Pick] = {}
        """The takeaways sent so far, by the text that they had at first, in order."""

    def on_row(self, request: RowRequest, row: Row) -> Iterator[Event]:
        k = request.segment
        assert k is not None
        is_first = k not in self._made
        if self._gists.keep(request, row):
            yield from self._events(k, is_first)

    def offers(self) -> Sequence[RowRequest]:
        return [request for request in self.requests if request.segment in self._made]

    def on_offer(self, request: RowRequest, row: Row) -> Iterator[Event]:
        if self._gists.accept(request, row):
            assert request.segment is not None
            yield from self._events(request.segment, is_first=False)

    def _events(self, k: int, is_first: bool) -> Iterator[Event]:
        """All texts that sentence `k` is told in."""
        made = self._made[k]
        if k == self._gist:
            yield Gist(made.rendered.text, [k], list(made.flags), made.rendered.confidence, made.rendered.origin)
        if k in self._summary and all(one in self._made for one in self._summary):
            sound = [one for one in self._summary if not self._made[one].support.withheld]
            yield Summary([self._sentence(one) for one in sound or self._not_unsure()])
        if is_first:
            yield from self._takeaways_in_order()
        else:
            yield from self._takeaways_again(k)

    def retries(self) -> Sequence[RowRequest]:
        return self._gists.retries()

    def _not_unsure(self) -> list[int]:
        """What is short of support alone is better than no summary at all."""
        return [k for k in self._summary if not any(flag.code in DOUBTS for flag in self._made[k].flags)]

    def _sentence(self, k: int) -> SummarySentence:
        made = self._made[k]
        text, flags = made.rendered, list(made.flags)
        return SummarySentence(text.text, [k], made.support.score, flags, text.confidence, text.origin)

    def _takeaways_in_order(self) -> Iterator[Event]:
        """In source order, whatever order the rows finish in: an equal text is said once, always by the same row."""
        while self._takeaways and self._takeaways[0].segment in self._made:
            pick = self._takeaways.pop(0)
            text = self._made[pick.segment].rendered.text
            if text and text not in self._sent:
                self._sent[text] = pick
                yield self._takeaway(len(self._sent) - 1, pick)

    def _takeaways_again(self, k: int) -> Iterator[Event]:
        for index, pick in enumerate(self._sent.values()):
            if pick.segment == k:
                yield self._takeaway(index, pick)

    def _takeaway(self, index: int, pick: selection.Pick) -> Takeaway:
        made = self._made[pick.segment]
        return Takeaway(
            index,
            made.rendered.text,
            [pick.segment],
            made.support.score,
            pick.label,
            list(made.flags),
            made.support.withheld,
            made.rendered.confidence,
            made.rendered.origin,
        )
