"""The tables of the agenda, with the words of RDV Service Public.

Instants are integers: seconds since the epoch, UTC. SQLite drops the offset of a date-time, and an
integer has no time zone to get wrong. Only openings are local times, because a weekly opening stays at
nine o'clock on both sides of a clock change.
"""

from datetime import date

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped

from bot.database import Base

CELL_SECONDS = 300
"""An agent's time is claimed by cells of five minutes, so every duration is a multiple of five minutes."""


class Motif(Base):
    """What an appointment is for."""

    __tablename__ = "motif"
    __table_args__ = (
        CheckConstraint("duration_min > 0 AND duration_min % 5 = 0", name="duration"),
        CheckConstraint(
            "0 <= min_public_booking_delay AND min_public_booking_delay < max_public_booking_delay",
            name="delays",
        ),
    )

    code: Mapped[str] = Column(String(60), primary_key=True)
    libelle: Mapped[str] = Column(String(120), nullable=False)
    service: Mapped[str] = Column(String(60), nullable=False)
    """Id of a service of the directory."""
    duration_min: Mapped[int] = Column(Integer, nullable=False)
    min_public_booking_delay: Mapped[int] = Column(Integer, nullable=False)
    """A resident books no later than this before the start, in seconds."""
    max_public_booking_delay: Mapped[int] = Column(Integer, nullable=False)
    """A resident books no earlier than this before the start, in seconds."""


class Lieu(Base):
    """Where residents are received: a site of the directory."""

    __tablename__ = "lieu"

    id: Mapped[str] = Column(String(60), primary_key=True)
    works_whit_monday: Mapped[bool] = Column(Boolean, nullable=False, default=False)
    """Whether lundi de Pentecôte, a public holiday, is worked here (journée de solidarité)."""


class MotifLieu(Base):
    """A motif is offered at a lieu."""

    __tablename__ = "motif_lieu"

    motif_code: Mapped[str] = Column(ForeignKey("motif.code"), primary_key=True)
    lieu_id: Mapped[str] = Column(ForeignKey("lieu.id"), primary_key=True)


class Agent(Base):
    """The resource that receives: a poste of a lieu, for one person at a time. It names nobody."""

    __tablename__ = "agent"
    __table_args__ = (UniqueConstraint("lieu_id", "name"),)

    id: Mapped[int] = Column(Integer, primary_key=True)
    lieu_id: Mapped[str] = Column(ForeignKey("lieu.id"), nullable=False)
    name: Mapped[str] = Column(String(120), nullable=False)


class PlageOuverture(Base):
    """Time an agent gives to a motif, on one day or every week, in Europe/Paris local time."""

    __tablename__ = "plage_ouverture"
    __table_args__ = (
        CheckConstraint("0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440", name="times"),
        CheckConstraint("start_minute % 5 = 0 AND end_minute % 5 = 0", name="grid"),
        CheckConstraint("last_day IS NULL OR last_day >= first_day", name="days"),
        Index(None, "motif_code", "lieu_id"),
    )

    id: Mapped[int] = Column(Integer, primary_key=True)
    agent_id: Mapped[int] = Column(ForeignKey("agent.id"), nullable=False)
    motif_code: Mapped[str] = Column(ForeignKey("motif.code"), nullable=False)
    lieu_id: Mapped[str] = Column(ForeignKey("lieu.id"), nullable=False)
    first_day: Mapped[date] = Column(Date, nullable=False)
    """The single day, or the first of the weekly ones: it gives the day of the week."""
    last_day: Mapped[date | None] = Column(Date)
    """No occurrence after this day: the first day itself for a single day, None for no end."""
    start_minute: Mapped[int] = Column(Integer, nullable=False)
    """Minutes since local midnight."""
    end_minute: Mapped[int] = Column(Integer, nullable=False)
    """Minutes since local midnight; 1440 is the end of the day."""
    demo: Mapped[bool] = Column(Boolean, nullable=False, default=False)
    """Made for a demonstration: nobody waits behind this opening."""


class Absence(Base):
    """Time without appointments: of one agent, or of a whole lieu when no agent is named."""

    __tablename__ = "absence"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="times"), Index(None, "lieu_id", "ends_at"))

    id: Mapped[int] = Column(Integer, primary_key=True)
    lieu_id: Mapped[str] = Column(ForeignKey("lieu.id"), nullable=False)
    agent_id: Mapped[int | None] = Column(ForeignKey("agent.id"))
    starts_at: Mapped[int] = Column(BigInteger, nullable=False)
    ends_at: Mapped[int] = Column(BigInteger, nullable=False)


