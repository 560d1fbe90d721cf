"""Clients of the agenda, each a process: they list and confirm, or insert the same rows bare, and time each call."""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median, quantiles
from typing import Any

from sqlalchemy import insert
from sqlalchemy.engine import Engine

from bench.agendas import LIEU, MOTIF, rows_of, standing_clock
from bot.booking.appointments import Agenda
from bot.booking.motifs import load_motifs
from bot.booking.slots import Slot
from bot.booking.views import RdvView
from bot.database import engine_for

WARM_UP = 5
Calls = Iterator[Callable[[], bool]]


@dataclass(frozen=True)
class Timed:
    """Calls of several clients at once."""

    milliseconds: tuple[float, ...]
    succeeded: int
    seconds: float

    def figures(self) -> dict[str, float]:
        """Calls per second, median and 95th centile in milliseconds, and how many got what they asked."""
        return {
            "per_second": len(self.milliseconds) / self.seconds,
            "median_ms": median(self.milliseconds),
            "p95_ms": quantiles(self.milliseconds, n=20)[-1],
            "calls": len(self.milliseconds),
            "succeeded": self.succeeded,
        }


def confirm(engine: Engine, slots: Sequence[Slot], first_id: int) -> Calls:
    """Book each slot."""
    agenda = Agenda(engine, standing_clock, load_motifs())
    for number, slot in enumerate(slots, start=first_id):
        talk = f"talk {number}"
        yield partial(_booked, agenda, slot, talk)


def list_slots(engine: Engine, slots: Sequence[Slot], first_id: int) -> Calls:
    """List the first free times, as many times as there are slots."""
    agenda = Agenda(engine, standing_clock, load_motifs())
    for _ in slots:
        yield lambda: bool(agenda.next_slots(MOTIF, LIEU))


def insert_bare(engine: Engine, slots: Sequence[Slot], first_id: int) -> Calls:
    """Insert what booking each slot writes, in one transaction, without reading anything."""
    for number, slot in enumerate(slots, start=first_id):
        yield partial(_insert, engine, rows_of([slot], number))


class Clients:
    """Processes that are started once, since starting them takes longer than most measures. To be closed."""

    def __init__(self, number: int) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pool = spawn.Pool(number, _share, (spawn.Barrier(number),))

    def measure(self, url: str, work: Callable[..., Calls], shares: Sequence[Sequence[Slot]], first_id: int) -> Timed:
        """Have one process for each share do this work: a single one, or all of them from the same moment on."""
        jobs = [(url, work, share, first_id + number * 100_000, len(shares) > 1) for number, share in enumerate(shares)]
        done = self._pool.starmap(_run, jobs, chunksize=1)
        times = tuple(1000 * (end - start) for calls in done for start, end, _ in calls)
        begun, ended = min(calls[0][0] for calls in done), max(calls[-1][1] for calls in done)
        return Timed(times, sum(got for calls in done for *_, got in calls), ended - begun)

    def close(self) -> None:
        """Stop the processes."""
        self._pool.terminate()
        self._pool.join()


def _booked(agenda: Agenda, slot: Slot, talk: str) -> bool:
    return isinstance(agenda.book(MOTIF, LIEU, slot.starts_at, talk, talk), RdvView)


def _insert(engine: Engine, rows: dict[type, Any]) -> bool:
    with engine.begin() as connection:
        for table, values in rows.items():
            connection.execute(insert(table), values)
    return True


_barrier: Any = None


def _share(barrier: Any) -> None:
    global _barrier
    _barrier = barrier


def _run(
    url: str, work: Callable[..., Calls], slots: Sequence[Slot], first_id: int, together: bool
) -> list[tuple[float, float, bool]]:
    """When each call began and ended, by the clock that all processes share, and whether it got what it asked."""
    engine = engine_for(url)
    calls = list(work(engine, slots, first_id))
    for call in calls[:WARM_UP]:
        call()
    if together:
        _barrier.wait()
    timed = [_timed(call) for call in calls[WARM_UP:]]
    engine.dispose()
    return timed


def _timed(call: Callable[[], bool]) -> tuple[float, float, bool]:
    began = time.monotonic()
    got = call()
    return began, time.monotonic(), got
