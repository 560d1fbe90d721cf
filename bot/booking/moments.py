"""Between instants (UTC seconds) and the clocks of Paris."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache

from bot.clock import PARIS


def epoch_of(moment: datetime) -> int:
    """Seconds since the epoch, rounded down. Raises ValueError for a moment without time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs its time zone: {moment.isoformat()}")
    return int(moment.timestamp() // 1)


def paris_moment(epoch: int) -> datetime:
    """The instant as Paris clocks show it, carrying the fixed offset of that instant.

    A fixed offset, because two datetimes that share a ZoneInfo are compared and subtracted by what the
    clock shows: on the night when 02:30 comes twice, both would be equal.
    """
    moment = datetime.fromtimestamp(epoch, PARIS)
    return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()))


def paris_day(epoch: int) -> date:
    """The date in Paris at this instant."""
    return datetime.fromtimestamp(epoch, PARIS).date()


@lru_cache(maxsize=8192)  # a listing asks for the same hours of the same days, again and again
def epoch_at(day: date, minute: int) -> int:
    """The instant when Paris clocks show `minute` minutes since midnight on `day` (1440: end of the day).

    A time that comes twice is its first occurrence; one that is skipped is read with the offset in force
    before the change (RFC 5545, 3.3.5).
    """
    shown = datetime.combine(day, time()) + timedelta(minutes=minute)
    return int(shown.replace(tzinfo=PARIS, fold=0).timestamp())


@dataclass(frozen=True)
class Present:
    """The present moment, on both clocks: appointments live on the calendar's, which BOT_NOW may hold; holds do not."""

    calendar: datetime
    real: int
    """Seconds since the epoch; time-outs and expiries always run on it."""

    @property
    def epoch(self) -> int:
        """The calendar's moment, in seconds since the epoch."""
        return epoch_of(self.calendar)
