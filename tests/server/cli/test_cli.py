"""The command line as a person meets it, with a tiny bundle of random weights."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from arxiv_gloss import settings
from arxiv_gloss.cli import COMMANDS, main
from arxiv_gloss.cli.batch import Pace
from arxiv_gloss.services.digest.make import Progress
from arxiv_gloss.services.jobs import batch_file
from arxiv_gloss.settings import Settings, load
from arxiv_gloss.storage.pairings import Pairings
from tests.fixtures.tiny_bundle import make_tiny_bundle
from tests.server.conftest import ABSTRACT, TITLE
from tests.server.papers import make_pdf


@pytest.fixture(scope="session")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("data")
    make_tiny_bundle(data / "bundles" / "tiny")
    return data


class Terminal:
    """Runs commands with folders of their own."""

    def __init__(self, data: Path, folder: Path) -> None:
        self.env = {
            "ARXIV_GLOSS_DATA_DIR": str(data),
            "ARXIV_GLOSS_CONFIG_DIR": str(folder / "config"),
            "ARXIV_GLOSS_CACHE_DIR": str(folder / "cache"),
            "ARXIV_GLOSS_BUNDLE": "tiny",
            "ARXIV_GLOSS_ASK_ARXIV": "false",
            "COLUMNS": "100",
        }

    def run(self, *arguments: str, stdin: str | bytes = "", **env: str) -> Result:
        return CliRunner().invoke(main, arguments, input=stdin, env={**self.env, **env})


@pytest.fixture
def terminal(bundles: Path, tmp_path: Path) -> Terminal:
    return Terminal(bundles, tmp_path)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(terminal: Terminal, command: str) -> None:
    result = terminal.run(command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


def test_gloss_prints_all_parts(terminal: Terminal) -> None:
    result = terminal.run("gloss", "-", "--title", TITLE, stdin=ABSTRACT)
    assert result.exit_code == 0, result.stderr
    for part in (TITLE, "概要", "要点", "译文", "We propose SplitNet", "tiny · fp32 · CPU"):
        assert part in result.stdout


def test_headings_and_labels_speak_the_language_of_the_gloss(terminal: Terminal) -> None:
    english = terminal.run("gloss", "-", "--to", "en", stdin=ABSTRACT).stdout
    assert "Summary" in english and "概要" not in english
    assert "譯文" in terminal.run("gloss", "-", "--to", "zh-TW", stdin=ABSTRACT).stdout


def test_a_sentence_stays_one_line_in_a_pipe(terminal: Terminal) -> None:
    shown = terminal.run("gloss", "-", "--to", "en", stdin=ABSTRACT, COLUMNS="40").stdout
    sentence = "We propose SplitNet, which caches $O(n^2)$ attention states once."
    assert any(sentence in line for line in shown.splitlines())
    assert all(line == line.rstrip() for line in shown.splitlines())


def test_a_file_is_glossed_by_its_name_alone(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "abstract.txt"
    file.write_text(ABSTRACT)
    assert "We propose SplitNet" in terminal.run("gloss", str(file)).stdout
    both = terminal.run("gloss", "--file", str(file), "2401.01234")
    assert both.exit_code == 2 and "not both" in both.stderr
    pdf = tmp_path / "paper.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    told = terminal.run("gloss", str(pdf))
    assert told.exit_code == 1 and f"pdf {pdf}`" in told.stderr


@pytest.mark.parametrize(
    "arguments", [("-h",), ("help",), ("gloss", "-h"), ("help", "gloss"), ("models", "pull", "-h")]
)
def test_help_is_found_by_all_its_names(terminal: Terminal, arguments: tuple[str, ...]) -> None:
    result = terminal.run(*arguments)
    assert result.exit_code == 0 and "Usage:" in result.stdout


def test_help_has_examples(terminal: Terminal) -> None:
    assert "arxiv-gloss gloss 1706.03762" in terminal.run("--help").stdout
    assert "Example" in terminal.run("gloss", "--help").stdout


def test_a_name_that_is_nearly_right_is_told(terminal: Terminal) -> None:
    assert "Did you mean 'gloss'?" in terminal.run("glos").stderr
    assert "There is no command 'xyzzy'." in terminal.run("xyzzy").stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("saved", "list"), "No paper is saved yet"),
        (("saved", "export", "bibtex"), "No paper is saved yet"),
        (("glossary", "list"), "glossary is empty"),
    ],
)
def test_empty_lists_say_so_beside_the_output(terminal: Terminal, tmp_path: Path, arguments: Any, words: str) -> None:
    result = terminal.run(*arguments, ARXIV_GLOSS_DATA_DIR=str(tmp_path / "data"))
    assert result.exit_code == 0
    assert words in result.stderr and words not in result.stdout


def test_what_is_stopped_says_what_is_kept(terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps({"id": k, "abstract": ABSTRACT}) + "\n" for k in range(3)))
    run = batch_file.run_batch

    def stopped(*given: Any) -> Iterator[bool]:
        yield next(run(*given))
        raise KeyboardInterrupt

    monkeypatch.setattr("arxiv_gloss.services.jobs.batch_file.run_batch", stopped)
    result = terminal.run("batch", str(source), str(output))
    assert result.exit_code == 130
    assert "Stopped. 1 of 3 rows are kept" in result.stderr and "goes on" in result.stderr

    day = tmp_path / "day.jsonl"
    day.write_text(json.dumps({"id": "2601.99901", "title": TITLE, "abstract": ABSTRACT}) + "\n")

    def interrupted(*_: Any) -> Iterator[Progress]:
        yield Progress(1, 3, 0)
        raise KeyboardInterrupt

    monkeypatch.setattr("arxiv_gloss.services.digest.make.make", interrupted)
    result = terminal.run("digest", "--from", str(day), "--out", str(tmp_path / "out"))
    assert result.exit_code == 130
    assert "Stopped. 1 of 3 papers are kept; the same command goes on." in result.stderr


def test_the_pace_leaves_out_what_came_from_the_cache() -> None:
    pace = Pace(begun=time.monotonic() - 10)
    assert pace.words(5) == ""
    pace.decoded = 20
    assert pace.words(30).startswith("2.0 papers/s, 0:00:1")


def test_settings_are_read_once(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second reading would not know the command's arguments."""
    read: list[Settings] = []

    def counting(arguments: dict[str, str] | None = None) -> Settings:
        read.append(load(arguments))
        return read[-1]

    monkeypatch.setattr(settings, "load", counting)
    result = terminal.run("gloss", "-", "--to", "en", stdin=ABSTRACT)
    assert result.exit_code == 0, result.stderr
    assert [one.target for one in read] == ["en"]


