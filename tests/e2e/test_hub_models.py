"""A model from a hub, by one command, into the panel: chosen in the options, said in the foot."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

pytest.importorskip("optimum.exporters.onnx", reason="needs the extra [export]")

from arxiv_gloss.demo import paper
from arxiv_gloss.demo.browser import extension_id, find_chromium, open_browser
from arxiv_gloss.demo.server import Server, command_line, running_server
from arxiv_gloss.demo.steps import open_panel, pair_browser
from arxiv_gloss.settings import built
from tests.hub.fake_hub import FakeHub, serving
from tests.hub.tiny_models import make

pytestmark = pytest.mark.browser

URL = f"https://arxiv.org{paper.PATH}"
NAME = "tiny/nllb-tiny"
"""Its weights are random, and so are its words; what is tested is the way."""


@dataclass
class Reader:
    context: BrowserContext
    server: Server
    hub: FakeHub

    def pull(self, *arguments: str) -> str:
        environment = self.server.environment | {"HF_ENDPOINT": self.hub.endpoint, "HF_HUB_DISABLE_XET": "1"}
        done = subprocess.run(
            command_line("models", "pull", NAME, "--yes", "--precision", "fp32", *arguments),
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def options(self) -> Page:
        page = self.context.new_page()
        page.goto(f"chrome-extension://{extension_id(self.context)}/options.html")
        return page


@pytest.fixture(scope="module")
def reader(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    home = tmp_path_factory.mktemp("reader")
    model = make("nllb", tmp_path_factory.mktemp("hub") / "nllb-tiny")
    chromium, extension = find_chromium(playwright), built("chrome-mv3")
    assert chromium and extension, "tests/conftest.py should have seen to both"
    with (
        serving(FakeHub(model, NAME, "cc-by-nc-4.0")) as hub,
        running_server(home) as server,
        open_browser(
            playwright, chromium, home / "profile", extension, {paper.PATH: paper.PAGE}, paper.STYLE
        ) as context,
    ):
        pair_browser(context, server)
        yield Reader(context, server, hub)


def test_a_pulled_model_speaks_in_the_panel(reader: Reader) -> None:
    said = reader.pull("--to", "de", "--to", "ar")
    assert "translator into ar, de" in said and "cc-by-nc-4.0" in said

    options = reader.options()
    translation = options.get_by_label("Translation")
    expect(translation.locator("option")).to_have_text(["As the target language needs it", "nllb-tiny"])
    translation.select_option("nllb-tiny")
    target = options.get_by_label("Target language")
    expect(target.locator("option", has_text="German")).to_have_count(1)
    target.select_option("de")
    expect(target).to_have_value("de")

    page = open_panel(reader.context, URL)
    panel = page.locator("section.panel[data-phase=done]")
    expect(panel.locator("h2[lang=de]")).not_to_be_empty()
    foot = panel.locator("footer")
    expect(foot).to_contain_text("nllb-tiny")
    expect(foot).to_contain_text("gloss-en-zh")
    expect(foot).to_contain_text("numbers checked by digits")
    assert panel.locator(".prose .sentence[lang=de]").count() > 3

    options.bring_to_front()
    target.select_option("ar")
    page.bring_to_front()
    arabic = page.locator("section.panel[data-phase=done] h2[lang=ar]")
    expect(arabic).to_have_attribute("dir", "rtl")
    assert arabic.evaluate("heading => getComputedStyle(heading).direction") == "rtl"
    assert page.locator("section.panel .prose[dir=rtl]").count() == 2, "summary and translation begin on the right"
    if folder := os.environ.get("ARXIV_GLOSS_SHOTS"):
        page.screenshot(path=f"{folder}/panel-ar.png", full_page=True)
        options.screenshot(path=f"{folder}/options.png", full_page=True)
    options.close()
    page.close()