class Seance(Base):
    """A group session: an agent receives several people at once, as many as there are seats."""

    __tablename__ = "seance"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="times"),
        CheckConstraint("starts_at % 300 = 0 AND ends_at % 300 = 0", name="grid"),
        CheckConstraint("0 <= taken AND taken <= capacity", name="seats"),
        Index(None, "motif_code", "lieu_id", "starts_at"),
    )

    id: Mapped[int] = Column(Integer, primary_key=True)
    motif_code: Mapped[str] = Column(ForeignKey("motif.code"), nullable=False)
    lieu_id: Mapped[str] = Column(ForeignKey("lieu.id"), nullable=False)
    agent_id: Mapped[int] = Column(ForeignKey("agent.id"), nullable=False)
    starts_at: Mapped[int] = Column(BigInteger, nullable=False)
    ends_at: Mapped[int] = Column(BigInteger, nullable=False)
    capacity: Mapped[int] = Column(Integer, nullable=False)
    taken: Mapped[int] = Column(Integer, nullable=False, default=0)
    """Seats taken; only ever changed by an UPDATE that checks the capacity."""
    cancelled_at: Mapped[int | None] = Column(BigInteger)


class Rdv(Base):
    """An appointment. Its row is never deleted: a cancelled one keeps its history."""

    __tablename__ = "rdv"
    __table_args__ = (
        CheckConstraint("status IN ('unknown', 'seen', 'excused', 'revoked', 'noshow')", name="status"),
        CheckConstraint("starts_at < ends_at", name="times"),
        CheckConstraint("backend <> 'local' OR (starts_at % 300 = 0 AND ends_at % 300 = 0)", name="grid"),
        CheckConstraint("(backend = 'local') = (agent_id IS NOT NULL)", name="agent"),
        CheckConstraint("(backend = 'local') = (external_id IS NULL)", name="external"),
        UniqueConstraint("code"),
        UniqueConstraint("idempotency_key"),
        UniqueConstraint("external_id"),
        Index(
            "uq_rdv_seance_id_conversation_id",
            "seance_id",
            "conversation_id",
            unique=True,
            sqlite_where=text("cancelled_at IS NULL"),
            postgresql_where=text("cancelled_at IS NULL"),
        ),
        Index(None, "conversation_id"),
        Index(None, "phone"),
        Index(None, "starts_at"),
    )

    id: Mapped[int] = Column(Integer, primary_key=True)
    code: Mapped[str] = Column(String(20), nullable=False)
    motif_code: Mapped[str] = Column(ForeignKey("motif.code"), nullable=False)
    lieu_id: Mapped[str] = Column(ForeignKey("lieu.id"), nullable=False)
    agent_id: Mapped[int | None] = Column(ForeignKey("agent.id"))
    """Who receives; None for an appointment kept elsewhere."""
    seance_id: Mapped[int | None] = Column(ForeignKey("seance.id"))
    """The group session in which it has a seat, if it is not alone."""
    starts_at: Mapped[int] = Column(BigInteger, nullable=False)
    ends_at: Mapped[int] = Column(BigInteger, nullable=False)
    status: Mapped[str] = Column(String(10), nullable=False, default="unknown")
    """unknown: to come; seen; excused: cancelled by the resident; revoked: by the service; noshow."""
    sequence: Mapped[int] = Column(Integer, nullable=False, default=0)
    """How many times its time or its status changed: SEQUENCE of the calendar file."""
    conversation_id: Mapped[str | None] = Column(String(64))
    first_name: Mapped[str | None] = Column(String(80))
    phone: Mapped[str | None] = Column(String(32))
    email: Mapped[str | None] = Column(String(254))
    created_at: Mapped[int] = Column(BigInteger, nullable=False)
    created_by: Mapped[str] = Column(String(20), nullable=False, default="resident")
    """resident, agent or rdv_service_public."""
    cancelled_at: Mapped[int | None] = Column(BigInteger)
    """When its time was given back: a live appointment, whatever its status, has None and its claims."""
    idempotency_key: Mapped[str | None] = Column(String(128))
    backend: Mapped[str] = Column(String(20), nullable=False, default="local")
    """Where it is kept: local, or rdv_service_public, of which this row is a copy."""
    external_id: Mapped[str | None] = Column(String(40))
    """Its id where it is kept, when that is elsewhere."""


