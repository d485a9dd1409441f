"""Marked text to source ids, target ids to marked text. The only place that knows the tokenizer library."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer as PieceTokenizer

from arxiv_gloss.engine.bundle import TOKENIZER_FILE, Ids
from arxiv_gloss.errors import BundleError
from arxiv_gloss.markers import MARKER, marker

_LATIN = re.compile(r" ?[A-Za-z]+")
BYTE = re.compile(r"<0x[0-9A-F]{2}>")


class Pieces:
    """The tokenizer of a model from a hub: `tokenizer.json`, and `target.json` where the target has its own."""

    def __init__(self, folder: Path) -> None:
        target = folder / "target.json"
        try:
            self._source = PieceTokenizer.from_file(str(folder / TOKENIZER_FILE))
            self._target = PieceTokenizer.from_file(str(target)) if target.is_file() else self._source
        except Exception as error:  # the library raises bare exceptions
            raise BundleError(f"A tokenizer of the bundle in {folder} cannot be read: {error}.") from error

    def encode(self, text: str) -> list[int]:
        """Source ids of a text, without special tokens."""
        return list(self._source.encode(text, add_special_tokens=False).ids)

    def decode(self, ids: Sequence[int]) -> str:
        return str(self._target.decode(list(ids), skip_special_tokens=True)).strip()


class Tokenizer:
    """Source pieces are English WordPiece, target pieces a Chinese unigram vocabulary; slots are tokens of both."""

    def __init__(self, folder: Path, ids: Ids) -> None:
        try:
            self._source = PieceTokenizer.from_file(str(folder / TOKENIZER_FILE))
            self._target = PieceTokenizer.from_file(str(folder / "target.json"))
        except Exception as error:  # the library raises bare exceptions
            raise BundleError(f"A tokenizer of the bundle in {folder} cannot be read: {error}.") from error
        self.ids = ids
        self.letters = self._letters()
        """Target tokens, counted from `ids.base`, that are one ASCII letter, digit or mark, or one byte."""
        self.stops = self._stops()
        """Target tokens, counted from `ids.base`, that end a sentence."""
        self.latin = self._latin()
        """Texts of the target tokens, counted from `ids.base`, that are made of Latin letters; a word's first piece may
        have a space before it."""

    def encode(self, marked: str) -> list[int]:
        """Source ids of a marked text, without marks before or after."""
        ids: list[int] = []
        for k, part in enumerate(MARKER.split(marked)):
            if k % 2:
                ids.append(self.ids.base + int(part))
            elif part.strip():
                ids += self._source.encode(part, add_special_tokens=False).ids
        return ids

    def encode_target(self, marked: str) -> list[int]:
        """Target ids of a marked text, as training needs them; a line break is a token of its own."""
        ids: list[int] = []
        for number, line in enumerate(marked.split("\n")):
            if number:
                ids.append(self.ids.newline)
            for k, part in enumerate(MARKER.split(line)):
                if k % 2:
                    ids.append(self.ids.base + int(part))
                elif part:
                    pieces = self._target.encode(part, add_special_tokens=False).ids
                    ids += [self.ids.first_piece + piece for piece in pieces]
        return ids

    def decode(self, ids: Sequence[int]) -> str:
        """Marked text of target ids."""
        out: list[str] = []
        run: list[int] = []
        for token in [*ids, self.ids.end]:
            if token >= self.ids.first_piece:
                run.append(token - self.ids.first_piece)
                continue
            if run:
                out.append(self._target.decode(run, skip_special_tokens=False))
                run = []
            if token == self.ids.newline:
                out.append("\n")
            elif token < self.ids.base + self.ids.slots:
                out.append(marker(token - self.ids.base))
        return "".join(out)

    def _latin(self) -> dict[int, str]:
        first = self.ids.first_piece - self.ids.base
        pieces = ((k, piece.replace("▁", " ")) for piece, k in self._target.get_vocab().items())
        return {first + k: text for k, text in sorted(pieces) if _LATIN.fullmatch(text)}

    def _stops(self) -> frozenset[int]:
        first = self.ids.first_piece - self.ids.base
        return frozenset(first + k for piece, k in self._target.get_vocab().items() if piece.endswith("。"))

    def _letters(self) -> frozenset[int]:
        first = self.ids.first_piece - self.ids.base
        pieces = self._target.get_vocab().items()
        return frozenset(first + k for piece, k in pieces if (len(piece) == 1 and piece.isascii()) or BYTE.match(piece))
