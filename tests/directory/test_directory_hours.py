"""Opening hours in the time of Paris, across holidays and the change of clocks."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory.hours import is_open, is_valid, next_opening, spoken_date, spoken_time

PARIS = ZoneInfo("Europe/Paris")
UTC = ZoneInfo("UTC")
HOLIDAYS = holidays.country_holidays("FR", years=range(2024, 2036))
OFFICE = "Mo-Fr 08:30-17:30; PH off"
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2035, 12, 31), timezones=st.just(PARIS))


def paris(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=PARIS)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (paris(2026, 11, 23, 8, 29), False),
        (paris(2026, 11, 23, 8, 30), True),
        (paris(2026, 11, 23, 17, 29), True),
        (paris(2026, 11, 23, 17, 30), False),
        (paris(2026, 11, 21, 10), False),
        (paris(2026, 12, 25, 10), False),
        (paris(2027, 5, 6, 10), False),
        (paris(2027, 3, 29, 10), False),
        (paris(2027, 7, 14, 10), False),
        (datetime(2026, 11, 23, 7, 30, tzinfo=UTC), True),
        (datetime(2026, 7, 20, 7, 30, tzinfo=UTC), True),
        (datetime(2026, 7, 20, 16, 0, tzinfo=UTC), False),
    ],
)
def test_office_hours(moment: datetime, expected: bool) -> None:
    assert is_open(OFFICE, moment) is expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (paris(2026, 11, 21, 10), paris(2026, 11, 23, 8, 30)),
        (paris(2026, 12, 24, 18), paris(2026, 12, 28, 8, 30)),
        (paris(2027, 3, 27, 23), paris(2027, 3, 30, 8, 30)),
        (paris(2026, 10, 24, 23), paris(2026, 10, 26, 8, 30)),
        (paris(2027, 5, 5, 17, 30), paris(2027, 5, 7, 8, 30)),
        (paris(2026, 11, 23, 9), paris(2026, 11, 23, 9)),
    ],
)
def test_next_opening_of_an_office(moment: datetime, expected: datetime) -> None:
    found = next_opening(OFFICE, moment)
    assert found == expected
    assert found is not None
    assert found.utcoffset() == expected.utcoffset()


def test_lines_open_every_day_ignore_holidays() -> None:
    assert is_open("Mo-Su 09:00-23:00", paris(2026, 12, 25, 10))
    assert is_open("24/7", paris(2026, 12, 25, 3))
    assert next_opening("24/7", paris(2026, 12, 25, 3)) == paris(2026, 12, 25, 3)


def test_hours_that_never_open_again() -> None:
    assert next_opening("2020 Mo-Fr 08:30-17:30", paris(2026, 11, 21, 10)) is None


@settings(deadline=None)
@given(MOMENTS)
def test_office_hours_agree_with_the_calendar(moment: datetime) -> None:
    working = moment.weekday() < 5 and moment.date() not in HOLIDAYS
    minutes = moment.hour * 60 + moment.minute
    assert is_open(OFFICE, moment) is (working and 8 * 60 + 30 <= minutes < 17 * 60 + 30)


@settings(deadline=None)
@given(MOMENTS)
def test_next_opening_is_open_and_the_minute_before_is_not(moment: datetime) -> None:
    found = next_opening(OFFICE, moment)
    assert found is not None
    assert found >= moment
    assert is_open(OFFICE, found)
    assert found == moment or not is_open(OFFICE, found - timedelta(minutes=1))


@settings(deadline=None)
@given(MOMENTS)
def test_the_time_zone_of_the_question_does_not_matter(moment: datetime) -> None:
    elsewhere = moment.astimezone(timezone(timedelta(hours=-7)))
    assert is_open(OFFICE, elsewhere) is is_open(OFFICE, moment)
    assert next_opening(OFFICE, elsewhere) == next_opening(OFFICE, moment)


def test_an_hour_that_the_change_of_clocks_skips() -> None:
    assert not is_open(OFFICE, paris(2027, 3, 28, 2, 30))
    assert is_open("Mo-Su 03:15-04:00", paris(2027, 3, 28, 2, 30))


def test_the_hour_lived_twice_is_open_twice() -> None:
    twice = paris(2026, 10, 25, 2, 30)
    assert is_open("Mo-Su 02:15-03:30", twice)
    assert is_open("Mo-Su 02:15-03:30", twice.replace(fold=1))


def test_a_moment_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        is_open(OFFICE, datetime(2026, 11, 23, 10))


def test_unreadable_hours_are_refused() -> None:
    assert not is_valid("le matin")
    with pytest.raises(ValueError, match="le matin"):
        is_open("le matin", paris(2026, 11, 23, 10))


@pytest.mark.parametrize(
    ("moment", "spoken"),
    [
        (paris(2026, 11, 23, 8, 30), "lundi 23 novembre à 8 h 30"),
        (paris(2026, 12, 1, 9), "mardi 1er décembre à 9 h"),
        (paris(2027, 2, 28, 14, 5), "dimanche 28 février à 14 h 05"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "vendredi 1er janvier à 0 h 30"),
    ],
)
def test_spoken_date(moment: datetime, spoken: str) -> None:
    assert spoken_date(moment) == spoken


def test_spoken_time() -> None:
    assert spoken_time(paris(2026, 11, 23, 17, 30)) == "17 h 30"


@pytest.mark.parametrize("day", [date(2027, 5, 6), date(2026, 12, 25), date(2027, 1, 1), date(2027, 5, 17)])
def test_public_holidays_are_closed_all_day(day: date) -> None:
    assert not any(is_open(OFFICE, paris(day.year, day.month, day.day, hour)) for hour in range(24))
