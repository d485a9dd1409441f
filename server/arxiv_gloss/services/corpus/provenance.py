"""What a shard's file is made by, besides its papers; it is part of the file's name, and of every row."""

from __future__ import annotations

import hashlib

import msgspec

from arxiv_gloss import __version__
from arxiv_gloss.engine.protocol import EngineInfo
from arxiv_gloss.events import ModelUse
from arxiv_gloss.services.corpus.plan import DIGEST, Shard
from arxiv_gloss.services.corpus.store import Store
from arxiv_gloss.services.gloss.glosser import models_used
from arxiv_gloss.text.slots import RULES

FOLDER = "provenance"


class Provenance(msgspec.Struct, frozen=True):
    target: str
    models: list[ModelUse]
    """The bundles, their precision, and what runs them: fp16 on a GPU may choose another word than int8 on a CPU."""
    rules: str
    """Version of the text rules, and of arXiv Gloss, whose checks and terms are in the texts too."""

    @property
    def digest(self) -> str:
        return _digest(msgspec.json.encode(self))

    def part(self, shard: Shard) -> str:
        """The name of the file that a shard becomes."""
        return f"month={shard.month}/part-{_digest(f'{shard.inputs} {self.digest}'.encode())}.parquet"

    def keep(self, store: Store) -> None:
        """Say in the store what its files are made by, for those who count them without a model."""
        store.write_new(f"{FOLDER}/{self.digest}.json", msgspec.json.format(msgspec.json.encode(self)))

    def __str__(self) -> str:
        models = ", ".join(f"{one.name} ({one.precision} on {one.provider})" for one in self.models)
        return f"into {self.target} by {models}, rules {self.rules}"


def provenance_of(info: EngineInfo, target: str) -> Provenance:
    return Provenance(target, models_used(info), f"{RULES}, arxiv-gloss {__version__}")


def kept_provenances(store: Store) -> list[Provenance]:
    """All that have been used in a store, sorted by digest."""
    return [msgspec.json.decode(store.read(name), type=Provenance) for name in sorted(store.glob(f"{FOLDER}/*.json"))]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:DIGEST]
