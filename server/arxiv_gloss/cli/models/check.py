"""`arxiv-gloss models check`"""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from arxiv_gloss.hub.papers import KnownPaper
    from arxiv_gloss.services.gloss.result import GlossResult
    from arxiv_gloss.settings import Settings


@click.command()
@click.argument("name", required=False)
@click.option("--to", "target", help="Target language (default: zh where it speaks it, else its first).")
@click.option("--papers", "count", type=click.IntRange(1, 30), default=30, show_default=True)
def check(name: str | None, target: str | None, count: int) -> None:
    """Measure the bundle NAME on this machine: seconds per abstract, and what its texts on known papers are worth.

    The thirty papers and their Chinese references are ours; for other languages there is no chrF.
    """
    from msgspec.structs import replace
    from rich.progress import track

    from arxiv_gloss.app import create_glosser
    from arxiv_gloss.hub.papers import known_papers
    from arxiv_gloss.services.gloss.query import GlossQuery
    from arxiv_gloss.settings import load

    settings = replace(load(), cache=False)
    name, role, target = _wanted(settings, name, target)
    chosen = {"glosser": {"bundle": name}, "translator": {"translator": name}, "summarizer": {"summarizer": name}}
    glosser = create_glosser(replace(settings, **chosen[role]), target)
    figures = Figures(role, target)
    for paper in track(known_papers()[:count], description=f"{name}, {role} into {target}", transient=True):
        figures.add(paper, glosser.collect(GlossQuery(None, paper.title, paper.abstract, target)))
    click.echo("\n".join([f"{name}, {role} into {target}, {count} papers:", *figures.lines()]))


def _wanted(settings: Settings, name: str | None, target: str | None) -> tuple[str, str, str]:
    """The bundle, what it is asked to do, and the language."""
    from arxiv_gloss.errors import BundleError, UnknownTarget
    from arxiv_gloss.registry.bundles import default_glosser, installed

    found = installed(settings)
    name = name or default_glosser(settings)
    if name not in found:
        raise BundleError(f"There is no bundle {name!r}; installed are: {', '.join(found) or 'none'}.")
    role, targets = found[name].roles[0], found[name].targets
    if target is not None and target not in targets:
        raise UnknownTarget(f"{name} does not speak {target!r}; it speaks {', '.join(targets)}.")
    return name, role, target or ("zh" if "zh" in targets else targets[0])


@dataclass
class Figures:
    """Sums over the papers."""

    role: str
    target: str
    seconds: list[float] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    numbers: int = 0
    lost_numbers: int = 0
    slots: int = 0
    lost_slots: int = 0
    sentences: int = 0
    supported: int = 0

    def add(self, paper: KnownPaper, gloss: GlossResult) -> None:
        from arxiv_gloss.text.slots import mark

        self.seconds.append(gloss.seconds)
        for segment in gloss.segments:
            lost = " ".join(flag.params["text"] for flag in segment.flags if flag.code.endswith("_missing"))
            for surface in mark("", [segment.source]).surfaces:
                is_number, is_lost = surface.kind == "number", surface.text in lost
                self.slots += 1
                self.lost_slots += is_lost
                self.numbers += is_number
                self.lost_numbers += is_number and is_lost
        if len(gloss.segments) == len(paper.zh):
            self.pairs += [(one.text, zh) for one, zh in zip(gloss.segments, paper.zh, strict=True)]
        said = gloss.summary.sentences if gloss.summary else []
        self.sentences += len(said)
        self.supported += sum(bool(one.evidence) for one in said)

    def lines(self) -> list[str]:
        from arxiv_gloss.hub.measures import chrf

        out = [f"  seconds per abstract, median   {median(self.seconds):.2f}"]
        if self.role != "summarizer":
            out += [
                f"  numbers kept                   {_share(self.numbers - self.lost_numbers, self.numbers)}",
                f"  slots kept                     {_share(self.slots - self.lost_slots, self.slots)}",
            ]
        if self.role != "summarizer" and self.target == "zh":
            out.append(f"  chrF against our references    {chrf(self.pairs):.1f}")
        out.append(f"  summary sentences with support {_share(self.supported, self.sentences)}")
        return out


def _share(part: int, whole: int) -> str:
    return f"{100 * part / max(1, whole):.1f} %"
