"""How a slot stands in a marked text: `⟪3⟫` for slot 3. Imports nothing of ours."""

from __future__ import annotations

import re

MARKER = re.compile(r"⟪(\d{1,3})⟫")


def marker(slot: int) -> str:
    return f"⟪{slot}⟫"
