"""The reader's own language model: as the settings name it, and how the settings come to name it.

What speaks HTTP is imported only where a model is connected.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import tomlkit
from tomlkit.exceptions import TOMLKitError

from arxiv_gloss.errors import StateError
from arxiv_gloss.private_files import write_private
from arxiv_gloss.settings import LlmRole, LlmSettings, LlmSurface, Settings

if TYPE_CHECKING:
    from arxiv_gloss.engine.llm.model import ChatModel

_TABLE = "llm"


@dataclass(frozen=True, slots=True)
class OwnModel:
    """The reader's model, and what it writes."""

    chat: ChatModel
    roles: frozenset[LlmRole]


def own_model(settings: Settings, surface: LlmSurface) -> OwnModel | None:
    """The model that writes on a surface, if one is connected there. Nothing is asked or looked up yet."""
    llm = settings.llm
    return OwnModel(chat_model(llm), frozenset(llm.roles)) if llm and surface in llm.surfaces else None


def chat_model(llm: LlmSettings) -> ChatModel:
    """The model that the settings name."""
    from arxiv_gloss.engine.llm.client import Client
    from arxiv_gloss.engine.llm.endpoint import resolve
    from arxiv_gloss.engine.llm.model import ChatModel, Manner

    manner = Manner(llm.thinking, llm.json_schema, llm.seconds)
    return ChatModel(lambda: Client(resolve(llm.url, llm.elsewhere)), llm.model, manner)


def keep_llm(file: Path, settings: LlmSettings | None) -> None:
    """Keep it in settings.toml beside all else that is there, or forget it. Raises StateError."""
    try:
        document = tomlkit.parse(file.read_text(encoding="utf-8") if file.exists() else "")
        document.pop(_TABLE, None)
        if settings is not None:
            document[_TABLE] = msgspec.to_builtins(settings)
        write_private(file, tomlkit.dumps(document).encode())
    except (OSError, ValueError, TOMLKitError) as problem:
        raise StateError(f"The settings cannot be kept in {file} ({problem}).") from problem
