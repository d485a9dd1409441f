"""Codes and tokens."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from arxiv_gloss.errors import NotAllowed, StateError
from arxiv_gloss.routes.services import services_of
from arxiv_gloss.storage.pairings import CODE_SECONDS, CODE_TRIES, SALT, TICKET_SECONDS, Pairings
from tests.server.conftest import ORIGIN, Caller
from tests.server.fakes import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(1_000_000.0)


@pytest.fixture
def pairings(tmp_path: Path, clock: FakeClock) -> Iterator[Pairings]:
    made = Pairings(tmp_path / "data" / "state.db", clock)
    yield made
    made.close()


def other(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08}"


def test_a_code_gives_a_token_bound_to_its_origin(pairings: Pairings) -> None:
    code = pairings.new_code()
    token = pairings.pair(f" {code[:4]} {code[4:]}", ORIGIN)
    assert len(code) == 8 and code.isdigit()
    assert pairings.allows(token, ORIGIN)
    assert pairings.allows(token, None)
    assert not pairings.allows(token, "chrome-extension://other")
    assert not pairings.allows(token + "x", ORIGIN)
    assert pairings.origins() == {ORIGIN}


def test_a_code_works_once(pairings: Pairings) -> None:
    code = pairings.new_code()
    pairings.pair(code, ORIGIN)
    with pytest.raises(NotAllowed):
        pairings.pair(code, ORIGIN)


def test_a_new_code_ends_the_old_one(pairings: Pairings) -> None:
    old = pairings.new_code()
    new = pairings.new_code()
    if old != new:
        with pytest.raises(NotAllowed):
            pairings.pair(old, ORIGIN)
    assert pairings.pair(new, ORIGIN)


@pytest.mark.parametrize("seconds", [CODE_SECONDS + 1, -1])
def test_a_code_gets_too_old(pairings: Pairings, clock: FakeClock, seconds: float) -> None:
    """And a clock that is set back makes it no younger."""
    code = pairings.new_code()
    clock.now += seconds
    with pytest.raises(NotAllowed):
        pairings.pair(code, ORIGIN)


def test_a_code_allows_five_tries(pairings: Pairings) -> None:
    code = pairings.new_code()
    for _ in range(CODE_TRIES - 1):
        with pytest.raises(NotAllowed):
            pairings.pair(other(code), ORIGIN)
    assert pairings.pair(code, ORIGIN)

    code = pairings.new_code()
    for _ in range(CODE_TRIES):
        with pytest.raises(NotAllowed):
            pairings.pair(other(code), ORIGIN)
    with pytest.raises(NotAllowed):
        pairings.pair(code, ORIGIN)


@pytest.mark.parametrize("code", ["", "abc", "٣" * 8, "0" * 100_000])
def test_what_is_no_code_is_refused(pairings: Pairings, code: str) -> None:
    pairings.new_code()
    with pytest.raises(NotAllowed):
        pairings.pair(code, ORIGIN)


def test_a_ticket_works_once(pairings: Pairings) -> None:
    (ticket,) = pairings.new_tickets(1)
    token = pairings.redeem(ticket, ORIGIN)
    assert pairings.allows(token, ORIGIN) and not pairings.allows(token, "chrome-extension://other")
    with pytest.raises(NotAllowed):
        pairings.redeem(ticket, ORIGIN)


@pytest.mark.parametrize("seconds", [TICKET_SECONDS + 1, -1])
def test_a_ticket_gets_too_old(pairings: Pairings, clock: FakeClock, seconds: float) -> None:
    (ticket,) = pairings.new_tickets(1)
    clock.now += seconds
    with pytest.raises(NotAllowed):
        pairings.redeem(ticket, ORIGIN)


def test_new_tickets_end_the_old_ones_and_forgetting_ends_all(pairings: Pairings) -> None:
    (old,) = pairings.new_tickets(1)
    chrome, firefox = pairings.new_tickets(2)
    with pytest.raises(NotAllowed):
        pairings.redeem(old, ORIGIN)
    assert pairings.redeem(chrome, ORIGIN)
    pairings.forget_all()
    with pytest.raises(NotAllowed):
        pairings.redeem(firefox, ORIGIN)


@pytest.mark.parametrize("ticket", ["", "x", "0" * 100_000])
def test_what_is_no_ticket_is_refused(pairings: Pairings, ticket: str) -> None:
    pairings.new_tickets(1)
    with pytest.raises(NotAllowed):
        pairings.redeem(ticket, ORIGIN)


def test_only_the_hash_of_a_ticket_is_kept(pairings: Pairings, tmp_path: Path) -> None:
    (ticket,) = pairings.new_tickets(1)
    pairings.close()
    assert ticket.encode() not in b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir())


def test_a_script_s_token_is_for_no_origin(pairings: Pairings) -> None:
    token = pairings.new_token()
    assert pairings.allows(token, None)
    assert not pairings.allows(token, ORIGIN)
    assert pairings.origins() == frozenset()


def test_only_hashes_are_kept(pairings: Pairings, tmp_path: Path) -> None:
    code = pairings.new_code()
    token = pairings.pair(code, ORIGIN)
    pairings.close()
    kept = b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir())
    assert token.encode() not in kept
    assert (tmp_path / "data" / "state.db").stat().st_mode & 0o077 == 0


def test_the_code_is_kept_under_a_slow_salted_hash(pairings: Pairings, tmp_path: Path) -> None:
    """All codes of eight digits are tried in seconds where a guess takes a microsecond."""
    code = pairings.new_code()
    with closing(sqlite3.connect(tmp_path / "data" / "state.db")) as database:
        ((kept,),) = database.execute("SELECT hash FROM code").fetchall()
    for name in hashlib.algorithms_guaranteed - {"shake_128", "shake_256"}:
        for given in (code.encode(), kept[:SALT] + code.encode(), code.encode() + kept[:SALT]):
            assert hashlib.new(name, given).digest() not in (kept, kept[SALT:])
    assert kept == kept[:SALT] + hashlib.scrypt(code.encode(), salt=kept[:SALT], n=2**15, r=8, p=1, maxmem=2**26)


def test_another_process_sees_the_pairing(pairings: Pairings, tmp_path: Path) -> None:
    second = Pairings(tmp_path / "data" / "state.db")
    token = second.new_token(ORIGIN)
    assert pairings.allows(token, ORIGIN)
    second.forget_all()
    assert not pairings.allows(token, ORIGIN)
    assert pairings.count() == 0
    second.close()


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "state.db").write_bytes(b"this is no database" * 1000)
    pairings = Pairings(tmp_path / "state.db")
    assert pairings.count() == 0
    assert (tmp_path / "state.db.damaged-1").exists()
    pairings.close()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(StateError, match="ARXIV_GLOSS_DATA_DIR"):
        Pairings(tmp_path / "data" / "state.db")


def test_pairing_over_the_wire(client: Caller, tmp_path: Path) -> None:
    terminal = Pairings(tmp_path / "data" / "state.db")
    answer = client.post("/v1/pair", {"code": terminal.new_code()})
    assert answer.status_code == 200
    assert answer.json is not None and terminal.allows(answer.json["token"], ORIGIN)
    again = client.post("/v1/pair", {"code": "00000000"})
    assert again.status_code == 403
    terminal.close()


def test_a_ticket_over_the_wire_and_how_far_the_start_is(app: Flask, client: Caller, tmp_path: Path) -> None:
    terminal = Pairings(tmp_path / "data" / "state.db")
    terminal.forget_all()
    (ticket,) = terminal.new_tickets(1)
    key = services_of(app).onboarding.key

    def state() -> tuple[bool, bool, bool]:
        told = app.test_client().get(f"/welcome/{key}/state", base_url="http://127.0.0.1:8417").json
        assert told is not None
        return told["extension"], told["refused"], told["paired"]

    assert state() == (False, False, False)
    assert client.post("/v1/pair/ticket", {"ticket": "old"}).status_code == 403
    assert state() == (True, True, False)
    answer = client.post("/v1/pair/ticket", {"ticket": ticket})
    assert answer.json is not None and terminal.allows(answer.json["token"], ORIGIN)
    assert state() == (True, False, True)
    assert client.post("/v1/pair/ticket", {"ticket": ticket}).status_code == 403
    terminal.close()


def test_a_lost_database_is_a_clear_error(pairings: Pairings) -> None:
    pairings.close()
    with pytest.raises(StateError):
        pairings.origins()


def test_a_second_connection_in_one_process_leaves_the_log_to_the_first(tmp_path: Path) -> None:
    """Pairings and saved papers share state.db: when another program had opened and closed it in between, what the
    first connection then wrote was lost."""
    path = tmp_path / "state.db"
    first = Pairings(path)
    Pairings(path)
    code = "from pathlib import Path; from arxiv_gloss.storage.pairings import Pairings; "
    asked = [sys.executable, "-c", code + f"print(Pairings(Path({str(path)!r})).new_code())"]
    for _ in range(2):
        shown = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
        assert first.pair(shown, "http://127.0.0.1:8765")
