"""A message to tell, made by hand."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.booking.outbox import Event
from bot.booking.views import RdvView
from bot.clock import PARIS
from bot.messaging.outgoing import Offer, Told

LONGEST_DAY = datetime(2027, 9, 22, 10, 30, tzinfo=PARIS)
"""Mercredi 22 septembre à 10 h 30: no date is longer to say."""
RDV = RdvView(
    code="K7PM-4XQT-9R",
    motif="premiere_pesee",
    lieu="pole-clichy",
    starts_at=LONGEST_DAY,
    ends_at=LONGEST_DAY + timedelta(minutes=30),
    status="confirmed",
    conversation_id=None,
    first_name="Fatou",
    phone="+33612345678",
    email="fatou@maison.test",
    uid="1799999999-3@rdv",
    sequence=0,
    detail="unknown",
    backend="local",
)


def told(event: Event, *, by_service: bool = True, **changes: object) -> Told:
    """A message about an appointment of a Wednesday of September; `changes` are those of the appointment."""
    if event == "cancellation":
        changes |= {"status": "cancelled", "detail": "revoked" if by_service else "excused"}
    rdv = replace(RDV, **changes)  # type: ignore[arg-type]
    week_before = LONGEST_DAY - timedelta(days=7)
    offer = Offer(week_before, week_before - timedelta(days=2)) if event == "earlier_slot" else None
    return Told(7, event, "email", rdv, offer, 1, "1799999999-7")
