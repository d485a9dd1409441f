"""The reader's glossary, a TSV that the server, the command line and an editor may all change, and the shipped one."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from arxiv_gloss.errors import BadRequest, NotFound, StateError
from arxiv_gloss.private_files import changing, write_private
from arxiv_gloss.text.terms.glossary import KEEP, Glossary, Term, read_terms, write_terms
from arxiv_gloss.text.terms.lexicon import Lexicon, read_lexicon, with_terms

__all__ = ["Glossaries", "ReaderGlossary", "Term", "shipped", "shipped_lexicon"]

log = logging.getLogger(__name__)
SHIPPED = ("variants.tsv", "terms.tsv")
MOST_TERMS = 5_000
_LONGEST = 100
"""Characters of a term or a rendering."""


@dataclass(frozen=True, slots=True)
class Glossaries:
    """What a gloss is made uniform with: the reader's terms, and all known renderings."""

    own: Glossary
    known: Glossary


@cache
def shipped_terms() -> tuple[Term, ...]:
    tables = files("arxiv_gloss.text").joinpath("tables")
    return tuple(term for name in SHIPPED for term in read_terms(tables.joinpath(name).read_text("utf-8")))


@cache
def shipped_lexicon() -> Lexicon:
    """What claims are checked with: the counted lexicon, and the shipped terms."""
    counted = read_lexicon(files("arxiv_gloss.text").joinpath("tables", "lexicon.tsv").read_text("utf-8"))
    return with_terms(counted, ((term.source, term.target) for term in shipped_terms()))


@cache
def shipped() -> Glossaries:
    return Glossaries(Glossary(), Glossary(shipped_terms()))


class ReaderGlossary:
    """The reader's terms, read again whenever the file has changed. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._glossaries = shipped()

    def glossaries(self) -> Glossaries:
        """For a gloss. A file that cannot be read is left out until it has been mended."""
        with self._lock:
            stamp = self._stamp()
            if stamp != self._seen:
                self._seen = stamp
                try:
                    own = self._read()
                except (BadRequest, StateError) as problem:
                    log.warning("%s", problem.message)
                    own = []
                self._glossaries = Glossaries(Glossary(own), Glossary(own, shipped_terms())) if own else shipped()
            return self._glossaries

    def all(self) -> list[Term]:
        """Raises BadRequest naming the line at fault, or StateError."""
        with self._lock:
            return self._read()

    def add(self, terms: Iterable[Term]) -> list[Term]:
        """Add terms, each in the place of an earlier one of the same name. Raises BadRequest or StateError."""
        with self._lock, self._alone():
            kept = {term.source.casefold(): term for term in self._read()}
            kept |= {term.source.casefold(): term for term in map(_checked, terms)}
            if len(kept) > MOST_TERMS:
                raise BadRequest(f"A glossary may hold {MOST_TERMS:,} terms. Remove some first.")
            return self._write(kept.values())

    def remove(self, source: str) -> list[Term]:
        """Raises NotFound for a term that is not there, BadRequest or StateError."""
        with self._lock, self._alone():
            terms = self._read()
            kept = [term for term in terms if term.source.casefold() != source.strip().casefold()]
            if len(kept) == len(terms):
                raise NotFound(f"{source!r} is not in the glossary.")
            return self._write(kept)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other program of ours changes the file meanwhile. Raises StateError."""
        with ExitStack() as stack:
            try:
                stack.enter_context(changing(self._path))
            except OSError as problem:
                raise StateError(f"The glossary {self._path} cannot be kept ({problem}).") from problem
            yield

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def _read(self) -> list[Term]:
        try:
            return read_terms(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return []
        except UnicodeError as problem:
            raise BadRequest(f"The glossary {self._path} is not text in UTF-8. Save it as such.") from problem
        except OSError as problem:
            raise StateError(f"The glossary {self._path} cannot be read ({problem}).") from problem

    def _write(self, terms: Iterable[Term]) -> list[Term]:
        """Whole or not at all: a reader never finds half a file."""
        text = write_terms(terms)
        try:
            write_private(self._path, text.encode())
        except OSError as problem:
            raise StateError(f"The glossary {self._path} cannot be kept ({problem}).") from problem
        return read_terms(text)


def _checked(term: Term) -> Term:
    """The term without spaces around it, `=` resolved. Raises BadRequest for what a line of a TSV cannot hold."""
    source, target = term.source.strip(), term.target.strip()
    if not source or not target:
        raise BadRequest("A term needs a name and a rendering; the rendering = keeps it in English.")
    if max(len(source), len(target)) > _LONGEST or not (source + target).isprintable() or source.startswith("#"):
        raise BadRequest(f"A term is one line of at most {_LONGEST} characters and does not begin with #.")
    return Term(source, source if target == KEEP else target)
