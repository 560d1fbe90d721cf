"""The waiting list (file d'attente): an earlier slot that frees is kept for one person, then for the next.

It is proposed to whoever has waited longest, held for them while they think, and proposed to the next when they let
it go: nobody runs against anybody. Notices are few, one a day, at hours when offices are open.
"""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.booking.claims import claim, release_hold
from bot.booking.errors import CannotWait
from bot.booking.models import Attente, Rdv
from bot.booking.moments import Present, paris_day, paris_moment
from bot.booking.outbox import Channel, channels, write
from bot.booking.slots import Asker, Slot, bookable_slots

MAX_NOTICES = 3
"""RDV Service Public sends as many (booking.md, row 51); so is one a day."""
BETWEEN_NOTICES_S = 20 * 3600
OFFER_S = 3 * 3600
"""How long a proposed slot is held, in real time."""
NOTICE_S = 24 * 3600
"""An earlier slot that starts sooner than that would be learnt of too late."""
OPENS, CLOSES = 9, 18
"""Hours, Paris time, between which a slot is proposed: it must be seen while it is held."""


def hold_of(rdv: Rdv) -> str:
    """The name under which earlier slots are held for this appointment."""
    return f"attente {rdv.id}"


def can_wait(rdv: Rdv, present: Present, *, silent: bool, writes: Collection[Channel]) -> bool:
    """Whether its owner can be told of earlier slots: there may be some, and one of `writes` reaches them."""
    return may_come_earlier(rdv, present, silent=silent) and not set(channels(rdv)).isdisjoint(writes)


def may_come_earlier(rdv: Rdv, present: Present, *, silent: bool) -> bool:
    """Whether there may be earlier slots to tell of, were there a way to write."""
    far = rdv.cancelled_at is None and rdv.starts_at > present.epoch + NOTICE_S
    return far and not silent and rdv.backend == "local" and rdv.seance_id is None


def join(session: Session, rdv: Rdv, present: Present, *, silent: bool, writes: Collection[Channel]) -> None:
    """Put the appointment on the list; once is enough. Raises CannotWait."""
    if not can_wait(rdv, present, silent=silent, writes=writes):
        raise CannotWait(rdv.code)
    if session.get(Attente, rdv.id) is None:
        session.add(Attente(rdv_id=rdv.id, since=present.epoch))


def leave(session: Session, rdv: Rdv) -> None:
    """Take the appointment off the list, and let go what is held for it."""
    release_hold(session, hold_of(rdv))
    place = session.get(Attente, rdv.id)
    if place is not None:
        session.delete(place)


def decline(session: Session, rdv: Rdv) -> None:
    """Let go the slot held for the appointment, which stays on the list for the next one."""
    release_hold(session, hold_of(rdv))
    place = session.get(Attente, rdv.id)
    if place is not None:
        place.offered_until = None


def offered_to(session: Session, rdv: Rdv, present: Present) -> tuple[int, int] | None:
    """The start of the earlier slot held for this appointment now, and until when; None when there is none."""
    place = session.get(Attente, rdv.id)
    if place is None or place.offered_until is None or place.offered_until < present.real:
        return None
    return place.offered_start, place.offered_until


def waiting_now(session: Session, present: Present) -> list[int]:
    """The ids of the appointments to which an earlier slot may be proposed, those who came first before the others."""
    if not OPENS <= present.calendar.hour < CLOSES:
        return []
    rested = or_(Attente.last_notice_at.is_(None), Attente.last_notice_at <= present.epoch - BETWEEN_NOTICES_S)
    query = (
        select(Attente.rdv_id)
        .join(Rdv, Rdv.id == Attente.rdv_id)
        .where(Attente.notices < MAX_NOTICES, rested, Rdv.cancelled_at.is_(None))
        .where(Rdv.starts_at > present.epoch + NOTICE_S)
        .order_by(Attente.since, Attente.rdv_id)
    )
    return list(session.scalars(query))


def propose(session: Session, rdv_id: int, present: Present) -> bool:
    """Hold the first slot of an earlier day for this appointment, and have its owner told; False when there is none."""
    rdv = session.scalars(select(Rdv).where(Rdv.id == rdv_id).with_for_update()).one()
    place = session.get(Attente, rdv_id)
    if place is None or rdv_id not in waiting_now(session, present):
        return False
    slot = _earlier(session, rdv, present, place.offered_start)
    if slot is None:
        return False
    release_hold(session, hold_of(rdv))
    until = present.real + OFFER_S
    claim(session, slot, {"hold_id": hold_of(rdv), "expires_at": until}, present.real)
    place.notices += 1
    place.last_notice_at, place.offered_start, place.offered_until = present.epoch, slot.start, until
    for channel in channels(rdv):
        write(session, rdv, "earlier_slot", place.notices, channel, present.epoch)
    return True


def _earlier(session: Session, rdv: Rdv, present: Present, refused: int | None) -> Slot | None:
    """The first free slot of an earlier day, but the one proposed last, which was not taken."""
    begins = present.calendar + timedelta(seconds=NOTICE_S)
    window = begins, paris_moment(rdv.starts_at)
    asker = Asker(hold_of(rdv), present.real)
    free = bookable_slots(session, rdv.motif_code, rdv.lieu_id, *window, present.calendar, asker)
    this_day = paris_day(rdv.starts_at)
    alone = (slot for slot in free if slot.seance_id is None and paris_day(slot.start) < this_day)
    return next((slot for slot in alone if slot.start != refused), None)
