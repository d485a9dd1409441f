"""`arxiv-gloss models pull`: from a name on the hub to a bundle. Half-done work cannot be loaded."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from arxiv_gloss.engine.text_config import Origin
from arxiv_gloss.hub.download import RemoteModel, fetch_model, look_up
from arxiv_gloss.hub.pack import Order, Packed, Report, pack


def pull(
    order: Order,
    revision: str | None,
    bundles: Path,
    staging: Path,
    agreed: Callable[[RemoteModel], bool],
    report: Report,
) -> Packed | None:
    """Fetch and pack the model that `order.origin` names; None when it was not `agreed`. What was fetched stays in
    `staging` until the bundle is there, so that a run that broke off goes on. Raises HubError."""
    remote = look_up(order.origin.model, revision)
    if not agreed(remote):
        return None
    folder = staging / f"{order.name}-{remote.commit[:12]}"
    fetch_model(remote, folder, lambda file: report(f"fetching {file}"))
    found = Origin(remote.name, remote.commit, remote.licence, 0)
    made = pack(folder, bundles, replace(order, origin=found), report)
    shutil.rmtree(folder, ignore_errors=True)
    return made
