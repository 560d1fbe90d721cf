"""The cells of an agent's spreadsheet: days, hours, days of the week, numbers, as French spreadsheets write them."""

import re
from datetime import date
from functools import lru_cache

from bot.booking.planning.refusals import BadCell
from bot.booking.planning.written import DAYS
from bot.directory.models import fold

_FRENCH_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-](20[0-9]{2}|[0-9]{2})")
_ISO_DAY = re.compile(r"(20[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})")
_HOUR = re.compile(r"([0-9]{1,2}) ?(?:h ?([0-9]{2})?|:([0-9]{2})(?::00)?)", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,6}")


def day_of(column: str, text: str) -> date:
    """The day of « 23/11/2026 », « 23/11/26 » or « 2026-11-23 ». Raises BadCell."""
    french, iso = _FRENCH_DAY.fullmatch(text), _ISO_DAY.fullmatch(text)
    try:
        if french:
            return date(int(french[3]) % 100 + 2000, int(french[2]), int(french[1]))
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:  # the 31st of February
        pass
    raise BadCell(column, text, "23/11/2026")


def minute_of(column: str, text: str) -> int:
    """Minutes since midnight of « 9:00 », « 09h00 », « 9h » or « 09:00:00 ». Raises BadCell."""
    read = _HOUR.fullmatch(text)
    minutes = int(read[2] or read[3] or 0) if read else 60
    if read is None or minutes > 59:
        raise BadCell(column, text, "9h00")
    return int(read[1]) * 60 + minutes


def weekday_of(column: str, text: str) -> int:
    """Monday is 0; accents and capitals do not matter. Raises BadCell."""
    if _folded(text) not in DAYS:
        raise BadCell(column, text, "mardi")
    return DAYS.index(_folded(text))


def number_of(column: str, text: str) -> int:
    """A whole number. Raises BadCell."""
    if not _NUMBER.fullmatch(text):
        raise BadCell(column, text, "12")
    return int(text)


def known_as(text: str, ids: tuple[str, ...]) -> str:
    """The id that the text spells, whatever its accents, capitals and spaces; the text itself when there is none."""
    return _by_spelling(ids).get(_folded(text), text)


@lru_cache(maxsize=16)
def _by_spelling(ids: tuple[str, ...]) -> dict[str, str]:
    return {fold(one): one for one in ids}


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    return fold(text)  # columns say the same few words on thousands of rows