def test_gloss_as_json(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "abstract.txt"
    file.write_text(ABSTRACT)
    result = terminal.run("gloss", "--file", str(file), "--title", TITLE, "--json")
    made = json.loads(result.stdout)
    assert {"id", "title", "segments", "summary", "takeaways", "models", "seconds"} <= set(made)
    assert [segment["index"] for segment in made["segments"]] == [0, 1, 2, 3]
    assert made["title"]["source"] == TITLE


@pytest.mark.parametrize(
    ("arguments", "stdin", "code"),
    [
        (["-"], "", "empty_abstract"),
        (["-"], "我们提出一个小模型。" * 20, "not_english"),
        (["-"], "word " * 8_000, "abstract_too_long"),
        (["-"], b"\xff\xfe\x00\x01" * 100, "not_text"),
        (["-", "--to", "tlh"], ABSTRACT, "unknown_target"),
        (["no-id"], "", "bad_paper_id"),
        (["2401.01234"], "", "arxiv"),
    ],
)
def test_bad_input_has_a_code(terminal: Terminal, arguments: list[str], stdin: str | bytes, code: str) -> None:
    result = terminal.run("gloss", *arguments, stdin=stdin)
    assert result.exit_code == 1
    assert f"({code})" in result.stderr and "Traceback" not in result.stderr
    as_json = terminal.run("gloss", *arguments, "--json", stdin=stdin)
    assert as_json.exit_code == 1
    assert json.loads(as_json.stdout)["error"]["code"] == code


def test_nothing_to_gloss(terminal: Terminal) -> None:
    assert terminal.run("gloss").exit_code == 2


@pytest.mark.parametrize("harm", ["missing", "changed", "none"])
def test_a_broken_bundle(tmp_path: Path, harm: str) -> None:
    weights = tmp_path / "data" / "bundles" / "tiny" / "weights.safetensors"
    if harm != "none":
        make_tiny_bundle(weights.parent)
    if harm == "missing":
        weights.unlink()
    elif harm == "changed":
        weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    terminal = Terminal(tmp_path / "data", tmp_path)
    result = terminal.run("gloss", "-", stdin=ABSTRACT)
    assert result.exit_code == 1 and "(bundle)" in result.stderr
    if harm != "none":
        assert "weights.safetensors" in result.stderr
        assert "damaged" in terminal.run("models", "list").stdout
    doctor = terminal.run("doctor")
    assert doctor.exit_code == 1 and "✗ model:" in doctor.stdout


def test_a_cache_that_cannot_be_kept(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert terminal.run("gloss", "-", stdin=ABSTRACT).exit_code == 0
    assert "Glosses are not kept" in terminal.run("doctor").stdout


@pytest.mark.parametrize(
    ("port", "words"), [("none", "a whole number"), ("80000", "at most 65535"), ("0", "at least 1")]
)
def test_a_bad_setting(terminal: Terminal, port: str, words: str) -> None:
    result = terminal.run("doctor", ARXIV_GLOSS_PORT=port)
    assert result.exit_code == 1
    assert "`port` in the environment" in result.stderr and words in result.stderr


def test_pair_shows_a_code_that_works(terminal: Terminal, bundles: Path) -> None:
    shown = terminal.run("pair").stdout
    code = shown.splitlines()[0].partition(":")[2]
    pairings = Pairings(bundles / "state.db")
    assert pairings.pair(code, "chrome-extension://abc")
    token = terminal.run("pair", "--print-token").stdout.strip()
    assert pairings.allows(token, None)
    assert terminal.run("pair", "--forget-all", stdin="n\n").exit_code == 1
    assert pairings.allows(token, None)
    terminal.run("pair", "--forget-all", "--yes")
    assert not pairings.allows(token, None)
    pairings.close()


def test_doctor_says_what_is_there(terminal: Terminal) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = terminal.run("doctor", ARXIV_GLOSS_PORT=str(taken.getsockname()[1]))
    assert "✓ model:" in result.stdout and "tiny" in result.stdout
    assert "CPU runs it" in result.stdout
    assert "is used by another program" in result.stdout


def test_serve_says_that_the_port_is_taken(terminal: Terminal) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = terminal.run("serve", "--port", port)
    assert result.exit_code == 1
    assert port in result.stderr and "(port)" in result.stderr


def test_batch(terminal: Terminal, tmp_path: Path) -> None:
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps({"id": k, "abstract": ABSTRACT if k else ""}) + "\n" for k in range(3)))
    result = terminal.run("batch", str(source), str(output))
    assert result.exit_code == 0, result.stderr
    assert "3 rows written" in result.stderr and "1 of them with an error" in result.stderr
    made = [json.loads(line) for line in output.read_text().splitlines()]
    assert made[0]["error"]["code"] == "empty_abstract"
    assert len(made[2]["segments"]) == 4
    assert "0 rows written" in terminal.run("batch", str(source), str(output)).stderr


