"""What happened to an appointment, by whom, and where it stood afterwards."""

from typing import Literal

from sqlalchemy.orm import Session

from bot.booking.models import Rdv, RdvEvent
from bot.booking.moments import Present

Actor = Literal["resident", "agent", "system", "rdv_service_public"]
Change = Literal[
    "created",
    "moved",
    "cancelled",
    "status",
    "contact_attached",
    "contact_forgotten",
    "conversation_forgotten",
    "mirrored",
    "unlinked",
]


def record(session: Session, rdv: Rdv, change: Change, present: Present, by: Actor = "resident") -> None:
    """Add a change to the history of the appointment."""
    event = RdvEvent(
        rdv_id=rdv.id,
        at=present.epoch,
        kind=change,
        status=rdv.status,
        actor=by,
        agent_id=rdv.agent_id,
        starts_at=rdv.starts_at,
        ends_at=rdv.ends_at,
    )
    session.add(event)
