"""Texts of the reader's own language model in the place of the shipped model's, where the checks find no fault.

The model is asked for one sentence at a time, so that a text can only come from its own sentence, and not at all for
one that gives orders; what it lost is asked for once more, by name. A text that says what its sentence does not say is
never shown, nor is one that says less: then the shipped model's stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from arxiv_gloss.engine.llm.checks import Answer, problem_of
from arxiv_gloss.engine.llm.orders import speaks_to_a_model
from arxiv_gloss.engine.llm.prompts import PaperContext, SentencePrompt, Task
from arxiv_gloss.engine.protocol import Row, RowRequest
from arxiv_gloss.errors import EndpointError
from arxiv_gloss.events import Event, Flag, ModelUse
from arxiv_gloss.registry.llm import OwnModel
from arxiv_gloss.services.gloss.paper import Paper
from arxiv_gloss.services.gloss.rendering import MISSING, Rendered, render_condensation, render_translation
from arxiv_gloss.services.gloss.section import GlossSection
from arxiv_gloss.services.gloss.support import SAYS_MORE
from arxiv_gloss.services.gloss.tags import Tagged, tagged, with_markers
from arxiv_gloss.settings import LlmRole
from arxiv_gloss.storage.row_cache import RowCache
from arxiv_gloss.text.confidence import ScoredText, translation_features
from arxiv_gloss.text.slots import FindTerms
from arxiv_gloss.text.terms.lexicon import Lexicon

if TYPE_CHECKING:
    from arxiv_gloss.engine.llm.model import ConnectedModel

TASKS: dict[str, tuple[Task, LlmRole]] = {
    "title": ("title", "translator"),
    "translate": ("translate", "translator"),
    "gist": ("gist", "summarizer"),
}
"""Rows that a model of one's own may write: what it is asked, and the role that this belongs to."""
MOST_UNEXPLAINED = 0.65
"""Share of a text's characters that no word of its sentence accounts for. Of our translations of 90 known sentences,
one has more."""
MOST_STRANGE = 1.3
"""The same, and the share of the sentence's words that nothing in the text accounts for, and how much too short it is,
as a sum. Of those 90 translations 93 % have less."""
STOPPED = "llm_stopped"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer, and what is to be said of it."""

    row: Row
    rendered: Rendered
    missing: tuple[str, ...]
    """What a second answer should have."""
    sound: bool
    """Whether it may be shown."""


class OwnTexts:
    """The texts of one paper by the reader's own model."""

    def __init__(
        self,
        paper: Paper,
        own: OwnModel,
        cache: RowCache,
        lexicon: Lexicon,
        terms: FindTerms,
        cancelled: Callable[[], bool],
    ) -> None:
        """`terms` finds what the term base knows. Without a lexicon, a text's words are not held against its source."""
        self._paper = paper
        self._own = own
        self._cache = cache
        self._lexicon = lexicon
        self._terms = terms
        self._cancelled = cancelled
        self._connected: ConnectedModel | None = None
        self._stands: set[LlmRole] = set()
        self.notices: list[Flag] = []
        self.cached = True
        """Whether all answers so far came from the cache."""
        renderings = {one.text: one.rendering for one in paper.surfaces if one.kind == "term"}
        title = "" if speaks_to_a_model(paper.query.title) else paper.query.title
        self._context = PaperContext(title, tuple(renderings.items()))

    @property
    def name(self) -> str:
        return self._connected.identity.name if self._connected else self._own.chat.name

    def wanted(self, sections: Sequence[GlossSection]) -> list[tuple[GlossSection, RowRequest]]:
        """The rows that it may write."""
        return [
            (section, request)
            for section in sections
            for request in section.offers()
            if request.task in TASKS and TASKS[request.task][1] in self._own.roles
            if not speaks_to_a_model(self._source(request))
        ]

    def events(self, wanted: Sequence[tuple[GlossSection, RowRequest]]) -> Iterator[Event]:
        """The texts that take a place, as they come. A server that fails is asked no more, which is a notice.

        Raises Cancelled."""
        left = len(wanted)
        try:
            self._connected = self._own.chat.connect()
            for section, request in wanted:
                row = self._row(request)
                left -= 1
                for event in section.on_offer(request, row) if row else ():
                    self._stands.add(TASKS[request.task][1])
                    yield event
        except EndpointError as problem:
            reason = {"model": self.name, "reason": problem.reason or "refused", "rows": str(left)}
            self.notices.append(Flag(STOPPED, reason))

    def models(self) -> list[ModelUse]:
        """The model in each role of which a text stands."""
        if self._connected is None:
            return []
        one = self._connected.identity
        return [ModelUse(role, one.name, one.digest, one.precision, one.backend) for role in sorted(self._stands)]

    def sent_to(self) -> list[str]:
        """The other machine that sentences were sent to, if there is one."""
        found = self._connected.identity.sent_to if self._connected else ""
        return [found] if found else []

    def _row(self, request: RowRequest) -> Row | None:
        """The row, if one can be shown; what a first answer lost is asked for once more."""
        marked = self._marked(request)
        sent = tagged(marked, self._paper.surfaces)
        prompt = SentencePrompt(TASKS[request.task][0], sent.text, self._paper.language, self._context)
        first = self._attempt(request, prompt, sent)
        if first.sound and not first.missing:
            return first.row
        second = self._attempt(request, replace(prompt, missing=first.missing), sent) if first.missing else first
        better = second if second.sound and len(second.rendered.flags) <= len(first.rendered.flags) else first
        return better.row if better.sound else None

    def _marked(self, request: RowRequest) -> str:
        source = self._paper.source
        return source.title if request.segment is None else source.segments[request.segment]

    def _source(self, request: RowRequest) -> str:
        """The same as its author wrote it."""
        return self._paper.query.title if request.segment is None else self._paper.segments[request.segment].source

    def _attempt(self, request: RowRequest, prompt: SentencePrompt, sent: Tagged) -> Attempt:
        answer = self._answer(prompt)
        marked, wrong_tags = with_markers(answer.text, sent)
        count = len(self._paper.source.segments)
        support = tuple(float(k == request.segment) for k in range(count))
        row = Row(marked, (), 0.0, support, complete=True, origin=self.name)
        source, rendered = self._rendered(request, row)
        lost = self._lost_terms(request, rendered.text)
        missing = [flag.params["text"] for flag in rendered.flags if flag.code in MISSING]
        says_more = any(flag.code in SAYS_MORE for flag in rendered.flags)
        sound = not (answer.problem or wrong_tags or lost or says_more) and self._plausible(request, source, rendered)
        return Attempt(row, rendered, tuple(dict.fromkeys([*wrong_tags, *missing, *lost])), sound)

    def _answer(self, prompt: SentencePrompt) -> Answer:
        """From the cache, or asked for and then kept: a question has one answer as long as the model is the same."""
        assert self._connected is not None
        key = self._connected.key(prompt)
        if known := self._cache.rows([key]):
            return Answer(known[key].text, problem_of(known[key].text, prompt))
        self.cached = False
        answer = self._connected.ask(prompt, self._cancelled)
        if answer.problem not in {"unfinished", "no_answer"}:
            self._cache.keep_row(key, Row(answer.text, (), 0.0, (), complete=True, origin=self.name))
        return answer

    def _rendered(self, request: RowRequest, row: Row) -> tuple[str, Rendered]:
        paper, marked, k = self._paper, self._marked(request), request.segment
        source = self._source(request)
        if request.task == "gist":
            return source, render_condensation(row, [source], marked, paper.surfaces, paper.language)
        return source, render_translation(row, source, marked, paper.surfaces, paper.language, k is None)

    def _lost_terms(self, request: RowRequest, text: str) -> list[str]:
        """Terms of a translation's source that are rendered otherwise."""
        if request.task == "gist":
            return []
        found = self._paper.surfaces_in(self._marked(request))
        return [f"{one.rendering} ({one.text})" for one in found if one.kind == "term" and one.rendering not in text]

    def _plausible(self, request: RowRequest, source: str, rendered: Rendered) -> bool:
        """Whether the words of both sides can belong together, as far as the lexicon knows them."""
        if not self._lexicon:
            return True
        measured = translation_features(
            ScoredText(source, rendered.text, 0.0, (), self._terms(source), 0), self._lexicon
        )
        if measured["unexplained"] > MOST_UNEXPLAINED or measured["repeated"]:
            return False
        strange = measured["unexplained"] + measured["unaccounted"] + measured["short"]
        return request.task == "gist" or strange <= MOST_STRANGE
