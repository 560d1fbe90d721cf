"""Why no appointment is ever given on the day that is wished for: it is over, or nobody works then."""

import re
from datetime import date, datetime, timedelta
from typing import Literal

from bot.booking.wishes.days import dates_named, days_ahead
from bot.booking.wishes.restating import bare
from bot.booking.wishes.spelling import well_spelt
from bot.booking.workdays import SATURDAY, is_public_holiday

_WEEK_END = re.compile(r"\b(?:samedis?|dimanches?|week ?ends?)\b")
_A_WORKING_DAY = re.compile(r"\b(?:lundi|mardi|mercredi|jeudi|vendredi)s?\b")
_JUST_PAST = timedelta(days=60)
_A_YEAR = timedelta(days=365)

Reason = Literal["passe", "ferme"]


def never_open(text: str, now: datetime) -> Reason | None:
    """Why the days that a text names are never free: all past, or all closed; None when one of them may be."""
    spoken, today = well_spelt(" ".join(bare(text).split())), now.date()
    days = [*dates_named(spoken, today), *days_ahead(spoken, today)]
    if days and all(_is_past(day, today) for day in days):
        return "passe"
    if days:
        return "ferme" if all(_is_closed(day) for day in days) else None
    return "ferme" if _WEEK_END.search(spoken) and not _A_WORKING_DAY.search(spoken) else None


def _is_past(day: date, today: date) -> bool:
    """Whether a date, read as the next such one, is rather that of some weeks ago: "le 20", said on the 22nd."""
    return day > today + _A_YEAR - _JUST_PAST


def _is_closed(day: date) -> bool:
    return day.weekday() >= SATURDAY or is_public_holiday(day, works_whit_monday=False)
