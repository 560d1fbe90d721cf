"""The agenda, on both databases: who may book what, and what stays afterwards."""

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.backend import BookingBackend
from bot.booking.errors import (
    AgendaBusy,
    AlreadyBooked,
    IdempotencyKeyReused,
    MotifNotOffered,
    SlotInThePast,
    SlotNeverOffered,
    SlotOutOfHorizon,
    SlotRefused,
    TooEarlyToMark,
    TooLateToCancel,
    TooLateToMove,
    TooManyRdv,
    UnknownMotif,
    UnknownRdv,
)
from bot.booking.models import Absence, Agent, PlageOuverture, Rdv, RdvEvent, SlotClaim
from bot.booking.moments import epoch_of
from bot.booking.slots import Slot
from bot.booking.transactions import in_transaction, violates
from bot.booking.views import RdvView, SlotTaken
from bot.clock import PARIS
from tests.booking.conftest import MONDAY_MORNING, SettableClock

MOTIF, LIEU = "premiere_pesee", "pole-clichy"


def paris(day: int, hour: int, minute: int = 0, month: int = 1, year: int = 2027) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


def booked(agenda: Agenda, motif: str = MOTIF, rank: int = 0, conversation: str | None = None) -> RdvView:
    slot = agenda.next_slots(motif, LIEU, limit=rank + 1)[rank]
    rdv = agenda.book(motif, LIEU, slot.starts_at, conversation)
    assert isinstance(rdv, RdvView)
    return rdv


def history(engine: Engine) -> list[tuple[str, str]]:
    with Session(engine, future=True) as session:
        return [(event.kind, event.status) for event in session.scalars(select(RdvEvent).order_by(RdvEvent.id))]


def claimed_cells(engine: Engine) -> int:
    with Session(engine, future=True) as session:
        return int(session.scalar(select(func.count()).select_from(SlotClaim)))


def only_agent(session: Session) -> Agent:
    query = select(Agent).join(PlageOuverture).where(PlageOuverture.motif_code == MOTIF, Agent.lieu_id == LIEU)
    agent: Agent = session.scalars(query).unique().one()
    return agent


def test_the_agenda_is_the_local_backend(agenda: Agenda) -> None:
    backend: BookingBackend = agenda
    assert backend.name == "local" and backend.capabilities.books


# Listing


def test_next_slots_come_in_order_from_now_on(agenda: Agenda) -> None:
    starts = [slot.starts_at for slot in agenda.next_slots(MOTIF, LIEU, limit=7)]
    assert starts == [paris(11, hour, minute) for hour in (9, 10, 11) for minute in (0, 30)] + [paris(11, 13, 30)]


def test_next_slots_start_after_the_moment_given(agenda: Agenda) -> None:
    assert agenda.next_slots(MOTIF, LIEU, after=paris(11, 17), limit=1)[0].starts_at == paris(12, 9)
    assert agenda.next_slots(MOTIF, LIEU, after=paris(1, 9, year=2026), limit=1)[0].starts_at == paris(11, 9)
    assert agenda.next_slots(MOTIF, LIEU, after=paris(1, 9, year=2028)) == []


def test_next_slots_look_beyond_the_first_weeks(agenda: Agenda) -> None:
    assert len(agenda.next_slots(MOTIF, LIEU, limit=1000)) == 15 * 14


def test_a_time_where_two_agents_receive_is_listed_once_and_booked_twice(agenda: Agenda, engine: Engine) -> None:
    with Session(engine, future=True) as session, session.begin():
        second = Agent(lieu_id=LIEU, name="Poste 2")
        session.add(second)
        session.flush()
        session.add(single_morning(second.id))
    first, following = agenda.next_slots(MOTIF, LIEU, limit=2)
    assert first.starts_at < following.starts_at
    answers = [agenda.book(MOTIF, LIEU, first.starts_at) for _ in range(3)]
    assert [type(answer) for answer in answers] == [RdvView, RdvView, SlotTaken]


def single_morning(agent_id: int) -> PlageOuverture:
    monday = MONDAY_MORNING.date()
    return PlageOuverture(
        agent_id=agent_id,
        motif_code=MOTIF,
        lieu_id=LIEU,
        first_day=monday,
        last_day=monday,
        start_minute=9 * 60,
        end_minute=12 * 60,
    )


