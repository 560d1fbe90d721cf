"""`python -m bot reminders`, as an operator runs it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

import bot.__main__ as cli
from bot.booking.appointments import Agenda
from bot.settings import ROOT
from tests.booking.conftest import MONDAY_MORNING
from tests.messaging.mail import booked, states
from tests.messaging.servers import Relay

PATIENCE_S = 30


@pytest.fixture
def environment(database_url: str, agenda: Agenda, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    chosen = {
        "SECRET_KEY": "k",
        "SENDER_ID": "tests",
        "DATABASE_URL": database_url,
        "BOT_NOW": MONDAY_MORNING.isoformat(),
        "SMTP_URL": relay.url,
        "MAIL_FROM": "rdv@pole.test",
        "PUBLIC_URL": "https://rdv.pole.test",
    }
    for name, value in chosen.items():
        monkeypatch.setenv(name, value)
    return {**os.environ, **chosen}


def test_one_pass_says_what_it_did(
    agenda: Agenda, environment: dict[str, str], relay: Relay, capsys: pytest.CaptureFixture[str]
) -> None:
    booked(agenda, phone=None)
    booked(agenda, rank=1, phone=None, email="nobody@maison.test")
    assert cli.main(["reminders"]) == 0
    assert "1 envoyé(s), 0 incertain(s), 1 refusé(s)" in capsys.readouterr().out
    assert cli.main(["reminders"]) == 0
    assert "0 envoyé(s)" in capsys.readouterr().out
    assert len(relay.taken) == 1


def test_nothing_set_is_no_failure(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SMTP_URL")
    assert cli.main(["reminders"]) == 0
    shown = capsys.readouterr()
    assert "SMTP_URL" in shown.out
    assert shown.err == ""


def test_the_loop_sends_until_it_is_stopped_and_finishes_the_message_in_hand(
    agenda: Agenda, engine: Engine, environment: dict[str, str], relay: Relay, tmp_path: Path
) -> None:
    booked(agenda, phone=None, email="hang@maison.test")  # answered after some seconds
    booked(agenda, rank=1, phone=None)
    command = [sys.executable, "-m", "bot", "reminders", "--en-continu"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    deadline = time.monotonic() + PATIENCE_S
    while not relay.taken and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE_S) == 0
    assert states(engine) == ["confirmation email sent", "confirmation email to_send"]
    assert (tmp_path / "log").read_text() == ""
