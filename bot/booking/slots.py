"""Which slots can be booked. The same function lists them and validates one.

RDV Service Public had two computations, and residents saw slots that were then refused
(betagouv/rdv-service-public#6599).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from bot.booking.busy import Busy
from bot.booking.models import CELL_SECONDS, Absence, Lieu, Motif, MotifLieu, PlageOuverture, Seance, SlotClaim
from bot.booking.moments import epoch_at, epoch_of, paris_day, paris_moment
from bot.booking.workdays import is_public_holiday

Window = range
"""Instants from `start` to before `stop`, in seconds since the epoch."""
LONGEST_S = 86_400
"""A slot that starts in a window ends within a day of it."""


Offered = tuple[PlageOuverture | None, Motif, Lieu]


class Slot(NamedTuple):
    """A time at which an agent can receive someone. Sorted by start, then by agent."""

    start: int
    """Seconds since the epoch, UTC; so is `end`."""
    end: int
    agent_id: int
    motif: str
    lieu: str
    seance_id: int | None = None
    """The group session of which it is a seat."""

    @property
    def starts_at(self) -> datetime:
        """The start, in Paris time."""
        return paris_moment(self.start)

    @property
    def ends_at(self) -> datetime:
        """The end, in Paris time."""
        return paris_moment(self.end)

    @property
    def cells(self) -> range:
        """The cells of the agent that the slot takes, ascending."""
        return range(self.start // CELL_SECONDS, -(-self.end // CELL_SECONDS))


@dataclass(frozen=True)
class Asker:
    """Who looks at the agenda: what they hold themselves is not hidden from them."""

    hold_id: str | None = None
    at: int | None = None
    """The instant, in real time, by which holds lapse; that of the calendar unless given."""


ANYBODY = Asker()


def bookable_slots(
    session: Session,
    motif: str,
    lieu: str,
    window_start: datetime,
    window_end: datetime,
    now: datetime,
    asker: Asker = ANYBODY,
) -> list[Slot]:
    """The slots a resident can book at `now`, that start from `window_start` to before `window_end`.

    Openings, less public holidays, absences and live claims, and the group sessions with a seat left, within the
    booking delays of the motif. An agent appears in each slot: when two receive at the same time there are two slots.
    """
    offered = offered_slots(session, motif, lieu, window_start, window_end, now)
    alone = [slot for slot in offered if slot.seance_id is None]
    claimed = _claimed(session, alone, asker, epoch_of(now))
    full = _full_sessions(session, offered)
    return [
        slot
        for slot in offered
        if (slot.seance_id not in full if slot.seance_id is not None else claimed.leaves(slot.agent_id, *slot[:2]))
    ]


def is_bookable(session: Session, slot: Slot, now: datetime, asker: Asker = ANYBODY) -> bool:
    """Whether `slot` is among the bookable slots of its own window."""
    return slot in bookable_slots(session, slot.motif, slot.lieu, slot.starts_at, slot.ends_at, now, asker)


def offered_slots(
    session: Session, motif: str, lieu: str, window_start: datetime, window_end: datetime, now: datetime
) -> list[Slot]:
    """The slots of `bookable_slots` and those already taken."""
    window = range(epoch_of(window_start), epoch_of(window_end))
    openings = _openings(session, motif, lieu, window)
    if not openings:
        return []
    bounds = _bounds(openings[0][1], window, epoch_of(now))
    alone = {slot for opening, of, at in openings if opening for slot in _slots_of(opening, of, at, bounds)}
    together = _sessions(session, motif, lieu, bounds)
    away = _absences(session, lieu, window)
    return sorted(slot for slot in [*alone, *together] if away.leaves(slot.agent_id, slot.start, slot.end))


def booking_horizon(motif: Motif, now: int) -> Window:
    """The instants at which a slot booked at `now` may start."""
    return range(now + motif.min_public_booking_delay, now + motif.max_public_booking_delay + 1)


def _bounds(motif: Motif, window: Window, now: int) -> Window:
    horizon = booking_horizon(motif, now)
    return range(max(window.start, horizon.start), min(window.stop, horizon.stop))


def _openings(
    session: Session, motif: str, lieu: str, window: Window
) -> list[tuple[PlageOuverture | None, Motif, Lieu]]:
    """The openings of the window with their motif and lieu: one row without opening when there is none."""
    in_window = and_(
        PlageOuverture.motif_code == Motif.code,
        PlageOuverture.lieu_id == Lieu.id,
        PlageOuverture.first_day <= paris_day(window.stop),
        or_(PlageOuverture.last_day.is_(None), PlageOuverture.last_day >= paris_day(window.start)),
    )
    query = (
        select(PlageOuverture, Motif, Lieu)
        .select_from(MotifLieu)
        .join(Motif, Motif.code == MotifLieu.motif_code)
        .join(Lieu, Lieu.id == MotifLieu.lieu_id)
        .outerjoin(PlageOuverture, in_window)
        .where(Motif.code == motif, Lieu.id == lieu)
    )
    return [tuple(row) for row in session.execute(query)]


def _sessions(session: Session, motif: str, lieu: str, bounds: Window) -> list[Slot]:
    """The group sessions that start within the bounds, full ones too."""
    query = select(Seance.starts_at, Seance.ends_at, Seance.agent_id, Seance.motif_code, Seance.lieu_id, Seance.id)
    standing = query.where(Seance.motif_code == motif, Seance.lieu_id == lieu, Seance.cancelled_at.is_(None))
    within = standing.where(Seance.starts_at >= bounds.start, Seance.starts_at < bounds.stop)
    return [Slot(*row) for row in session.execute(within)]


def _full_sessions(session: Session, slots: list[Slot]) -> set[int]:
    asked = [slot.seance_id for slot in slots if slot.seance_id is not None]
    if not asked:
        return set()
    return set(session.scalars(select(Seance.id).where(Seance.id.in_(asked), Seance.taken >= Seance.capacity)))


def _absences(session: Session, lieu: str, window: Window) -> Busy:
    query = select(Absence.agent_id, Absence.starts_at, Absence.ends_at).where(
        Absence.lieu_id == lieu, Absence.ends_at > window.start, Absence.starts_at < window.stop + LONGEST_S
    )
    return Busy(session.execute(query))


def _claimed(session: Session, slots: list[Slot], asker: Asker, now: int) -> Busy:
    """The live claims on the time that `slots` cover, but those of the asker; a lapsed hold claims nothing.

    An owner's cells follow each other, so that they are read as one row: fifty agents fill 180,000 cells in two months.
    """
    if not slots:
        return Busy(())
    first, last = slots[0].cells.start, max(slot.end for slot in slots) // CELL_SECONDS
    lapsing = now if asker.at is None else asker.at
    query = (
        select(SlotClaim.agent_id, func.min(SlotClaim.cell), func.max(SlotClaim.cell))
        .where(SlotClaim.agent_id.in_({slot.agent_id for slot in slots}))
        .where(SlotClaim.cell >= first, SlotClaim.cell <= last)
        .where(or_(SlotClaim.expires_at.is_(None), SlotClaim.expires_at >= lapsing))
        .where(or_(SlotClaim.hold_id.is_(None), SlotClaim.hold_id != (asker.hold_id or "")))
        .group_by(SlotClaim.agent_id, SlotClaim.rdv_id, SlotClaim.seance_id, SlotClaim.hold_id)
    )
    return Busy((who, begins * CELL_SECONDS, (ends + 1) * CELL_SECONDS) for who, begins, ends in session.execute(query))


def _slots_of(opening: PlageOuverture, motif: Motif, lieu: Lieu, bounds: Window) -> Iterator[Slot]:
    """The slots of one opening that start within the bounds."""
    duration = motif.duration_min * 60
    for day in _days_of(opening, bounds):
        if is_public_holiday(day, lieu.works_whit_monday):
            continue
        for start in _starts_on(day, opening, duration):
            if start in bounds:
                yield Slot(start, start + duration, opening.agent_id, motif.code, lieu.id)


def _days_of(opening: PlageOuverture, bounds: Window) -> Iterator[date]:
    """The days on which the opening occurs, from the first to the last day of the bounds."""
    weeks_before = max(0, -((opening.first_day - paris_day(bounds.start)).days // 7))
    day = opening.first_day + timedelta(weeks=weeks_before)
    last = min(paris_day(bounds.stop), opening.last_day or date.max)
    while day <= last:
        yield day
        day += timedelta(weeks=1)


def _starts_on(day: date, opening: PlageOuverture, duration: int) -> range:
    """Starts of the slots that fit whole, in elapsed time: right on the nights when clocks change."""
    closing = epoch_at(day, opening.end_minute)
    return range(epoch_at(day, opening.start_minute), closing - duration + 1, duration)