def test_a_whole_paper(terminal: Terminal, tmp_path: Path) -> None:
    file, out = tmp_path / "paper.pdf", tmp_path / "out"
    file.write_bytes(make_pdf.two_column_paper().pdf)
    result = terminal.run("pdf", str(file), "--out", str(out))
    assert result.exit_code == 0, result.stderr
    for part in ("概要", "各节要点", "1 引言  p. 1", "图表", "tiny · fp32 · CPU"):
        assert part in result.stdout
    assert {one.name for one in out.iterdir()} == {"01-figure-1.png", "02-table-1.png", "paper.md"}


def test_a_whole_paper_as_json(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(make_pdf.manuscript())
    made = json.loads(terminal.run("pdf", str(file), "--json", "--to", "en").stdout)
    assert made["pages"] == 2 and made["title"]["source"] == "On Manuscripts with Numbered Lines"
    assert made["sections"][0]["title"]["text"] == "I. INTRODUCTION"


@pytest.mark.parametrize(
    ("pdf", "code"), [(make_pdf.encrypted(), "pdf_encrypted"), (b"no paper", "pdf_broken"), (None, "bad_paper_id")]
)
def test_papers_that_cannot_be_read(terminal: Terminal, tmp_path: Path, pdf: bytes | None, code: str) -> None:
    file = tmp_path / "paper.pdf"
    if pdf is not None:
        file.write_bytes(pdf)
    result = terminal.run("pdf", str(file))
    assert result.exit_code == 1
    assert f"({code})" in result.stderr
    assert json.loads(terminal.run("pdf", str(file), "--json").stdout)["error"]["code"] == code


def test_a_digest_of_a_file(terminal: Terminal, tmp_path: Path) -> None:
    source, out = tmp_path / "day.jsonl", tmp_path / "out"
    source.write_text(json.dumps({"id": "2601.99901", "title": TITLE, "abstract": ABSTRACT}) + "\n")
    result = terminal.run("digest", "--from", str(source), "--date", "2026-01-02", "--out", str(out))
    assert result.exit_code == 0, result.stderr
    assert "1 of 1 papers" in result.stderr
    assert "We propose SplitNet" in (out / "2026-01-02" / "day.html").read_text(encoding="utf-8")


def test_a_digest_of_a_saved_list_is_called_as_the_list_is(terminal: Terminal, tmp_path: Path) -> None:
    saved = Path(__file__).parents[2] / "fixtures" / "lists" / "new.html"
    result = terminal.run("digest", "--from", str(saved), "--date", "2026-01-02", "--out", str(tmp_path / "out"))
    assert list((tmp_path / "out" / "2026-01-02").glob("computation-and-language*.html")), result.output


def test_a_digest_that_is_not_complete_says_so_to_scripts(terminal: Terminal, tmp_path: Path) -> None:
    source = tmp_path / "day.jsonl"
    source.write_text(json.dumps({"id": "2601.99901", "title": TITLE, "abstract": ""}) + "\n")
    result = terminal.run("digest", "--from", str(source), "--out", str(tmp_path / "out"))
    assert result.exit_code == 3
    assert "0 of 1 papers" in result.stderr and "switched off" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [([], "bad_request"), (["cs.CL"], "arxiv"), (["--date", "yesterday"], None), (["--schedule"], "bad_request")],
)
def test_digests_that_cannot_be_made(terminal: Terminal, arguments: list[str], code: str | None) -> None:
    result = terminal.run("digest", *arguments)
    assert result.exit_code != 0
    assert code is None or f"({code})" in result.stderr


