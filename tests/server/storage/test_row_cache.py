"""The cache may fail in any way; the answer comes all the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from arxiv_gloss.engine.protocol import Row
from arxiv_gloss.storage.row_cache import RowCache

ROW = Row("译文⟪0⟫", (1, 2, 3), -0.5, (1.0, 0.0), True)


def test_a_row_comes_back_as_it_was(tmp_path: Path) -> None:
    cache = RowCache(tmp_path / "folder" / "glosses.db")
    cache.keep_row(b"key", ROW)
    cache.close()
    cache = RowCache(tmp_path / "folder" / "glosses.db")
    assert cache.rows([b"key", b"other"]) == {b"key": ROW}
    assert cache.problem is None
    cache.close()


def test_salience_comes_back_as_it_was(tmp_path: Path) -> None:
    cache = RowCache(tmp_path / "glosses.db")
    assert cache.salience(b"key") is None
    cache.keep_salience(b"key", ())
    cache.keep_salience(b"other", ({"method": 0.5},))
    assert cache.salience(b"key") == ()
    assert cache.salience(b"other") == ({"method": 0.5},)
    cache.close()


def works_without(cache: RowCache) -> None:
    cache.keep_row(b"key", ROW)
    assert cache.rows([b"key"]) == {}
    assert cache.salience(b"key") is None
    assert cache.problem
    cache.close()


def test_no_cache_wanted() -> None:
    cache = RowCache(None)
    cache.keep_row(b"key", ROW)
    assert cache.rows([b"key"]) == {}
    assert cache.problem is None


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    works_without(RowCache(tmp_path / "cache" / "glosses.db"))


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "glosses.db").mkdir()
    works_without(RowCache(tmp_path / "glosses.db"))


@pytest.mark.parametrize("content", [b"no database" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_set_aside(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "glosses.db"
    file.write_bytes(content)
    cache = RowCache(file)
    cache.keep_row(b"key", ROW)
    assert cache.rows([b"key"]) == {b"key": ROW}
    assert (tmp_path / "glosses.db.damaged-1").read_bytes() == content
    cache.close()


def test_a_file_damaged_while_open_is_set_aside(tmp_path: Path) -> None:
    """The file is larger than what SQLite keeps in memory of it."""
    file = tmp_path / "glosses.db"
    cache = RowCache(file)
    keys = [f"{number}".encode() for number in range(400)]
    for key in keys:
        cache.keep_row(key, Row("x" * 10_000, (), 0.0, (), True))
    cache.close()
    cache = RowCache(file)
    size = file.stat().st_size
    file.write_bytes(file.read_bytes()[:4096] + b"\xff" * (size - 4096))
    assert len(cache.rows(keys)) < len(keys)
    assert (tmp_path / "glosses.db.damaged-1").exists()
    cache.keep_row(b"key", ROW)
    assert cache.rows([b"key"]) == {b"key": ROW}
    cache.close()


def test_a_value_that_cannot_be_read_counts_as_not_there(tmp_path: Path) -> None:
    cache = RowCache(tmp_path / "glosses.db")
    cache.keep_salience(b"key", ())
    assert cache.rows([b"key"]) == {}
    cache.close()


FILL = """
import resource, sys
from pathlib import Path
from arxiv_gloss.engine.protocol import Row
from arxiv_gloss.storage.row_cache import RowCache
cache = RowCache(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
row = Row("x" * 10_000, (), 0.0, (), True)
for number in range(200):
    cache.keep_row(str(number).encode(), row)
    cache.rows([str(number).encode()])
assert cache.problem, "the file cannot have held this"
assert cache.rows([b"0"]), "what was kept before is still there"
print("done")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on a file's size is POSIX's")
def test_a_full_disk(tmp_path: Path) -> None:
    """A limit on the size of files stands in for the disk's."""
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(tmp_path / "glosses.db")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == "done\n", done.stderr
