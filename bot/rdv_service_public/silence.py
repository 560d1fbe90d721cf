"""Is RDV Service Public still telling us of its appointments? Nobody notices a webhook that does not come."""

import logging
import time
from collections.abc import Callable

from prometheus_client import Gauge
from sqlalchemy.engine import Engine

from bot.booking.transactions import in_reading
from bot.rdv_service_public.handed_over import HandOvers
from bot.rdv_service_public.mirror import last_heard

LAST_HEARD = Gauge(
    "assistant_rdv_service_public_last_webhook_seconds", "When a signed webhook last came (epoch); 0: never"
)
SENT_THERE = Gauge("assistant_rdv_service_public_handed_over", "People sent there of whom no appointment is known yet")

logger = logging.getLogger(__name__)


class Watch:
    """Looks at the silence, and says so when it lasts."""

    def __init__(
        self, engine: Engine, hand_overs: HandOvers, silence_hours: int | None, timer: Callable[[], float] = time.time
    ) -> None:
        """A watch; `silence_hours` is None where no webhook is expected: only links are given."""
        self._engine = engine
        self._hand_overs = hand_overs
        self._silence_s = None if silence_hours is None else silence_hours * 3600
        self._timer = timer
        self._began = int(timer())

    def look(self) -> bool:
        """Set the gauges, drop what has expired; False, with an error in the log, when it is silent for too long.

        Never heard counts from the start of this process: somebody may have just begun to use it.
        """
        heard = in_reading(self._engine, last_heard)
        self._hand_overs.expire()
        LAST_HEARD.set(heard or 0)
        SENT_THERE.set(self._hand_overs.count())
        silent_s = int(self._timer()) - (heard or self._began)
        if self._silence_s is None or silent_s <= self._silence_s:
            return True
        logger.error(
            "no webhook of RDV Service Public for %d hours: are they still sent, and signed?", silent_s // 3600
        )
        return False
