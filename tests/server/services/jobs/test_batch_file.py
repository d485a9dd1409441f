"""A file of abstracts in, a file of glosses out."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from arxiv_gloss.clock import Clock
from arxiv_gloss.errors import BadRequest
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.query import GlossQuery, complete
from arxiv_gloss.services.gloss.result import GlossResult
from arxiv_gloss.services.jobs import batch_file
from arxiv_gloss.storage.row_cache import RowCache
from tests.server.fakes import EchoEngine

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


class Glossing:
    """Counts what it is asked, and stops dead at a given paper."""

    def __init__(self, dies_at: str | None = None) -> None:
        self.asked: list[str | None] = []
        self._dies_at = dies_at
        self._glosser = Glosser(EchoEngine(), RowCache(None), clock=Clock(lambda: 0.0, lambda: NOON))

    def __call__(self, query: GlossQuery) -> GlossResult:
        if query.id == self._dies_at:
            raise KeyboardInterrupt
        self.asked.append(query.id)
        return self._glosser.collect(complete(query, None))


def rows(count: int) -> list[dict[str, Any]]:
    return [{"id": f"p{k}", "title": f"Paper {k}", "abstract": f"This is paper number {k}."} for k in range(count)]


def write(file: Path, lines: list[Any]) -> Path:
    file.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return file


def read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_one_row_each_in_order(tmp_path: Path) -> None:
    source, output = write(tmp_path / "in.jsonl", rows(30)), tmp_path / "out.jsonl"
    assert list(batch_file.run_batch(source, output, "zh", Glossing())) == [True] * 30
    made = read(output)
    assert [row["id"] for row in made] == [f"p{k}" for k in range(30)]
    assert made[7]["title"]["source"] == "Paper 7"
    assert made[7]["segments"][0]["source"] == "This is paper number 7."


def test_bad_rows_become_errors_and_the_run_goes_on(tmp_path: Path) -> None:
    lines = [{"id": "a", "abstract": ""}, "no json", "", {"id": 4, "abstract": "我们" * 50}, {"id": "e", "extra": 1}]
    source, output = write(tmp_path / "in.jsonl", [*lines, *rows(1)]), tmp_path / "out.jsonl"
    assert list(batch_file.run_batch(source, output, "zh", Glossing())) == [False] * 4 + [True]
    made = read(output)
    codes = [row["error"]["code"] for row in made[:4]]
    assert codes == ["empty_abstract", "bad_request", "not_english", "bad_paper_id"]
    assert [row["id"] for row in made[:4]] == ["a", None, 4, "e"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_rows_of_any_program_and_blank_lines(tmp_path: Path, encoding: str) -> None:
    lines = [json.dumps(row) for row in rows(3)]
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes("\r\n\r\n".join([*lines, "", ""]).encode(encoding))
    assert list(batch_file.run_batch(source, output, "zh", Glossing())) == [True] * 3
    assert [row["id"] for row in read(output)] == ["p0", "p1", "p2"]


def test_after_a_stop_it_goes_on(tmp_path: Path) -> None:
    source, output = write(tmp_path / "in.jsonl", rows(20)), tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt):
        list(batch_file.run_batch(source, output, "zh", Glossing(dies_at="p9")))
    kept = len(read(output))
    assert kept == 9
    with output.open("a") as file:
        file.write('{"id": "p9", "segm')
    second = Glossing()
    assert len(list(batch_file.run_batch(source, output, "zh", second))) == 20 - kept
    assert set(second.asked) == {f"p{k}" for k in range(kept, 20)}
    assert len(second.asked) == 20 - kept
    whole = tmp_path / "whole.jsonl"
    list(batch_file.run_batch(source, whole, "zh", Glossing()))
    assert output.read_bytes() == whole.read_bytes()


def test_another_input_s_output_is_not_gone_on_with(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    list(batch_file.run_batch(write(tmp_path / "in.jsonl", rows(3)), output, "zh", Glossing()))
    before = output.read_bytes()
    for other in (rows(2), [{"id": "other"}] * 5):
        with pytest.raises(BadRequest, match=r"[Nn]ame another"):
            list(batch_file.run_batch(write(tmp_path / "other.jsonl", other), output, "zh", Glossing()))
    assert output.read_bytes() == before


def test_a_saved_list_or_copied_text_is_an_input_too(tmp_path: Path) -> None:
    page = Path(__file__).parents[3] / "fixtures" / "pages" / "list_cs.CL_new.html"
    assert list(batch_file.run_batch(page, tmp_path / "page.jsonl", "zh", Glossing())) == [True, True, True, False]
    assert [row["id"] for row in read(tmp_path / "page.jsonl")][3] == "2512.99904"
    assert list(batch_file.run_batch(page, tmp_path / "page.jsonl", "zh", Glossing())) == []
    copied = tmp_path / "copied.txt"
    copied.write_text("Title: One\nAbstract: We prove a thing.\n\nAbstract: We prove another thing.\n")
    assert list(batch_file.run_batch(copied, tmp_path / "copied.jsonl", "zh", Glossing(dies_at="nowhere"))) == [
        True,
        True,
    ]
    assert read(tmp_path / "copied.jsonl")[0]["title"]["source"] == "One"


@pytest.mark.parametrize("content", ["my notes\nthe last line, without an end", "1\n2\n3\n4\n5", "{}\n", "one line"])
def test_a_file_that_is_not_ours_is_left_as_it_is(tmp_path: Path, content: str) -> None:
    source, output = write(tmp_path / "in.jsonl", rows(3)), tmp_path / "notes.txt"
    output.write_text(content)
    with pytest.raises(BadRequest, match="Name another output"):
        list(batch_file.run_batch(source, output, "zh", Glossing()))
    assert output.read_text() == content


def test_the_input_is_no_output(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", rows(3))
    source.write_text(source.read_text().rstrip())
    before = source.read_text()
    (tmp_path / "link.jsonl").symlink_to(source)
    for output in (source, tmp_path / "link.jsonl"):
        with pytest.raises(BadRequest, match="the input itself"):
            list(batch_file.run_batch(source, output, "zh", Glossing()))
    assert source.read_text() == before


@pytest.mark.parametrize("change", ["input", "target"])
def test_another_input_or_target_is_refused(tmp_path: Path, change: str) -> None:
    source, output = write(tmp_path / "in.jsonl", rows(3)), tmp_path / "out.jsonl"
    list(batch_file.run_batch(source, output, "zh", Glossing()))
    before = output.read_bytes()
    if change == "input":
        write(source, [*rows(2), {"id": "p2", "abstract": "This is another text."}, *rows(1)])
    with pytest.raises(BadRequest, match="Name another output"):
        list(batch_file.run_batch(source, output, "zh" if change == "input" else "zh-TW", Glossing()))
    assert output.read_bytes() == before
