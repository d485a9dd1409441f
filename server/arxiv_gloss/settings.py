"""Settings: defaults, overridden by `settings.toml`, by the environment (ARXIV_GLOSS_PORT …), by arguments.

Imports nothing of ours.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import platformdirs

_NAME = "arxiv-gloss"
PREFIX = "ARXIV_GLOSS_"
SETTINGS_FILE = "settings.toml"
PACKAGE = Path(__file__).parent
CHECKOUT = Path(__file__).parents[2]
"""The repository, when the package runs from a checkout; otherwise a folder that holds nothing of ours."""


class BadSetting(ValueError):
    """A setting that cannot be used; the message names the key and where it was set."""


LlmRole = Literal["translator", "summarizer"]
LlmSurface = Literal["panel", "gloss", "digest", "batch"]


class LlmSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A language model of the reader's own, as `arxiv-gloss models connect` found it."""

    url: str
    """Address of its server, such as `http://localhost:11434`."""
    model: str
    """As the server names it."""
    roles: tuple[LlmRole, ...] = ("translator",)
    """What it writes: the translations, or the condensations of summary and takeaways."""
    surfaces: tuple[LlmSurface, ...] = ("panel", "gloss", "digest", "batch")
    """Where: in the panel, and by the commands of these names. All else is the shipped model's."""
    elsewhere: bool = False
    """Whether the server may be on another machine. Each gloss then says so."""
    thinking: str = ""
    """How its server is told that it should not think aloud (engine/llm/prompts.py)."""
    json_schema: bool = False
    """Whether it is asked for JSON."""
    seconds: float = 60.0
    """So long may one sentence take."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that may be set."""

    config_dir: Path
    """Folder of settings.toml."""
    data_dir: Path
    """Folder of bundles/, glossary.tsv and state.db."""
    cache_dir: Path
    """Folder of glosses.db; may be emptied at any time."""
    extension_dir: Path = msgspec.field(default_factory=lambda: Path.home() / "arxiv-gloss-extension")
    """Folder that browsers load the extension from: one that a file dialog shows and that stays."""
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 8417
    """Port on 127.0.0.1; the server never listens elsewhere."""
    target: str = "zh"
    """Language of the glosses when a request names none."""
    bundle: str = ""
    """Name of the glosser bundle to use; empty for the first that is found."""
    translator: str = ""
    """Name of the translator bundle to use; empty for the glosser where it speaks the target, else the first that
    does."""
    summarizer: str = ""
    """Name of the summarizer bundle to use; empty for none."""
    llm: LlmSettings | None = None
    """The table [llm] of settings.toml; the environment cannot set it."""
    cache: bool = True
    """Whether decoded rows are kept on disk."""
    ask_arxiv: bool = True
    """Whether the server may ask arXiv for a paper of which it knows only the id."""

    @property
    def cache_file(self) -> Path | None:
        return self.cache_dir / "glosses.db" if self.cache else None

    @property
    def papers_dir(self) -> Path | None:
        """Where PDFs fetched from arXiv are kept."""
        return self.cache_dir / "papers" if self.cache else None

    @property
    def state_file(self) -> Path:
        return self.data_dir / "state.db"

    @property
    def digest_dir(self) -> Path:
        return self.data_dir / "digest"

    @property
    def glossary_file(self) -> Path:
        return self.data_dir / "glossary.tsv"

    @property
    def bundle_folders(self) -> tuple[Path, ...]:
        """Where bundles are looked for: the reader's own, those of the installed package, those of a checkout."""
        return (self.data_dir / "bundles", PACKAGE / "bundles", CHECKOUT / "models" / "shipped")


def built(part: str) -> Path | None:
    """Folder of a built part of the extension, `chrome-mv3` or `web`: of the installed package, else of a checkout;
    None when it has not been built."""
    inside = PACKAGE / "built" / ("web" if part == "web" else f"extension/{part}")
    for folder in (inside, CHECKOUT / "extension" / ".output" / part):
        if folder.is_dir():
            return folder
    return None


def load(arguments: Mapping[str, Any] | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read all four layers. `arguments` that are None count as not given. Raises BadSetting."""
    given = {key: value for key, value in (arguments or {}).items() if value is not None}
    environment = {key.removeprefix(PREFIX).lower(): value for key, value in environ.items() if key.startswith(PREFIX)}
    environment = {key: value for key, value in environment.items() if key in Settings.__struct_fields__}
    values: dict[str, Any] = {
        "config_dir": platformdirs.user_config_dir(_NAME, appauthor=False),
        "data_dir": platformdirs.user_data_dir(_NAME, appauthor=False),
        "cache_dir": platformdirs.user_cache_dir(_NAME, appauthor=False),
    }
    config_dir = given.get("config_dir") or environment.get("config_dir") or values["config_dir"]
    file = Path(config_dir) / SETTINGS_FILE
    origin: dict[str, str] = {}
    layers = ((str(file), _read(file)), ("the environment", environment), ("the arguments", given))
    for where, layer in layers:
        values |= layer
        origin |= dict.fromkeys(layer, where)
    try:
        return msgspec.convert(values, Settings, strict=False, dec_hook=_folder)
    except msgspec.ValidationError as problem:
        found = re.search(r"\$\.(\w+)|unknown field `(\w+)`", str(problem))
        key = (found[1] or found[2]) if found else "?"
        reason = _in_words(str(problem).split(" - at ")[0])
        raise BadSetting(
            f"The setting `{key}` in {origin.get(key, 'the defaults')} cannot be used: {reason}."
        ) from None


WORDS = (
    (r"Expected `int` <= (\d+)", r"it may be at most \1"),
    (r"Expected `int` >= (\d+)", r"it must be at least \1"),
    (r"Expected `int`.*", "it must be a whole number"),
    (r"Expected `bool`.*", "it must be true or false"),
    (r"Object contains unknown field.*", "there is no such setting"),
)
"""What the library says of a value, and how it is said to a person."""


def _in_words(reason: str) -> str:
    for pattern, words in WORDS:
        if re.fullmatch(pattern, reason):
            return re.sub(pattern, words, reason)
    return reason


def _folder(kind: type, value: object) -> object:
    """Paths are given as text; `~` is the reader's home."""
    if kind is Path and isinstance(value, str):
        return Path(value).expanduser()
    raise NotImplementedError(f"{kind} cannot be read")


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as problem:
        raise BadSetting(f"The settings file {file} cannot be read: {problem}.") from None
