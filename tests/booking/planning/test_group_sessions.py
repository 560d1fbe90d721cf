"""Group sessions, on both databases: opened, filled, moved from and to, called off; never a person too many."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.codes import parse_code
from bot.booking.errors import AlreadyBooked, CannotWait, SlotNeverOffered
from bot.booking.models import OutboxMessage, Rdv, RdvEvent, Seance, SlotClaim
from bot.booking.moments import epoch_of
from bot.booking.motifs import MotifEntry, load_motifs
from bot.booking.planning import refusals
from bot.booking.planning.absences import Away
from bot.booking.planning.group_sessions import GroupSession, GroupSessions
from bot.booking.planning.openings import Openings
from bot.booking.planning.plages import Plage
from bot.booking.planning.refusals import AgendaRefusal
from bot.booking.views import RdvView, SlotTaken
from bot.clock import PARIS
from bot.database import engine_for, migrate
from tests.booking.conftest import MONDAY_MORNING, SettableClock
from tests.booking.race import PROCESSES, Attempt, Racers

MOTIF, LIEU, ROOM = "conseil_puericulture", "pole-clichy", "Salle collective"
THURSDAY = date(2027, 1, 14)
SESSION = GroupSession(LIEU, ROOM, MOTIF, THURSDAY, 14 * 60, 15 * 60, capacity=3)
STARTS_AT = datetime(2027, 1, 14, 14, tzinfo=PARIS)
CELLS = 12


@pytest.fixture
def sessions(engine: Engine, clock: SettableClock, motifs: dict[str, MotifEntry]) -> GroupSessions:
    return GroupSessions(engine, clock, motifs, timer=lambda: clock().timestamp())


@pytest.fixture
def openings(engine: Engine, clock: SettableClock, motifs: dict[str, MotifEntry]) -> Openings:
    return Openings(engine, clock, motifs)


@pytest.fixture
def agenda(engine: Engine, clock: SettableClock, motifs: dict[str, MotifEntry]) -> Agenda:
    """An agenda where nothing is open yet."""
    return Agenda(engine, clock, motifs, timer=lambda: clock().timestamp())


def seated(agenda: Agenda, conversation: str | None = None, starts_at: datetime = STARTS_AT) -> RdvView:
    rdv = agenda.book(MOTIF, LIEU, starts_at, conversation)
    assert isinstance(rdv, RdvView)
    return rdv


def count(engine: Engine, *conditions: object) -> int:
    with Session(engine, future=True) as session:
        return int(session.scalar(select(func.count()).where(*conditions)))


def taken(engine: Engine) -> list[int]:
    """Seats taken in each session, as the counter says; the appointments must say the same."""
    with Session(engine, future=True) as session:
        counters = session.execute(select(Seance.id, Seance.taken).order_by(Seance.starts_at)).all()
        for number, seats in counters:
            held = select(func.count()).where(Rdv.seance_id == number, Rdv.cancelled_at.is_(None))
            assert session.scalar(held) == seats
        return [seats for _, seats in counters]


def the_next_day(asked: GroupSession = SESSION) -> GroupSession:
    return replace(asked, day=asked.day + timedelta(days=1))


# Opening


def test_a_session_takes_its_poste_and_gives_its_seats(
    sessions: GroupSessions, openings: Openings, agenda: Agenda, engine: Engine
) -> None:
    openings.add_plage(Plage(LIEU, ROOM, "premiere_pesee", THURSDAY, THURSDAY, 13 * 60 + 30, 15 * 60 + 30))
    sessions.add(SESSION)
    assert [slot.starts_at for slot in agenda.next_slots(MOTIF, LIEU)] == [STARTS_AT]
    apart = [slot.starts_at.strftime("%H:%M") for slot in agenda.next_slots("premiere_pesee", LIEU)]
    assert apart == ["13:30", "15:00"]
    assert (count(engine, SlotClaim.seance_id.isnot(None)), count(engine, SlotClaim.cell > 0)) == (CELLS, CELLS)


def test_the_same_session_twice_is_one_and_another_capacity_is_said(sessions: GroupSessions, engine: Engine) -> None:
    for poste in (ROOM, "SALLE collective"):
        sessions.add(replace(SESSION, poste=poste))
    (standing,) = sessions.coming()
    assert (standing.poste, standing.capacity, standing.taken) == (ROOM, 3, 0)
    with pytest.raises(refusals.OtherCapacity, match=f"places {standing.number}"):
        sessions.add(replace(SESSION, capacity=8))
    assert count(engine, SlotClaim.cell > 0) == CELLS


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"lieu": "pole-issy"}, "NoSuchLieu"),
        ({"motif": "coiffeur"}, "NoSuchMotif"),
        ({"motif": "sante_sexuelle"}, "NotOfferedThere"),
        ({"end_minute": 14 * 60}, "EndsBeforeItStarts"),
        ({"end_minute": 24 * 60 + 5}, "OutOfTheDay"),
        ({"start_minute": 14 * 60 + 1}, "OffTheGrid"),
        ({"capacity": 0}, "BadCapacity"),
        ({"capacity": 501}, "BadCapacity"),
        ({"day": date(2027, 1, 10)}, "InThePast"),
        ({"day": MONDAY_MORNING.date(), "start_minute": 8 * 60}, "InThePast"),
        ({"day": date(2029, 2, 1)}, "TooFarAhead"),
        ({"day": date.max}, "TooFarAhead"),
        ({"day": date(2027, 5, 6)}, "PublicHoliday"),
        ({"day": date(2027, 3, 28), "start_minute": 2 * 60 + 30, "end_minute": 3 * 60 + 15}, "EndsBeforeItStarts"),
        ({"poste": ""}, "BadPosteName"),
    ],
)
def test_what_cannot_be_a_session(one_database: GroupSessions, change: dict[str, object], reason: str) -> None:
    with pytest.raises(AgendaRefusal) as refusal:
        one_database.add(replace(SESSION, **change))
    assert type(refusal.value) is getattr(refusals, reason)
    assert one_database.coming() == []


@pytest.fixture(scope="module")
def one_database(tmp_path_factory: pytest.TempPathFactory) -> GroupSessions:
    url = f"sqlite:///{tmp_path_factory.mktemp('refused') / 'agenda.db'}"
    migrate(url)
    return GroupSessions(engine_for(url), lambda: MONDAY_MORNING, load_motifs())


def test_a_session_needs_a_poste_that_is_there_and_free(
    sessions: GroupSessions, openings: Openings, agenda: Agenda, clock: SettableClock
) -> None:
    openings.add_plage(Plage(LIEU, ROOM, MOTIF, THURSDAY, THURSDAY, 14 * 60, 16 * 60))
    rdv = seated(agenda)
    with pytest.raises(refusals.PosteTaken):
        sessions.add(SESSION)
    agenda.cancel(rdv.code)
    agenda.hold(MOTIF, LIEU, STARTS_AT, "somebody who thinks")
    with pytest.raises(refusals.PosteTaken):
        sessions.add(SESSION)
    clock.advance(timedelta(minutes=11))
    openings.add_away(Away(LIEU, ROOM, epoch_of(STARTS_AT), epoch_of(STARTS_AT) + 300))
    with pytest.raises(refusals.UnderAnAbsence):
        sessions.add(SESSION)
    openings.remove_away(openings.standing().aways[0].number)
    sessions.add(SESSION)
    with pytest.raises(refusals.PosteTaken):
        sessions.add(replace(SESSION, start_minute=14 * 60 + 30, end_minute=16 * 60))


# Seats


def test_seats_are_booked_until_none_is_left(sessions: GroupSessions, agenda: Agenda, engine: Engine) -> None:
    sessions.add(SESSION)
    sessions.add(the_next_day())
    people = [seated(agenda, f"conversation {number}") for number in range(3)]
    assert len({rdv.code for rdv in people}) == 3
    assert {(rdv.starts_at, rdv.duration_min) for rdv in people} == {(STARTS_AT, 60)}
    assert isinstance(agenda.book(MOTIF, LIEU, STARTS_AT, "one too many"), SlotTaken)
    assert [slot.starts_at for slot in agenda.next_slots(MOTIF, LIEU)] == [STARTS_AT + timedelta(days=1)]
    assert (taken(engine), count(engine, SlotClaim.cell > 0)) == ([3, 0], 2 * CELLS)


def test_one_conversation_has_one_seat(sessions: GroupSessions, agenda: Agenda, engine: Engine) -> None:
    sessions.add(SESSION)
    sessions.add(the_next_day())
    rdv = seated(agenda, "c")
    assert seated(agenda, "c") == rdv
    with pytest.raises(AlreadyBooked):
        agenda.book(MOTIF, LIEU, STARTS_AT + timedelta(days=1), "c")
    assert taken(engine) == [1, 0]


def test_a_seat_given_back_is_booked_again(sessions: GroupSessions, agenda: Agenda, engine: Engine) -> None:
    sessions.add(replace(SESSION, capacity=1))
    rdv = seated(agenda, "c")
    assert agenda.next_slots(MOTIF, LIEU) == []
    for _ in range(2):
        agenda.cancel(rdv.code)
    assert (taken(engine), count(engine, SlotClaim.cell > 0)) == ([0], CELLS)
    assert seated(agenda, "c").code != rdv.code
    assert taken(engine) == [1]


def test_moving_between_two_sessions(sessions: GroupSessions, agenda: Agenda, engine: Engine) -> None:
    sessions.add(SESSION)
    sessions.add(the_next_day(replace(SESSION, capacity=1)))
    rdv, other = seated(agenda, "c"), seated(agenda, "d")
    friday = STARTS_AT + timedelta(days=1)
    moved = agenda.move(rdv.code, LIEU, friday)
    assert isinstance(moved, RdvView) and (moved.starts_at, moved.code) == (friday, rdv.code)
    assert taken(engine) == [1, 1]
    assert isinstance(agenda.move(other.code, LIEU, friday), SlotTaken)
    assert (taken(engine), agenda.find(other.code)) == ([1, 1], other)
    assert isinstance(agenda.move(rdv.code, LIEU, STARTS_AT), RdvView)
    assert taken(engine) == [2, 0]


def test_moving_between_a_session_and_a_slot_of_ones_own(
    sessions: GroupSessions, openings: Openings, agenda: Agenda, engine: Engine
) -> None:
    sessions.add(SESSION)
    openings.add_plage(Plage(LIEU, "Bureau 1", MOTIF, THURSDAY, THURSDAY, 9 * 60, 9 * 60 + 30))
    alone = datetime(2027, 1, 14, 9, tzinfo=PARIS)
    rdv = seated(agenda)
    moved = agenda.move(rdv.code, LIEU, alone)
    assert isinstance(moved, RdvView) and moved.duration_min == 30
    assert (taken(engine), count(engine, SlotClaim.rdv_id.isnot(None))) == ([0], 6)
    back = agenda.move(rdv.code, LIEU, STARTS_AT)
    assert isinstance(back, RdvView) and (back.duration_min, back.sequence) == (60, 2)
    assert (taken(engine), count(engine, SlotClaim.rdv_id.isnot(None))) == ([1], 0)
    assert [slot.starts_at for slot in agenda.next_slots(MOTIF, LIEU)] == [alone, STARTS_AT]


def test_a_seat_is_not_held_and_does_not_wait(sessions: GroupSessions, agenda: Agenda, engine: Engine) -> None:
    """The yes takes the seat: while somebody thinks, it is anybody's."""
    sessions.add(replace(SESSION, capacity=1))
    assert agenda.hold(MOTIF, LIEU, STARTS_AT, "c")
    assert taken(engine) == [0]
    rdv = seated(agenda, "d")
    assert isinstance(agenda.hold(MOTIF, LIEU, STARTS_AT, "c"), SlotTaken)
    with pytest.raises(CannotWait):
        agenda.join_waiting_list(rdv.code)


