"""The calendar clock of every process: real time, or the instant where BOT_NOW holds it."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

Clock = Callable[[], datetime]
"""Gives the present moment, with its time zone."""


def clock_at(held: datetime | None) -> Clock:
    """A clock that stands at `held`, or that runs when it is None. Moments are in Paris time."""
    if held is None:
        return lambda: datetime.now(PARIS)
    standing = held.astimezone(PARIS)
    return lambda: standing