# Booking


def test_a_listed_slot_is_booked_and_no_longer_listed(agenda: Agenda, engine: Engine) -> None:
    slot = agenda.next_slots(MOTIF, LIEU)[0]
    rdv = agenda.book(MOTIF, LIEU, slot.starts_at, "conversation")
    assert isinstance(rdv, RdvView)
    assert (rdv.motif, rdv.lieu, rdv.duration_min, rdv.status) == (MOTIF, LIEU, 30, "confirmed")
    assert rdv.starts_at.isoformat() == "2027-01-11T09:00:00+01:00"
    assert slot.starts_at not in [free.starts_at for free in agenda.next_slots(MOTIF, LIEU)]
    assert (claimed_cells(engine), history(engine)) == (6, [("created", "unknown")])


def test_a_moment_of_another_time_zone_is_the_same_slot(agenda: Agenda) -> None:
    assert isinstance(agenda.book(MOTIF, LIEU, datetime.fromisoformat("2027-01-11T08:00:00+00:00")), RdvView)


def test_a_slot_taken_meanwhile_is_said_taken(agenda: Agenda) -> None:
    rdv = booked(agenda)
    assert agenda.book(MOTIF, LIEU, rdv.starts_at, "someone else") == SlotTaken(MOTIF, LIEU, rdv.starts_at)


@pytest.mark.parametrize(
    ("starts_at", "reason"),
    [
        (paris(11, 7, 30), SlotInThePast),
        (MONDAY_MORNING, SlotInThePast),
        (paris(10, 9), SlotInThePast),
        (paris(11, 8, 25), SlotOutOfHorizon),
        (paris(12, 9, month=4), SlotOutOfHorizon),
        (paris(12, 9, year=2099), SlotOutOfHorizon),
        (paris(12, 9, 5), SlotNeverOffered),
        (paris(12, 9) + timedelta(seconds=1), SlotNeverOffered),
        (paris(12, 12), SlotNeverOffered),
        (paris(12, 12, 30), SlotNeverOffered),
        (paris(12, 17, 30), SlotNeverOffered),
        (paris(17, 9), SlotNeverOffered),
        (paris(15, 9, month=2), SlotNeverOffered),
        (paris(28, 2, 30, month=3), SlotNeverOffered),
    ],
)
def test_a_slot_nobody_offers_is_refused(agenda: Agenda, starts_at: datetime, reason: type[SlotRefused]) -> None:
    with pytest.raises(reason):
        agenda.book(MOTIF, LIEU, starts_at)


def test_an_absence_refuses_its_slots_but_cancels_nothing(agenda: Agenda, engine: Engine) -> None:
    rdv = booked(agenda)
    with Session(engine, future=True) as session, session.begin():
        start = epoch_of(rdv.starts_at)
        session.add(Absence(lieu_id=LIEU, starts_at=start, ends_at=start + 3600))
    with pytest.raises(SlotNeverOffered):
        agenda.book(MOTIF, LIEU, paris(11, 9, 30))
    assert agenda.find(rdv.code) == rdv
    assert agenda.next_slots(MOTIF, LIEU)[0].starts_at == paris(11, 10)


def test_what_is_not_offered_here_has_its_own_reason(agenda: Agenda) -> None:
    with pytest.raises(UnknownMotif):
        agenda.next_slots("coiffeur", LIEU)
    with pytest.raises(MotifNotOffered):
        agenda.book("sante_sexuelle", LIEU, paris(11, 9))
    with pytest.raises(MotifNotOffered):
        agenda.next_slots(MOTIF, "pole-issy")


def test_a_moment_without_time_zone_is_a_mistake_of_the_caller(agenda: Agenda) -> None:
    with pytest.raises(ValueError, match="time zone"):
        agenda.book(MOTIF, LIEU, datetime(2027, 1, 11, 9))


# The same request again, and limits


def test_the_same_slot_for_the_same_conversation_is_the_same_rdv(agenda: Agenda, engine: Engine) -> None:
    rdv = booked(agenda, conversation="c")
    assert agenda.book(MOTIF, LIEU, rdv.starts_at, "c") == rdv
    assert history(engine) == [("created", "unknown")]


