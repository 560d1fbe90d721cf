"""How much one address may ask, beyond what the routes show."""

import pytest

from bot.web.errors import ApiError
from bot.web.limits import BOOKINGS, MESSAGES, Limits


def test_one_address_takes_forty_appointments_a_day_and_no_other_pays_for_it() -> None:
    limits = Limits(None)
    assert all(limits.count(BOOKINGS, "198.51.100.7") for _ in range(40))
    assert limits.reached(BOOKINGS, "198.51.100.7")
    assert not limits.reached(BOOKINGS, "198.51.100.8")


def test_looking_at_a_limit_counts_nothing() -> None:
    limits = Limits(None)
    for _ in range(100):
        assert not limits.reached(MESSAGES, "c")
        limits.require(MESSAGES, "c")
    for _ in range(30):
        limits.spend(MESSAGES, "c")
    with pytest.raises(ApiError) as refusal:
        limits.spend(MESSAGES, "c")
    assert refusal.value.status == 429 and refusal.value.retry_after == 60
