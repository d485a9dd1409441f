"""A bundle: a folder with a model's graphs, its weights, its tokenizers and a `config.json` that names them all.

Nothing of a bundle is read before its digest is checked, and only files that the config names are read at all.
"""

from __future__ import annotations

import hashlib
import math
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from arxiv_gloss.engine.text_config import TEXT_FORMAT, TextConfig
from arxiv_gloss.errors import BundleError

MODEL_FILES = frozenset({".onnx", ".safetensors", ".json"})
"""Endings of what a model reads."""
CONFIG_FILE = "config.json"
WEIGHTS_FILE, SATURATION_FILE, TOKENIZER_FILE = "weights.safetensors", "saturation.onnx", "tokenizer.json"
FORMAT = 1
BUNDLE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
EMBEDDINGS = ("source.weight", "target.weight")
"""Of a glosser's int8 weights those with a scale for each row; the others have one for each column."""
ACTIVATION_SCALE, ACTIVATION_ZERO = "activation.scale", "activation.zero"
"""Given at load time: how many levels an activation may have depends on the CPU (session.py)."""
WIDENED = "~"
"""Behind the name of a tensor that a graph is given: in float16, whatever it is stored in."""


def fp16_name(graph: str) -> str:
    """Name of the form of a graph that is in fp16, for CUDA."""
    return f"{graph}.fp16"


class Shape(msgspec.Struct, frozen=True):
    """Sizes of a BART-shaped encoder-decoder whose embedding is split into source rows and target rows."""

    d_model: int
    heads: int
    ffn: int
    encoder_layers: int
    decoder_layers: int
    source_size: int
    target_size: int
    positions: int

    @property
    def head_size(self) -> int:
        return self.d_model // self.heads


class Ids(msgspec.Struct, frozen=True):
    """Token ids. Source pieces are 0 … base-1; above them stand slots, tasks, marks and target pieces."""

    base: int = 30522
    slots: int = 64
    tasks: tuple[str, ...] = (
        "translate", "title", "tldr", "summary", "motivation", "method",
        "result", "conclusion", "takeaways", "digest", "gist",
    )  # fmt: skip
    first_task: int = 30522 + 64
    segment: int = 30522 + 80
    title: int = 30522 + 81
    newline: int = 30522 + 82
    end: int = 30522 + 83
    first_piece: int = 30522 + 96

    def task(self, name: str) -> int:
        return self.first_task + self.tasks.index(name)


class Decoding(msgspec.Struct, frozen=True):
    """How a row is searched: `beam` hypotheses at once, the best of them by mean log probability.

    A row has no n-gram of `no_repeat_ngram_size` pieces twice, and at most `length_constant` plus `length_factor` times
    the tokens of its source, and never more than `length_limit`. Names on disk are older."""

    no_repeat_ngram_size: int = msgspec.field(name="no_repeat")
    length_factor: float
    length_constant: int
    length_limit: int
    beam: int = 1
    no_immediate_repeat: bool = msgspec.field(name="no_double", default=False)
    """Whether a slot, or a piece of more than one letter, may not follow itself."""
    spell: bool = False
    """Whether only Latin words of the row's own source may be spelled."""
    prune: float = math.inf
    """A hypothesis whose log probability is this far below the best one's is dropped."""


class Config(msgspec.Struct, frozen=True):
    """`config.json` of a glosser: all rows of a paper from one encoding."""

    format: int
    name: str
    roles: tuple[str, ...]
    source: str
    targets: tuple[str, ...]
    rules: int
    precision: str
    summary: str
    shape: Shape
    ids: Ids
    decoding: Decoding
    weights: dict[str, list[str]]
    """For each graph, the names of the tensors that it is given. `.T` at the end asks for the transpose."""
    files: dict[str, str]
    """SHA-256 of each file."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A checked bundle. `digest` is the SHA-256 of its config, which holds the digests of all other files."""

    name: str
    path: Path
    config: Config | TextConfig
    digest: str

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum((self.path / file).stat().st_size for file in self.config.files)


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Form(msgspec.Struct):
    format: int


def _decode(content: bytes) -> Config | TextConfig:
    if msgspec.json.decode(content, type=_Form).format == TEXT_FORMAT:
        return msgspec.json.decode(content, type=TextConfig)
    return msgspec.json.decode(content, type=Config)


def read_config(path: Path) -> Config | TextConfig:
    try:
        config = _decode((path / CONFIG_FILE).read_bytes())
    except FileNotFoundError:
        raise BundleError(f"{path} is not a bundle: it has no {CONFIG_FILE}.") from None
    except OSError as error:
        raise BundleError(f"The bundle {path} cannot be read: {error}.") from error
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise BundleError(f"{path / CONFIG_FILE} is damaged: {error}. Install the bundle again.") from error
    if config.format not in (FORMAT, TEXT_FORMAT):
        known = f"{FORMAT} and {TEXT_FORMAT}"
        message = f"The bundle {path.name} has format {config.format}, this version of arXiv Gloss reads {known}."
        raise BundleError(message)
    if not BUNDLE_NAME.fullmatch(config.name) or not all(FILE_NAME.fullmatch(file) for file in config.files):
        raise BundleError(f"The bundle {path} names files or itself in a way that is not allowed.")
    return config


def open_bundle(path: Path) -> Bundle:
    """Check every file against its digest. Raises BundleError that names the file at fault, also for one that a model
    would read and that has no digest."""
    config = read_config(path)
    unlisted = sorted(_readable(path, config) - set(config.files))
    if unlisted:
        raise BundleError(f"The bundle {config.name} has no digest of {unlisted[0]} in {path}. Install it again.")
    for file, expected in config.files.items():
        inside = path / file
        if not inside.is_file():
            raise BundleError(f"The bundle {config.name} is incomplete: {file} is missing in {path}.")
        if digest_of(inside) != expected:
            raise BundleError(
                f"The bundle {config.name} is damaged: {file} in {path} has another digest than config.json says."
            )
    return Bundle(config.name, path, config, digest_of(path / CONFIG_FILE))


def _readable(path: Path, config: Config | TextConfig) -> set[str]:
    """Names of files that a model may read: those that it needs, and whatever else of their kinds lies there."""
    needed = {WEIGHTS_FILE, SATURATION_FILE, TOKENIZER_FILE, *(f"{graph}.onnx" for graph in config.weights)}
    there = {file.name for file in path.iterdir() if file.suffix in MODEL_FILES and file.name != CONFIG_FILE}
    return needed | there


def bundle_folder(bundles: Path, name: str) -> Path:
    """Where the bundle `name` is, or goes, inside the folder `bundles`. Raises BundleError for what is no bundle's
    name, so that nothing outside of it can be named."""
    if not BUNDLE_NAME.fullmatch(name):
        raise BundleError(
            f"{name!r} is no name of a bundle: that is up to 64 lower-case letters, digits, dots, dashes and "
            "underscores, and begins with a letter or a digit."
        )
    return bundles / name


def delete_bundle(folder: Path) -> None:
    """Delete a bundle; of a link to one, the link alone. Raises OSError."""
    if folder.is_symlink():
        folder.unlink()
    else:
        shutil.rmtree(folder)


def find_bundles(folders: Iterable[Path]) -> list[Path]:
    """Bundle folders below `folders`, in that order, each name once (the first wins). Nothing is checked yet."""
    found: dict[str, Path] = {}
    for folder in folders:
        if folder.is_dir():
            for child in sorted(folder.iterdir()):
                if (child / CONFIG_FILE).is_file():
                    found.setdefault(child.name, child)
    return list(found.values())
