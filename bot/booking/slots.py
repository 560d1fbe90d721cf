"""Which slots can be booked. The same function lists them and validates one.

RDV Service Public had two computations, and residents saw slots that were then refused
(betagouv/rdv-service-public#6599).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.booking.models import CELL_SECONDS, Absence, Lieu, Motif, MotifLieu, PlageOuverture, SlotClaim
from bot.booking.moments import epoch_at, epoch_of, paris_day, paris_moment
from bot.booking.workdays import is_public_holiday

Window = range
"""Instants from `start` to before `stop`, in seconds since the epoch."""


@dataclass(frozen=True, order=True)
class Slot:
    """A time at which an agent can receive someone. Sorted by start, then by agent."""

    start: int
    """Seconds since the epoch, UTC; so is `end`."""
    end: int
    agent_id: int
    motif: str
    lieu: str

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


def bookable_slots(
    session: Session, motif: str, lieu: str, window_start: datetime, window_end: datetime, now: datetime
) -> list[Slot]:
    """The slots a resident can book at `now`, that start from `window_start` to before `window_end`.

    Openings, less public holidays, absences and live claims, within the booking delays of the motif. An
    agent appears in each slot: when two receive at the same time there are two slots.
    """
    offered = offered_slots(session, motif, lieu, window_start, window_end, now)
    taken = _claimed_cells(session, offered, epoch_of(now))
    return [slot for slot in offered if not any((slot.agent_id, cell) in taken for cell in slot.cells)]


def is_bookable(session: Session, slot: Slot, now: datetime) -> bool:
    """Whether `slot` is among the bookable slots of its own window."""
    return slot in bookable_slots(session, slot.motif, slot.lieu, slot.starts_at, slot.ends_at, now)


def offered_slots(
    session: Session, motif: str, lieu: str, window_start: datetime, window_end: datetime, now: datetime
) -> list[Slot]:
    """The slots of `bookable_slots` and those already taken."""
    window = range(epoch_of(window_start), epoch_of(window_end))
    openings = _openings(session, motif, lieu, window)
    absences = _absences(session, lieu, window)
    slots = {slot for opening in openings for slot in _slots_of(*opening, window, epoch_of(now))}
    return sorted(slot for slot in slots if not any(_prevents(absence, slot) for absence in absences))


def booking_horizon(motif: Motif, now: int) -> Window:
    """The instants at which a slot booked at `now` may start."""
    return range(now + motif.min_public_booking_delay, now + motif.max_public_booking_delay + 1)


def _openings(session: Session, motif: str, lieu: str, window: Window) -> list[tuple[PlageOuverture, Motif, Lieu]]:
    query = (
        select(PlageOuverture, Motif, Lieu)
        .join(Motif, Motif.code == PlageOuverture.motif_code)
        .join(Lieu, Lieu.id == PlageOuverture.lieu_id)
        .join(MotifLieu, (MotifLieu.motif_code == Motif.code) & (MotifLieu.lieu_id == Lieu.id))
        .where(Motif.code == motif, Lieu.id == lieu)
        .where(PlageOuverture.first_day <= paris_day(window.stop))
        .where(or_(PlageOuverture.last_day.is_(None), PlageOuverture.last_day >= paris_day(window.start)))
    )
    return [tuple(row) for row in session.execute(query)]


def _absences(session: Session, lieu: str, window: Window) -> list[Absence]:
    # A slot that starts in the window ends within a day of it.
    query = select(Absence).where(
        Absence.lieu_id == lieu, Absence.ends_at > window.start, Absence.starts_at < window.stop + 86400
    )
    return list(session.scalars(query))


def _prevents(absence: Absence, slot: Slot) -> bool:
    concerns_agent = absence.agent_id in (None, slot.agent_id)
    return concerns_agent and absence.starts_at < slot.end and slot.start < absence.ends_at


def _claimed_cells(session: Session, slots: list[Slot], now: int) -> set[tuple[int, int]]:
    """(agent, cell) of the live claims on the time that `slots` cover; a lapsed hold claims nothing."""
    if not slots:
        return set()
    query = (
        select(SlotClaim.agent_id, SlotClaim.cell)
        .where(SlotClaim.agent_id.in_({slot.agent_id for slot in slots}))
        .where(SlotClaim.cell >= slots[0].cells.start, SlotClaim.cell < max(slot.cells.stop for slot in slots))
        .where(or_(SlotClaim.expires_at.is_(None), SlotClaim.expires_at >= now))
    )
    return {(agent_id, cell) for agent_id, cell in session.execute(query)}


def _slots_of(opening: PlageOuverture, motif: Motif, lieu: Lieu, window: Window, now: int) -> Iterator[Slot]:
    """The slots of one opening that start in the window and in the booking horizon."""
    horizon = booking_horizon(motif, now)
    bounds = range(max(window.start, horizon.start), min(window.stop, horizon.stop))
    for day in _days_of(opening, bounds):
        if is_public_holiday(day, lieu.works_whit_monday):
            continue
        for start in _starts_on(day, opening, motif.duration_min * 60):
            if start in bounds:
                yield Slot(start, start + motif.duration_min * 60, opening.agent_id, motif.code, lieu.id)


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
