"""Absences of a poste and closures of a lieu, as one asks for them."""

from dataclasses import dataclass

from bot.booking.models import Absence, Agent
from bot.booking.moments import paris_day
from bot.booking.motifs import Motifs
from bot.booking.planning.plannable import check_lieu, check_not_too_far
from bot.booking.planning.refusals import EndsBeforeItStarts, InThePast
from bot.booking.planning.written import written_moment


@dataclass(frozen=True)
class Away:
    """Time without appointments: of one poste, or of the whole lieu."""

    lieu: str
    poste: str | None
    """None for a closure of the lieu."""
    starts_at: int
    """Seconds since the epoch, UTC; so is the end."""
    ends_at: int

    def __str__(self) -> str:
        who = f"absence de « {self.poste} »" if self.poste else "fermeture"
        return f"{who} du {written_moment(self.starts_at)} au {written_moment(self.ends_at)}"


def away_of(row: Absence, poste: Agent | None) -> Away:
    """The absence of a row, and of its poste if it has one."""
    return Away(row.lieu_id, poste.name if poste else None, row.starts_at, row.ends_at)


def check_away(away: Away, motifs: Motifs, now: int) -> None:
    """Raise NoSuchLieu, EndsBeforeItStarts, InThePast or TooFarAhead; it may have begun, for someone fallen ill."""
    check_lieu(away.lieu, motifs)
    if away.ends_at <= away.starts_at:
        raise EndsBeforeItStarts
    if away.ends_at <= now:
        raise InThePast(written_moment(away.ends_at))
    check_not_too_far(paris_day(away.ends_at), paris_day(now))