def test_a_session_stands_without_an_opening_and_falls_under_an_absence(
    sessions: GroupSessions, openings: Openings, agenda: Agenda
) -> None:
    sessions.add(SESSION)
    rdv = seated(agenda)
    assert openings.unplaced() == []
    left = openings.add_away(Away(LIEU, ROOM, epoch_of(STARTS_AT), epoch_of(STARTS_AT) + 300))
    assert [(one.rdv, one.why) for one in left] == [(rdv, "poste_away")]
    with pytest.raises(SlotNeverOffered):
        agenda.book(MOTIF, LIEU, STARTS_AT)


# More or fewer seats


def test_seats_are_added_and_taken_away_but_never_from_under_somebody(
    sessions: GroupSessions, agenda: Agenda, engine: Engine
) -> None:
    sessions.add(replace(SESSION, capacity=1))
    seated(agenda)
    number = sessions.coming()[0].number
    sessions.resize(number, 2)
    seated(agenda)
    with pytest.raises(refusals.FewerThanTaken, match="2 places"):
        sessions.resize(number, 1)
    assert (sessions.find(number).capacity, taken(engine)) == (2, [2])
    with pytest.raises(refusals.BadCapacity):
        sessions.resize(number, 0)
    with pytest.raises(refusals.NoSuchSeance):
        sessions.resize(number + 1, 5)


