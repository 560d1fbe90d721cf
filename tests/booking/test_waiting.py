"""The waiting list: an earlier slot is kept for one person, then for the next."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.errors import CannotWait, NothingOffered
from bot.booking.models import OutboxMessage, PlageOuverture
from bot.booking.views import RdvView, SlotTaken
from bot.booking.waiting import MAX_NOTICES, OFFER_S
from tests.booking.conftest import SettableClock

MOTIF, LIEU = "premiere_pesee", "pole-clichy"
LAPSE = timedelta(seconds=OFFER_S + 1)


@pytest.fixture
def full(agenda: Agenda, engine: Engine, clock: SettableClock) -> list[RdvView]:
    """Every slot of the first two weeks is taken, each by someone with a mobile telephone; it is nine o'clock."""
    clock.advance(timedelta(hours=2))
    with Session(engine, future=True) as session, session.begin():
        for opening in session.scalars(select(PlageOuverture).where(PlageOuverture.motif_code == MOTIF)):
            opening.start_minute, opening.end_minute = 600, 630
    taken = []
    for number, slot in enumerate(agenda.next_slots(MOTIF, LIEU, limit=100)):
        rdv = agenda.book(MOTIF, LIEU, slot.starts_at)
        assert isinstance(rdv, RdvView)
        taken.append(agenda.attach_contact(rdv.code, None, f"+336123456{number:02}"))
    return taken


def offers(agenda: Agenda, rdvs: list[RdvView]) -> list[RdvView]:
    """Those to whom an earlier slot is proposed now."""
    return [rdv for rdv in rdvs if agenda.waiting(rdv.code).offered is not None]


def test_a_slot_that_frees_goes_to_who_waited_longest_then_to_the_next(
    agenda: Agenda, full: list[RdvView], clock: SettableClock
) -> None:
    freed, second, first = full[3], full[9], full[12]
    agenda.join_waiting_list(first.code)
    clock.advance(timedelta(minutes=1))
    agenda.join_waiting_list(second.code)
    assert agenda.propose_earlier_slots() == 0
    agenda.cancel(freed.code)
    assert agenda.propose_earlier_slots() == 1
    assert offers(agenda, full) == [first]
    assert agenda.waiting(first.code).offered == freed.starts_at
    assert isinstance(agenda.book(MOTIF, LIEU, freed.starts_at, "passer-by"), SlotTaken)
    clock.advance(LAPSE)
    assert agenda.propose_earlier_slots() == 1
    assert offers(agenda, full) == [second]


def test_accepting_moves_and_leaves_the_list(agenda: Agenda, full: list[RdvView]) -> None:
    freed, waits = full[3], full[12]
    agenda.join_waiting_list(waits.code)
    agenda.cancel(freed.code)
    agenda.propose_earlier_slots()
    moved = agenda.accept_earlier_slot(waits.code)
    assert (moved.code, moved.starts_at, moved.sequence) == (waits.code, freed.starts_at, 1)
    assert not agenda.waiting(waits.code).listed
    assert [slot.starts_at for slot in agenda.next_slots(MOTIF, LIEU)] == [waits.starts_at]
    with pytest.raises(NothingOffered):
        agenda.accept_earlier_slot(waits.code)


def test_an_offer_that_lapsed_is_no_longer_accepted(agenda: Agenda, full: list[RdvView], clock: SettableClock) -> None:
    freed, waits = full[3], full[12]
    agenda.join_waiting_list(waits.code)
    agenda.cancel(freed.code)
    agenda.propose_earlier_slots()
    clock.advance(LAPSE)
    agenda.book(MOTIF, LIEU, freed.starts_at, "quick")
    with pytest.raises(NothingOffered):
        agenda.accept_earlier_slot(waits.code)
    found = agenda.find(waits.code)
    assert found is not None and found.starts_at == waits.starts_at


def test_notices_are_few_one_a_day_and_at_office_hours(
    agenda: Agenda, engine: Engine, full: list[RdvView], clock: SettableClock
) -> None:
    waits = full[-1]
    agenda.join_waiting_list(waits.code)
    for rdv in full[6:-1]:
        agenda.cancel(rdv.code)
    proposed = []
    for _ in range(24 * 6):
        clock.advance(timedelta(hours=1))
        if agenda.propose_earlier_slots():
            proposed.append(clock.moment)
    assert len(proposed) == MAX_NOTICES
    assert len({moment.date() for moment in proposed}) == MAX_NOTICES
    assert all(9 <= moment.hour < 18 for moment in proposed)
    with Session(engine, future=True) as session:
        notices = session.scalars(select(OutboxMessage.version).where(OutboxMessage.event == "earlier_slot"))
        assert list(notices) == [1, 2, 3]


def test_nobody_is_told_of_what_starts_within_a_day(agenda: Agenda, full: list[RdvView], clock: SettableClock) -> None:
    clock.advance(timedelta(minutes=1))
    waits = full[5]
    agenda.join_waiting_list(waits.code)
    agenda.cancel(full[0].code)
    assert agenda.propose_earlier_slots() == 0


def test_moving_away_or_cancelling_gives_back_what_was_held(agenda: Agenda, full: list[RdvView]) -> None:
    freed, waits = full[3], full[12]
    agenda.join_waiting_list(waits.code)
    agenda.cancel(freed.code)
    agenda.propose_earlier_slots()
    agenda.cancel(waits.code)
    assert [slot.starts_at for slot in agenda.next_slots(MOTIF, LIEU)] == [freed.starts_at, waits.starts_at]


def test_leaving_the_list(agenda: Agenda, full: list[RdvView]) -> None:
    agenda.join_waiting_list(full[12].code)
    agenda.leave_waiting_list(full[12].code)
    agenda.cancel(full[3].code)
    assert agenda.propose_earlier_slots() == 0


def test_who_cannot_be_told_cannot_wait(agenda: Agenda, full: list[RdvView], clock: SettableClock) -> None:
    without_contact = agenda.attach_contact(full[12].code, "Awa", None)
    assert not agenda.waiting(without_contact.code).possible
    with pytest.raises(CannotWait):
        agenda.join_waiting_list(without_contact.code)
    silent = agenda.book("sante_sexuelle", "levallois-pmi-sante-sexuelle", full[12].starts_at)
    assert isinstance(silent, RdvView)
    agenda.attach_contact(silent.code, "Awa", "+33612345699")
    with pytest.raises(CannotWait):
        agenda.join_waiting_list(silent.code)
    clock.moment = full[6].starts_at - timedelta(hours=20)
    with pytest.raises(CannotWait):
        agenda.join_waiting_list(full[6].code)
