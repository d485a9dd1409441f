"""What a person does in the browser: pair the extension, open an abstract page, read the panel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError

from arxiv_gloss.demo.browser import extension_id
from arxiv_gloss.demo.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

PANEL = "section.panel"
"""Inside an open shadow root, which Playwright looks through."""
_PATIENCE = 30_000
"""Milliseconds."""


def pair_browser(context: BrowserContext, server: Server) -> None:
    """Name the server on the options page and pair with a code from the terminal."""
    page = context.new_page()
    page.goto(f"chrome-extension://{extension_id(context)}/options.html")
    address = page.locator("input[type=text]").first
    address.fill(server.address)
    address.press("Tab")
    code = page.locator("input[name=code]")
    code.wait_for()
    for patience in (3_000, _PATIENCE):  # the first try may overtake the change of the address
        if code.count():  # gone where the first code was taken, and the connection is checked still
            code.fill(server.pairing_code())
            code.press("Enter")
        try:
            page.locator(".doctor .well").wait_for(timeout=patience)
            break
        except TimeoutError:
            if patience == _PATIENCE:
                raise
    page.close()


def open_panel(context: BrowserContext, url: str) -> Page:
    """Open an abstract page and wait until its gloss is done."""
    page = context.new_page()
    page.goto(url)
    page.locator(f"{PANEL}[data-phase=done]").wait_for(timeout=_PATIENCE)
    return page


def take_picture(page: Page, path: Path) -> None:
    """The page with its panel, as high as it is."""
    page.screenshot(path=path, full_page=True)
