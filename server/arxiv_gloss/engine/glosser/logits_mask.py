"""What a row may never hold: slots that its source lacks, and tokens that are no text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from arxiv_gloss.engine.bundle import Ids
from arxiv_gloss.engine.logits_processors import MASKED, Floats
from arxiv_gloss.engine.protocol import RowRequest


def logits_mask(ids: Ids, target_size: int, source: Sequence[int], request: RowRequest) -> Floats:
    """float32 [V]: 0 for a token that the row may hold, MASKED for slots that its source lacks or the request forbids,
    for tasks and for unused ids. `source`: the ids of the row's slice."""
    mask = np.zeros(target_size, np.float32)
    first_piece = ids.first_piece - ids.base
    mask[:first_piece] = MASKED
    mask[[ids.newline - ids.base, ids.end - ids.base]] = 0
    here = {token - ids.base for token in source if ids.base <= token < ids.base + ids.slots}
    mask[sorted(here - request.forbidden_slots)] = 0
    return mask