def test_the_schedule_is_printed(terminal: Terminal) -> None:
    printed = terminal.run("digest", "cs.CL", "--schedule").stdout
    for part in ("OnCalendar=Sun..Thu 22:00 America/New_York", "schtasks /Create"):
        assert part in printed
    assert re.search(r"^0 \d+ \* \* \d(,\d){4} cd ", printed, re.M)


def test_glossary(terminal: Terminal, tmp_path: Path) -> None:
    data = {"ARXIV_GLOSS_DATA_DIR": str(tmp_path / "data")}
    assert "BERT stays in English" in terminal.run("glossary", "add", "BERT", **data).stdout
    file = tmp_path / "terms.tsv"
    file.write_text("en\tzh\ntoken\t词元\n")
    assert "1 terms added" in terminal.run("glossary", "import", str(file), **data).stdout
    assert terminal.run("glossary", "list", **data).stdout == "BERT\t=\ntoken\t词元\n"
    terminal.run("glossary", "remove", "token", **data)
    assert terminal.run("glossary", "list", **data).stdout == "BERT\t=\n"
    assert "(not_found)" in terminal.run("glossary", "remove", "token", **data).stderr


OUTSIDE = (
    "..",
    ".",
    "",
    "/",
    "../other",
    "..\\other",
    "a/../..",
    "../bundles/mine",
    "mine/",
    "./mine",
    "mine/inner",
    "~",
)


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_outside_the_bundles_can_be_removed(terminal: Terminal, tmp_path: Path, name: str) -> None:
    data = tmp_path / "data"
    make_tiny_bundle(data / "bundles" / "mine")
    (data / "bundles" / "mine" / "inner").mkdir()
    make_tiny_bundle(data / "other")
    before = sorted(data.rglob("*"))
    result = terminal.run("models", "remove", name, "--yes", ARXIV_GLOSS_DATA_DIR=str(data))
    assert result.exit_code == 1 and "(bundle)" in result.stderr and "Traceback" not in result.stderr
    assert sorted(data.rglob("*")) == before


