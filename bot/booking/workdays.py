"""French public holidays and working days."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import count, islice

from holidays import country_holidays

SATURDAY = 5


def is_public_holiday(day: date, works_whit_monday: bool) -> bool:
    """Whether `day` is a public holiday in France, where lundi de Pentecôte may be worked.

    Source: the holidays library, which computes article L3133-1 of the Code du travail for every year.
    """
    name = _holidays_of(day.year).get(day)
    return name is not None and not (works_whit_monday and name == "Lundi de Pentecôte")


def working_days(first: date, number: int, works_whit_monday: bool) -> list[date]:
    """The `number` first days from `first` on, Monday to Friday, that are not public holidays."""
    worked = (
        day for day in _days_from(first) if day.weekday() < SATURDAY and not is_public_holiday(day, works_whit_monday)
    )
    return list(islice(worked, number))


@lru_cache(maxsize=16)
def _holidays_of(year: int) -> dict[date, str]:
    return dict(country_holidays("FR", years=year, language="fr").items())


def _days_from(first: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in count())