def test_a_conversation_holds_one_rdv_for_a_motif(agenda: Agenda) -> None:
    rdv = booked(agenda, conversation="c")
    with pytest.raises(AlreadyBooked) as refusal:
        booked(agenda, conversation="c")
    assert refusal.value.code == rdv.code
    agenda.cancel(rdv.code)
    assert booked(agenda, rank=1, conversation="c").status == "confirmed"


def test_a_conversation_holds_three_live_rdv(agenda: Agenda, clock: SettableClock) -> None:
    for motif in ("premiere_pesee", "suivi_grossesse", "suivi_postnatal"):
        booked(agenda, motif, conversation="c")
    with pytest.raises(TooManyRdv):
        booked(agenda, "vaccination_enfant", conversation="c")
    clock.advance(timedelta(hours=2))
    assert booked(agenda, "vaccination_enfant", conversation="c").status == "confirmed"


def test_a_repeated_key_gives_the_first_rdv_even_cancelled(agenda: Agenda) -> None:
    start = agenda.next_slots(MOTIF, LIEU)[0].starts_at
    first = agenda.book(MOTIF, LIEU, start, idempotency_key="k")
    assert isinstance(first, RdvView)
    assert agenda.book(MOTIF, LIEU, start, idempotency_key="k") == first
    agenda.cancel(first.code)
    again = agenda.book(MOTIF, LIEU, start, idempotency_key="k")
    assert isinstance(again, RdvView) and (again.code, again.status) == (first.code, "cancelled")


def test_a_key_never_shows_the_rdv_of_another_request(agenda: Agenda) -> None:
    first, second = agenda.next_slots(MOTIF, LIEU, limit=2)
    agenda.book(MOTIF, LIEU, first.starts_at, "c", "k")
    for starts_at, conversation in ((second.starts_at, "c"), (first.starts_at, "d"), (first.starts_at, None)):
        with pytest.raises(IdempotencyKeyReused):
            agenda.book(MOTIF, LIEU, starts_at, conversation, "k")


# Afterwards


def test_cancelling_frees_the_time_and_keeps_the_history(agenda: Agenda, engine: Engine) -> None:
    rdv = booked(agenda)
    cancelled = agenda.cancel(rdv.code.lower().replace("-", " "))
    assert (cancelled.status, cancelled.sequence) == ("cancelled", 1)
    assert agenda.cancel(rdv.code) == cancelled == agenda.find(rdv.code)
    assert (claimed_cells(engine), history(engine)) == (0, [("created", "unknown"), ("cancelled", "excused")])
    assert booked(agenda).starts_at == rdv.starts_at


def test_moving_keeps_the_code_and_gives_the_former_time_back(agenda: Agenda, engine: Engine) -> None:
    rdv = booked(agenda)
    cells, later = claimed_cells(engine), agenda.next_slots(MOTIF, LIEU, limit=4)[3]
    moved = agenda.move(rdv.code, LIEU, later.starts_at)
    assert isinstance(moved, RdvView)
    assert (moved.code, moved.starts_at, moved.sequence) == (rdv.code, later.starts_at, rdv.sequence + 1)
    assert claimed_cells(engine) == cells
    assert agenda.next_slots(MOTIF, LIEU)[0].starts_at == rdv.starts_at
    assert history(engine)[-1] == ("moved", "unknown")


def test_moving_to_where_it_is_changes_nothing(agenda: Agenda) -> None:
    rdv = booked(agenda)
    assert agenda.move(rdv.code, LIEU, rdv.starts_at) == rdv


def test_moving_to_a_taken_slot_changes_nothing(agenda: Agenda, engine: Engine) -> None:
    rdv, wanted = booked(agenda), agenda.next_slots(MOTIF, LIEU)[0]
    while any(slot.starts_at == wanted.starts_at for slot in agenda.next_slots(MOTIF, LIEU)):
        assert isinstance(agenda.book(MOTIF, LIEU, wanted.starts_at), RdvView)
    cells = claimed_cells(engine)
    taken = agenda.move(rdv.code, LIEU, wanted.starts_at)
    assert isinstance(taken, SlotTaken)
    assert agenda.find(rdv.code) == rdv
    assert claimed_cells(engine) == cells


