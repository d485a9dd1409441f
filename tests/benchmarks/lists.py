"""How fast a list is glossed in the browser, and whether the page stays alive meanwhile.

    python -m tests.benchmarks.lists --dev dev.jsonl.xz [--papers 200]

Builds the extension's page of a list from the first papers of dev that have an abstract, opens it in Chromium beside a
server with an empty cache, and scrolls down as a reader who wants everything. Prints seconds from opening the page
to the first screen and to the last entry, and the tasks that kept the page's main thread for more than 50 ms, beside
those of the same page where the extension does nothing: laying out so long a page is one such task.
"""

from __future__ import annotations

import argparse
import html
import lzma
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from playwright.sync_api import Page, sync_playwright

from arxiv_gloss.demo import paper
from arxiv_gloss.demo.browser import find_chromium, open_browser
from arxiv_gloss.demo.server import running_server
from arxiv_gloss.demo.steps import pair_browser
from arxiv_gloss.settings import built

ADDRESS = "/list/cs.CL/new"
ELSEWHERE = "/help/list"
"""An address at which the extension leaves pages alone."""
DONE = ".entry[data-phase=done], .entry[data-phase=failed]"
LONG_TASKS = """window.longTasks = [];
new PerformanceObserver(list => list.getEntries().forEach(entry => window.longTasks.push(Math.round(entry.duration))))
  .observe({type: 'longtask', buffered: true});"""
ENTRY = """
<dt><a href="/abs/2601.{n:05}" title="Abstract" id="2601.{n:05}">arXiv:2601.{n:05}</a></dt>
<dd><div class="meta">
<div class="list-title mathjax"><span class="descriptor">Title:</span> {title}</div>
<div class="list-authors"><a href="/search/cs?searchtype=author&amp;query=Doe,+J">Jane Doe</a></div>
<p class="mathjax">{abstract}</p>
</div></dd>"""


def papers(dev: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(dev, "rt", encoding="utf-8") as lines:
        yield from (row for row in map(msgspec.json.decode, lines) if row["abstract"])


def list_page(rows: list[dict[str, Any]]) -> str:
    entries = [
        ENTRY.format(n=n, title=html.escape(row["title"] or ""), abstract=html.escape(row["abstract"]))
        for n, row in enumerate(rows, 1)
    ]
    head = f"<h3>New submissions (showing {len(rows)} of {len(rows)} entries)</h3>"
    return f"<!doctype html><title>list</title><body><dl id='articles'>{head}{''.join(entries)}</dl></body>"


def seconds_until(page: Page, began: float, ready: int, deadline: float = 300) -> float:
    while time.perf_counter() - began < deadline:
        if page.locator(DONE).count() >= ready:
            return time.perf_counter() - began
        page.evaluate("document.querySelector('.entry[data-phase=waiting]')")
        page.wait_for_timeout(20)
    raise SystemExit(f"The list was not glossed within {deadline} s.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--papers", type=int, default=200)
    options = parser.parse_args()
    rows = list(islice(papers(options.dev), options.papers))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        file = home / "list.html"
        file.write_text(list_page(rows), encoding="utf-8")
        chromium, extension = find_chromium(playwright), built("chrome-mv3")
        assert chromium and extension, "build the extension and install Chromium first"
        with (
            running_server(home) as server,
            open_browser(
                playwright, chromium, home / "profile", extension, {ADDRESS: file, ELSEWHERE: file}, paper.STYLE
            ) as context,
        ):
            pair_browser(context, server)
            alone = context.new_page()
            alone.add_init_script(LONG_TASKS)
            alone.goto(f"https://arxiv.org{ELSEWHERE}")
            alone.wait_for_timeout(1_000)
            print(f"the page alone: tasks longer than 50 ms {alone.evaluate('window.longTasks')}")
            alone.close()
            page = context.new_page()
            page.add_init_script(LONG_TASKS)
            began = time.perf_counter()
            page.goto(f"https://arxiv.org{ADDRESS}")
            seen = page.evaluate(
                "[...document.querySelectorAll('dt')].filter(dt => dt.getBoundingClientRect().top < innerHeight).length"
            )
            print(f"first screen ({seen} papers): {seconds_until(page, began, seen):.2f} s", flush=True)
            page.evaluate("setInterval(() => scrollBy(0, innerHeight / 2), 100)")
            print(f"all {len(rows)} papers: {seconds_until(page, began, len(rows)):.2f} s")
            long = page.evaluate("window.longTasks")
            failed = page.locator(".entry[data-phase=failed]").count()
            print(f"with its glosses: tasks longer than 50 ms {long}; {failed} papers failed")


if __name__ == "__main__":
    main()
