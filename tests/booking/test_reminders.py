"""When an appointment is recalled."""

from datetime import datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from bot.booking.moments import epoch_of, paris_moment
from bot.booking.reminders import AHEAD_S, is_decent, reminder_due
from bot.clock import PARIS

LONG_BEFORE = 0
HOUR = 3600
instants = st.integers(
    epoch_of(datetime(2026, 11, 1, tzinfo=PARIS)) // 300, epoch_of(datetime(2028, 11, 30, tzinfo=PARIS)) // 300
)


def due(*start: int) -> str:
    found = reminder_due(epoch_of(datetime(*start, tzinfo=PARIS)), LONG_BEFORE)
    assert found is not None
    return paris_moment(found).isoformat()


def test_two_days_before_at_the_same_hour() -> None:
    assert due(2027, 1, 14, 9, 30) == "2027-01-12T09:30:00+01:00"


def test_no_telephone_rings_at_night() -> None:
    assert due(2027, 1, 14, 7, 30) == "2027-01-12T08:00:00+01:00"
    assert due(2027, 1, 14, 21, 0) == "2027-01-12T19:59:00+01:00"


def test_forty_eight_elapsed_hours_before_the_monday_that_follows_a_clock_change() -> None:
    assert due(2027, 3, 29, 10, 0) == "2027-03-27T09:00:00+01:00"
    assert due(2027, 11, 1, 10, 0) == "2027-10-30T11:00:00+02:00"
    assert due(2027, 3, 29, 8, 30) == "2027-03-27T08:00:00+01:00"


def test_who_chose_less_than_two_days_ago_needs_no_reminder() -> None:
    start = epoch_of(datetime(2027, 1, 14, 9, 30, tzinfo=PARIS))
    assert reminder_due(start, start - AHEAD_S) is None
    assert reminder_due(start, start - AHEAD_S - 1) == start - AHEAD_S


@given(cell=instants, made_before=st.integers(0, 90 * 24 * HOUR))
@example(cell=epoch_of(datetime(2027, 10, 31, 2, 30, fold=1, tzinfo=PARIS)) // 300, made_before=60 * 24 * HOUR)
def test_a_reminder_is_always_before_the_start_and_at_a_decent_hour(cell: int, made_before: int) -> None:
    start = cell * 300
    found = reminder_due(start, start - made_before)
    if found is None:
        assert made_before <= AHEAD_S + 4 * HOUR + HOUR
        return
    assert start - made_before < found < start - 36 * HOUR
    assert is_decent(found)
    wanted = start - AHEAD_S
    if is_decent(wanted):
        assert abs(found - wanted) < 60
    assert abs(found - wanted) <= timedelta(hours=9).total_seconds()
