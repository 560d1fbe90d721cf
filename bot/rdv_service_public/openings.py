"""Whether RDV Service Public answers, and has openings: asked beside the conversation, which never waits long for it.

An action that waited for a service that hangs would make everybody wait, an emergency too. So the answer is a minute
old at most, it is fetched by a thread of its own, and the conversation gives it two seconds.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from dataclasses import dataclass
from typing import Literal

from bot.rdv_service_public.client import Client
from bot.rdv_service_public.errors import ServiceError, Unavailable

FRESH_S = 60
"""Their own cache of public links lasts as long (booking.md 3.2)."""
WAIT_S = 2.0

Openings = Literal["open", "full", "unknown", "down"]


@dataclass(frozen=True)
class _Known:
    """What was last fetched: the organisations with openings, None when they do not say."""

    at: float
    answers: bool
    with_openings: frozenset[str] | None


class PublishedOpenings:
    """What the instance publishes of its openings."""

    def __init__(self, client: Client, wait_s: float = WAIT_S, timer: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._wait_s = wait_s
        self._timer = timer
        self._known: _Known | None = None
        self._asking: Future[_Known] | None = None
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rdv-service-public")

    def of(self, external_id: str | None) -> Openings:
        """Whether an organisation has openings; "unknown" where its external id, or their answer, does not tell."""
        known = self._fresh()
        if known is None or not known.answers:
            return "down"
        if known.with_openings is None or external_id is None:
            return "unknown"
        return "open" if external_id in known.with_openings else "full"

    def close(self) -> None:
        """Ask nothing more."""
        self._aside.shutdown(wait=False, cancel_futures=True)

    def _fresh(self) -> _Known | None:
        """What is known of the last minute; None when it does not come in time."""
        if self._known and self._timer() - self._known.at < FRESH_S:
            return self._known
        if self._asking is None or self._asking.done():
            self._asking = self._aside.submit(self._fetch)
        try:
            return self._asking.result(self._wait_s)
        except TooLong:
            return None

    def _fetch(self) -> _Known:
        try:
            links = self._client.public_links()
            known = _Known(self._timer(), True, frozenset(links))
        except Unavailable:
            known = _Known(self._timer(), False, None)
        except ServiceError:
            known = _Known(self._timer(), True, None)
        self._known = known
        return known
