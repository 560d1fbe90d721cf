"""Calling one appointment off, inside a transaction: its time is free, its history kept, its owner told."""

from sqlalchemy.orm import Session

from bot.booking import waiting
from bot.booking.history import Actor, record
from bot.booking.models import Rdv
from bot.booking.moments import Present
from bot.booking.outbox import announce
from bot.booking.placing import give_back


def call_off(session: Session, rdv: Rdv, present: Present, *, silent: bool, by: Actor) -> None:
    """Cancel a live appointment, for the resident (excused) or for the service (revoked)."""
    rdv.status = "excused" if by == "resident" else "revoked"
    rdv.cancelled_at, rdv.sequence = present.epoch, rdv.sequence + 1
    give_back(session, rdv)
    waiting.leave(session, rdv)
    record(session, rdv, "cancelled", present, by)
    announce(session, rdv, "cancellation", present, silent=silent, by=by)