# Calling off


def test_a_session_called_off_cancels_each_seat_and_tells_it(
    sessions: GroupSessions, agenda: Agenda, engine: Engine
) -> None:
    sessions.add(SESSION)
    told, silent = seated(agenda, "c"), seated(agenda, "d")
    agenda.attach_contact(told.code, "Awa", "+33612345678")
    gone = seated(agenda, "e")
    agenda.cancel(gone.code)
    number = sessions.find(sessions.coming()[0].number).number

    cancelled = sessions.cancel(number)
    assert [(rdv.code, rdv.detail) for rdv in cancelled] == [(told.code, "revoked"), (silent.code, "revoked")]
    assert (taken(engine), count(engine, SlotClaim.cell > 0), sessions.coming()) == ([0], 0, [])
    assert messages(engine) == [("cancellation", "to_send"), ("confirmation", "dropped"), ("reminder", "dropped")]
    assert count(engine, RdvEvent.kind == "cancelled", RdvEvent.actor == "agent") == 2
    still_gone = agenda.find(gone.code)
    assert still_gone is not None and still_gone.detail == "excused"
    with pytest.raises(SlotNeverOffered):
        agenda.book(MOTIF, LIEU, STARTS_AT)
    for action in (lambda: sessions.cancel(number), lambda: sessions.resize(number, 9)):
        with pytest.raises(refusals.SeanceIsOver):
            action()


