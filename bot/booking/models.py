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


class Rdv(Base):
    """An appointment. Its row is never deleted: a cancelled one keeps its history."""

    __tablename__ = "rdv"
    __table_args__ = (
        CheckConstraint("status IN ('unknown', 'seen', 'excused', 'revoked', 'noshow')", name="status"),
        CheckConstraint("starts_at < ends_at", name="times"),
        CheckConstraint("starts_at % 300 = 0 AND ends_at % 300 = 0", name="grid"),
        UniqueConstraint("code"),
        UniqueConstraint("idempotency_key"),
        Index(None, "conversation_id"),
    )

    id: Mapped[int] = Column(Integer, primary_key=True)
    code: Mapped[str] = Column(String(20), nullable=False)
    motif_code: Mapped[str] = Column(ForeignKey("motif.code"), nullable=False)
    lieu_id: Mapped[str] = Column(ForeignKey("lieu.id"), nullable=False)
    agent_id: Mapped[int] = Column(ForeignKey("agent.id"), nullable=False)
    starts_at: Mapped[int] = Column(BigInteger, nullable=False)
    ends_at: Mapped[int] = Column(BigInteger, nullable=False)
    status: Mapped[str] = Column(String(10), nullable=False, default="unknown")
    """unknown: to come; seen; excused: cancelled by the resident; revoked: by the service; noshow."""
    sequence: Mapped[int] = Column(Integer, nullable=False, default=0)
    """How many times its time or its status changed: SEQUENCE of the calendar file."""
    conversation_id: Mapped[str | None] = Column(String(64))
    first_name: Mapped[str | None] = Column(String(80))
    phone: Mapped[str | None] = Column(String(32))
    created_at: Mapped[int] = Column(BigInteger, nullable=False)
    cancelled_at: Mapped[int | None] = Column(BigInteger)
    idempotency_key: Mapped[str | None] = Column(String(128))


class RdvEvent(Base):
    """One change of an appointment, kept for good, without personal data."""

    __tablename__ = "rdv_event"
    __table_args__ = (Index(None, "rdv_id"),)

    id: Mapped[int] = Column(Integer, primary_key=True)
    rdv_id: Mapped[int] = Column(ForeignKey("rdv.id"), nullable=False)
    at: Mapped[int] = Column(BigInteger, nullable=False)
    kind: Mapped[str] = Column(String(30), nullable=False)
    """created, moved, cancelled, contact_attached or conversation_forgotten."""
    status: Mapped[str] = Column(String(10), nullable=False)
    """Status of the appointment after the change."""


class SlotClaim(Base):
    """Five minutes of an agent, taken by an appointment or held for one.

    Two appointments of an agent overlap if and only if they share a cell, so the primary key alone makes
    overlap impossible, on both databases and at any isolation level (booking.md 2.2).
    """

    __tablename__ = "slot_claim"
    __table_args__ = (
        CheckConstraint("(rdv_id IS NULL) <> (hold_id IS NULL)", name="one_owner"),
        CheckConstraint("rdv_id IS NULL OR expires_at IS NULL", name="only_holds_expire"),
        Index(None, "rdv_id"),
    )

    agent_id: Mapped[int] = Column(ForeignKey("agent.id"), primary_key=True, autoincrement=False)
    cell: Mapped[int] = Column(Integer, primary_key=True, autoincrement=False)
    """Seconds since the epoch, divided by CELL_SECONDS."""
    seat: Mapped[int] = Column(Integer, primary_key=True, autoincrement=False, default=0)
    rdv_id: Mapped[int | None] = Column(ForeignKey("rdv.id"))
    hold_id: Mapped[str | None] = Column(String(32))
    expires_at: Mapped[int | None] = Column(BigInteger)
