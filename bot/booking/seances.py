"""Group sessions: their seats, taken one by one, never more than there are."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.booking.models import Seance

_UNSEEN = {"synchronize_session": False}


def take_seat(session: Session, seance_id: int) -> bool:
    """Take one seat; False when none is left. The UPDATE itself checks: a count read before would be old."""
    seats = update(Seance).where(Seance.id == seance_id, Seance.taken < Seance.capacity, Seance.cancelled_at.is_(None))
    return bool(session.execute(seats.values(taken=Seance.taken + 1), execution_options=_UNSEEN).rowcount)


def give_seat_back(session: Session, seance_id: int) -> None:
    """Give back a seat that was taken."""
    seats = update(Seance).where(Seance.id == seance_id).values(taken=Seance.taken - 1)
    session.execute(seats, execution_options=_UNSEEN)
