"""Appointments to place again (« à replacer »): booked, but nobody opens that time any more.

An absence, a closure or an opening taken back cancels nothing: a person calls, and moves the appointment
(booking.md 2.2, rule 6). An appointment keeps its end when the duration of its motif changes, and stands as long as an
opening holds it whole.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.booking.models import Absence, Agent, Lieu, PlageOuverture, Rdv
from bot.booking.moments import epoch_at, paris_day
from bot.booking.views import RdvView, view_of
from bot.booking.workdays import is_public_holiday

Why = Literal["lieu_closed", "poste_away", "public_holiday", "no_opening"]


@dataclass(frozen=True)
class Unplaced:
    """An appointment that stands on nothing."""

    rdv: RdvView
    poste: str
    why: Why


def unplaced_rdvs(session: Session, now: int, lieu: str | None = None) -> list[Unplaced]:
    """Those still to come, of one lieu or of all, the next one first."""
    query = (
        select(Rdv, Agent, Lieu)
        .join(Agent, Agent.id == Rdv.agent_id)
        .join(Lieu, Lieu.id == Rdv.lieu_id)
        .where(Rdv.backend == "local", Rdv.cancelled_at.is_(None), Rdv.starts_at > now)
        .order_by(Rdv.starts_at, Rdv.id)
    )
    rows = session.execute(query if lieu is None else query.where(Rdv.lieu_id == lieu)).all()
    ground = _Ground(session, now)
    found = ((rdv, poste, ground.why_not(rdv, place)) for rdv, poste, place in rows)
    return [Unplaced(view_of(rdv), poste.name, why) for rdv, poste, why in found if why is not None]


class _Ground:
    """The openings and absences on which appointments stand, read in two queries."""

    def __init__(self, session: Session, now: int) -> None:
        self._plages: defaultdict[tuple[int, str], list[PlageOuverture]] = defaultdict(list)
        for plage in session.scalars(select(PlageOuverture)):
            self._plages[plage.agent_id, plage.motif_code].append(plage)
        self._absences: defaultdict[str, list[Absence]] = defaultdict(list)
        for absence in session.scalars(select(Absence).where(Absence.ends_at > now)):
            self._absences[absence.lieu_id].append(absence)

    def why_not(self, rdv: Rdv, lieu: Lieu) -> Why | None:
        """Why the appointment stands no longer; None when it does."""
        over = [
            one for one in self._absences[rdv.lieu_id] if one.starts_at < rdv.ends_at and rdv.starts_at < one.ends_at
        ]
        if any(absence.agent_id is None for absence in over):
            return "lieu_closed"
        if any(absence.agent_id == rdv.agent_id for absence in over):
            return "poste_away"
        if rdv.seance_id is not None:  # a session stands by itself
            return None
        if is_public_holiday(paris_day(rdv.starts_at), lieu.works_whit_monday):
            return "public_holiday"
        return None if _is_held(rdv, self._plages[rdv.agent_id, rdv.motif_code]) else "no_opening"


def _is_held(rdv: Rdv, plages: Iterable[PlageOuverture]) -> bool:
    day = paris_day(rdv.starts_at)
    return any(
        plage.lieu_id == rdv.lieu_id
        and (day - plage.first_day).days % 7 == 0
        and plage.first_day <= day
        and (plage.last_day is None or day <= plage.last_day)
        and epoch_at(day, plage.start_minute) <= rdv.starts_at
        and rdv.ends_at <= epoch_at(day, plage.end_minute)
        for plage in plages
    )
