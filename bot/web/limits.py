"""How much one conversation and one address may ask: limits first on the session, high on the address.

A media library or the pôle's own multimedia space shares one address: its limit is for machines, not for people.
"""

from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from bot.web.errors import ApiError

MESSAGES = RateLimitItemPerMinute(30)
"""Per conversation."""
OPENINGS = RateLimitItemPerMinute(600)
"""New conversations per address."""
CODES = RateLimitItemPerMinute(20)
"""Booking pages per address: a code is not found by trying."""
SIGN_INS = RateLimitItemPerMinute(5)
"""Per login."""


class Limits:
    """Counts calls, in memory or in Redis when several machines share the counting."""

    def __init__(self, redis_url: str | None) -> None:
        self._storage = storage_from_string(redis_url or "memory://")  # the limiter only holds it weakly
        self._limiter = MovingWindowRateLimiter(self._storage)

    def spend(self, limit: RateLimitItemPerMinute, who: str) -> None:
        """Count one call; raises ApiError 429 when the limit is reached."""
        if not self._limiter.hit(limit, limit.namespace, str(limit), who):
            raise ApiError(429, retry_after=limit.get_expiry())