class RdvEvent(Base):
    """One change of an appointment, kept for good, without personal data."""

    __tablename__ = "rdv_event"
    __table_args__ = (Index(None, "rdv_id"),)

    id: Mapped[int] = Column(Integer, primary_key=True)
    rdv_id: Mapped[int] = Column(ForeignKey("rdv.id"), nullable=False)
    at: Mapped[int] = Column(BigInteger, nullable=False)
    kind: Mapped[str] = Column(String(30), nullable=False)
    """One of `bot.booking.history.Change`."""
    status: Mapped[str] = Column(String(10), nullable=False)
    """Status of the appointment after the change; so are the three columns that follow."""
    actor: Mapped[str] = Column(String(20), nullable=False, default="resident")
    """Who made the change: resident, agent, system or rdv_service_public."""
    agent_id: Mapped[int | None] = Column(Integer)
    starts_at: Mapped[int | None] = Column(BigInteger)
    ends_at: Mapped[int | None] = Column(BigInteger)


class SlotClaim(Base):
    """Five minutes of an agent, taken by an appointment or a group session, or held for an appointment to come.

    Two appointments of an agent overlap if and only if they share a cell, so the primary key alone makes
    overlap impossible, on both databases and at any isolation level (booking.md 2.2).
    """

    __tablename__ = "slot_claim"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN rdv_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN seance_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN hold_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_owner",
        ),
        CheckConstraint("(hold_id IS NULL) = (expires_at IS NULL)", name="only_holds_expire"),
        Index(None, "rdv_id"),
        Index(None, "hold_id", sqlite_where=text("hold_id IS NOT NULL"), postgresql_where=text("hold_id IS NOT NULL")),
    )

    agent_id: Mapped[int] = Column(ForeignKey("agent.id"), primary_key=True, autoincrement=False)
    cell: Mapped[int] = Column(Integer, primary_key=True, autoincrement=False)
    """Seconds since the epoch, divided by CELL_SECONDS."""
    seat: Mapped[int] = Column(Integer, primary_key=True, autoincrement=False, default=0)
    rdv_id: Mapped[int | None] = Column(ForeignKey("rdv.id"))
    seance_id: Mapped[int | None] = Column(ForeignKey("seance.id"))
    hold_id: Mapped[str | None] = Column(String(64))
    """Whose hold it is: a conversation, or a place on the waiting list."""
    expires_at: Mapped[int | None] = Column(BigInteger)
    """Real time, wherever the calendar clock stands: a hold that lapsed claims nothing."""


class Attente(Base):
    """A place on the waiting list (file d'attente): whoever has this appointment would come earlier."""

    __tablename__ = "attente"

    rdv_id: Mapped[int] = Column(ForeignKey("rdv.id"), primary_key=True, autoincrement=False)
    since: Mapped[int] = Column(BigInteger, nullable=False)
    """First come, first served."""
    notices: Mapped[int] = Column(Integer, nullable=False, default=0)
    """How many earlier slots were proposed."""
    last_notice_at: Mapped[int | None] = Column(BigInteger)
    offered_start: Mapped[int | None] = Column(BigInteger)
    """The earlier slot proposed last, at the same lieu; it is held until `offered_until`."""
    offered_until: Mapped[int | None] = Column(BigInteger)
    """Real time, like the hold it tells of."""


class OutboxMessage(Base):
    """A message to send about an appointment, written in the transaction that calls for it.

    It holds neither text nor address: both are read from the appointment when it is sent, so that a message never
    tells what is no longer true.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint(
            "event IN ('confirmation', 'change', 'cancellation', 'reminder', 'earlier_slot')", name="event"
        ),
        CheckConstraint("channel IN ('sms', 'email')", name="channel"),
        CheckConstraint("state IN ('to_send', 'sending', 'sent', 'uncertain', 'failed', 'dropped')", name="state"),
        UniqueConstraint("rdv_id", "event", "version", "channel"),
        Index(None, "state", "due_at"),
        Index(None, "claimed_at"),
    )

    id: Mapped[int] = Column(Integer, primary_key=True)
    rdv_id: Mapped[int] = Column(ForeignKey("rdv.id"), nullable=False)
    event: Mapped[str] = Column(String(20), nullable=False)
    version: Mapped[int] = Column(Integer, nullable=False)
    """`sequence` of the appointment it tells of; for earlier_slot, the number of the notice."""
    channel: Mapped[str] = Column(String(10), nullable=False)
    state: Mapped[str] = Column(String(10), nullable=False, default="to_send")
    """to_send; sending: claimed by a worker; sent; uncertain: nobody knows, never sent again; failed; dropped."""
    due_at: Mapped[int] = Column(BigInteger, nullable=False)
    """Not before this instant of the calendar clock."""
    attempts: Mapped[int] = Column(Integer, nullable=False, default=0)
    claimed_at: Mapped[int | None] = Column(BigInteger)
    """When a worker claimed it, in real time."""
    settled_at: Mapped[int | None] = Column(BigInteger)
    reference: Mapped[str | None] = Column(String(80))
    """What the provider calls it."""
    reason: Mapped[str | None] = Column(String(80))
    """Why it was dropped or failed, without personal data."""
