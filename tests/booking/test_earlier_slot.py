"""What becomes of the earlier slot held for somebody: taken, declined, or overtaken by what its owner does."""

from datetime import timedelta

import pytest

from bot.booking.appointments import Agenda
from bot.booking.errors import NothingOffered
from bot.booking.moments import paris_moment
from bot.booking.views import RdvView
from tests.booking.conftest import SettableClock

MOTIF, LIEU = "premiere_pesee", "pole-clichy"


@pytest.fixture
def waiting_rdv(agenda: Agenda, clock: SettableClock) -> RdvView:
    """An appointment in nine days, on the list, with an earlier slot held for it."""
    slot = agenda.next_slots(MOTIF, LIEU, after=clock() + timedelta(days=9), limit=1)[0]
    made = agenda.book(MOTIF, LIEU, slot.starts_at)
    assert isinstance(made, RdvView)
    agenda.attach_contact(made.code, "Awa", None, "awa@exemple.fr")
    agenda.join_waiting_list(made.code)
    clock.advance(timedelta(hours=2))
    assert agenda.propose_earlier_slots() == 1
    return made


def is_free(agenda: Agenda, rdv: RdvView, at: object) -> bool:
    return at in [slot.starts_at for slot in agenda.next_slots(MOTIF, LIEU, limit=500)]


def test_it_is_told_with_the_moment_until_which_it_is_held(
    agenda: Agenda, clock: SettableClock, waiting_rdv: RdvView
) -> None:
    told = agenda.waiting(waiting_rdv.code)
    assert told.offered is not None and told.offered < waiting_rdv.starts_at
    assert told.until == paris_moment(int((clock() + timedelta(hours=3)).timestamp()))
    assert not is_free(agenda, waiting_rdv, told.offered)


def test_declined_it_is_free_again_and_never_proposed_twice_to_the_same_person(
    agenda: Agenda, clock: SettableClock, waiting_rdv: RdvView
) -> None:
    first = agenda.waiting(waiting_rdv.code).offered
    agenda.decline_earlier_slot(waiting_rdv.code)

    assert is_free(agenda, waiting_rdv, first)
    assert agenda.waiting(waiting_rdv.code).listed
    with pytest.raises(NothingOffered):
        agenda.accept_earlier_slot(waiting_rdv.code)
    clock.advance(timedelta(hours=21, minutes=30))
    assert agenda.propose_earlier_slots() == 0, "half past seven in the morning"
    clock.advance(timedelta(hours=2))
    assert agenda.propose_earlier_slots() == 1
    assert agenda.waiting(waiting_rdv.code).offered not in (None, first)


def test_moved_by_its_owner_nothing_is_held_for_it_any_more(agenda: Agenda, waiting_rdv: RdvView) -> None:
    """It would be taken for an earlier time, and be a later one."""
    offered = agenda.waiting(waiting_rdv.code).offered
    soonest = agenda.next_slots(MOTIF, LIEU, limit=1)[0]
    agenda.move(waiting_rdv.code, LIEU, soonest.starts_at)

    assert agenda.waiting(waiting_rdv.code).offered is None
    assert is_free(agenda, waiting_rdv, offered)
    with pytest.raises(NothingOffered):
        agenda.accept_earlier_slot(waiting_rdv.code)


def test_nothing_is_held_for_somebody_who_can_no_longer_be_told(agenda: Agenda, waiting_rdv: RdvView) -> None:
    offered = agenda.waiting(waiting_rdv.code).offered
    agenda.attach_contact(waiting_rdv.code, "Awa", None, None)

    told = agenda.waiting(waiting_rdv.code)
    assert (told.listed, told.offered, told.possible, told.lacks_contact) == (False, None, False, True)
    assert is_free(agenda, waiting_rdv, offered)
