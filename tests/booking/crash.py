"""Processes that work on the agenda until they are killed, and what had been acknowledged to them.

A life is a process forked from one that is warm, so that a kill falls into its work and not into its imports. It tells
what it begins, when a transaction opens and closes, and what it was answered, one line each, through a pipe: a line
that was written is read even when its writer is dead.
"""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any, BinaryIO

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.errors import BookingError
from bot.booking.motifs import load_motifs
from bot.booking.views import RdvView
from bot.database import engine_for
from tests.booking.openings import LIEU
from tests.booking.race import StandingClock

MOTIF = "premiere_pesee"
LONGEST_LINES, LONGEST_S = 20, 0.005
"""A life is killed after as many lines at most, at any moment of the time that follows: however slow the machine."""
TOGETHER = 2
"""Lives at once: one is killed while the other writes."""

State = dict[str, Any]
"""What is known of an appointment: starts_at, status, sequence, phone."""


@dataclass(frozen=True)
class Life:
    """What a process was told before it was killed."""

    acknowledged: dict[str, State]
    """The last state of each appointment, by code."""
    operations: int
    unfinished: str | None
    """The code of the appointment that it was changing, empty for one to be made; None when it was idle."""
    killed_inside: bool
    """Whether a transaction that writes was open."""


def die_before_commit(url: str, now: datetime, change: Callable[..., object], *arguments: object) -> int:
    """Make a change in a process that kills itself when all is written but the commit; gives how it ended."""
    engine = engine_for(url)
    pid = os.fork()
    if not pid:
        event.listen(Session, "before_commit", lambda session: (session.flush(), os.kill(os.getpid(), signal.SIGKILL)))
        change(Agenda(engine, StandingClock(now), load_motifs()), *arguments)
        os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def live_and_die(url: str, now: datetime, deaths: int, seed: int) -> list[Life]:
    """Have `deaths` processes work, kill each of them, and tell what each was told."""
    engine = engine_for(url)
    chance = Random(seed)
    _work_for_a_while(engine, now, f"warm-up {seed}")
    engine.dispose()
    return [
        life for first in range(0, deaths, TOGETHER) for life in _generation(engine, now, f"{seed} {first}", chance)
    ]


def _generation(engine: Engine, now: datetime, name: str, chance: Random) -> list[Life]:
    born = [_fork(engine, now, f"{name} {number}") for number in range(TOGETHER)]
    lives = []
    for pid, pipe in born:
        lines = [pipe.readline() for _ in range(chance.randint(1, LONGEST_LINES))]
        time.sleep(chance.uniform(0, LONGEST_S))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        lives.append(_told([*lines, *pipe.readlines()]))
        pipe.close()
    return lives


def _fork(engine: Engine, now: datetime, name: str) -> tuple[int, BinaryIO]:
    reads, writes = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writes)
        return pid, os.fdopen(reads, "rb")
    try:
        _work(engine, now, name, writes)
    finally:
        os._exit(1)  # never back into the code of the parent


def _work(engine: Engine, now: datetime, name: str, pipe: int) -> None:
    def tell(**line: Any) -> None:
        os.write(pipe, (json.dumps(line) + "\n").encode())

    def tell_of_writers(_session: Session, _transaction: Any, connection: Connection) -> None:
        tell(inside=not connection.get_execution_options().get("reads_only", False))

    event.listen(Session, "after_begin", tell_of_writers)
    event.listen(Session, "after_commit", lambda _session: tell(inside=False))
    for code, state in _operations(engine, now, name, lambda code: tell(begins=code)):
        tell(code=code, state=state)


def _work_for_a_while(engine: Engine, now: datetime, name: str) -> None:
    for number, _ in enumerate(_operations(engine, now, name, lambda code: None)):
        if number > 20:
            return


def _operations(engine: Engine, now: datetime, name: str, begins: Any) -> Iterator[tuple[str, State | None]]:
    """Book, give a telephone and an e-mail, hold, move, join the waiting list, cancel, without end."""
    agenda, chance = Agenda(engine, StandingClock(now), load_motifs()), Random(name)
    for number in range(1_000_000):
        talk = f"{name} {number}"
        begins("")
        slots = agenda.next_slots(MOTIF, LIEU, limit=12, asker=talk)
        agenda.hold(MOTIF, LIEU, chance.choice(slots).starts_at, talk)
        rdv = agenda.book(MOTIF, LIEU, chance.choice(slots).starts_at, talk)
        if not isinstance(rdv, RdvView):
            continue
        yield rdv.code, state_of(rdv)
        for change in chance.sample(
            _changes(agenda, rdv.code, chance, slots, f"+33612{chance.randrange(10**6):06}"), 3
        ):
            begins(rdv.code)
            try:
                changed = change()
            except BookingError:
                continue
            if isinstance(changed, RdvView):
                yield rdv.code, state_of(changed)


def _changes(agenda: Agenda, code: str, chance: Random, slots: list[Any], phone: str) -> list[Any]:
    return [
        lambda: agenda.attach_contact(code, "Aïcha", phone, "aicha@example.org"),
        lambda: agenda.move(code, LIEU, chance.choice(slots).starts_at),
        lambda: agenda.cancel(code),
        lambda: agenda.join_waiting_list(code),
    ]


def state_of(rdv: RdvView) -> State:
    return {"starts_at": rdv.starts_at.isoformat(), "status": rdv.detail, "sequence": rdv.sequence, "phone": rdv.phone}


def _told(lines: list[bytes]) -> Life:
    told = [json.loads(line) for line in lines if line]
    acknowledged: dict[str, State] = {}
    unfinished: str | None = None
    inside = False
    for line in told:
        inside = line.get("inside", inside)
        if "begins" in line:
            unfinished = line["begins"]
        if "code" in line:
            acknowledged[line["code"]], unfinished = line["state"], None
    return Life(acknowledged, sum("begins" in line for line in told), unfinished, inside)
