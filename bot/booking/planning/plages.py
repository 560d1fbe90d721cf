"""Plages d'ouverture as one asks for them: which can be, and which two can't be together."""

from dataclasses import dataclass
from datetime import date

from bot.booking.models import Agent, PlageOuverture
from bot.booking.motifs import Motifs
from bot.booking.planning.plannable import check_day, check_hours, check_not_too_far, check_offered
from bot.booking.planning.refusals import LastDayBeforeFirst, PublicHoliday, ShorterThanMotif
from bot.booking.planning.written import written_days, written_minute
from bot.booking.workdays import is_public_holiday


@dataclass(frozen=True)
class Plage:
    """Time that a poste gives to a motif, on one day or every week, by the clocks of Paris."""

    lieu: str
    poste: str
    motif: str
    first_day: date
    """The single day, or the first of the weekly ones: it gives the day of the week."""
    last_day: date | None
    """The first day itself for a single day, None for no end."""
    start_minute: int
    """Minutes since midnight; so is the end, 1440 at most."""
    end_minute: int

    @property
    def time(self) -> tuple[date, date | None, int, int]:
        """When it occurs."""
        return self.first_day, self.last_day, self.start_minute, self.end_minute

    def overlaps(self, other: "Plage") -> bool:
        """Whether one poste, asked for both, would give a moment twice.

        Two motifs may share one whole plage, as in RDV Service Public: whoever books first takes the time.
        """
        return self._meets(other) and not (self.motif != other.motif and self.time == other.time)

    def _meets(self, other: "Plage") -> bool:
        if self.start_minute >= other.end_minute or other.start_minute >= self.end_minute:
            return False
        # On the same day of the week, the later of the first days is an occurrence of both, if neither has ended.
        day = max(self.first_day, other.first_day)
        return self.first_day.weekday() == other.first_day.weekday() and self._lasts(day) and other._lasts(day)

    def _lasts(self, day: date) -> bool:
        return self.last_day is None or day <= self.last_day

    def __str__(self) -> str:
        hours = f"{written_minute(self.start_minute)}–{written_minute(self.end_minute)}"
        return f"{written_days(self.first_day, self.last_day)}, {hours}, {self.motif}"


def plage_of(row: PlageOuverture, poste: Agent) -> Plage:
    """The plage of a row, and of its poste."""
    return Plage(row.lieu_id, poste.name, row.motif_code, row.first_day, row.last_day, row.start_minute, row.end_minute)


def check_plage(plage: Plage, motifs: Motifs, works_whit_monday: bool, today: date) -> None:
    """Raise the AgendaRefusal that says why this plage cannot be, whatever else stands."""
    motif = check_offered(plage.lieu, plage.motif, motifs)
    check_hours(plage.start_minute, plage.end_minute)
    if plage.end_minute - plage.start_minute < motif.duration_min:
        raise ShorterThanMotif(motif.code, motif.duration_min)
    check_day(plage.first_day, today)
    if plage.last_day is not None:
        check_not_too_far(plage.last_day, today)
        if plage.last_day < plage.first_day:
            raise LastDayBeforeFirst
    if plage.last_day == plage.first_day and is_public_holiday(plage.first_day, works_whit_monday):
        raise PublicHoliday(plage.first_day)
