"""What stands in the agenda while something is added to it, in one transaction: the overlaps are found here."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.booking.models import Absence, Agent, Lieu, PlageOuverture
from bot.booking.moments import paris_day
from bot.booking.motifs import Motifs, sync_motifs
from bot.booking.planning.absences import Away, check_away
from bot.booking.planning.plages import Plage, check_plage, plage_of
from bot.booking.planning.plannable import check_lieu
from bot.booking.planning.postes import Postes
from bot.booking.planning.refusals import NoSuchPoste, Overlapping
from bot.database import exclusive

WRITERS = "openings"
"""Those who open or close the agenda pass one by one: an overlap can't slip between a look and a write."""


class Register:
    """The plages and absences, and those being added; made in a transaction that may write."""

    def __init__(self, session: Session, motifs: Motifs, now: int) -> None:
        exclusive(session, WRITERS)
        sync_motifs(session, motifs)
        self.session, self.motifs, self.now = session, motifs, now
        self._whit_mondays = set(session.scalars(select(Lieu.id).where(Lieu.works_whit_monday)))
        self.postes = Postes(session)
        self._plages: defaultdict[tuple[int, int], list[tuple[Plage, str]]] = defaultdict(list)
        self._open: set[tuple[int, str, tuple[date, date | None, int, int]]] = set()
        self._aways: set[tuple[str, int | None, int, int]] = set()
        self._read()

    def add_plage(self, plage: Plage, name: str) -> bool:
        """Open this time; False when it is open already. `name` is what a later overlap calls it.

        Raises the AgendaRefusal that says why it can't be.
        """
        poste = self.postes.find(plage.lieu, plage.poste)
        if poste is not None and (poste.id, plage.motif, plage.time) in self._open:
            return False
        check_plage(plage, self.motifs, self.works_whit_monday(plage.lieu), paris_day(self.now))
        poste = poste or self.postes.named(plage.lieu, plage.poste)
        for other, its_name in self._beside(poste, plage.first_day):
            if plage.overlaps(other):
                raise Overlapping(f"{its_name} ({other})")
        self._keep(plage, poste, name)
        self.session.add(_plage_row(plage, poste))
        return True

    def add_away(self, away: Away) -> bool:
        """Close this time; False when it is closed already. Raises the AgendaRefusal that says why it can't be."""
        poste = self._poste_of(away)
        key = away.lieu, poste.id if poste else None, away.starts_at, away.ends_at
        if key in self._aways:
            return False
        check_away(away, self.motifs, self.now)
        self._aways.add(key)
        self.session.add(Absence(lieu_id=key[0], agent_id=key[1], starts_at=key[2], ends_at=key[3]))
        return True

    def works_whit_monday(self, lieu: str) -> bool:
        """Whether lundi de Pentecôte is worked there."""
        return lieu in self._whit_mondays

    def _poste_of(self, away: Away) -> Agent | None:
        if away.poste is None:
            return None
        check_lieu(away.lieu, self.motifs)
        poste = self.postes.find(away.lieu, away.poste)
        if poste is None:
            raise NoSuchPoste(away.poste, away.lieu)
        return poste

    def _beside(self, poste: Agent, day: date) -> list[tuple[Plage, str]]:
        """The plages of this poste on this day of the week, each with its name."""
        return self._plages[poste.id, day.weekday()]

    def _keep(self, plage: Plage, poste: Agent, name: str) -> None:
        self._open.add((poste.id, plage.motif, plage.time))
        self._beside(poste, plage.first_day).append((plage, name))

    def _read(self) -> None:
        plages = select(PlageOuverture, Agent).join(Agent, Agent.id == PlageOuverture.agent_id)
        for row, poste in self.session.execute(plages):
            self._keep(plage_of(row, poste), poste, f"la plage {row.id}")
        for row in self.session.scalars(select(Absence)):
            self._aways.add((row.lieu_id, row.agent_id, row.starts_at, row.ends_at))


def _plage_row(plage: Plage, poste: Agent) -> PlageOuverture:
    return PlageOuverture(
        agent_id=poste.id,
        motif_code=plage.motif,
        lieu_id=plage.lieu,
        first_day=plage.first_day,
        last_day=plage.last_day,
        start_minute=plage.start_minute,
        end_minute=plage.end_minute,
    )