def test_what_has_begun_or_is_cancelled_is_not_moved(agenda: Agenda, clock: SettableClock) -> None:
    rdv, other = booked(agenda), booked(agenda, rank=2)
    later = agenda.next_slots(MOTIF, LIEU, limit=9)[8].starts_at
    agenda.cancel(other.code)
    clock.moment = rdv.starts_at
    for code in (rdv.code, other.code):
        with pytest.raises(TooLateToMove):
            agenda.move(code, LIEU, later)
    with pytest.raises(UnknownRdv):
        agenda.move("CDFH-JKMN-PQ", LIEU, later)


def test_whether_they_came_is_marked_from_the_day_itself(agenda: Agenda, engine: Engine, clock: SettableClock) -> None:
    today, tomorrow = booked(agenda), agenda.book(MOTIF, LIEU, paris(12, 9))
    assert isinstance(tomorrow, RdvView)
    clock.moment = today.ends_at
    assert agenda.mark(today.code, "noshow").detail == "noshow"
    marked = agenda.mark(today.code, "seen")
    assert (marked.detail, marked.status, marked.sequence) == ("seen", "confirmed", 2)
    assert agenda.mark(today.code, "seen") == marked
    assert history(engine)[-2:] == [("status", "noshow"), ("status", "seen")]
    with pytest.raises(TooEarlyToMark):
        agenda.mark(tomorrow.code, "noshow")


def test_the_history_tells_who_did_what_and_where_it_stood(agenda: Agenda, engine: Engine) -> None:
    rdv = booked(agenda)
    agenda.move(rdv.code, LIEU, paris(12, 9), by="agent")
    agenda.cancel(rdv.code, by="agent")
    with Session(engine, future=True) as session:
        told = [(one.kind, one.actor, one.starts_at) for one in session.scalars(select(RdvEvent).order_by(RdvEvent.id))]
    first, second = epoch_of(rdv.starts_at), epoch_of(paris(12, 9))
    assert told == [("created", "resident", first), ("moved", "agent", second), ("cancelled", "agent", second)]


def test_what_only_agents_book_is_not_offered_to_residents(agenda: Agenda, engine: Engine) -> None:
    motifs = {**agenda._motifs, MOTIF: replace(agenda._motifs[MOTIF], bookable_by="agents")}
    closed = Agenda(engine, agenda._clock, motifs)
    with pytest.raises(MotifNotOffered):
        closed.next_slots(MOTIF, LIEU)
    with pytest.raises(MotifNotOffered):
        closed.book(MOTIF, LIEU, paris(12, 9))
    assert isinstance(closed.book(MOTIF, LIEU, paris(12, 9), by="agent"), RdvView)


def test_nothing_is_cancelled_once_it_has_begun(agenda: Agenda, clock: SettableClock) -> None:
    rdv = booked(agenda)
    clock.moment = rdv.starts_at
    with pytest.raises(TooLateToCancel):
        agenda.cancel(rdv.code)
    assert agenda.find(rdv.code) == rdv


@pytest.mark.parametrize("code", ["CDFH-JKMN-PQ", "", "1", "' OR 1=1 --", "\x00", "é" * 10_000])
def test_an_unknown_code_is_nobody(agenda: Agenda, code: str) -> None:
    assert agenda.find(code) is None
    with pytest.raises(UnknownRdv):
        agenda.cancel(code)
    with pytest.raises(UnknownRdv):
        agenda.attach_contact(code, "Awa", None)


def test_a_contact_is_kept_clean_with_the_rdv(agenda: Agenda, engine: Engine) -> None:
    code = booked(agenda).code
    kept = agenda.attach_contact(code, " Awa\x00\r\nB. ", "06 00 00 00 00")
    assert (kept.first_name, kept.phone) == ("Awa B.", "06 00 00 00 00")
    assert agenda.find(code) == kept
    assert history(engine)[-1] == ("contact_attached", "unknown")
    erased = agenda.attach_contact(code, " ", None)
    assert (erased.first_name, erased.phone) == (None, None)
    assert agenda.attach_contact(code, "a" * 500, "0" * 500).first_name == "a" * 80


