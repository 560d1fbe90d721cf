"""What sends the messages of the outbox: a plain loop, whose every step may be the last.

No library of tasks, though good ones exist. A message must be written in the very transaction that books, on SQLite as
on PostgreSQL: the outbox is that table, so a library's own queue (in Redis, or in tables it writes by itself) would be
a second one to fill from the first, by a loop like this one. And such libraries promise "at least once": they try again
what timed out, where a text that comes twice is worse than one that is known to be uncertain. What is left for us is a
claim, a send and an end, each committed before the next.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Event

from sqlalchemy.exc import SQLAlchemyError

from bot.booking.appointments import Agenda
from bot.booking.errors import AgendaBusy
from bot.booking.moments import Present
from bot.booking.outbox import Channel
from bot.clock import Clock
from bot.messaging.carriers import Carrier
from bot.messaging.failures import NotSent, Refused, Uncertain, Unreachable
from bot.messaging.outgoing import MAX_ATTEMPTS, Dropped, EnoughForNow, NotTheSender, Outgoing, Told

PAUSE_S = 10
"""Between one pass and the next."""
LOOKED_AT = 1000
"""Messages one pass takes up at most."""
NOT_HERE = (
    "Aucun message n'est envoyé : cette base vient d'un autre lieu d'envoi (sauvegarde restaurée ?). "
    "Pour envoyer d'ici : python -m bot reminders --reprise"
)
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Worker:
    """Sends what is due; several may run at once, on one machine or more."""

    outgoing: Outgoing
    agenda: Agenda
    carriers: Mapping[Channel, Carrier]
    """The channels that have a provider: a message of another is dropped when its time comes."""
    clock: Clock
    timer: Callable[[], float] = time.time
    stop: Event = field(default_factory=Event)
    """Once set, the message in hand is finished and no other is begun."""

    def run(self) -> None:
        """Pass after pass until told to stop; a database that fails is waited for."""
        told_why = False
        while not self.stop.is_set():
            try:
                self.run_once()
                told_why = False
            except NotTheSender:
                if not told_why:
                    logger.error(NOT_HERE)
                told_why = True
            except (SQLAlchemyError, AgendaBusy) as error:
                logger.error("messages: the database fails (%s), trying again", type(error).__name__)
            self.stop.wait(PAUSE_S)

    def run_once(self) -> Counter[str]:
        """One pass; returns how many messages came to each end, and how many earlier slots were proposed.

        Raises NotTheSender when the database bears the mark of another place.
        """
        if not self.outgoing.may_send(self._present()):
            raise NotTheSender
        ends = Counter(proposed=self.agenda.propose_earlier_slots() if self.carriers else 0)
        ends["uncertain"] += self.outgoing.give_up_lost(self._present())
        shut: set[Channel] = set()
        for message_id, channel in self.outgoing.ready(self._present(), LOOKED_AT):
            if self.stop.is_set():
                break
            if channel in shut:
                continue
            try:
                end = self._take_up(message_id)
            except EnoughForNow:
                logger.warning("messages: %d left within a minute, the others wait", self.outgoing.per_minute)
                break
            ends[end.outcome] += 1
            if end.way_shut:
                shut.add(channel)
        return ends

    def _take_up(self, message_id: int) -> "_End":
        claimed = self.outgoing.claim(message_id, self._present(), self.carriers.keys())
        if claimed is None:
            return _End("gone")
        if isinstance(claimed, Dropped):
            return _End("dropped", reason=claimed.reason)
        end = self._carried(claimed)
        self.outgoing.settle(claimed, end.outcome, self._present(), end.reference, end.reason)
        if end.outcome != "sent":
            logger.warning("message %d: %s (%s)", claimed.id, end.outcome, end.reason)
        return end

    def _carried(self, told: Told) -> "_End":
        try:
            return _End("sent", self.carriers[told.channel].carry(told))
        except Refused as error:
            return _End("failed", reason=str(error))
        except NotSent as error:
            again = "to_send" if told.attempt < MAX_ATTEMPTS else "failed"
            return _End(again, reason=str(error), way_shut=isinstance(error, Unreachable))
        except Uncertain as error:
            return _End("uncertain", reason=str(error))
        except Exception as error:  # a fault of our own, wherever it struck: the message may have left
            return _End("uncertain", reason=type(error).__name__)

    def _present(self) -> Present:
        return Present(self.clock(), int(self.timer()))


@dataclass(frozen=True)
class _End:
    """What became of a message in this pass: a state of the outbox, or `gone`, when another worker had it."""

    outcome: str
    reference: str | None = None
    reason: str | None = None
    """In a word or a code, without personal data."""
    way_shut: bool = False
    """Whether no message would leave by this channel now."""
