"""Who owns the time of an agent: the rows that make two appointments at once impossible (booking.md 2.2)."""

from collections.abc import Mapping

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from bot.booking.models import Rdv, Seance, SlotClaim
from bot.booking.slots import Slot

_UNSEEN = {"synchronize_session": False}


def claim(session: Session, slot: Slot, owner: Mapping[str, int | str], real: int) -> None:
    """Take the cells of the slot for `owner` (its column and id), after holds that have lapsed at `real`.

    Ascending, so that two bookings never wait for each other in a circle.
    """
    lapsed = delete(SlotClaim).where(
        SlotClaim.agent_id == slot.agent_id, SlotClaim.cell.in_(slot.cells), SlotClaim.expires_at < real
    )
    session.execute(lapsed, execution_options=_UNSEEN)
    rows = [{"agent_id": slot.agent_id, "cell": cell, **owner} for cell in slot.cells]
    session.execute(insert(SlotClaim), rows)


def release(session: Session, owner: Rdv | Seance) -> None:
    """Free the time of an appointment or of a group session."""
    column = SlotClaim.rdv_id if isinstance(owner, Rdv) else SlotClaim.seance_id
    session.execute(delete(SlotClaim).where(column == owner.id), execution_options=_UNSEEN)


def release_hold(session: Session, hold_id: str) -> None:
    """Free what is held under this name."""
    session.execute(delete(SlotClaim).where(SlotClaim.hold_id == hold_id), execution_options=_UNSEEN)
