"""What the tests need and pip can not install: the built extension and a Chromium.

Both are put there when they are missing; where that is not possible the tests that need them are skipped, and say what
to install. Under CI=true nothing that needs a browser may be skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from arxiv_gloss.demo.browser import find_chromium
from arxiv_gloss.invocation import command
from extension import hatch_build

ROOT = Path(__file__).parents[1]
CI = os.environ.get("CI") == "true"
INSTALL_SECONDS = 300
"""Without a network installers try again and again."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a GPU its tests are skipped, and say so."""
    from arxiv_gloss.engine.session import provider

    for item in items:
        if item.get_closest_marker("gpu") and provider() != "CUDA":
            item.add_marker(pytest.mark.skip(reason="no CUDA device"))


def pytest_collection_finish(session: pytest.Session) -> None:
    if session.config.option.collectonly or not any(item.get_closest_marker("browser") for item in session.items):
        return
    problem = cannot_build() or install_chromium()
    if problem is None:
        return
    if CI:
        raise pytest.UsageError(problem)
    for item in session.items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=problem))


def cannot_build() -> str | None:
    """Build the extension unless it is there and no older than its sources; returns what is missing for that.

    A build that fails is no reason to skip: it ends the run.
    """
    extension = ROOT / "extension"
    if hatch_build.is_fresh(extension, extension / ".output"):
        return None
    reason = hatch_build.reason_not_to_build()
    if reason:
        return f"{reason} The browser tests need the built extension."
    try:
        hatch_build.build(extension)
    except RuntimeError as error:
        raise pytest.UsageError(str(error)) from error
    return None


def playwright_chromium() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return find_chromium(playwright)


def install_chromium() -> str | None:
    """One that is there, else Playwright's, else, as root on CI, the system's; returns what is wrong."""
    if playwright_chromium():
        return None
    tries = [[sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]]
    if CI and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        packages = ["chromium", "fonts-noto-cjk"]
        tries += [["apt-get", "update", "-q"], ["apt-get", "install", "-qy", "--no-install-recommends", *packages]]
    for arguments in tries:
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(
                arguments, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=INSTALL_SECONDS
            )
    if playwright_chromium():
        return None
    return (
        f"The browser tests need a Chromium: run {command('playwright')} install chromium, install your system's "
        "chromium, or name one with ARXIV_GLOSS_CHROMIUM."
    )
