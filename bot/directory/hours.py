"""When a place or a line is open: OpenStreetMap hours, the time of Paris, French public holidays."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, validate

PARIS = ZoneInfo("Europe/Paris")
UTC = ZoneInfo("UTC")
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def is_valid(opening_hours: str) -> bool:
    """Whether the text is written in the OpenStreetMap opening hours syntax."""
    return bool(validate(opening_hours))


ALWAYS = "24/7"
"""Opening hours of a line that answers day and night."""


def is_open(opening_hours: str, moment: datetime) -> bool:
    """Whether it is open at this moment; public holidays count where the hours name them ("PH off").

    Raises ValueError when the moment has no time zone or the hours cannot be read.
    """
    return _parsed(opening_hours).is_open(_in_paris(moment))


def next_opening(opening_hours: str, moment: datetime) -> datetime | None:
    """When it is first open from this moment on, in the time of Paris: at once if open now, None if never.

    Raises ValueError when the moment has no time zone or the hours cannot be read.
    """
    hours, instant = _parsed(opening_hours), _in_paris(moment)
    while not hours.is_open(instant):
        change = hours.next_change(instant)
        if change is None:
            return None
        instant = change
    return instant


def spoken_date(moment: datetime) -> str:
    """The moment as one says it, in the time of Paris: "lundi 23 novembre à 8 h 30"."""
    local = _in_paris(moment)
    return f"{spoken_day(local)} à {spoken_time(local)}"


def spoken_day(moment: datetime) -> str:
    """The day as one says it, in the time of Paris: "lundi 23 novembre"."""
    local = _in_paris(moment)
    day = "1er" if local.day == 1 else str(local.day)
    return f"{DAYS[local.weekday()]} {day} {MONTHS[local.month - 1]}"


def spoken_time(moment: datetime) -> str:
    """The time of Paris as one says it: "9 h", "8 h 30"."""
    local = _in_paris(moment)
    return f"{local.hour} h {local.minute:02}" if local.minute else f"{local.hour} h"


@lru_cache(maxsize=256)
def _parsed(opening_hours: str) -> OpeningHours:
    if not is_valid(opening_hours):
        raise ValueError(f"not OpenStreetMap opening hours: {opening_hours!r}")
    return OpeningHours(opening_hours, timezone=PARIS, country="FR")


def _in_paris(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    # Through UTC: an hour that the change of clocks skips becomes the real one that follows.
    return moment.astimezone(UTC).astimezone(PARIS)
