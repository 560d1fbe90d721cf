"""Placing one appointment inside a transaction: who may book, which agent receives, the claims."""

from dataclasses import dataclass
from datetime import datetime
from random import choice

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from bot.booking.codes import new_code
from bot.booking.errors import (
    AlreadyBooked,
    IdempotencyKeyReused,
    SlotInThePast,
    SlotNeverOffered,
    SlotOutOfHorizon,
    TooManyRdv,
)
from bot.booking.models import Motif, Rdv, RdvEvent, SlotClaim
from bot.booking.moments import epoch_of, paris_moment
from bot.booking.slots import Slot, bookable_slots, booking_horizon, offered_slots
from bot.database import exclusive

MAX_LIVE_RDV = 3
"""Live appointments one conversation may hold, so that nobody fills an agenda (booking.md 6.6, 34)."""


@dataclass(frozen=True)
class Request:
    """What somebody asks for: this motif, there, then."""

    motif: str
    lieu: str
    start: int
    """Seconds since the epoch, UTC."""
    conversation_id: str | None
    idempotency_key: str | None


def place(session: Session, request: Request, now: datetime) -> Rdv | None:
    """The appointment asked for: the one already made by this request, or a new one; None when it is taken.

    Raises a BookingError when the request can't be granted whatever the others do.
    """
    _wait_for_twins(session, request)
    same = _made_by_this_key(session, request) or _held_by_conversation(session, request, now)
    if same is not None:
        return same
    slot = _free_slot(session, request, now)
    return None if slot is None else _write(session, request, slot, now)


def replace(session: Session, rdv: Rdv, lieu: str, start: int, now: datetime) -> bool:
    """Give the appointment another time or lieu, and its former time back; False when that slot is taken.

    After False the transaction must be rolled back: the former time is no longer claimed. Raises a SlotRefused.
    """
    if (rdv.lieu_id, rdv.starts_at) == (lieu, start):
        return True
    release(session, rdv)
    slot = _free_slot(session, Request(rdv.motif_code, lieu, start, None, None), now)
    if slot is None:
        return False
    rdv.lieu_id, rdv.agent_id, rdv.starts_at, rdv.ends_at = slot.lieu, slot.agent_id, slot.start, slot.end
    rdv.sequence += 1
    _claim(session, slot, rdv, epoch_of(now))
    record(session, rdv, "moved", now)
    return True


def release(session: Session, rdv: Rdv) -> None:
    """Free the time of the appointment."""
    session.execute(
        delete(SlotClaim).where(SlotClaim.rdv_id == rdv.id), execution_options={"synchronize_session": False}
    )


def record(session: Session, rdv: Rdv, kind: str, now: datetime) -> None:
    """Add a change to the history of the appointment."""
    session.add(RdvEvent(rdv_id=rdv.id, at=epoch_of(now), kind=kind, status=rdv.status))


def _wait_for_twins(session: Session, request: Request) -> None:
    """Requests of one conversation, or with one key, pass one by one, always in this order."""
    if request.conversation_id is not None:
        exclusive(session, f"conversation {request.conversation_id}")
    if request.idempotency_key is not None:
        exclusive(session, f"idempotency key {request.idempotency_key}")


def _made_by_this_key(session: Session, request: Request) -> Rdv | None:
    if request.idempotency_key is None:
        return None
    query = select(Rdv).where(Rdv.idempotency_key == request.idempotency_key)
    rdv: Rdv | None = session.scalars(query).one_or_none()
    if rdv is not None and (not _is_for(rdv, request) or rdv.conversation_id != request.conversation_id):
        raise IdempotencyKeyReused
    return rdv


def _held_by_conversation(session: Session, request: Request, now: datetime) -> Rdv | None:
    """The live appointment for this very slot. Raises AlreadyBooked or TooManyRdv if no other may be."""
    if request.conversation_id is None:
        return None
    live = _live_rdv(session, request.conversation_id, now)
    for rdv in live:
        if _is_for(rdv, request):
            return rdv
        if rdv.motif_code == request.motif:
            raise AlreadyBooked(rdv.code)
    if len(live) >= MAX_LIVE_RDV:
        raise TooManyRdv
    return None


def _is_for(rdv: Rdv, request: Request) -> bool:
    return (rdv.motif_code, rdv.lieu_id, rdv.starts_at) == (request.motif, request.lieu, request.start)


def _live_rdv(session: Session, conversation_id: str, now: datetime) -> list[Rdv]:
    query = select(Rdv).where(
        Rdv.conversation_id == conversation_id, Rdv.status == "unknown", Rdv.ends_at > epoch_of(now)
    )
    return list(session.scalars(query))


def _free_slot(session: Session, request: Request, now: datetime) -> Slot | None:
    """A free slot at the time asked, with any agent; None when all are taken. Raises a SlotRefused."""
    _refuse_out_of_time(session, request, now)
    window = paris_moment(request.start), paris_moment(request.start + 1)
    free = bookable_slots(session, request.motif, request.lieu, *window, now)
    if free:
        return choice(free)  # any agent: those who ask at the same moment seldom pick the same one
    if not offered_slots(session, request.motif, request.lieu, *window, now):
        raise SlotNeverOffered
    return None


def _refuse_out_of_time(session: Session, request: Request, now: datetime) -> None:
    if request.start <= epoch_of(now):
        raise SlotInThePast
    if request.start not in booking_horizon(session.get(Motif, request.motif), epoch_of(now)):
        raise SlotOutOfHorizon


def _write(session: Session, request: Request, slot: Slot, now: datetime) -> Rdv:
    rdv = Rdv(
        code=new_code(),
        motif_code=slot.motif,
        lieu_id=slot.lieu,
        agent_id=slot.agent_id,
        starts_at=slot.start,
        ends_at=slot.end,
        conversation_id=request.conversation_id,
        created_at=epoch_of(now),
        idempotency_key=request.idempotency_key,
    )
    session.add(rdv)
    session.flush()
    _claim(session, slot, rdv, epoch_of(now))
    record(session, rdv, "created", now)
    return rdv


def _claim(session: Session, slot: Slot, rdv: Rdv, now: int) -> None:
    """Take the cells of the slot, ascending so that two bookings never wait for each other in a circle."""
    lapsed = delete(SlotClaim).where(
        SlotClaim.agent_id == slot.agent_id, SlotClaim.cell.in_(slot.cells), SlotClaim.expires_at < now
    )
    session.execute(lapsed, execution_options={"synchronize_session": False})
    session.execute(
        insert(SlotClaim),
        [{"agent_id": slot.agent_id, "cell": cell, "rdv_id": rdv.id} for cell in slot.cells],
    )
