"""A calendar clock that jumps: nothing twice, no storm, nothing after the start, no ringing at night."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.demo import fill_demo
from bot.booking.models import OutboxMessage, Rdv, RdvEvent, SlotClaim
from bot.booking.motifs import load_motifs
from bot.booking.reminders import AHEAD_S, EARLIEST, LATEST, TOO_LATE_S
from bot.booking.views import RdvView
from bot.clock import PARIS
from bot.database import engine_for, migrate
from bot.messaging.outgoing import Outgoing, Told
from bot.messaging.worker import Worker
from tests.booking.conftest import MONDAY_MORNING, SettableClock
from tests.messaging.conftest import on_both
from tests.messaging.mail import EMAIL, LIEU, MOTIF, states

DAYS = 14


class Letterbox:
    """A carrier that takes every message, and notes what the calendar clock showed."""

    def __init__(self, clock: SettableClock) -> None:
        self.clock = clock
        self.got: list[tuple[Told, datetime]] = []

    def carry(self, told: Told) -> str:
        self.got.append((told, self.clock()))
        return told.reference

    def reminders(self) -> list[tuple[Told, datetime]]:
        return [(told, at) for told, at in self.got if told.event == "reminder"]


@pytest.fixture
def letterbox(clock: SettableClock) -> Letterbox:
    return Letterbox(clock)


def sender(engine: Engine, agenda: Agenda, clock: SettableClock, letterbox: Letterbox) -> Worker:
    return Worker(
        Outgoing(engine, load_motifs(), "here", 10_000), agenda, {"email": letterbox, "sms": letterbox}, clock
    )


def book_every_day(agenda: Agenda, days: int = DAYS) -> list[RdvView]:
    """An appointment on every working day, by e-mail, by SMS, or both."""
    booked = []
    for day in range(1, days):
        after = MONDAY_MORNING.replace(hour=7) + timedelta(days=day)
        slot = agenda.next_slots(MOTIF, LIEU, after=after + timedelta(hours=day % 9), limit=1)[0]
        rdv = agenda.book(MOTIF, LIEU, slot.starts_at)
        assert isinstance(rdv, RdvView)
        phone = f"+3361234{day:04d}" if day % 3 else None
        booked.append(agenda.attach_contact(rdv.code, None, phone, EMAIL if day % 3 != 1 else None))
    return booked


def assert_decent(letterbox: Letterbox) -> None:
    """What holds whatever the clock did."""
    assert all(times == 1 for times in Counter(told.id for told, _ in letterbox.got).values())
    for told, at in letterbox.got:
        assert at < told.rdv.starts_at
    for told, at in letterbox.reminders():
        assert timedelta(seconds=TOO_LATE_S) < told.rdv.starts_at - at <= timedelta(seconds=AHEAD_S + 12 * 3600)
        assert EARLIEST <= at.astimezone(PARIS).time() < LATEST


@on_both
def test_a_clock_put_wrong_and_right_again_loses_and_doubles_nothing(
    engine: Engine, agenda: Agenda, clock: SettableClock, letterbox: Letterbox
) -> None:
    booked = book_every_day(agenda)
    worker = sender(engine, agenda, clock, letterbox)
    worker.run_once()
    confirmed = len(letterbox.got)
    assert letterbox.reminders() == []

    noon = clock.moment = MONDAY_MORNING.replace(hour=12)
    clock.moment = noon + timedelta(days=90)
    worker.run_once()
    assert len(letterbox.got) == confirmed  # everything is over by then: nothing is told, and nothing thrown away

    clock.moment = noon + timedelta(days=1)
    worker.run_once()
    one_day_early = len(letterbox.reminders())
    assert 0 < one_day_early <= 2 * 4

    for moment in (noon, noon - timedelta(hours=1), noon - timedelta(days=90), noon):
        clock.moment = moment
        worker.run_once()
    assert len(letterbox.reminders()) == one_day_early

    while clock.moment < booked[-1].ends_at:
        clock.advance(timedelta(hours=1))
        worker.run_once()
    assert_decent(letterbox)
    due = [state for state in states(engine) if state.startswith("reminder")]
    assert len(due) == len(letterbox.reminders()) > DAYS - 3
    assert set(state.split()[2] for state in due) == {"sent"}


def test_on_time_each_reminder_leaves_two_days_before_within_the_hour(
    engine: Engine, agenda: Agenda, clock: SettableClock, letterbox: Letterbox
) -> None:
    booked = book_every_day(agenda, days=5)
    worker = sender(engine, agenda, clock, letterbox)
    while clock.moment < booked[-1].ends_at:
        worker.run_once()
        clock.advance(timedelta(minutes=30))
    for told, at in letterbox.reminders():
        early = told.rdv.starts_at - at
        assert timedelta(hours=47, minutes=30) <= early <= timedelta(hours=48)
    assert len(letterbox.reminders()) == sum(state.startswith("reminder") for state in states(engine)) > 1


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, SettableClock]]:
    url = f"sqlite:///{tmp_path_factory.mktemp('clock') / 'agenda.db'}"
    migrate(url)
    engine, clock = engine_for(url), SettableClock(MONDAY_MORNING)
    fill_demo(engine, clock, load_motifs())
    yield engine, clock
    engine.dispose()


JUMPS = st.lists(
    st.one_of(
        st.sampled_from([timedelta(days=1), timedelta(hours=-1), timedelta(days=90), timedelta(days=-90)]),
        st.integers(-40, 40).map(lambda hours: timedelta(hours=hours)),
    ),
    max_size=10,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(jumps=JUMPS)
def test_whatever_the_clock_does(standing: tuple[Engine, SettableClock], jumps: list[timedelta]) -> None:
    engine, clock = standing
    _forget_everything(engine)
    clock.moment = MONDAY_MORNING
    agenda, letterbox = Agenda(engine, clock, load_motifs()), Letterbox(clock)
    book_every_day(agenda, days=6)
    worker = sender(engine, agenda, clock, letterbox)
    worker.run_once()
    for jump in jumps:
        clock.advance(jump)
        worker.run_once()
    assert_decent(letterbox)


def _forget_everything(engine: Engine) -> None:
    with Session(engine, future=True) as session, session.begin():
        for table in (OutboxMessage, SlotClaim, RdvEvent, Rdv):
            session.execute(delete(table), execution_options={"synchronize_session": False})


@pytest.mark.parametrize(("hour", "left"), [(7, False), (8, True), (19, True), (20, False), (3, False)])
def test_a_reminder_waits_for_a_decent_hour(
    hour: int, left: bool, engine: Engine, agenda: Agenda, clock: SettableClock, letterbox: Letterbox
) -> None:
    book_every_day(agenda, days=4)
    worker = sender(engine, agenda, clock, letterbox)
    worker.run_once()
    clock.moment = MONDAY_MORNING.replace(hour=hour) + timedelta(days=2)
    worker.run_once()
    assert bool(letterbox.reminders()) == left


def test_at_night_only_what_was_just_done_is_answered(
    engine: Engine, agenda: Agenda, clock: SettableClock, letterbox: Letterbox
) -> None:
    clock.moment = MONDAY_MORNING.replace(hour=23)
    book_every_day(agenda, days=3)
    clock.advance(timedelta(minutes=10))
    worker = sender(engine, agenda, clock, letterbox)
    worker.run_once()
    answered = len(letterbox.got)
    assert answered > 0
    book_every_day(agenda, days=4)
    clock.advance(timedelta(hours=2))
    worker.run_once()
    assert len(letterbox.got) == answered
    clock.moment = MONDAY_MORNING + timedelta(days=1, minutes=1)
    worker.run_once()
    assert len(letterbox.got) > answered


def test_a_reminder_too_near_the_start_is_not_sent(
    engine: Engine, agenda: Agenda, clock: SettableClock, letterbox: Letterbox
) -> None:
    rdv = book_every_day(agenda, days=4)[-1]
    worker = sender(engine, agenda, clock, letterbox)
    clock.moment = rdv.starts_at - timedelta(seconds=TOO_LATE_S)
    worker.run_once()
    assert rdv.code not in {told.rdv.code for told, _ in letterbox.reminders()}
    clock.advance(timedelta(seconds=-60))
    worker.run_once()
    assert rdv.code in {told.rdv.code for told, _ in letterbox.reminders()}
