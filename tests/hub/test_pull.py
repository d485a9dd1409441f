"""`arxiv-gloss models pull` from a hub on this machine, and all that may go wrong on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import namedtuple
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from huggingface_hub.utils import reset_sessions  # type: ignore[attr-defined]

from arxiv_gloss.cli import main
from arxiv_gloss.engine.bundle import find_bundles, open_bundle
from arxiv_gloss.engine.text_config import Origin, TextConfig
from arxiv_gloss.errors import BundleError
from arxiv_gloss.hub import pack as pack_module
from tests.hub.fake_hub import COMMIT, FakeHub, serving

Models = Callable[[str], Path]
NAME = "tiny/opus-mt-en-mul"


@pytest.fixture
def hub(tiny_model: Models) -> Iterator[FakeHub]:
    with serving(FakeHub(tiny_model("opus-mt-en-mul"), NAME)) as made:
        yield made


@pytest.fixture
def places(tmp_path: Path, hub: FakeHub, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a reader who has nothing yet."""
    environment = {
        **{f"ARXIV_GLOSS_{kind}_DIR": str(tmp_path / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE")},
        "HF_ENDPOINT": hub.endpoint,
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    reset_sessions()
    return environment


def pull(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["models", "pull", *arguments, "--precision", "fp32"])


def bundles(tmp_path: Path) -> list[str]:
    return [path.name for path in find_bundles([tmp_path / "data" / "bundles"])]


@pytest.mark.usefixtures("places")
def test_a_model_becomes_a_bundle_that_translates(hub: FakeHub, tmp_path: Path) -> None:
    done = pull(NAME, "--to", "fr", "--yes")
    assert done.exit_code == 0, done.output
    assert "20 of 20 sentences" in done.output and "licence of the weights: apache-2.0" in done.output
    bundle = open_bundle(tmp_path / "data" / "bundles" / "opus-mt-en-mul")
    assert isinstance(bundle.config, TextConfig)
    assert (bundle.config.origin.model, bundle.config.origin.revision) == (NAME, COMMIT)
    assert bundle.config.targets == ("fr",)
    fetched = {path.rpartition("/")[2] for method, path, _ in hub.asked if method == "GET" and "resolve" in path}
    assert "model.safetensors" in fetched and all(COMMIT in p for _, p, _ in hub.asked if "resolve" in p)
    assert not any((tmp_path / "cache" / "models").iterdir()), "what was fetched is not kept twice"

    listed = CliRunner().invoke(main, ["models", "list"])
    assert "opus-mt-en-mul  translator into fr; fp32" in listed.output and "licence apache-2.0" in listed.output
    given = ["gloss", "--file", "-", "--to", "fr", "--json"]
    told = CliRunner().invoke(main, given, input="We study 31 languages. The error falls to 29%.")
    assert '"role":"translator","name":"opus-mt-en-mul"' in told.output, told.output
    assert '"digits_only":true' in told.output


@pytest.mark.usefixtures("places")
def test_licence_and_size_are_shown_before_anything_is_fetched(hub: FakeHub, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["models", "pull", NAME], input="n\n")
    assert done.exit_code == 1
    assert f"{NAME} at {COMMIT[:12]}: " in done.output and "licence apache-2.0" in done.output
    assert not [path for _, path, _ in hub.asked if "resolve" in path] and bundles(tmp_path) == []


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("status", "words"), [(401, "private"), (404, "no model"), (429, "rate-limiting"), (503, "did not answer")]
)
def test_what_the_hub_refuses_is_said(hub: FakeHub, tmp_path: Path, status: int, words: str) -> None:
    hub.status = status
    done = pull(NAME, "--yes")
    assert done.exit_code == 1 and words in done.output, done.output
    assert "Traceback" not in done.output and bundles(tmp_path) == []


@pytest.mark.usefixtures("places")
def test_names_and_revisions_that_are_none(hub: FakeHub) -> None:
    assert "no name of a model" in pull("a/b/c", "--yes").output
    assert "no such revision" in pull(NAME, "--revision", "v9", "--yes").output
    assert "Name a model" in pull().output


@pytest.mark.usefixtures("places")
def test_pickles_are_never_fetched(hub: FakeHub, tmp_path: Path) -> None:
    folder = tmp_path / "pickled"
    folder.mkdir()
    for file in hub.folder.iterdir():
        if file.suffix != ".safetensors":
            (folder / file.name).write_bytes(file.read_bytes())
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    hub.folder = folder
    done = pull(NAME, "--yes")
    assert "pickles" in done.output and "refs/pr/" in done.output
    assert not [path for _, path, _ in hub.asked if "resolve" in path]
    assert "pickles" in pull("--from", str(folder)).output
    assert bundles(tmp_path) == []


@pytest.mark.usefixtures("places")
def test_a_broken_connection_is_gone_on_with(hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 1_000)
    hub.breaks_after = 20_000
    broken = pull(NAME, "--to", "de", "--yes")
    assert "Connection broken" in broken.output and "Run the command again" in broken.output
    assert bundles(tmp_path) == []
    done = pull(NAME, "--to", "de", "--yes")
    assert done.exit_code == 0, done.output
    ranges = [asked for _, path, asked in hub.asked if path.endswith("model.safetensors") and asked]
    assert ranges == ["bytes=20000-"]
    assert bundles(tmp_path) == ["opus-mt-en-mul"]


@pytest.mark.usefixtures("places")
def test_another_digest_than_the_hubs_is_thrown_away(hub: FakeHub, tmp_path: Path) -> None:
    hub.lies = True
    done = pull(NAME, "--yes")
    assert done.exit_code == 1 and "digest" in done.output, done.output
    assert bundles(tmp_path) == [] and not list((tmp_path / "cache" / "models").rglob("model.safetensors"))
    hub.lies = False
    assert pull(NAME, "--to", "zh", "--yes").exit_code == 0


@pytest.mark.usefixtures("places")
def test_a_full_disk_is_seen_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("arxiv_gloss.hub.download.shutil.disk_usage", lambda _: usage(10, 10, 10))
    done = pull(NAME, "--yes")
    assert "too full" in done.output and bundles(tmp_path) == []


@pytest.mark.usefixtures("places")
def test_a_disk_that_fills_up_leaves_nothing_half_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pack_module, "save_file", full)
    done = pull(NAME, "--yes")
    assert done.exit_code == 1 and "disk is full" in done.output, done.output
    assert list((tmp_path / "data" / "bundles").iterdir()) == []


@pytest.mark.parametrize("moment", ["download", "export"])
def test_an_interrupt_leaves_nothing_that_could_be_loaded(
    hub: FakeHub, places: dict[str, str], tmp_path: Path, moment: str
) -> None:
    """Ctrl-C in a real process, in the middle of the weights or of the export."""
    if moment == "download":
        hub.slow = threading.Event()
    command = [sys.executable, "-m", "arxiv_gloss", "models", "pull", NAME, "--yes"]
    wanted = "fetching model.safetensors" if moment == "download" else "exporting"
    with subprocess.Popen(command, env=os.environ | places, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        while wanted not in process.stderr.readline():
            assert process.poll() is None
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(60) != 0
    if hub.slow:
        hub.slow.set()
    assert "Traceback" not in rest, rest
    assert bundles(tmp_path) == []
    folder = tmp_path / "data" / "bundles"
    assert not folder.exists() or list(folder.iterdir()) == []


@pytest.mark.usefixtures("places")
def test_names_of_what_came_with_the_program_are_taken(hub: FakeHub) -> None:
    assert "came with the program" in pull("--from", str(hub.folder), "--name", "gloss-en-zh").output
    gone = CliRunner().invoke(main, ["models", "remove", "gloss-en-zh", "--yes"])
    assert gone.exit_code == 1 and "cannot be removed" in gone.output


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("name", ["../kept", "..", "a/../../kept", "."])
def test_a_bundle_goes_nowhere_but_among_the_bundles(tiny_model: Models, tmp_path: Path, name: str) -> None:
    """A folder of that name would be deleted to make room."""
    kept = tmp_path / "data" / "kept" / "saved"
    kept.parent.mkdir(parents=True)
    kept.write_text("papers")
    folder = tiny_model("opus-mt-en-mul")
    done = pull("--from", str(folder), "--name", name)
    assert done.exit_code == 1 and "is no name of a bundle" in done.output
    with pytest.raises(BundleError):
        pack_module.pack(folder, tmp_path / "data" / "bundles", pack_module.Order(name, Origin("m", "", "", 0)))
    assert kept.read_text() == "papers"
