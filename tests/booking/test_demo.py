"""Demonstration openings."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.demo import fill_demo, has_demo
from bot.booking.models import Agent, PlageOuverture
from bot.booking.motifs import MotifEntry
from bot.booking.views import RdvView
from bot.booking.workdays import working_days
from bot.clock import PARIS
from tests.booking.conftest import MONDAY_MORNING, SettableClock

STARTS = [time(hour, minute) for hour in range(9, 12) for minute in (0, 30)] + [
    time(minutes // 60, minutes % 60) for minutes in range(13 * 60 + 30, 17 * 60 + 30, 30)
]


def rows(engine: Engine) -> list[int]:
    with Session(engine, future=True) as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in (Agent, PlageOuverture)]


@pytest.mark.parametrize("now", [MONDAY_MORNING, datetime(2027, 5, 1, 8, tzinfo=PARIS)])
def test_every_motif_at_every_site_has_fifteen_full_working_days(
    engine: Engine, clock: SettableClock, motifs: dict[str, MotifEntry], now: datetime
) -> None:
    clock.moment = now
    fill_demo(engine, clock, motifs)
    agenda = Agenda(engine, clock, motifs)
    days = working_days(now.date(), 15, works_whit_monday=False)
    expected = [datetime.combine(day, start, PARIS) for day in days for start in STARTS]
    for code, entry in motifs.items():
        for site in entry.sites:
            assert [slot.starts_at for slot in agenda.next_slots(code, site, limit=1000)] == expected


def test_filling_again_changes_nothing(agenda: Agenda, engine: Engine, clock: SettableClock) -> None:
    rdv = agenda.book("premiere_pesee", "pole-clichy", agenda.next_slots("premiere_pesee", "pole-clichy")[0].starts_at)
    before = rows(engine), agenda.next_slots("premiere_pesee", "pole-clichy", limit=1000)
    fill_demo(engine, clock, agenda._motifs)
    assert (rows(engine), agenda.next_slots("premiere_pesee", "pole-clichy", limit=1000)) == before
    assert isinstance(rdv, RdvView) and agenda.find(rdv.code) == rdv


def test_filling_the_next_day_moves_the_openings_on(
    agenda: Agenda, engine: Engine, clock: SettableClock, motifs: dict[str, MotifEntry]
) -> None:
    before = rows(engine)
    clock.advance(timedelta(days=1))
    fill_demo(engine, clock, motifs)
    slots = agenda.next_slots("premiere_pesee", "pole-clichy", limit=1000)
    assert (rows(engine), len(slots), slots[0].starts_at.day) == (before, 15 * len(STARTS), 12)


def test_a_demonstration_is_known_as_such(engine: Engine, clock: SettableClock, motifs: dict[str, MotifEntry]) -> None:
    assert not has_demo(engine)
    fill_demo(engine, clock, motifs)
    assert has_demo(engine)


def test_real_openings_are_left_alone(agenda: Agenda, engine: Engine, clock: SettableClock) -> None:
    with Session(engine, future=True) as session, session.begin():
        session.scalars(select(PlageOuverture).limit(1)).one().demo = False
    fill_demo(engine, clock, agenda._motifs)
    with Session(engine, future=True) as session:
        assert session.scalar(select(func.count()).where(~PlageOuverture.demo)) == 1
