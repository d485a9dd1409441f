"""What the reader may change while the server runs."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from arxiv_gloss.app import create_app
from arxiv_gloss.errors import BadRequest, StateError
from arxiv_gloss.registry.preferences import Preferences
from arxiv_gloss.registry.text_models import Capabilities
from arxiv_gloss.routes.services import AppServices
from arxiv_gloss.settings import Settings, load
from tests.fixtures.tiny_bundle import make_tiny_bundle
from tests.server.conftest import ABSTRACT, ORIGIN, Caller


@pytest.fixture
def preferences(settings: Settings) -> Preferences:
    offers = {
        "large": Capabilities(("glosser",), ("zh",)),
        "small": Capabilities(("glosser",), ("zh",)),
        "polyglot": Capabilities(("translator",), ("de", "fr")),
    }
    return Preferences(settings, settings.config_dir / "settings.toml", lambda: offers)


def test_a_change_is_kept_beside_what_was_there(preferences: Preferences, settings: Settings) -> None:
    settings.config_dir.mkdir()
    file = settings.config_dir / "settings.toml"
    file.write_text('# mine\nport = 9000\ntarget = "zh"\n')
    preferences.change("zh-TW", None)
    assert file.read_text() == '# mine\nport = 9000\ntarget = "zh-TW"\n'
    preferences.change(None, "small")
    loaded = load({"config_dir": str(settings.config_dir)}, {})
    assert (loaded.port, loaded.target, loaded.bundle) == (9000, "zh-TW", "small")
    assert (preferences.target, preferences.bundle) == ("zh-TW", "small")


def test_a_bundle_is_chosen_only_for_what_it_can_do(preferences: Preferences) -> None:
    preferences.change(translator="polyglot")
    assert preferences.selection.translator == "polyglot"
    with pytest.raises(BadRequest, match="no glosser 'polyglot'"):
        preferences.change(bundle="polyglot")
    with pytest.raises(BadRequest, match="no summarizer 'small'; installed are: none"):
        preferences.change(summarizer="small")
    preferences.change(translator="")
    assert preferences.selection.translator == ""


def test_what_is_not_installed_changes_nothing(preferences: Preferences, settings: Settings) -> None:
    with pytest.raises(BadRequest, match="large, small"):
        preferences.change("en", "huge")
    assert preferences.target == "zh"
    assert not (settings.config_dir / "settings.toml").exists()


@pytest.mark.parametrize("harm", ["folder", "broken"])
def test_a_file_that_cannot_be_kept_changes_nothing(preferences: Preferences, settings: Settings, harm: str) -> None:
    if harm == "folder":
        settings.config_dir.write_text("a file where the folder should be")
    else:
        settings.config_dir.mkdir()
        (settings.config_dir / "settings.toml").write_text("this is = not = toml")
    with pytest.raises(StateError, match="settings"):
        preferences.change("en", None)
    assert preferences.target == "zh"


@pytest.mark.usefixtures("opencc")
def test_the_target_of_the_settings_is_used_when_none_is_asked_for(client: Caller) -> None:
    before = client.get("/v1/settings").json
    assert before is not None and (before["target"], before["bundle"]) == ("zh", "")
    after = client.put("/v1/settings", {"target": "zh-TW"}).json
    assert after is not None and after["target"] == "zh-TW"
    events = client.stream("/v1/gloss", {"abstract": ABSTRACT, "parts": ["translation"]})
    assert events[1]["text"] == "甲句的譯文。"
    events = client.stream("/v1/glosses", {"papers": [{"abstract": ABSTRACT}]})
    assert events[1]["event"]["text"] == "乙句的要點SplitNet$O(n^2)$。"
    asked = client.stream("/v1/gloss", {"abstract": ABSTRACT, "parts": ["translation"], "target": "zh"})
    assert asked[1]["text"] == "甲句的译文。"


def test_what_is_unknown_is_refused(client: Caller) -> None:
    refused = client.put("/v1/settings", {"target": "tlh"}).get_json()
    assert refused["error"]["code"] == "unknown_target"
    assert client.put("/v1/settings", {"bundle": "huge"}).status_code == 400
    assert client.put("/v1/settings", {"port": 1}).status_code == 400


def test_another_bundle_is_loaded_at_once(settings: Settings) -> None:
    folder = settings.data_dir / "bundles"
    made = [make_tiny_bundle(folder / name, seed=seed)[0].digest for seed, name in enumerate(("one", "two"))]
    app = create_app(replace(settings, bundle="one"))
    services: AppServices = app.extensions["arxiv_gloss"]
    client = Caller(app, services.pairings.new_token(ORIGIN))
    first = services.engines.glosser().info
    client.put("/v1/settings", {"bundle": "two"})
    second = services.engines.glosser().info
    assert [first.digest, second.digest] == made
    services.close()
