"""How much one conversation and one address may ask: limits first on the session, high on the address.

A media library or the pôle's own multimedia space shares one address: its limit is for machines, not for people.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from fastapi import Request
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from bot.web.errors import ApiError

MESSAGES = RateLimitItemPerMinute(30, namespace="messages")
"""Per conversation."""
OPENINGS = RateLimitItemPerMinute(600, namespace="openings")
"""New conversations per address."""
BOOKINGS = RateLimitItemPerDay(40, namespace="bookings")
"""Appointments taken by talking, per address: nobody fills a day of the agenda (booking.md 6.6, 35)."""
WRONG_TOKENS = RateLimitItemPerMinute(120, namespace="wrong-tokens")
"""Per address: neither a conversation nor its token is found by trying."""
WRONG_CODES = RateLimitItemPerMinute(20, namespace="wrong-codes")
"""Per address: a booking's code is not found by trying. Those who have one are not counted."""
WRONG_CODES_IN_AN_HOUR = RateLimitItemPerHour(120, namespace="wrong-codes-in-an-hour")
"""Per address too: thirty addresses at least must join to reach the next limit, which everybody feels."""
WRONG_CODES_ANYWHERE = RateLimitItemPerHour(3_000, namespace="wrong-codes-anywhere")
"""From all addresses together, counting only what is written like a code. A year of it finds one of 10,000 live codes
six times in a thousand (23 letters and figures, ten long). Whoever already answered for theirs still enters."""
WRONG_ANSWERS = RateLimitItemPerHour(5, namespace="wrong-answers")
"""Per booking, whatever the address: three letters of a name are soon tried. A right answer forgets the wrong ones."""
CHANGES = RateLimitItemPerHour(10, namespace="changes")
"""Per booking: each move and each new contact may send a message to somebody."""
SIGN_INS = RateLimitItemPerMinute(5, namespace="sign-ins")
"""Per login and address: elsewhere, the agent whose password somebody tries can still sign in."""
SIGN_INS_ANYWHERE = RateLimitItemPerHour(600, namespace="sign-ins-anywhere")
"""Per login, from all addresses together."""
SIGN_INS_FROM = RateLimitItemPerMinute(30, namespace="sign-ins-from")
"""Per address, for all logins together."""


class Limits:
    """Counts calls, in memory or in Redis when several machines share the counting."""

    def __init__(self, redis_url: str | None) -> None:
        self._storage = storage_from_string(redis_url or "memory://")  # the limiter only holds it weakly
        self._limiter = MovingWindowRateLimiter(self._storage)

    def count(self, limit: RateLimitItem, *who: str) -> bool:
        """Count one call; False when the limit is reached."""
        return self._limiter.hit(limit, *who)

    def spend(self, limit: RateLimitItem, *who: str) -> None:
        """Count one call; raises ApiError 429 when the limit is reached."""
        if not self.count(limit, *who):
            raise ApiError(429, retry_after=limit.get_expiry())

    def forget(self, limit: RateLimitItem, *who: str) -> None:
        """Count from nothing again."""
        self._limiter.clear(limit, *who)

    def reached(self, limit: RateLimitItem, *who: str) -> bool:
        """Whether the next call would be refused; counts nothing."""
        return not self._limiter.test(limit, *who)

    def require(self, limit: RateLimitItem, *who: str) -> None:
        """Count nothing; raises ApiError 429 when the limit is reached."""
        if self.reached(limit, *who):
            raise ApiError(429, retry_after=limit.get_expiry())


def address_of(request: Request) -> str:
    """Where a request comes from; behind a proxy, the address it gives (uvicorn trusts FORWARDED_ALLOW_IPS only).

    Of IPv6, the network: one home or telephone has 2 to the power 64 addresses.
    """
    host = request.client.host if request.client else "unknown"
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else host
