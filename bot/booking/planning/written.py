"""Days and hours as agents write and read them: 23/11/2026, 9h00."""

from datetime import date

from bot.booking.moments import paris_moment

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def written_day(day: date) -> str:
    """The day in figures: 23/11/2026."""
    return day.strftime("%d/%m/%Y")


def written_minute(minute: int) -> str:
    """Minutes since midnight as an hour: 9h00, 24h00."""
    return f"{minute // 60}h{minute % 60:02}"


def written_moment(epoch: int) -> str:
    """An instant in the time of Paris: 23/11/2026 à 9h00."""
    moment = paris_moment(epoch)
    return f"{written_day(moment.date())} à {written_minute(moment.hour * 60 + moment.minute)}"


def written_days(first: date, last: date | None) -> str:
    """On which days a weekly or single opening occurs: « lundi 23/11/2026 », « chaque lundi à partir du … »."""
    name = DAYS[first.weekday()]
    if last == first:
        return f"{name} {written_day(first)}"
    until = "" if last is None else f" au {written_day(last)}"
    return f"chaque {name}{' du' if last else ' à partir du'} {written_day(first)}{until}"
