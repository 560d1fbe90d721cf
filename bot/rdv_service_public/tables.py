"""The tables of this room: what each object was last told of, when they were last heard, who was sent there.

None of them holds a name, a telephone or an address.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from bot.database import Base

NAME = "rdv_service_public"
"""Of this backend, in BOOKING_BACKEND and in `rdv.backend`."""


class WebhookSeen(Base):
    """The last webhook applied to an object of theirs: what is older, or was applied already, changes nothing."""

    __tablename__ = "webhook_seen"

    model: Mapped[str] = Column(String(30), primary_key=True)
    external_id: Mapped[str] = Column(String(40), primary_key=True)
    at_ms: Mapped[int] = Column(BigInteger, nullable=False)
    """`meta.timestamp`, in milliseconds since the epoch: nothing else in a webhook tells its order."""
    event: Mapped[str] = Column(String(10), nullable=False)
    """created, updated or destroyed, which ends an object for good."""
    bodies: Mapped[str] = Column(String(200), nullable=False)
    """Digests of the bodies applied at that very instant: their clock has whole seconds, in which much can change."""


class WebhookHeard(Base):
    """When a signed webhook last came, in real time: long silence means that something is broken."""

    __tablename__ = "webhook_heard"

    source: Mapped[str] = Column(String(30), primary_key=True)
    at: Mapped[int] = Column(BigInteger, nullable=False)


class HandedOverRow(Base):
    """A person sent to RDV Service Public, to choose a time there or by an agent's hand; nothing is booked yet.

    It expires, and goes with its conversation.
    """

    __tablename__ = "handed_over"
    __table_args__ = (
        UniqueConstraint("conversation_id", "motif_code", "lieu_id"),
        UniqueConstraint("plan_id"),
        UniqueConstraint("external_id"),
        Index(None, "expires_at"),
    )

    id: Mapped[int] = Column(Integer, primary_key=True)
    conversation_id: Mapped[str | None] = Column(String(64))
    """None for somebody whom an agent helps without a conversation."""
    motif_code: Mapped[str] = Column(String(60), nullable=False)
    lieu_id: Mapped[str] = Column(String(60), nullable=False)
    handed_at: Mapped[int] = Column(BigInteger, nullable=False)
    expires_at: Mapped[int] = Column(BigInteger, nullable=False)
    plan_id: Mapped[int | None] = Column(Integer)
    """Id of the rdv_plan there, when an agent made one."""
    external_id: Mapped[str | None] = Column(String(40))
    """Id there of the appointment that came of the plan: the only thing by which one is matched."""
