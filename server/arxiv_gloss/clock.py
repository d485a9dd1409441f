"""Time as the server sees it; tests give another one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    seconds: Callable[[], float] = time.perf_counter
    """Seconds from some moment on, to measure how long things take."""
    now: Callable[[], datetime] = utc_now
    """The time of day, in UTC."""
