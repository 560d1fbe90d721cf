"""Placing one appointment inside a transaction: who may book, which agent receives, the claims."""

from dataclasses import dataclass
from random import choice

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.booking.caps import check_conversation
from bot.booking.claims import claim, release, release_hold
from bot.booking.codes import new_code
from bot.booking.errors import (
    AlreadyBooked,
    IdempotencyKeyReused,
    SlotInThePast,
    SlotNeverOffered,
    SlotOutOfHorizon,
)
from bot.booking.history import Actor, record
from bot.booking.models import Motif, Rdv, SlotClaim
from bot.booking.moments import Present, paris_moment
from bot.booking.seances import give_seat_back, take_seat
from bot.booking.slots import Asker, Slot, bookable_slots, booking_horizon, offered_slots
from bot.database import exclusive


@dataclass(frozen=True)
class Request:
    """What somebody asks for: this motif, there, then."""

    motif: str
    lieu: str
    start: int
    """Seconds since the epoch, UTC."""
    conversation_id: str | None
    idempotency_key: str | None = None
    by: Actor = "resident"


def place(session: Session, request: Request, present: Present) -> Rdv | None:
    """The appointment asked for: the one already made by this request, or a new one; None when it is taken.

    Raises a BookingError when the request can't be granted whatever the others do.
    """
    wait_for_twins(session, request)
    same = _made_by_this_key(session, request) or _held_by_conversation(session, request, present)
    if same is not None:
        return same
    slot = free_slot(session, request, present)
    if slot is None or not _has_seat(session, slot):
        return None
    return _write(session, request, slot, present)


def replace(session: Session, rdv: Rdv, request: Request, present: Present) -> bool:
    """Give the appointment another time or lieu, and its former time back; False when that slot is taken.

    After False the transaction must be rolled back: the former time is no longer claimed. Raises a SlotRefused.
    """
    if (rdv.lieu_id, rdv.starts_at) == (request.lieu, request.start):
        return True
    give_back(session, rdv)
    slot = free_slot(session, request, present)
    if slot is None or not _has_seat(session, slot):
        return False
    rdv.lieu_id, rdv.agent_id, rdv.starts_at, rdv.ends_at = slot.lieu, slot.agent_id, slot.start, slot.end
    rdv.seance_id = slot.seance_id
    rdv.sequence += 1
    _settle(session, rdv, slot, request, present)
    record(session, rdv, "moved", present, request.by)
    return True


def give_back(session: Session, rdv: Rdv) -> None:
    """Free the time, or the seat, of the appointment."""
    release(session, rdv)
    if rdv.seance_id is not None:
        give_seat_back(session, rdv.seance_id)


def free_slot(session: Session, request: Request, present: Present) -> Slot | None:
    """A free slot at the time asked: the one held for the asker, else with any agent; None when all are taken.

    Raises a SlotRefused.
    """
    window = paris_moment(request.start), paris_moment(request.start + 1)
    asker = Asker(request.conversation_id, present.real)
    free = bookable_slots(session, request.motif, request.lieu, *window, present.calendar, asker)
    if len(free) > 1:
        # Any agent: those who ask at the same moment seldom pick the same one.
        return _held_for(session, request, free) or choice(free)
    if free:
        return free[0]
    _refuse_out_of_time(session, request, present)
    if not offered_slots(session, request.motif, request.lieu, *window, present.calendar):
        raise SlotNeverOffered
    return None


def wait_for_twins(session: Session, request: Request) -> None:
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


def _held_by_conversation(session: Session, request: Request, present: Present) -> Rdv | None:
    """The live appointment for this very slot. Raises AlreadyBooked or TooManyRdv if no other may be."""
    if request.conversation_id is None:
        return None
    live = _live_rdv(session, request.conversation_id, present.epoch)
    for rdv in live:
        if _is_for(rdv, request):
            return rdv
        if rdv.motif_code == request.motif:
            raise AlreadyBooked(rdv.code)
    check_conversation(session, request.conversation_id, live, present.epoch)
    return None


def _is_for(rdv: Rdv, request: Request) -> bool:
    return (rdv.motif_code, rdv.lieu_id, rdv.starts_at) == (request.motif, request.lieu, request.start)


def _live_rdv(session: Session, conversation_id: str, now: int) -> list[Rdv]:
    query = select(Rdv).where(Rdv.conversation_id == conversation_id, Rdv.cancelled_at.is_(None), Rdv.ends_at > now)
    return list(session.scalars(query))


def _held_for(session: Session, request: Request, free: list[Slot]) -> Slot | None:
    """Of the free slots, the one whose time the asker holds."""
    if request.conversation_id is None:
        return None
    held = select(SlotClaim.agent_id, SlotClaim.cell).where(SlotClaim.hold_id == request.conversation_id)
    cells = {(agent_id, cell) for agent_id, cell in session.execute(held)}
    return next((slot for slot in free if (slot.agent_id, slot.cells.start) in cells), None)


def _refuse_out_of_time(session: Session, request: Request, present: Present) -> None:
    if request.start <= present.epoch:
        raise SlotInThePast
    if request.start not in booking_horizon(session.get(Motif, request.motif), present.epoch):
        raise SlotOutOfHorizon


def _has_seat(session: Session, slot: Slot) -> bool:
    return slot.seance_id is None or take_seat(session, slot.seance_id)


def _write(session: Session, request: Request, slot: Slot, present: Present) -> Rdv:
    rdv = Rdv(
        code=new_code(),
        motif_code=slot.motif,
        lieu_id=slot.lieu,
        agent_id=slot.agent_id,
        seance_id=slot.seance_id,
        starts_at=slot.start,
        ends_at=slot.end,
        conversation_id=request.conversation_id,
        created_at=present.epoch,
        created_by=request.by,
        idempotency_key=request.idempotency_key,
    )
    session.add(rdv)
    session.flush()
    _settle(session, rdv, slot, request, present)
    record(session, rdv, "created", present, request.by)
    return rdv


def _settle(session: Session, rdv: Rdv, slot: Slot, request: Request, present: Present) -> None:
    """Claim the time of the appointment; what its owner held until then is free."""
    if request.conversation_id is not None:
        release_hold(session, request.conversation_id)
    if slot.seance_id is None:
        claim(session, slot, {"rdv_id": rdv.id}, present.real)
