"""What the agenda shows to the rest of the house: values, never rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.booking.models import Rdv
from bot.booking.moments import paris_moment

Status = Literal["unknown", "seen", "excused", "revoked", "noshow"]


@dataclass(frozen=True)
class RdvView:
    """An appointment, as it stood when it was read."""

    code: str
    motif: str
    lieu: str
    starts_at: datetime
    ends_at: datetime
    """Both in Paris time, with their offset."""
    status: Literal["confirmed", "cancelled"]
    conversation_id: str | None
    first_name: str | None
    phone: str | None
    email: str | None
    uid: str
    """Stable identity for calendars; tells nothing of the code."""
    sequence: int
    """How many times its time or its status changed."""
    detail: Status
    """The status in the words of RDV Service Public: whoever cancelled, and whether they came."""
    backend: Literal["local", "rdv_service_public"]
    """Where it is kept: an appointment kept elsewhere is neither moved nor cancelled here."""

    @property
    def duration_min(self) -> int:
        """Length in minutes."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


@dataclass(frozen=True)
class SlotTaken:
    """Somebody else has the slot: the free ones must be listed again."""

    motif: str
    lieu: str
    starts_at: datetime


def view_of(rdv: Rdv) -> RdvView:
    """The appointment as a value that outlives its session."""
    return RdvView(
        code=rdv.code,
        motif=rdv.motif_code,
        lieu=rdv.lieu_id,
        starts_at=paris_moment(rdv.starts_at),
        ends_at=paris_moment(rdv.ends_at),
        status="cancelled" if rdv.status in ("excused", "revoked") else "confirmed",
        conversation_id=rdv.conversation_id,
        first_name=rdv.first_name,
        phone=rdv.phone,
        email=rdv.email,
        uid=f"{rdv.created_at}-{rdv.id}@rdv.pole-social-clichy-levallois",
        sequence=rdv.sequence,
        detail=rdv.status,
        backend=rdv.backend,
    )


@dataclass(frozen=True)
class Waiting:
    """Where an appointment stands on the waiting list."""

    possible: bool
    """Whether its owner can be told of earlier slots."""
    listed: bool
    lacks_contact: bool
    """Whether only a way to write to its owner is missing."""
    offered: datetime | None
    """The earlier slot held for it now, in Paris time."""
    until: datetime | None
    """When that slot is let go, in Paris time; real time, wherever the calendar clock stands."""
