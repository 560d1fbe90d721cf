"""Many processes that book at the same moment, and what is true of the agenda afterwards."""

import multiprocessing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import create_engine, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, aliased

from bot.booking.appointments import Agenda
from bot.booking.errors import BookingError
from bot.booking.models import CELL_SECONDS, Rdv, SlotClaim
from bot.booking.motifs import load_motifs
from bot.booking.views import RdvView
from bot.database import engine_for

PROCESSES = 12
PATIENCE = 180
"""Seconds after which a race is stuck."""


@dataclass(frozen=True)
class Attempt:
    """What one process asks for at one start of the race."""

    motif: str
    lieu: str
    starts_at: datetime
    conversation_id: str | None = None
    idempotency_key: str | None = None


@dataclass(frozen=True)
class StandingClock:
    """A clock that other processes can be given."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment


@dataclass(frozen=True)
class Facts:
    """What the tables say after a race."""

    live_rdv: int
    overlapping_pairs: int
    cells: int
    cells_due: int


def unguarded_engine(url: str) -> Engine:
    """An engine as SQLAlchemy makes it: on SQLite a SELECT then runs before any BEGIN."""
    return create_engine(url, future=True)


class Racers:
    """PROCESSES processes, started once, that run races. To be closed."""

    def __init__(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pool = spawn.Pool(PROCESSES, _meet_at, (spawn.Barrier(PROCESSES, timeout=PATIENCE),))

    def race(
        self,
        url: str,
        now: datetime,
        runners: Sequence[Sequence[Attempt]],
        make_engine: Callable[[str], Engine] = engine_for,
    ) -> list[list[str]]:
        """Each runner is a process; all wait for each other before each attempt.

        Gives, for each, the code it got at each attempt, or the reason why it got none.
        """
        # The first barrier keeps each process busy until all have one runner.
        jobs = [(url, now, attempts, make_engine) for attempts in runners]
        return self._pool.starmap_async(_run, jobs, chunksize=1).get(PATIENCE)

    def close(self) -> None:
        self._pool.terminate()
        self._pool.join()


def facts(engine: Engine) -> Facts:
    """Count live appointments, pairs of one agent that overlap, and claimed cells."""
    one, other = aliased(Rdv), aliased(Rdv)
    overlaps = select(func.count()).where(
        one.agent_id == other.agent_id,
        one.id < other.id,
        one.starts_at < other.ends_at,
        other.starts_at < one.ends_at,
        one.status == "unknown",
        other.status == "unknown",
    )
    live = select(Rdv).where(Rdv.status == "unknown")
    with Session(engine, future=True) as session:
        appointments = session.scalars(live).all()
        return Facts(
            live_rdv=len(appointments),
            overlapping_pairs=session.scalar(overlaps),
            cells=session.scalar(select(func.count()).select_from(SlotClaim)),
            cells_due=sum((rdv.ends_at - rdv.starts_at) // CELL_SECONDS for rdv in appointments),
        )


_barrier: Any = None


def _meet_at(barrier: Any) -> None:
    global _barrier
    _barrier = barrier


def _run(url: str, now: datetime, attempts: Sequence[Attempt], make_engine: Callable[[str], Engine]) -> list[str]:
    engine = make_engine(url)
    agenda = Agenda(engine, StandingClock(now), load_motifs())
    outcomes = []
    for attempt in attempts:
        _barrier.wait()
        outcomes.append(_outcome(agenda, attempt))
    engine.dispose()
    return outcomes


def _outcome(agenda: Agenda, attempt: Attempt) -> str:
    try:
        answer = agenda.book(
            attempt.motif, attempt.lieu, attempt.starts_at, attempt.conversation_id, attempt.idempotency_key
        )
    except BookingError as error:
        return type(error).__name__
    return answer.code if isinstance(answer, RdvView) else "SlotTaken"
