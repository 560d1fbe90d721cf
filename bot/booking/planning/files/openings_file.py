"""The file of openings, absences and closures: `data/booking/ouvertures_exemple.csv` is the model."""

from collections.abc import Callable
from datetime import date, timedelta

from bot.booking.moments import epoch_at
from bot.booking.motifs import Motifs
from bot.booking.planning.absences import Away
from bot.booking.planning.bringing_in import Row
from bot.booking.planning.files.cells import day_of, known_as, minute_of, weekday_of
from bot.booking.planning.files.table import Columns, Line, read_table
from bot.booking.planning.plages import Plage
from bot.booking.planning.plannable import DAY_MINUTES, check_hours, lieux
from bot.booking.planning.refusals import (
    AgendaRefusal,
    BadCell,
    Fault,
    HoursOfManyDays,
    LastDayBeforeFirst,
    NoSuchWeekday,
    UnexpectedCell,
    WhichDay,
)
from bot.booking.planning.written import DAYS
from bot.directory.models import fold

COLUMNS = Columns(
    required=("lieu", "poste", "motif", "jour", "premier_jour", "dernier_jour", "debut", "fin"), optional=("type",)
)
OPENING, ABSENCE, CLOSURE = "ouverture", "absence", "fermeture"
"""What a row says, in its column « type »; an opening when it says nothing."""


def read_openings(content: bytes, motifs: Motifs) -> tuple[list[Row[Plage | Away]], list[Fault]]:
    """What each row asks for, and the rows that can't be understood. Raises FileRefused."""
    lines, faults = read_table(content, COLUMNS)
    rows: list[Row[Plage | Away]] = []
    for line in lines:
        try:
            rows.append((line.number, _asked(line, motifs)))
        except AgendaRefusal as refusal:
            faults.append(Fault(line.number, str(refusal)))
    return rows, faults


def _asked(line: Line, motifs: Motifs) -> Plage | Away:
    kind = fold(line.get("type")) or OPENING
    if kind not in _READERS:
        raise BadCell("type", line.get("type"), f"{OPENING}, {ABSENCE} ou {CLOSURE}")
    return _READERS[kind](line, motifs)


def _opening(line: Line, motifs: Motifs) -> Plage:
    first_day, last_day = _days(line)
    return Plage(
        lieu=_lieu(line, motifs),
        poste=line.need("poste"),
        motif=known_as(line.need("motif"), tuple(motifs)),
        first_day=first_day,
        last_day=last_day,
        start_minute=minute_of("debut", line.need("debut")),
        end_minute=minute_of("fin", line.need("fin")),
    )


def _days(line: Line) -> tuple[date, date | None]:
    """The first day on which the opening occurs, and the last day it may: every week, or on one day only."""
    first, last = day_of("premier_jour", line.need("premier_jour")), _last_day(line)
    if last is not None and last < first:
        raise LastDayBeforeFirst
    if line.get("jour"):
        return _first_weekday(first, last, weekday_of("jour", line.get("jour"))), last
    if last not in (None, first):
        raise WhichDay
    return first, first


def _last_day(line: Line) -> date | None:
    return day_of("dernier_jour", line.get("dernier_jour")) if line.get("dernier_jour") else None


def _first_weekday(first: date, last: date | None, weekday: int) -> date:
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    if last is not None and day > last:
        raise NoSuchWeekday(DAYS[weekday])
    return day


def _absence(line: Line, motifs: Motifs) -> Away:
    return _away(line, motifs, line.need("poste"), ABSENCE)


def _closure(line: Line, motifs: Motifs) -> Away:
    if line.get("poste"):
        raise UnexpectedCell("poste", CLOSURE)
    return _away(line, motifs, None, CLOSURE)


def _away(line: Line, motifs: Motifs, poste: str | None, kind: str) -> Away:
    for column in ("motif", "jour"):
        if line.get(column):
            raise UnexpectedCell(column, kind)
    first = day_of("premier_jour", line.need("premier_jour"))
    last = _last_day(line) or first
    start, end = _hours(line, whole_days=first != last)
    return Away(_lieu(line, motifs), poste, epoch_at(first, start), epoch_at(last, end))


def _hours(line: Line, whole_days: bool) -> tuple[int, int]:
    """The hours of an absence: the whole day when there are none."""
    if not line.get("debut") and not line.get("fin"):
        return 0, DAY_MINUTES
    if whole_days:
        raise HoursOfManyDays
    start, end = minute_of("debut", line.need("debut")), minute_of("fin", line.need("fin"))
    check_hours(start, end)
    return start, end


def _lieu(line: Line, motifs: Motifs) -> str:
    return known_as(line.need("lieu"), lieux(motifs))


_READERS: dict[str, Callable[[Line, Motifs], Plage | Away]] = {
    OPENING: _opening,
    ABSENCE: _absence,
    CLOSURE: _closure,
}
