"""A date that somebody reads on a paper: near, it changes the door."""

import re
from datetime import datetime, timedelta

from bot.booking.wishes.wish import dates_in
from bot.dialogue.replies import spoken

NEAR = timedelta(days=7)
"""facts.md 4.1: of a commandement de payer, under a week the Permanence unique receives at once."""

_WRITTEN = re.compile(
    r"\b(?:marque|ecrit|note|date|delai|limite|echeance|jusqu|au plus tard|avant le|expire|finit|termine|audience)\w*\b"
)


def near_deadline(text: str, now: datetime) -> bool:
    """Whether a text reads a date on a paper that falls within a week of `now`, in the time of Paris."""
    last = (now + NEAR).date()
    return bool(_WRITTEN.search(spoken(text))) and any(day <= last for day in dates_in(text, now))