def test_of_a_link_to_a_bundle_the_link_alone_goes(terminal: Terminal, tmp_path: Path) -> None:
    elsewhere, data = tmp_path / "elsewhere", tmp_path / "data"
    make_tiny_bundle(elsewhere)
    (data / "bundles").mkdir(parents=True)
    (data / "bundles" / "linked").symlink_to(elsewhere)
    result = terminal.run("models", "remove", "linked", "--yes", ARXIV_GLOSS_DATA_DIR=str(data))
    assert result.exit_code == 0, result.stderr
    assert not (data / "bundles" / "linked").exists() and (elsewhere / "config.json").exists()


def test_a_bundle_is_removed(terminal: Terminal, tmp_path: Path) -> None:
    data = tmp_path / "data"
    make_tiny_bundle(data / "bundles" / "mine")
    assert terminal.run("models", "remove", "mine", "--yes", ARXIV_GLOSS_DATA_DIR=str(data)).exit_code == 0
    assert not (data / "bundles" / "mine").exists() and (data / "bundles").exists()


def test_openapi(terminal: Terminal) -> None:
    assert json.loads(terminal.run("openapi").stdout)["openapi"] == "3.1.0"


def test_words_of_others_are_no_markup_and_no_commands(terminal: Terminal, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    good = json.dumps({"id": "2401.00001", "title": "A", "abstract": ABSTRACT}) + "\n"
    rows.write_text(json.dumps({"title": "An [/x] title", "abstract": "这不是英文。"}) + "\n" + good)
    made = ("--date", "2026-01-02", "--out", str(tmp_path / "out"))
    assert terminal.run("digest", "--from", str(rows), "--topic", "a [/x] b", *made).exit_code == 3
    told = terminal.run("gloss", "-", "--title", "A \x1b]0;hacked\x07 title", stdin=ABSTRACT)
    assert "\x1b]0;" not in told.stdout
    assert "␛]0;hacked␇" in told.stdout


def test_a_full_disk_is_a_sentence(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "out.jsonl")

    monkeypatch.setattr("arxiv_gloss.services.jobs.batch_file.run_batch", full)
    (tmp_path / "in.jsonl").write_text("{}\n")
    told = terminal.run("batch", str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl"))
    assert told.exit_code == 1
    assert "No space left on device (out.jsonl)" in told.stderr


def test_a_console_without_utf8_is_told_what_it_can_show(bundles: Path, tmp_path: Path) -> None:
    env = {**os.environ, **Terminal(bundles, tmp_path).env, "PYTHONIOENCODING": "cp936"}
    done = subprocess.run([sys.executable, "-m", "arxiv_gloss", "doctor"], env=env, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert b"this console (" in done.stderr
    assert "model:" in done.stdout.decode("cp936")