def test_who_came_is_forgotten_and_that_someone_came_is_not(
    agenda: Agenda, engine: Engine, clock: SettableClock
) -> None:
    past, coming = booked(agenda, conversation="c"), agenda.book(MOTIF, LIEU, paris(29, 9), "d")
    assert isinstance(coming, RdvView)
    for code in (past.code, coming.code):
        agenda.attach_contact(code, "Awa", "+33612345678", "awa@example.org")
    clock.moment = past.ends_at + timedelta(days=10)
    assert agenda.forget_contacts(10) == 0
    clock.advance(timedelta(seconds=1))
    assert [agenda.forget_contacts(10) for _ in range(2)] == [1, 0]
    forgotten, kept = agenda.find(past.code), agenda.find(coming.code)
    assert forgotten is not None and kept is not None
    assert (forgotten.first_name, forgotten.phone, forgotten.email, forgotten.conversation_id) == (None,) * 4
    assert (kept.first_name, kept.conversation_id) == ("Awa", "d")
    assert history(engine)[-1] == ("contact_forgotten", "unknown")


def test_a_conversation_finds_its_rdv_until_it_is_forgotten(agenda: Agenda, engine: Engine) -> None:
    first, second = booked(agenda, conversation="c"), booked(agenda, "suivi_grossesse", conversation="c")
    booked(agenda, "suivi_postnatal", conversation="d")
    assert agenda.of_conversation("c") == [first, second]
    agenda.forget_conversation("c")
    assert (agenda.of_conversation("c"), len(agenda.of_conversation("d"))) == ([], 1)
    forgotten = agenda.find(first.code)
    assert forgotten is not None and (forgotten.status, forgotten.conversation_id) == ("confirmed", None)
    assert history(engine)[-1] == ("conversation_forgotten", "unknown")


# Holds, and what is not a taken slot


def hold(engine: Engine, slot: Slot, expires_at: datetime) -> None:
    with Session(engine, future=True) as session, session.begin():
        agent_id, expiry = only_agent(session).id, epoch_of(expires_at)
        rows = [{"agent_id": agent_id, "cell": cell, "hold_id": "h", "expires_at": expiry} for cell in slot.cells]
        session.execute(insert(SlotClaim), rows)


def test_a_live_hold_keeps_the_slot(agenda: Agenda, engine: Engine) -> None:
    slot = agenda.next_slots(MOTIF, LIEU)[0]
    hold(engine, slot, MONDAY_MORNING + timedelta(minutes=10))
    assert slot not in agenda.next_slots(MOTIF, LIEU)
    assert isinstance(agenda.book(MOTIF, LIEU, slot.starts_at), SlotTaken)


def test_a_lapsed_hold_is_taken_over(agenda: Agenda, engine: Engine) -> None:
    slot = agenda.next_slots(MOTIF, LIEU)[0]
    hold(engine, slot, MONDAY_MORNING - timedelta(seconds=1))
    assert isinstance(agenda.book(MOTIF, LIEU, slot.starts_at), RdvView)
    with Session(engine, future=True) as session:
        assert session.scalar(select(func.count()).where(SlotClaim.hold_id.isnot(None))) == 0


@pytest.mark.parametrize(
    "row",
    [
        {"agent_id": 10_000, "cell": 1, "rdv_id": None, "hold_id": "h"},
        {"agent_id": 1, "cell": 1, "rdv_id": None, "hold_id": None},
        {"agent_id": 1, "cell": None, "rdv_id": None, "hold_id": "h"},
    ],
)
def test_another_integrity_error_is_a_bug_not_a_taken_slot(
    agenda: Agenda, engine: Engine, row: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError) as error:
        in_transaction(engine, lambda session: session.execute(SlotClaim.__table__.insert(), [row]))
    assert not violates(error.value, SlotClaim.__table__.primary_key)


def test_the_claim_key_is_recognised(agenda: Agenda, engine: Engine) -> None:
    row = {"agent_id": 1, "cell": 1, "hold_id": "h", "expires_at": 1}
    with pytest.raises(IntegrityError) as error, engine.begin() as connection:
        connection.execute(SlotClaim.__table__.insert(), [row, row])
    assert violates(error.value, SlotClaim.__table__.primary_key)
    assert not any(violates(error.value, constraint) for constraint in Rdv.__table__.constraints)


def test_a_database_that_stays_locked_ends_in_agenda_busy(engine: Engine) -> None:
    attempts = []

    def locked(session: Session) -> None:
        attempts.append(session)
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database is locked"))

    with pytest.raises(AgendaBusy):
        in_transaction(engine, locked)
    assert len(attempts) == 8
