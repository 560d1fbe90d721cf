"""A slot kept for whoever is asked to confirm it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.errors import SlotInThePast, SlotNeverOffered
from bot.booking.holds import HOLD_S, Hold
from bot.booking.models import SlotClaim
from bot.booking.slots import Slot
from bot.booking.views import RdvView, SlotTaken
from tests.booking.conftest import SettableClock

MOTIF, LIEU = "premiere_pesee", "pole-clichy"
LAPSE = timedelta(seconds=HOLD_S + 1)


def first_slots(agenda: Agenda, number: int = 3, asker: str | None = None) -> list[Slot]:
    return agenda.next_slots(MOTIF, LIEU, limit=number, asker=asker)


def held(agenda: Agenda, slot: Slot, conversation: str) -> Hold:
    hold = agenda.hold(MOTIF, LIEU, slot.starts_at, conversation)
    assert isinstance(hold, Hold)
    return hold


def cells_held(engine: Engine) -> int:
    with Session(engine, future=True) as session:
        return int(session.scalar(select(func.count()).where(SlotClaim.hold_id.isnot(None))))


def test_a_held_slot_is_hidden_from_others_and_free_for_its_holder(agenda: Agenda) -> None:
    slot = first_slots(agenda)[0]
    assert held(agenda, slot, "mine").slot == slot
    assert slot not in first_slots(agenda, asker="theirs")
    assert first_slots(agenda, asker="mine")[0] == slot
    assert isinstance(agenda.hold(MOTIF, LIEU, slot.starts_at, "theirs"), SlotTaken)
    assert isinstance(agenda.book(MOTIF, LIEU, slot.starts_at, "theirs"), SlotTaken)


def test_the_yes_books_what_is_held_and_frees_nothing_else(agenda: Agenda, engine: Engine) -> None:
    slot = first_slots(agenda)[0]
    held(agenda, slot, "mine")
    assert isinstance(agenda.book(MOTIF, LIEU, slot.starts_at, "mine"), RdvView)
    assert cells_held(engine) == 0


def test_a_conversation_holds_one_slot_however_many_it_asks_for(agenda: Agenda, engine: Engine) -> None:
    """Attack 34: ten holds by one session."""
    for slot in first_slots(agenda, 10):
        held(agenda, slot, "greedy")
    assert cells_held(engine) == len(slot.cells)
    assert first_slots(agenda, 9) == first_slots(agenda, 9, asker="greedy")[:9]


def test_booking_another_slot_lets_the_held_one_go(agenda: Agenda, engine: Engine) -> None:
    first, second, _ = first_slots(agenda)
    held(agenda, first, "mine")
    agenda.book(MOTIF, LIEU, second.starts_at, "mine")
    assert cells_held(engine) == 0
    assert first_slots(agenda)[0] == first


def test_a_lapsed_hold_can_be_taken_and_its_holder_is_told(agenda: Agenda, clock: SettableClock) -> None:
    slot = first_slots(agenda)[1]
    held(agenda, slot, "slow")
    clock.advance(LAPSE)
    held(agenda, slot, "quick")
    assert isinstance(agenda.book(MOTIF, LIEU, slot.starts_at, "slow"), SlotTaken)
    assert isinstance(agenda.book(MOTIF, LIEU, slot.starts_at, "quick"), RdvView)


def test_a_lapsed_hold_that_nobody_took_still_books(agenda: Agenda, clock: SettableClock) -> None:
    slot = first_slots(agenda)[1]
    held(agenda, slot, "slow")
    clock.advance(LAPSE)
    assert isinstance(agenda.book(MOTIF, LIEU, slot.starts_at, "slow"), RdvView)


def test_holds_lapse_in_real_time_where_the_calendar_stands_still(
    engine: Engine, agenda: Agenda, clock: SettableClock
) -> None:
    """BOT_NOW holds the calendar for tests and demonstrations: a slot must not stay held for ever."""
    ticking = [1_000]
    standing = Agenda(engine, clock, agenda._motifs, timer=lambda: ticking[0])
    slot = first_slots(standing)[0]
    held(standing, slot, "slow")
    assert slot not in first_slots(standing)
    ticking[0] += HOLD_S + 1
    assert slot in first_slots(standing)


def test_what_is_held_when_a_conversation_is_forgotten_is_free(agenda: Agenda) -> None:
    slot = first_slots(agenda)[0]
    held(agenda, slot, "gone")
    agenda.forget_conversation("gone")
    assert first_slots(agenda)[0] == slot


def test_what_is_refused_is_free_at_once(agenda: Agenda) -> None:
    slot = first_slots(agenda)[0]
    held(agenda, slot, "mine")
    agenda.let_go("mine")
    assert first_slots(agenda)[0] == slot


def test_only_listed_slots_are_held(agenda: Agenda, clock: SettableClock) -> None:
    slot = first_slots(agenda)[0]
    with pytest.raises(SlotNeverOffered):
        agenda.hold(MOTIF, LIEU, slot.starts_at + timedelta(minutes=5), "c")
    with pytest.raises(SlotInThePast):
        agenda.hold(MOTIF, LIEU, clock() - timedelta(hours=1), "c")


def test_moving_takes_the_slot_held_for_the_same_conversation(agenda: Agenda, engine: Engine) -> None:
    first, second, _ = first_slots(agenda)
    rdv = agenda.book(MOTIF, LIEU, first.starts_at, "mine")
    assert isinstance(rdv, RdvView)
    held(agenda, second, "mine")
    moved = agenda.move(rdv.code, LIEU, second.starts_at)
    assert isinstance(moved, RdvView) and moved.starts_at == second.starts_at
    assert cells_held(engine) == 0
