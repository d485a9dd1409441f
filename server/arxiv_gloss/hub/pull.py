"""`arxiv-gloss models pull`: from a name on the hub, or a folder, to a bundle. Half-done work can not be loaded."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from arxiv_gloss.engine.text_config import Origin
from arxiv_gloss.hub.download import RemoteModel, fetch, look_up
from arxiv_gloss.hub.pack import Packed, bundle_name, pack


@dataclass(frozen=True)
class Order:
    """What is to become of a model."""

    name: str | None = None
    """The bundle's; default: the model's."""
    role: str | None = None
    to: tuple[str, ...] = ()
    precision: str = "int8"


Report = Callable[[str], None]


def pull(
    model: str,
    revision: str | None,
    order: Order,
    bundles: Path,
    staging: Path,
    agreed: Callable[[RemoteModel], bool],
    report: Report,
) -> Packed | None:
    """Fetch and pack; None when it was not `agreed`. What was fetched stays in `staging` until the bundle is there, so
    that a run that broke off goes on. Raises HubError."""
    name = order.name or bundle_name(model)
    remote = look_up(model, revision)
    if not agreed(remote):
        return None
    folder = staging / f"{name}-{remote.commit[:12]}"
    fetch(remote, folder, lambda file: report(f"fetching {file}"))
    made = pack_folder(folder, Origin(model, remote.commit, remote.licence, 0), order, name, bundles, report)
    shutil.rmtree(folder, ignore_errors=True)
    return made


def pack_folder(folder: Path, origin: Origin, order: Order, name: str, bundles: Path, report: Report) -> Packed:
    """The bundle of a model that is on the disk. Raises HubError."""
    return pack(folder, bundles, name, origin, order.precision, order.role, order.to, report)
