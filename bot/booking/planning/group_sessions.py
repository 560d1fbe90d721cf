"""Opening and calling off group sessions (séances). For the console and the commands."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.cancelling import call_off
from bot.booking.claims import claim, release
from bot.booking.models import Absence, Agent, Rdv, Seance, SlotClaim
from bot.booking.moments import Present, epoch_at, epoch_of, paris_day
from bot.booking.motifs import Motifs, is_silent
from bot.booking.planning.bringing_in import BroughtIn, Row, bring_in
from bot.booking.planning.plannable import check_day, check_hours, check_lieu, check_not_too_far, check_offered
from bot.booking.planning.refusals import (
    BadCapacity,
    EndsBeforeItStarts,
    Fault,
    FewerThanTaken,
    InThePast,
    NoSuchSeance,
    OtherCapacity,
    PosteTaken,
    PublicHoliday,
    SeanceIsOver,
    UnderAnAbsence,
)
from bot.booking.planning.register import Register
from bot.booking.planning.written import written_moment
from bot.booking.slots import Slot
from bot.booking.transactions import in_reading, in_transaction
from bot.booking.views import RdvView, view_of
from bot.booking.workdays import is_public_holiday
from bot.clock import Clock

MOST_SEATS = 500
"""More is a mistyped number."""


@dataclass(frozen=True)
class GroupSession:
    """A session as one asks for it: hours of one day, by the clocks of Paris."""

    lieu: str
    poste: str
    motif: str
    day: date
    start_minute: int
    """Minutes since midnight; so is the end, 1440 at most."""
    end_minute: int
    capacity: int


@dataclass(frozen=True)
class StandingSession:
    """A session to come; its number is what one changes or cancels it by."""

    number: int
    lieu: str
    poste: str
    motif: str
    starts_at: int
    """Seconds since the epoch, UTC; so is the end."""
    ends_at: int
    capacity: int
    taken: int


class GroupSessions:
    """What agents do with sessions. Every method is one transaction; an AgendaRefusal says why it can't be done."""

    def __init__(self, engine: Engine, clock: Clock, motifs: Motifs, timer: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock
        self._motifs = motifs
        self._timer = timer

    def add(self, asked: GroupSession) -> None:
        """Open a session, which takes the time of its poste; one that stands already stays as it is."""
        in_transaction(self._engine, lambda session: self._add(self._register(session), asked, ""))

    def bring_in(self, rows: Iterable[Row[GroupSession]], faults: Iterable[Fault] = (), *, trial: bool) -> BroughtIn:
        """Add all these sessions, or none: RowsRefused names those at fault. A trial only tells what would be."""
        return bring_in(self._engine, self._register, self._add, rows, faults, trial=trial)

    def coming(self, lieu: str | None = None) -> list[StandingSession]:
        """The sessions to come, at one lieu or at all, the next one first. Raises NoSuchLieu."""
        if lieu is not None:
            check_lieu(lieu, self._motifs)
        return in_reading(self._engine, lambda session: _coming(session, self._present().epoch, lieu))

    def find(self, number: int) -> StandingSession:
        """The session to come of this number. Raises NoSuchSeance."""
        found = next((one for one in self.coming() if one.number == number), None)
        if found is None:
            raise NoSuchSeance(number)
        return found

    def resize(self, number: int, capacity: int) -> None:
        """Give a session another number of seats. Raises BadCapacity, NoSuchSeance, SeanceIsOver or FewerThanTaken."""
        _check_capacity(capacity)
        in_transaction(self._engine, lambda session: self._resize(session, number, capacity))

    def cancel(self, number: int) -> list[RdvView]:
        """Call a session off: its appointments are cancelled by the service, and their owners told.

        Returns these appointments. Raises NoSuchSeance or SeanceIsOver.
        """
        return in_transaction(self._engine, lambda session: self._cancel(session, number))

    def _present(self) -> Present:
        return Present(self._clock(), int(self._timer()))

    def _register(self, session: Session) -> Register:
        return Register(session, self._motifs, epoch_of(self._clock()))

    def _add(self, register: Register, asked: GroupSession, _name: str) -> bool:
        check_hours(asked.start_minute, asked.end_minute)
        check_not_too_far(asked.day, paris_day(register.now))
        times = epoch_at(asked.day, asked.start_minute), epoch_at(asked.day, asked.end_minute)
        if self._stands(register, asked, times):
            return False
        _check_asked(asked, times, register)
        self._write(register, asked, times)
        return True

    def _stands(self, register: Register, asked: GroupSession, times: tuple[int, int]) -> bool:
        """Whether this very session stands. Raises OtherCapacity when it has another number of seats."""
        poste = register.postes.find(asked.lieu, asked.poste)
        if poste is None:
            return False
        query = select(Seance).filter_by(
            agent_id=poste.id, motif_code=asked.motif, starts_at=times[0], ends_at=times[1]
        )
        standing = register.session.scalars(query.where(Seance.cancelled_at.is_(None))).first()
        if standing is not None and standing.capacity != asked.capacity:
            raise OtherCapacity(standing.id, standing.capacity)
        return standing is not None

    def _write(self, register: Register, asked: GroupSession, times: tuple[int, int]) -> None:
        session, present = register.session, self._present()
        poste = register.postes.named(asked.lieu, asked.poste)
        slot = Slot(*times, poste.id, asked.motif, asked.lieu)
        _check_free(session, slot, present)
        seance = Seance(
            motif_code=slot.motif,
            lieu_id=slot.lieu,
            agent_id=slot.agent_id,
            starts_at=slot.start,
            ends_at=slot.end,
            capacity=asked.capacity,
        )
        session.add(seance)
        session.flush()
        claim(session, slot, {"seance_id": seance.id}, present.real)

    def _resize(self, session: Session, number: int, capacity: int) -> None:
        seance = self._to_come(session, number)
        if capacity < seance.taken:
            raise FewerThanTaken(seance.taken)
        seance.capacity = capacity

    def _cancel(self, session: Session, number: int) -> list[RdvView]:
        seance, present = self._to_come(session, number), self._present()
        seance.cancelled_at = present.epoch
        session.flush()
        seats = select(Rdv).where(Rdv.seance_id == number, Rdv.cancelled_at.is_(None)).order_by(Rdv.id)
        cancelled = session.scalars(seats.with_for_update()).all()
        for rdv in cancelled:
            call_off(session, rdv, present, silent=is_silent(rdv.motif_code, self._motifs), by="agent")
        release(session, seance)
        return [view_of(rdv) for rdv in cancelled]

    def _to_come(self, session: Session, number: int) -> Seance:
        """The session, locked: no seat is taken until this transaction ends. Raises NoSuchSeance or SeanceIsOver."""
        seance: Seance | None = session.get(Seance, number, with_for_update=True)
        if seance is None:
            raise NoSuchSeance(number)
        if seance.cancelled_at is not None or seance.starts_at <= self._present().epoch:
            raise SeanceIsOver(number)
        return seance


def _check_asked(asked: GroupSession, times: tuple[int, int], register: Register) -> None:
    """Raise the AgendaRefusal that says why this session cannot be, whatever else its poste does."""
    check_offered(asked.lieu, asked.motif, register.motifs)
    check_day(asked.day, paris_day(register.now))
    _check_capacity(asked.capacity)
    if times[0] >= times[1]:  # in the night when clocks change
        raise EndsBeforeItStarts
    if times[0] <= register.now:
        raise InThePast(written_moment(times[0]))
    if is_public_holiday(asked.day, register.works_whit_monday(asked.lieu)):
        raise PublicHoliday(asked.day)


def _check_capacity(capacity: int) -> None:
    if not 1 <= capacity <= MOST_SEATS:
        raise BadCapacity(MOST_SEATS)


def _check_free(session: Session, slot: Slot, present: Present) -> None:
    """Raise UnderAnAbsence or PosteTaken unless the poste is there, and free."""
    away = select(Absence.id).where(
        Absence.lieu_id == slot.lieu,
        or_(Absence.agent_id.is_(None), Absence.agent_id == slot.agent_id),
        Absence.starts_at < slot.end,
        Absence.ends_at > slot.start,
    )
    if session.scalars(away).first() is not None:
        raise UnderAnAbsence
    claimed = select(SlotClaim.cell).where(SlotClaim.agent_id == slot.agent_id, SlotClaim.cell.in_(slot.cells))
    live = claimed.where(or_(SlotClaim.expires_at.is_(None), SlotClaim.expires_at >= present.real))
    if session.scalars(live).first() is not None:
        raise PosteTaken


def _coming(session: Session, now: int, lieu: str | None) -> list[StandingSession]:
    query = (
        select(Seance, Agent)
        .join(Agent, Agent.id == Seance.agent_id)
        .where(Seance.starts_at > now, Seance.cancelled_at.is_(None))
        .order_by(Seance.starts_at, Seance.id)
    )
    rows = session.execute(query if lieu is None else query.where(Seance.lieu_id == lieu))
    return [_standing(seance, poste) for seance, poste in rows]


def _standing(seance: Seance, poste: Agent) -> StandingSession:
    return StandingSession(
        number=seance.id,
        lieu=seance.lieu_id,
        poste=poste.name,
        motif=seance.motif_code,
        starts_at=seance.starts_at,
        ends_at=seance.ends_at,
        capacity=seance.capacity,
        taken=seance.taken,
    )
