"""A backup taken while people book, restored elsewhere: whole transactions only, and an agenda that goes on."""

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.consistency import counts, faults
from bot.booking.models import OutboxMessage, Rdv, RdvEvent
from bot.booking.motifs import load_motifs
from bot.booking.views import RdvView
from bot.database import engine_for, is_migrated
from tests.booking.conftest import MONDAY_MORNING
from tests.booking.openings import LIEU, share_agents
from tests.booking.race import Racers, StandingClock
from tests.postgres import dump_and_restore, empty_database

MOTIF = "premiere_pesee"
WRITERS = 3
CELLS = 6


@dataclass(frozen=True)
class Said:
    """What a writer was answered, and when it asked and got it, by the clock that all processes share."""

    code: str
    asked: float
    answered: float


def book_until(url: str, now: datetime, name: str, flag: str) -> list[Said]:
    """Book and give a contact, again and again, until there is a file of that name."""
    engine = engine_for(url)
    agenda, said = Agenda(engine, StandingClock(now), load_motifs()), []
    while not Path(flag).exists():
        asked = time.monotonic()
        start = agenda.next_slots(MOTIF, LIEU, limit=30)[len(said) % 20].starts_at
        rdv = agenda.book(MOTIF, LIEU, start, f"{name} {len(said)}")
        if isinstance(rdv, RdvView):
            agenda.attach_contact(rdv.code, "Aïcha", None, "aicha@example.org")
            said.append(Said(rdv.code, asked, time.monotonic()))
    engine.dispose()
    return said


@pytest.fixture
def elsewhere(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where the backup is restored: another file, another database."""
    if make_url(database_url).get_backend_name() == "sqlite":
        yield f"sqlite:///{tmp_path / 'restored.db'}"
        return
    with empty_database(request.getfixturevalue("postgres_server")) as url:
        yield url


def back_up_and_restore(source: str, target: str) -> None:
    """SQLite's backup (what `.backup` of its shell does), or pg_dump and pg_restore."""
    if make_url(source).get_backend_name() == "postgresql":
        return dump_and_restore(source, target)
    files = [sqlite3.connect(str(make_url(url).database)) for url in (source, target)]
    files[0].backup(files[1], pages=64, sleep=0.001)
    for file in files:
        file.close()


def test_a_backup_taken_while_people_book_is_whole(
    racers: Racers, engine: Engine, database_url: str, elsewhere: str, tmp_path: Path
) -> None:
    share_agents(engine, {MOTIF: 30}, agents=8)
    flag = tmp_path / "enough"
    writers = [
        racers.start(book_until, database_url, MONDAY_MORNING, f"writer {number}", str(flag))
        for number in range(WRITERS)
    ]
    wait_for_appointments(engine, 20)
    began = time.monotonic()
    back_up_and_restore(database_url, elsewhere)
    ended = time.monotonic()
    wait_for_appointments(engine, counts(engine).rdv + 5)
    flag.touch()
    said = [one for writer in writers for one in writer()]

    restored = engine_for(elsewhere)
    assert is_migrated(restored)
    assert faults(restored) == []
    assert_whole_transactions(restored)
    kept = codes(restored)
    assert {one.code for one in said if one.answered < began} <= kept
    assert kept <= {one.code for one in said if one.asked < ended}
    assert 20 <= len(kept) < len(codes(engine)), "they went on booking"
    assert faults(engine) == []
    goes_on(restored, kept)
    restored.dispose()


def goes_on(restored: Engine, kept: set[str]) -> None:
    """The restored agenda knows every appointment and gives others."""
    agenda = Agenda(restored, StandingClock(MONDAY_MORNING), load_motifs())
    assert all(agenda.find(code) for code in kept)
    assert isinstance(agenda.book(MOTIF, LIEU, agenda.next_slots(MOTIF, LIEU)[0].starts_at), RdvView)
    assert faults(restored) == []


def assert_whole_transactions(engine: Engine) -> None:
    """The tables hold what the history tells: a booking is six cells, a contact its confirmation."""
    confirmations = select(func.count()).where(OutboxMessage.event == "confirmation")
    with Session(engine, future=True) as session:
        changes = dict(session.execute(select(RdvEvent.kind, func.count()).group_by(RdvEvent.kind)).all())
        assert session.scalar(confirmations) == changes["contact_attached"]
    held = counts(engine)
    assert held.rdv == held.live == changes["created"]
    assert (held.claims, held.events) == (held.rdv * CELLS, sum(changes.values()))


def codes(engine: Engine) -> set[str]:
    with Session(engine, future=True) as session:
        return set(session.scalars(select(Rdv.code)))


def wait_for_appointments(engine: Engine, number: int) -> None:
    deadline = time.monotonic() + 120
    while counts(engine).rdv < number:
        assert time.monotonic() < deadline, "nobody books"
        time.sleep(0.02)
