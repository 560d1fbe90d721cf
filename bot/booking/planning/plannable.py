"""What may be planned at all: an offered motif, hours of one day, days from today to two years ahead."""

from datetime import date

from bot.booking.motifs import MotifEntry, Motifs
from bot.booking.planning.refusals import (
    EndsBeforeItStarts,
    InThePast,
    KeptElsewhere,
    NoSuchLieu,
    NoSuchMotif,
    NotOfferedThere,
    OffTheGrid,
    OutOfTheDay,
    TooFarAhead,
)
from bot.booking.planning.written import written_day

DAY_MINUTES = 24 * 60
GRID_MINUTES = 5
YEARS_AHEAD = 2


def lieux(motifs: Motifs) -> tuple[str, ...]:
    """Where some motif is offered."""
    return tuple({site: None for entry in motifs.values() for site in entry.sites})


def check_lieu(lieu: str, motifs: Motifs) -> None:
    """Raise NoSuchLieu unless some motif is offered there."""
    if lieu not in lieux(motifs):
        raise NoSuchLieu(lieu, lieux(motifs))


def check_offered(lieu: str, motif: str, motifs: Motifs) -> MotifEntry:
    """The motif, offered at this lieu and kept here. Raises NoSuchLieu, NoSuchMotif, NotOfferedThere, KeptElsewhere."""
    check_lieu(lieu, motifs)
    if motif not in motifs:
        raise NoSuchMotif(motif, (entry.code for entry in motifs.values() if lieu in entry.sites))
    entry = motifs[motif]
    if lieu not in entry.sites:
        raise NotOfferedThere(motif, lieu)
    if entry.backend != "local":
        raise KeptElsewhere(motif)
    return entry


def check_hours(start_minute: int, end_minute: int) -> None:
    """Raise OutOfTheDay, EndsBeforeItStarts or OffTheGrid unless these are hours of one day, 24:00 included."""
    if start_minute < 0 or end_minute > DAY_MINUTES:
        raise OutOfTheDay
    if end_minute <= start_minute:
        raise EndsBeforeItStarts
    if start_minute % GRID_MINUTES or end_minute % GRID_MINUTES:
        raise OffTheGrid


def check_day(day: date, today: date) -> None:
    """Raise InThePast or TooFarAhead unless one may plan for this day."""
    if day < today:
        raise InThePast(written_day(day))
    check_not_too_far(day, today)


def check_not_too_far(day: date, today: date) -> None:
    """Raise TooFarAhead when the day is more than two years away."""
    if (day.year, day.month, day.day) > (today.year + YEARS_AHEAD, today.month, today.day):
        raise TooFarAhead(day)
