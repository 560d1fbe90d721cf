"""Which slots can be booked. The same function lists them and validates one.

RDV Service Public had two computations, and residents saw slots that were then refused
(betagouv/rdv-service-public#6599).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from bot.booking.busy import NOBODY_BUSY, Busy
from bot.booking.models import CELL_SECONDS, Absence, Lieu, Motif, MotifLieu, PlageOuverture, Seance, SlotClaim
from bot.booking.moments import epoch_at, epoch_of, paris_day, paris_moment
from bot.booking.workdays import is_public_holiday

Window = range
"""Instants from `start` to before `stop`, in seconds since the epoch."""
LONGEST_S = 86_400
"""A slot that starts in a window ends within a day of it."""


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
    offer = _offer(session, motif, lieu, window_start, window_end, now)
    claimed = _claimed(session, offer, asker, epoch_of(now))
    return _slots(offer, claimed, (seance for seance, has_seat in offer.seances if has_seat))


def is_bookable(session: Session, slot: Slot, now: datetime, asker: Asker = ANYBODY) -> bool:
    """Whether `slot` is among the bookable slots of its own window."""
    return slot in bookable_slots(session, slot.motif, slot.lieu, slot.starts_at, slot.ends_at, now, asker)


def offered_slots(
    session: Session, motif: str, lieu: str, window_start: datetime, window_end: datetime, now: datetime
) -> list[Slot]:
    """The slots of `bookable_slots` and those already taken."""
    offer = _offer(session, motif, lieu, window_start, window_end, now)
    return _slots(offer, NOBODY_BUSY, (seance for seance, _ in offer.seances))


def booking_horizon(motif: Motif, now: int) -> Window:
    """The instants at which a slot booked at `now` may start."""
    return range(now + motif.min_public_booking_delay, now + motif.max_public_booking_delay + 1)


@dataclass(frozen=True)
class _Offer:
    """What is offered in a window, taken or not, less absences."""

    motif: str
    lieu: str
    duration: int
    """Of the motif, in seconds."""
    starts: Mapping[int, list[int]]
    """When each agent can receive someone alone, ascending."""
    seances: list[tuple[Slot, bool]]
    """The group sessions, and whether each has a seat left."""


def _offer(
    session: Session, motif: str, lieu: str, window_start: datetime, window_end: datetime, now: datetime
) -> _Offer:
    window = range(epoch_of(window_start), epoch_of(window_end))
    openings = _openings(session, motif, lieu, window)
    if not openings:
        return _Offer(motif, lieu, 0, {}, [])
    bounds, duration = _bounds(openings[0], window, epoch_of(now)), openings[0].duration_min * 60
    seances, away = _seances(session, motif, lieu, bounds), _absences(session, lieu, window)
    starts = {who: away.free_starts(who, given, duration) for who, given in _starts_by_agent(openings, bounds)}
    present = [(slot, has_seat) for slot, has_seat in seances if away.leaves(slot.agent_id, slot.start, slot.end)]
    return _Offer(motif, lieu, duration, starts, present)


def _slots(offer: _Offer, claimed: Busy, seances: Iterable[Slot]) -> list[Slot]:
    """The slots that the claims leave free, and these sessions."""
    alone = sorted(
        (start, agent_id)
        for agent_id, starts in offer.starts.items()
        for start in claimed.free_starts(agent_id, starts, offer.duration)
    )
    slots = [Slot(start, start + offer.duration, agent_id, offer.motif, offer.lieu) for start, agent_id in alone]
    together = list(seances)
    return sorted([*slots, *together], key=lambda slot: slot[:3]) if together else slots


def _bounds(motif: Motif, window: Window, now: int) -> Window:
    horizon = booking_horizon(motif, now)
    return range(max(window.start, horizon.start), min(window.stop, horizon.stop))


def _openings(session: Session, motif: str, lieu: str, window: Window) -> list[Any]:
    """The openings of the window with what their motif and lieu say; one row without opening when there is none."""
    days = {"first": paris_day(window.start), "last": paris_day(window.stop)}
    return list(session.execute(_OPENINGS, {"motif": motif, "lieu": lieu, **days}))


def _seances(session: Session, motif: str, lieu: str, bounds: Window) -> list[tuple[Slot, bool]]:
    """The group sessions that start within the bounds, and whether each has a seat left."""
    asked = {"motif": motif, "lieu": lieu, "begins": bounds.start, "ends": bounds.stop}
    rows = session.execute(_SEANCES, asked)
    return [(Slot(start, end, who, motif, lieu, number), bool(left)) for start, end, who, number, left in rows]


def _absences(session: Session, lieu: str, window: Window) -> Busy:
    asked = {"lieu": lieu, "begins": window.start, "ends": window.stop + LONGEST_S}
    return Busy(session.execute(_ABSENCES, asked))


def _claimed(session: Session, offer: _Offer, asker: Asker, now: int) -> Busy:
    """The live claims on the time offered, but those of the asker; a lapsed hold claims nothing."""
    receiving = {agent_id: starts for agent_id, starts in offer.starts.items() if starts}
    if not receiving:
        return NOBODY_BUSY
    asked = {
        "agents": list(receiving),
        "first": min(starts[0] for starts in receiving.values()) // CELL_SECONDS,
        "last": (max(starts[-1] for starts in receiving.values()) + offer.duration) // CELL_SECONDS,
        "lapsing": now if asker.at is None else asker.at,
        "asker": asker.hold_id or "",
    }
    rows = session.execute(_CLAIMS, asked)
    return Busy((who, begins * CELL_SECONDS, (ends + 1) * CELL_SECONDS) for who, begins, ends in rows)


class _Hours(NamedTuple):
    """When an opening is, whoever gives it."""

    first_day: date
    last_day: date | None
    start_minute: int
    end_minute: int
    works_whit_monday: bool


def _starts_by_agent(openings: list[Any], bounds: Window) -> Iterator[tuple[int, list[int]]]:
    """When the slots of each agent start, ascending; hours that many agents keep are computed once."""
    duration = openings[0].duration_min * 60
    agents: defaultdict[_Hours, list[int]] = defaultdict(list)
    for row in openings:
        if row.agent_id is not None:
            agents[_Hours(*(getattr(row, name) for name in _Hours._fields))].append(row.agent_id)
    by_agent: defaultdict[int, set[int]] = defaultdict(set)
    for hours, who in agents.items():
        starts = list(_starts_of(hours, duration, bounds))
        for agent_id in who:
            by_agent[agent_id].update(starts)
    return ((agent_id, sorted(starts)) for agent_id, starts in by_agent.items())


def _starts_of(hours: _Hours, duration: int, bounds: Window) -> Iterator[int]:
    """The starts of the slots of one opening, within the bounds."""
    for day in _days_of(hours, bounds):
        if not is_public_holiday(day, hours.works_whit_monday):
            yield from (start for start in _starts_on(day, hours, duration) if start in bounds)


def _days_of(hours: _Hours, bounds: Window) -> Iterator[date]:
    """The days on which the opening occurs, from the first to the last day of the bounds."""
    weeks_before = max(0, -((hours.first_day - paris_day(bounds.start)).days // 7))
    day = hours.first_day + timedelta(weeks=weeks_before)
    last = min(paris_day(bounds.stop), hours.last_day or date.max)
    while day <= last:
        yield day
        day += timedelta(weeks=1)


def _starts_on(day: date, hours: _Hours, duration: int) -> range:
    """Starts of the slots that fit whole, in elapsed time: right on the nights when clocks change."""
    closing = epoch_at(day, hours.end_minute)
    return range(epoch_at(day, hours.start_minute), closing - duration + 1, duration)


# The statements are written once: putting one together costs as much as running it.

_OPENINGS = (
    # Columns rather than objects: there may be ten openings for each of fifty agents.
    select(PlageOuverture.agent_id, *(getattr(PlageOuverture, name) for name in _Hours._fields[:-1]))
    .add_columns(Lieu.works_whit_monday, Motif.duration_min)
    .add_columns(Motif.min_public_booking_delay, Motif.max_public_booking_delay)
    .select_from(MotifLieu)
    .join(Motif, Motif.code == MotifLieu.motif_code)
    .join(Lieu, Lieu.id == MotifLieu.lieu_id)
    .outerjoin(
        PlageOuverture,
        and_(
            PlageOuverture.motif_code == Motif.code,
            PlageOuverture.lieu_id == Lieu.id,
            PlageOuverture.first_day <= bindparam("last"),
            or_(PlageOuverture.last_day.is_(None), PlageOuverture.last_day >= bindparam("first")),
        ),
    )
    .where(Motif.code == bindparam("motif"), Lieu.id == bindparam("lieu"))
)
_SEANCES = (
    select(Seance.starts_at, Seance.ends_at, Seance.agent_id, Seance.id, Seance.taken < Seance.capacity)
    .where(Seance.motif_code == bindparam("motif"), Seance.lieu_id == bindparam("lieu"), Seance.cancelled_at.is_(None))
    .where(Seance.starts_at >= bindparam("begins"), Seance.starts_at < bindparam("ends"))
)
_ABSENCES = (
    select(Absence.agent_id, Absence.starts_at, Absence.ends_at)
    .where(Absence.lieu_id == bindparam("lieu"))
    .where(Absence.ends_at > bindparam("begins"), Absence.starts_at < bindparam("ends"))
)
_CLAIMS = (
    # An owner's cells follow each other, so that they are read as one row: fifty agents fill 180,000 in two months.
    select(SlotClaim.agent_id, func.min(SlotClaim.cell), func.max(SlotClaim.cell))
    .where(SlotClaim.agent_id.in_(bindparam("agents", expanding=True)))
    .where(SlotClaim.cell >= bindparam("first"), SlotClaim.cell <= bindparam("last"))
    .where(or_(SlotClaim.expires_at.is_(None), SlotClaim.expires_at >= bindparam("lapsing")))
    .where(or_(SlotClaim.hold_id.is_(None), SlotClaim.hold_id != bindparam("asker")))
    .group_by(SlotClaim.agent_id, SlotClaim.rdv_id, SlotClaim.seance_id, SlotClaim.hold_id)
)
