"""What the connected language model is worth on this machine, beside the shipped one: `python -m tests.benchmarks.llm`.

On the package's own papers: seconds to the shipped gloss and to the end, texts of the model that stand, numbers that
are kept, and chrF against our references. `--papers N` takes fewer.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from statistics import median

from msgspec.structs import replace

from arxiv_gloss.app import create_glosser
from arxiv_gloss.events import Done, Rewriting, Segment
from arxiv_gloss.hub.measures import chrf
from arxiv_gloss.hub.papers import KnownPaper, known_papers
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.settings import Settings, load


def measure(glosser: Glosser, papers: list[KnownPaper]) -> Iterator[str]:
    """Lines of figures over these papers."""
    firsts, ends, pairs = [], [], []
    rows = own = lost = 0
    for paper in papers:
        begun = time.perf_counter()
        segments: dict[int, Segment] = {}
        shipped = None
        for event in glosser.gloss(GlossQuery(None, paper.title, paper.abstract, "zh")):
            if isinstance(event, Segment):
                segments[event.index] = event
            if isinstance(event, Rewriting | Done) and shipped is None:
                shipped = time.perf_counter() - begun
            if isinstance(event, Done) and event.notices:
                yield f"  {event.notices}"
        firsts.append(shipped or 0.0)
        ends.append(time.perf_counter() - begun)
        rows += len(segments)
        own += sum(one.origin != glosser.engine.info.name for one in segments.values())
        lost += sum(flag.code.startswith("number_") for one in segments.values() for flag in one.flags)
        if len(segments) == len(paper.zh):
            pairs += [(segments[k].text, zh) for k, zh in enumerate(paper.zh)]
    yield f"  seconds to the whole shipped gloss, median  {median(firsts):.2f}"
    yield f"  seconds to the end, median                  {median(ends):.2f}"
    yield f"  sentences of the connected model            {own} of {rows}"
    yield f"  numbers that do not add up                  {lost}"
    yield f"  chrF against our references                 {chrf(pairs):.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=30)
    papers = known_papers()[: parser.parse_args().papers]
    settings: Settings = replace(load(), cache=False)
    print("The shipped model alone:")
    for line in measure(create_glosser(settings, "zh"), papers):
        print(line)
    if settings.llm is None:
        raise SystemExit("No language model is connected: arxiv-gloss models connect")
    print(f"With {settings.llm.model}:")
    for line in measure(create_glosser(settings, "zh", "gloss"), papers):
        print(line)


if __name__ == "__main__":
    main()
