"""A model from a hub into our own folder: safetensors and tokenizer files alone, of one commit, checked."""

from __future__ import annotations

import errno
import fnmatch
import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import requests
from huggingface_hub import HfApi, hf_hub_download
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    LocalEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from arxiv_gloss.errors import HubError

WANTED = (
    "config.json",
    "generation_config.json",
    "*.safetensors",
    "*.safetensors.index.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.json",
    "merges.txt",
    "*.spm",
    "*.model",
)
"""All that a model needs; neither code nor pickles are ever fetched."""
PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl")
AGAIN = "Run the command again: what is there already stays."
SPACE = 8
"""Free bytes needed for each byte of the model: itself, its export in fp32, what is packed, and some air."""


@dataclass(frozen=True)
class RemoteFile:
    name: str
    size: int
    sha256: str | None
    """Known for large files; git's own digest of small ones says less."""


@dataclass(frozen=True)
class RemoteModel:
    """One commit of a model on the hub."""

    name: str
    commit: str
    licence: str
    files: tuple[RemoteFile, ...]

    @property
    def size(self) -> int:
        """Bytes to fetch."""
        return sum(file.size for file in self.files)


def look_up(name: str, revision: str | None = None) -> RemoteModel:
    """What the hub has under a name. Raises HubError."""
    try:
        info = HfApi(endpoint=_endpoint()).model_info(name, revision=revision, files_metadata=True, timeout=20)
    except HFValidationError:
        raise HubError(f"{name!r} is no name of a model: write OWNER/NAME, as the hub does.") from None
    except (OSError, HfHubHTTPError) as problem:
        raise _worded(name, problem) from problem
    files = info.siblings or []
    names = [file.rfilename for file in files]
    chosen = [file for file in files if any(fnmatch.fnmatch(file.rfilename, form) for form in WANTED)]
    if not any(name.endswith(".safetensors") for name in names):
        pickled = any(fnmatch.fnmatch(one, form) for one in names for form in PICKLES)
        why = "its weights are pickles, which may run code when they are opened" if pickled else "it has no weights"
        raise HubError(
            f"{name} has no safetensors: {why}. Some models have safetensors in a pull request of the hub's own; "
            "name it with --revision refs/pr/NUMBER."
        )
    licence = getattr(info.card_data, "license", None)
    licence = licence or next((t[8:] for t in info.tags or [] if t.startswith("license:")), "not stated")
    return RemoteModel(
        name,
        info.sha or "",
        ", ".join(licence) if isinstance(licence, list) else str(licence),
        tuple(RemoteFile(f.rfilename, f.size or 0, f.lfs.sha256 if f.lfs else None) for f in chosen),
    )


def fetch_model(model: RemoteModel, into: Path, fetched: Callable[[str], None] = lambda _: None) -> Path:
    """The model's files into a folder; those that are there stay, one that broke off goes on. Raises HubError."""
    into.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(into).free
    if free < SPACE * model.size:
        raise HubError(
            f"The disk is too full: {model.name} needs {SPACE * model.size / 1e9:.1f} GB while it is made, "
            f"{free / 1e9:.1f} GB are free in {into}."
        )
    for file in model.files:
        fetched(file.name)
        try:
            path = Path(
                hf_hub_download(model.name, file.name, revision=model.commit, local_dir=into, endpoint=_endpoint())
            )
        except (OSError, HfHubHTTPError) as problem:
            raise _worded(model.name, problem) from problem
        if file.sha256 and _digest(path) != file.sha256:
            path.unlink()
            raise HubError(
                f"{file.name} of {model.name} is not what the hub says it is: its digest is another one. It was thrown "
                "away; run the command again."
            )
    return into


def _endpoint() -> str | None:
    """A mirror, as the hub's own tools know it."""
    return os.environ.get("HF_ENDPOINT") or None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _worded(name: str, problem: Exception) -> HubError:
    """What a person can do about it."""
    if isinstance(problem, LocalEntryNotFoundError) and problem.__cause__ is not None:
        return _worded(name, problem.__cause__ if isinstance(problem.__cause__, Exception) else Exception())
    if isinstance(problem, GatedRepoError):
        return HubError(f"{name} is open only to those whom its authors let in: ask on its page, then set HF_TOKEN.")
    if isinstance(problem, RevisionNotFoundError):
        return HubError(f"{name} has no such revision.")
    status = problem.response.status_code if isinstance(problem, HfHubHTTPError) and problem.response is not None else 0
    if isinstance(problem, RepositoryNotFoundError) or status in (401, 403, 404):
        return HubError(f"The hub has no model {name!r}, or it is private; for a private one set HF_TOKEN.")
    if status == 429:
        return HubError(
            "The hub is rate-limiting this machine. Wait a few minutes, then run the command again. "
            "What was fetched stays."
        )
    if isinstance(problem, requests.exceptions.RequestException | ConnectionError | TimeoutError) or status >= 500:
        return HubError(f"The hub did not answer as it should ({problem}). {AGAIN}")
    if isinstance(problem, OSError) and problem.errno == errno.ENOSPC:
        return HubError(f"The disk is full. Make room. {AGAIN}")
    return HubError(f"{name} cannot be fetched: {problem}.")
