"""Their date-times: Ruby's own form in v1 and in webhooks, ISO 8601 elsewhere (booking.md 3.5)."""

import re
from datetime import datetime

_INSTANT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[ T](?P<time>\d\d:\d\d:\d\d)(?:\.(?P<fraction>\d{1,9}))?"
    r" ?(?:(?P<utc>Z|UTC)|(?P<hours>[+-]\d\d):?(?P<minutes>\d\d))",
    re.ASCII,
)
_YEARS = range(2000, 2100)
"""Outside of them it is no moment of an appointment, and would overflow in one clock or another."""


def read_instant(text: object) -> datetime:
    """The moment, with its offset. Raises ValueError for anything else than an instant of this century."""
    found = _INSTANT.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError("no instant")
    offset = "+00:00" if found["utc"] else f"{found['hours']}:{found['minutes']}"
    fraction = (found["fraction"] or "")[:6].ljust(6, "0")
    moment = datetime.fromisoformat(f"{found['day']}T{found['time']}.{fraction}{offset}")
    if moment.year not in _YEARS:
        raise ValueError("no instant of this century")
    return moment
