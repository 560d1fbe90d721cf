"""Cancelling many appointments at once, for the service: a day nobody will receive, a day filled with false names."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from bot.booking.cancelling import call_off
from bot.booking.codes import parse_code
from bot.booking.models import Rdv
from bot.booking.moments import Present, epoch_at
from bot.booking.motifs import Motifs, is_silent
from bot.booking.planning.plannable import check_lieu
from bot.booking.planning.refusals import CannotRevoke, NoSuchMotif, NoSuchRdv, NothingChosen
from bot.booking.transactions import in_reading, in_transaction
from bot.booking.views import RdvView, view_of
from bot.clock import Clock


@dataclass(frozen=True)
class Choice:
    """Which appointments: these codes; or those to come at a lieu on a day, of one motif if it is named."""

    codes: tuple[str, ...] = ()
    lieu: str | None = None
    day: date | None = None
    motif: str | None = None


class Revocations:
    """Appointments that the service cancels. Every method is one transaction: all of them are cancelled, or none."""

    def __init__(self, engine: Engine, clock: Clock, motifs: Motifs, timer: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock
        self._motifs = motifs
        self._timer = timer

    def concerned(self, choice: Choice) -> list[RdvView]:
        """The appointments that `revoke` would cancel, the first one first; nothing is changed.

        Raises NothingChosen, NoSuchLieu, NoSuchMotif, NoSuchRdv or CannotRevoke.
        """
        return in_reading(self._engine, lambda session: [view_of(rdv) for rdv in self._chosen(session, choice)])

    def revoke(self, choice: Choice) -> list[RdvView]:
        """Cancel them for the service, and have their owners told. Raises what `concerned` raises."""
        return in_transaction(self._engine, lambda session: self._revoke(session, choice))

    def _present(self) -> Present:
        return Present(self._clock(), int(self._timer()))

    def _revoke(self, session: Session, choice: Choice) -> list[RdvView]:
        present = self._present()
        chosen = self._chosen(session, choice, lock=True)
        for rdv in chosen:
            call_off(session, rdv, present, silent=is_silent(rdv.motif_code, self._motifs), by="agent")
        return [view_of(rdv) for rdv in chosen]

    def _chosen(self, session: Session, choice: Choice, lock: bool = False) -> list[Rdv]:
        query = self._query(choice).order_by(Rdv.id)
        found = session.scalars(query.with_for_update() if lock else query).all()
        self._check_codes(choice, found)
        standing = (rdv for rdv in found if rdv.cancelled_at is None)
        return sorted(standing, key=lambda rdv: (rdv.starts_at, rdv.id))

    def _query(self, choice: Choice) -> Select:
        if choice.codes:
            return select(Rdv).where(Rdv.code.in_([parse_code(code) for code in choice.codes]))
        if choice.lieu is None or choice.day is None:
            raise NothingChosen
        check_lieu(choice.lieu, self._motifs)
        if choice.motif is not None and choice.motif not in self._motifs:
            raise NoSuchMotif(choice.motif, self._motifs)
        begins = max(epoch_at(choice.day, 0), self._present().epoch + 1)
        query = select(Rdv).where(Rdv.backend == "local", Rdv.cancelled_at.is_(None), Rdv.lieu_id == choice.lieu)
        query = query.where(Rdv.starts_at >= begins, Rdv.starts_at < epoch_at(choice.day + timedelta(days=1), 0))
        return query if choice.motif is None else query.where(Rdv.motif_code == choice.motif)

    def _check_codes(self, choice: Choice, found: Sequence[Rdv]) -> None:
        """Raise NoSuchRdv or CannotRevoke for the first code that can't be cancelled."""
        by_code = {rdv.code: rdv for rdv in found}
        for code in choice.codes:
            rdv = by_code.get(parse_code(code))
            if rdv is None:
                raise NoSuchRdv(code)
            if rdv.cancelled_at is None and (rdv.starts_at <= self._present().epoch or rdv.backend != "local"):
                raise CannotRevoke(rdv.code, rdv.starts_at)
