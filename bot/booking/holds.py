"""A slot kept for a few minutes for whoever is asked to confirm it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.booking.claims import claim, release_hold
from bot.booking.moments import Present
from bot.booking.placing import Request, free_slot, wait_for_twins
from bot.booking.slots import Slot

HOLD_S = 600
"""Ten minutes, in real time: long enough to find one's glasses, short enough that nobody misses the slot."""


@dataclass(frozen=True)
class Hold:
    """A slot that nobody else can book for a while."""

    slot: Slot
    until: int
    """Real time, in seconds since the epoch."""


def hold_slot(session: Session, request: Request, present: Present, seconds: int = HOLD_S) -> Hold | None:
    """Keep a slot for this conversation, which holds no other from then on; None when it is taken.

    A seat of a group session is not held: it is taken by the yes. Raises a SlotRefused.
    """
    assert request.conversation_id is not None
    wait_for_twins(session, request)
    slot = free_slot(session, request, present)
    release_hold(session, request.conversation_id)
    if slot is None:
        return None
    until = present.real + seconds
    if slot.seance_id is None:
        claim(session, slot, {"hold_id": request.conversation_id, "expires_at": until}, present.real)
    return Hold(slot, until)
