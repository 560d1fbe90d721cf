"""A backup restored elsewhere sends nothing by itself; the place that sends is one place."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import Session

import bot.__main__ as cli
from bot.booking.appointments import Agenda
from bot.booking.models import OutboxMessage, Rdv, SlotClaim
from bot.database import engine_for
from bot.messaging import sender
from bot.messaging.outgoing import NotTheSender
from bot.messaging.sender import mark_of_this_place
from bot.settings import SettingsError, kept, load_settings
from tests.booking.conftest import MONDAY_MORNING, SettableClock
from tests.messaging.conftest import MakeWorker, on_both
from tests.messaging.mail import booked, rows, states
from tests.messaging.servers import Relay
from tests.messaging.test_worker import booked_far

TABLES = (Rdv, SlotClaim, OutboxMessage)


def counts(engine: Engine) -> list[int]:
    with Session(engine, future=True) as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in TABLES]


@pytest.fixture
def copy_url(database_url: str, tmp_path: Path) -> Iterator[str]:
    """Where a backup is restored."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'restored.db'}"
        return
    name = f"{make_url(database_url).database}_restored"
    _sql(database_url, f"CREATE DATABASE {name}")
    yield make_url(database_url).set(database=name).render_as_string(hide_password=False)
    _sql(database_url, f"DROP DATABASE {name} WITH (FORCE)")


def back_up(url: str, file: Path) -> None:
    if url.startswith("sqlite"):
        with sqlite3.connect(make_url(url).database or "") as source, sqlite3.connect(file) as target:
            source.backup(target)
        return
    file.write_bytes(subprocess.run([_tool("pg_dump"), _libpq(url)], check=True, capture_output=True).stdout)


def restore(file: Path, url: str) -> None:
    if url.startswith("sqlite"):
        shutil.copy(file, make_url(url).database or "")
        return
    psql = [_tool("psql"), "--quiet", "--set", "ON_ERROR_STOP=1", "--file", str(file), _libpq(url)]
    subprocess.run(psql, check=True, capture_output=True)


def _tool(name: str) -> str:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = shutil.which(name) or (str(installed[0]) if installed else None)
    if found is None:
        pytest.skip(f"no {name}: install PostgreSQL's client")
    return found


def _libpq(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _sql(url: str, statement: str) -> None:
    engine = create_engine(url, future=True, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


@on_both
def test_a_backup_restored_elsewhere_sends_nothing_again(
    engine: Engine,
    agenda: Agenda,
    clock: SettableClock,
    database_url: str,
    copy_url: str,
    relay: Relay,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in {
        "SECRET_KEY": "k",
        "SENDER_ID": "the same in both places",
        "SMTP_URL": relay.url,
        "MAIL_FROM": "rdv@pole.test",
        "PUBLIC_URL": "https://rdv.pole.test",
        "DATABASE_URL": database_url,
    }.items():
        monkeypatch.setenv(name, value)

    def reminders(*options: str, now: timedelta = timedelta()) -> tuple[int, str, str]:
        monkeypatch.setenv("BOT_NOW", (MONDAY_MORNING + now).isoformat())
        return cli.main(["reminders", *options]), *capsys.readouterr()

    assert reminders()[0] == 0  # takes the mark
    booked_far(agenda, phone=None)
    back_up(database_url, tmp_path / "backup")
    assert "1 envoyé" in reminders()[1]

    restore(tmp_path / "backup", copy_url)
    restored = engine_for(copy_url)
    assert counts(restored) == counts(engine)
    monkeypatch.setenv("DATABASE_URL", copy_url)
    status, out, err = reminders()
    assert (status, out, len(err.splitlines())) == (1, "", 1)
    assert "--reprise" in err

    assert "1 mis de côté" in reminders("--reprise")[1]
    assert "0 envoyé" in reminders()[1]
    assert len(relay.taken) == 1
    assert states(restored) == ["confirmation email uncertain", "reminder email to_send"]
    assert rows(restored)[0].reason == "restored"

    assert "1 envoyé" in reminders(now=timedelta(days=6))[1]  # what comes due afterwards leaves from here
    assert [str(mail["Subject"])[:6] for mail in relay.taken] == ["Votre ", "Rappel"]
    restored.dispose()


@on_both
def test_whoever_lost_the_mark_sends_nothing_more(
    engine: Engine, agenda: Agenda, make_worker: MakeWorker, relay: Relay
) -> None:
    former, new = make_worker(mark="former"), make_worker(mark="new")
    former.run_once()
    with pytest.raises(NotTheSender):
        new.run_once()
    booked(agenda, phone=None)
    listed = former.outgoing.ready(former._present(), 10)
    new.outgoing.take_over(new._present())
    with pytest.raises(NotTheSender):  # even in the middle of a pass
        former.outgoing.claim(listed[0][0], former._present(), ["email"])
    assert relay.taken == []
    assert states(engine) == ["confirmation email uncertain"]


def test_a_worker_that_may_not_send_says_so_once_and_waits(
    engine: Engine, make_worker: MakeWorker, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_worker(mark="former").run_once()
    waiting = make_worker(mark="new")
    pauses = iter(range(3))
    monkeypatch.setattr(waiting.stop, "wait", lambda _: next(pauses, None) is None and waiting.stop.set())
    waiting.run()
    assert caplog.text.count("--reprise") == 1


# The mark


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setattr("bot.settings.VAR", tmp_path)
    monkeypatch.setattr(sender, "VAR", tmp_path)
    return {"SECRET_KEY": "k", "DATABASE_URL": "postgresql+psycopg2://us:secret@db/agenda"}


def test_the_mark_is_the_same_from_one_start_to_the_next(here: dict[str, str]) -> None:
    marks = {mark_of_this_place(load_settings(here)) for _ in range(3)}
    other_password = here | {"DATABASE_URL": "postgresql+psycopg2://us:changed@db/agenda"}
    assert marks == {mark_of_this_place(load_settings(other_password))}


@pytest.mark.parametrize(
    "other", [{"DATABASE_URL": "postgresql+psycopg2://us:secret@db/restored"}, {"SENDER_ID": "elsewhere"}]
)
def test_another_database_or_another_name_is_another_place(here: dict[str, str], other: dict[str, str]) -> None:
    assert mark_of_this_place(load_settings(here)) != mark_of_this_place(load_settings(here | other))


def test_a_copied_folder_is_another_place(
    here: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its name travels with the database it holds; the folder and the machine do not."""
    first = mark_of_this_place(load_settings(here))
    copied = tmp_path.parent / f"{tmp_path.name}-copied"
    shutil.copytree(tmp_path, copied)
    monkeypatch.setattr("bot.settings.VAR", copied)
    monkeypatch.setattr(sender, "VAR", copied)
    assert mark_of_this_place(load_settings(here)) != first
    assert kept("sender_id") == (tmp_path / "sender_id").read_text()

    monkeypatch.setattr("bot.settings.VAR", tmp_path)
    monkeypatch.setattr(sender, "VAR", tmp_path)
    assert mark_of_this_place(load_settings(here)) == first
    (tmp_path / "machine-id").write_text("another machine")
    monkeypatch.setattr(sender, "MACHINE_ID", tmp_path / "machine-id")
    assert mark_of_this_place(load_settings(here)) != first


def test_without_a_disk_a_name_is_asked_for(here: dict[str, str]) -> None:
    def refuse(_: str) -> str:
        raise PermissionError

    with pytest.raises(SettingsError, match="SENDER_ID"):
        mark_of_this_place(load_settings(here), keep=refuse)
    assert mark_of_this_place(load_settings(here | {"SENDER_ID": "here"}), keep=refuse)
