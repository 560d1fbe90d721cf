"""Worker processes on one database, forked from a process that is already warm: run together, or killed.

What is asked of the warm process is a function of this module, run there.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.models import OutboxMessage, Rdv
from bot.booking.moments import Present
from bot.database import engine_for, reading
from bot.messaging.outgoing import Outgoing, Told, _told
from bot.messaging.worker import Worker
from tests.booking.conftest import MONDAY_MORNING
from tests.booking.race import StandingClock
from tests.messaging.mail import MOTIFS, carriers

NO_CAP = 1_000_000
PATIENCE_S = 120
CLOCK = StandingClock(MONDAY_MORNING)
_fork = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Place:
    """What a worker works on."""

    url: str
    smtp_port: int
    sms_url: str
    naive: bool = False

    def worker(self, per_minute: int = NO_CAP) -> Worker:
        engine = engine_for(self.url)
        kind = WithoutClaims if self.naive else Outgoing
        ways = carriers(self.smtp_port, self.sms_url, CLOCK, PATIENCE_S)
        return Worker(kind(engine, MOTIFS, "here", per_minute), Agenda(engine, CLOCK, MOTIFS), ways, CLOCK)


class WithoutClaims(Outgoing):
    """The naive way: look whether it is to be sent, then say that it is being sent."""

    def claim(self, message_id: int, present: Present, carried: object) -> Told | None:
        with Session(reading(self.engine), future=True) as session:
            message = session.get(OutboxMessage, message_id)
            if message is None or message.state != "to_send":
                return None
            told = _told(message, session.scalars(select(Rdv).where(Rdv.id == message.rdv_id)).one(), None)
        with Session(self.engine, future=True) as session, session.begin():
            session.execute(update(OutboxMessage).where(OutboxMessage.id == message_id).values(state="sending"))
        return told


def warm_process() -> ProcessPoolExecutor:
    """The process that forks the workers; to be shut down."""
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))


def together(place: Place, number: int) -> list[int]:
    """Have that many workers begin at once; how many messages each sent."""
    start, sent = _fork.Barrier(number), _fork.SimpleQueue()
    workers = [_fork.Process(target=_work, args=(place, start, sent)) for _ in range(number)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(PATIENCE_S)
    return [sent.get() for _ in workers]


def killed(place: Place, lives: Sequence[float]) -> None:
    """One worker after the other, each killed after so many seconds."""
    for life in lives:
        worker = _fork.Process(target=_work, args=(place, _fork.Barrier(1), _fork.SimpleQueue()))
        worker.start()
        time.sleep(life)
        os.kill(worker.pid or 0, signal.SIGKILL)
        worker.join()


def seconds_a_message(place: Place, messages: int) -> float:
    """How long a worker takes for one message here, its own start aside."""
    worker = place.worker(per_minute=messages)
    begun = time.monotonic()
    worker.run_once()
    return (time.monotonic() - begun) / messages


def _work(place: Place, start: Any, sent: Any) -> None:
    worker = place.worker()
    start.wait(PATIENCE_S)
    sent.put(worker.run_once()["sent"])
