"""When an appointment is recalled: two days before, at an hour when a telephone may ring."""

from datetime import time

from bot.booking.moments import epoch_at, paris_day, paris_moment

AHEAD_S = 48 * 3600
"""How long before the start."""
EARLIEST, LATEST = time(8), time(20)
"""A telephone is left in peace before and from then on, Paris time (booking.md 5.3)."""
TOO_LATE_S = 2 * 3600
"""Nearer to the start than that, a reminder that was delayed helps nobody."""


def reminder_due(starts_at: int, made_at: int) -> int | None:
    """When to recall an appointment made or moved at `made_at`; None when that moment has passed: they just chose it.

    48 elapsed hours before, then the nearest hour of that day at which one may ring. Seconds since the epoch.
    """
    due = nearest_decent(starts_at - AHEAD_S)
    return due if made_at < due else None


def nearest_decent(moment: int) -> int:
    """The nearest instant of the same day, in Paris, at which a telephone may ring."""
    day = paris_day(moment)
    opens, closes = epoch_at(day, EARLIEST.hour * 60), epoch_at(day, LATEST.hour * 60) - 60
    return min(max(moment, opens), closes)


def is_decent(moment: int) -> bool:
    """Whether a telephone may ring now."""
    return EARLIEST <= paris_moment(moment).time() < LATEST
