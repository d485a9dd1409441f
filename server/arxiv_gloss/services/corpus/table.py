"""A shard's file: Parquet as pandas, DuckDB and Spark read it. The only place that imports pyarrow.

The bytes depend on the rows and on the version of pyarrow alone, which is why the extra [corpus] names one version.
"""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

from arxiv_gloss.errors import GlossError, StateError, ToolMissing
from arxiv_gloss.events import Flag
from arxiv_gloss.papers.records import PaperRecord
from arxiv_gloss.services.corpus.provenance import Provenance
from arxiv_gloss.services.gloss.result import GlossResult

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError as problem:
    raise ToolMissing(
        "Corpus runs write Parquet with pyarrow, which is not installed: run `pip install 'arxiv-gloss[corpus]'`."
    ) from problem

LEVEL = 9
"""Of zstd: 0.1 s a shard that took minutes."""
Row = dict[str, Any]


def _struct(**fields: pa.DataType) -> pa.DataType:
    return pa.struct([pa.field(name, kind) for name, kind in fields.items()])


_FLAGS = pa.list_(_struct(code=pa.string(), params=pa.map_(pa.string(), pa.string())))
_EVIDENCE = pa.list_(pa.int32())
_SENTENCE = _struct(source=pa.string(), target=pa.string(), flags=_FLAGS, confidence=pa.float64())
_TAKEAWAY = _struct(
    label=pa.string(),
    text=pa.string(),
    evidence=_EVIDENCE,
    flags=_FLAGS,
    confidence=pa.float64(),
    withheld=pa.bool_(),
)
_SUMMARY = _struct(text=pa.string(), evidence=_EVIDENCE, flags=_FLAGS, confidence=pa.float64())
_MODEL = _struct(role=pa.string(), name=pa.string(), digest=pa.string(), precision=pa.string(), provider=pa.string())
SCHEMA = pa.schema(
    {
        "id": pa.string(),
        "version": pa.int32(),
        "categories": pa.list_(pa.string()),
        "title": pa.string(),
        "title_gloss": pa.string(),
        "title_flags": _FLAGS,
        "sentences": pa.list_(_SENTENCE),
        "takeaways": pa.list_(_TAKEAWAY),
        "summary": pa.list_(_SUMMARY),
        "error": pa.string(),
        "message": pa.string(),
        "target": pa.string(),
        "models": pa.list_(_MODEL),
        "rules": pa.string(),
    }
)
"""`evidence` counts `sentences` from 0. `error` is null for a paper that was glossed; else it says why it was refused,
as a code, and `message` says so as a sentence."""


def glossed_row(paper: PaperRecord, gloss: GlossResult, provenance: Provenance) -> Row:
    title, summary = gloss.title, gloss.summary
    return _row(paper, provenance) | {
        "title_gloss": title and title.text,
        "title_flags": _flags(title.flags) if title else [],
        "sentences": [
            {"source": one.source, "target": one.text, "flags": _flags(one.flags), "confidence": one.confidence}
            for one in gloss.segments
        ],
        "takeaways": [
            {
                "label": one.label,
                "text": one.text,
                "evidence": one.evidence,
                "flags": _flags(one.flags),
                "confidence": one.confidence,
                "withheld": one.withheld,
            }
            for one in gloss.takeaways or ()
        ],
        "summary": [
            {"text": one.text, "evidence": one.evidence, "flags": _flags(one.flags), "confidence": one.confidence}
            for one in (summary.sentences if summary else ())
        ],
    }


def refused_row(paper: PaperRecord, problem: GlossError, provenance: Provenance) -> Row:
    return _row(paper, provenance) | {"error": problem.code, "message": problem.message}


def _row(paper: PaperRecord, provenance: Provenance) -> Row:
    return {
        "id": paper.id,
        "version": paper.version,
        "categories": list(paper.categories),
        "title": paper.title,
        "target": provenance.target,
        "models": provenance.models,
        "rules": provenance.rules,
    }


def _flags(flags: list[Flag]) -> list[Row]:
    return [{"code": flag.code, "params": sorted(flag.params.items())} for flag in flags]


def encode(rows: list[Row]) -> bytes:
    """A whole file, as one row group."""
    written = io.BytesIO()
    table = pa.Table.from_pylist([row | {"models": _models(row)} for row in rows], SCHEMA)
    pq.write_table(table, written, compression="zstd", compression_level=LEVEL, row_group_size=len(rows) or 1)
    return written.getvalue()


def _models(row: Row) -> list[Row]:
    return [{name: getattr(one, name) for name in one.__struct_fields__} for one in row["models"]]


def outcomes(content: bytes) -> Counter[str]:
    """How many papers of a file have each `error`; "" for those that were glossed. Raises StateError."""
    try:
        found = pq.read_table(io.BytesIO(content), columns=["error"], use_threads=False)
    except (pa.ArrowException, OSError, KeyError) as problem:
        raise StateError(f"it cannot be read ({problem})") from problem
    return Counter(error or "" for error in found["error"].to_pylist())