def messages(engine: Engine) -> list[tuple[str, str]]:
    with Session(engine, future=True) as session:
        return sorted((row.event, row.state) for row in session.scalars(select(OutboxMessage)))


def test_the_time_of_a_session_called_off_can_be_opened_again(sessions: GroupSessions, agenda: Agenda) -> None:
    sessions.add(SESSION)
    sessions.cancel(sessions.coming()[0].number)
    sessions.add(SESSION)
    assert seated(agenda).starts_at == STARTS_AT


def test_a_session_that_has_begun_is_left_alone(
    sessions: GroupSessions, agenda: Agenda, clock: SettableClock, engine: Engine
) -> None:
    sessions.add(SESSION)
    seated(agenda)
    number = sessions.coming()[0].number
    clock.moment = STARTS_AT
    for action in (lambda: sessions.cancel(number), lambda: sessions.resize(number, 9)):
        with pytest.raises(refusals.SeanceIsOver):
            action()
    with pytest.raises(refusals.NoSuchSeance):
        sessions.cancel(number + 1)
    assert taken(engine) == [1]


# Twelve at once


def test_twelve_processes_never_take_more_seats_than_there_are(
    racers: Racers, sessions: GroupSessions, engine: Engine, database_url: str
) -> None:
    days = [THURSDAY + timedelta(days=number) for number in range(8)]
    for day in days:
        sessions.add(replace(SESSION, day=day, capacity=5))
    moments = [datetime(day.year, day.month, day.day, 14, tzinfo=PARIS) for day in days]
    runners = [
        [Attempt(MOTIF, LIEU, moment, f"{runner} on {moment}") for moment in moments] for runner in range(PROCESSES)
    ]
    outcomes = racers.race(database_url, MONDAY_MORNING, runners)
    for attempts in zip(*outcomes, strict=True):
        assert Counter(attempts)["SlotTaken"] == PROCESSES - 5
        assert len({code for code in attempts if parse_code(code)}) == 5
    assert taken(engine) == [5] * 8
    assert count(engine, SlotClaim.cell > 0) == 8 * CELLS


def test_a_session_called_off_while_people_book_and_cancel_leaves_nobody_in_it(
    sessions: GroupSessions, agenda: Agenda, engine: Engine
) -> None:
    sessions.add(replace(SESSION, capacity=8))
    first = seated(agenda)
    number = sessions.coming()[0].number

    def book(conversation: str) -> None:
        with suppress(SlotNeverOffered):
            agenda.book(MOTIF, LIEU, STARTS_AT, conversation)

    with ThreadPoolExecutor(8) as people:
        attempts = [people.submit(book, f"c{person}") for person in range(4)]
        attempts += [people.submit(agenda.cancel, first.code), people.submit(sessions.cancel, number)]
        attempts += [people.submit(book, f"d{person}") for person in range(4)]
    for attempt in attempts:
        attempt.result()
    assert taken(engine) == [0]
    assert (count(engine, Rdv.cancelled_at.is_(None)), count(engine, SlotClaim.cell > 0)) == (0, 0)
