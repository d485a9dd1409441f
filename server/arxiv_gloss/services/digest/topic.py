"""What a digest is about, and why a paper belongs to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from arxiv_gloss.papers.listings import ListEntry


@dataclass(frozen=True, slots=True)
class Topic:
    """Without keywords, authors and likeness every paper of the list belongs to it."""

    name: str
    keywords: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    like: Mapping[str, str] | None = None
    """By key, titles of saved papers that papers of the list are like; None where that does not matter."""

    def why(self, paper: ListEntry) -> list[str]:
        """What of the topic the paper matches; empty when it does not belong."""
        text = f"{paper.title}\n{paper.abstract or ''}"
        names = [name.casefold() for name in paper.authors]
        matched = [word for word in self.keywords if _word(word).search(text)]
        matched += [author for author in self.authors if any(author.casefold() in name for name in names)]
        matched += [f"“{self.like[paper.key]}”"] if self.like and paper.key in self.like else []
        if self.keywords or self.authors or self.like is not None:
            return matched
        return list(paper.subjects[:1]) or [self.name]


def _word(keyword: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(keyword)}(?:s|es)?(?!\w)", re.IGNORECASE)
