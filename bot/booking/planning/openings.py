"""Opening and closing the agenda: postes, plages d'ouverture, absences, closures. For the console and the commands."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import delete
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.models import Absence, Agent, Lieu, PlageOuverture
from bot.booking.moments import epoch_of
from bot.booking.motifs import Motifs
from bot.booking.planning.absences import Away
from bot.booking.planning.bringing_in import BroughtIn, Row, bring_in
from bot.booking.planning.plages import Plage
from bot.booking.planning.plannable import check_day, check_lieu
from bot.booking.planning.postes import poste_name
from bot.booking.planning.refusals import Fault, NoSuchAbsence, NoSuchPlage, PlageIsOver
from bot.booking.planning.register import Register
from bot.booking.planning.standing import Standing, what_stands
from bot.booking.planning.unplaced import Unplaced, unplaced_rdvs
from bot.booking.transactions import in_reading, in_transaction
from bot.clock import Clock

Found = TypeVar("Found")


class Openings:
    """What agents open and close. Every method is one transaction; an AgendaRefusal says why it can't be done.

    Nothing here cancels an appointment: those that no longer stand are told, to be placed again by a person.
    """

    def __init__(self, engine: Engine, clock: Clock, motifs: Motifs) -> None:
        self._engine = engine
        self._clock = clock
        self._motifs = motifs

    def add_poste(self, lieu: str, name: str) -> int:
        """The id of the poste of this name, made if there is none. Raises NoSuchLieu or BadPosteName."""
        check_lieu(lieu, self._motifs)
        return self._write(lambda register: int(register.postes.named(lieu, name).id))

    def add_plage(self, plage: Plage) -> None:
        """Open this time, and make its poste if there is none; what is open already stays as it is."""
        self._write(lambda register: register.add_plage(plage, "une autre plage"))

    def end_plage(self, number: int, last_day: date) -> list[Unplaced]:
        """Have a plage end earlier, from today on. Raises NoSuchPlage, InThePast or PlageIsOver."""
        check_day(last_day, self._today)
        return self._write(lambda register: self._end(register.session, number, last_day))

    def remove_plage(self, number: int) -> list[Unplaced]:
        """Take back what is to come of a plage, today included. Raises NoSuchPlage or PlageIsOver."""
        yesterday = self._today - timedelta(days=1)
        return self._write(lambda register: self._end(register.session, number, yesterday))

    def remove_demo(self) -> int:
        """Take back every opening of the demonstration; returns how many."""
        return self._write(_remove_demo)

    def add_away(self, away: Away) -> list[Unplaced]:
        """Close this time, of a poste or of a lieu; returns the appointments it leaves without anybody."""
        return self._write(lambda register: self._close(register, away))

    def remove_away(self, number: int) -> None:
        """Open again what an absence or a closure closed. Raises NoSuchAbsence."""
        self._write(lambda register: register.session.delete(_known_absence(register.session, number)))

    def set_whit_monday(self, lieu: str, worked: bool) -> list[Unplaced]:
        """Say whether lundi de Pentecôte is worked at this lieu. Raises NoSuchLieu."""
        check_lieu(lieu, self._motifs)
        return self._write(lambda register: self._set_whit_monday(register.session, lieu, worked))

    def bring_in(
        self, rows: Iterable[Row[Plage | Away]], faults: Iterable[Fault] = (), *, trial: bool = False
    ) -> BroughtIn:
        """Add all these rows, or none: RowsRefused names those at fault. A trial only tells what would be."""
        openings_first = sorted(rows, key=lambda row: isinstance(row[1], Away))  # an absence needs its poste
        return bring_in(self._engine, self._register, _add, openings_first, faults, trial=trial)

    def standing(self, lieu: str | None = None) -> Standing:
        """What is open and closed from now on, at one lieu or at all. Raises NoSuchLieu."""
        self._check_asked(lieu)
        return self._read(lambda session: what_stands(session, self._now, lieu))

    def unplaced(self, lieu: str | None = None) -> list[Unplaced]:
        """The appointments to come that stand on no opening, or under an absence: to be placed again by a person.

        Of one lieu or of all. Raises NoSuchLieu.
        """
        self._check_asked(lieu)
        return self._read(lambda session: unplaced_rdvs(session, self._now, lieu))

    def _check_asked(self, lieu: str | None) -> None:
        if lieu is not None:
            check_lieu(lieu, self._motifs)

    @property
    def _now(self) -> int:
        return epoch_of(self._clock())

    @property
    def _today(self) -> date:
        return self._clock().date()

    def _register(self, session: Session) -> Register:
        return Register(session, self._motifs, self._now)

    def _write(self, work: Callable[[Register], Found]) -> Found:
        return in_transaction(self._engine, lambda session: work(self._register(session)))

    def _read(self, work: Callable[[Session], Found]) -> Found:
        return in_reading(self._engine, work)

    def _end(self, session: Session, number: int, last_day: date) -> list[Unplaced]:
        plage = session.get(PlageOuverture, number)
        if plage is None:
            raise NoSuchPlage(number)
        if plage.last_day is not None and plage.last_day <= last_day:
            raise PlageIsOver(number, plage.last_day)
        if plage.first_day > last_day:
            session.delete(plage)
        else:
            plage.last_day = last_day
        session.flush()
        poste = session.get(Agent, plage.agent_id).name
        left = unplaced_rdvs(session, self._now, plage.lieu_id)
        return [one for one in left if (one.why, one.poste, one.rdv.motif) == ("no_opening", poste, plage.motif_code)]

    def _close(self, register: Register, away: Away) -> list[Unplaced]:
        register.add_away(away)
        register.session.flush()
        left = unplaced_rdvs(register.session, self._now, away.lieu)
        return [one for one in left if _is_under(one, away)]

    def _set_whit_monday(self, session: Session, lieu: str, worked: bool) -> list[Unplaced]:
        session.get(Lieu, lieu).works_whit_monday = worked
        session.flush()
        return [one for one in unplaced_rdvs(session, self._now, lieu) if one.why == "public_holiday"]


def _add(register: Register, asked: Plage | Away, name: str) -> bool:
    return register.add_plage(asked, name) if isinstance(asked, Plage) else register.add_away(asked)


def _is_under(one: Unplaced, away: Away) -> bool:
    starts_at, ends_at = epoch_of(one.rdv.starts_at), epoch_of(one.rdv.ends_at)
    of_it = away.poste is None or poste_name(away.poste).casefold() == one.poste.casefold()
    return of_it and starts_at < away.ends_at and away.starts_at < ends_at


def _known_absence(session: Session, number: int) -> Absence:
    absence: Absence | None = session.get(Absence, number)
    if absence is None:
        raise NoSuchAbsence(number)
    return absence


def _remove_demo(register: Register) -> int:
    made_up = delete(PlageOuverture).where(PlageOuverture.demo)
    removed = register.session.execute(made_up, execution_options={"synchronize_session": False})
    return int(removed.rowcount)
