"""Many processes that act on the agenda at the same moment, and what is true of it afterwards."""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from bot.booking.appointments import Agenda
from bot.booking.errors import BookingError
from bot.booking.history import Actor
from bot.booking.holds import Hold
from bot.booking.models import CELL_SECONDS, Rdv, RdvEvent, SlotClaim
from bot.booking.motifs import load_motifs
from bot.booking.views import RdvView
from bot.database import engine_for

PROCESSES = 12
PATIENCE = 300
"""Seconds after which a race is stuck."""
LOST = "SlotTaken"


@dataclass(frozen=True)
class Track:
    """What a runner acts on."""

    agenda: Agenda
    engine: Engine


class Act(Protocol):
    """What one process does at one start of the race."""

    def __call__(self, track: Track) -> str:
        """Do it; gives what it got, or the reason why it got nothing."""
        ...


@dataclass(frozen=True)
class Attempt:
    """Books; gives the code."""

    motif: str
    lieu: str
    starts_at: datetime
    conversation_id: str | None = None
    idempotency_key: str | None = None
    by: Actor = "resident"

    def __call__(self, track: Track) -> str:
        given = self.conversation_id, self.idempotency_key, self.by
        answer = track.agenda.book(self.motif, self.lieu, self.starts_at, *given)
        return answer.code if isinstance(answer, RdvView) else LOST


@dataclass(frozen=True)
class Holding:
    """Holds a slot for a conversation; gives its id."""

    motif: str
    lieu: str
    starts_at: datetime
    conversation_id: str

    def __call__(self, track: Track) -> str:
        answer = track.agenda.hold(self.motif, self.lieu, self.starts_at, self.conversation_id)
        return self.conversation_id if isinstance(answer, Hold) else LOST


@dataclass(frozen=True)
class Moving:
    """Moves an appointment; gives its code."""

    code: str
    lieu: str
    starts_at: datetime

    def __call__(self, track: Track) -> str:
        answer = track.agenda.move(self.code, self.lieu, self.starts_at)
        return answer.code if isinstance(answer, RdvView) else LOST


@dataclass(frozen=True)
class PassingBy:
    """Books, and, once it has an appointment, moves it, then cancels it; gives the code."""

    attempt: Attempt
    moves_to: datetime | None
    cancels: bool

    def __call__(self, track: Track) -> str:
        code = self.attempt(track)
        if code != LOST and self.moves_to is not None:
            track.agenda.move(code, self.attempt.lieu, self.moves_to)
        if code != LOST and self.cancels:
            track.agenda.cancel(code)
        return code


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


class Racers:
    """PROCESSES processes, started once, that run races. To be closed."""

    def __init__(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._refusals = spawn.Value("i")
        shared = spawn.Barrier(PROCESSES, timeout=PATIENCE), self._refusals
        self._pool = spawn.Pool(PROCESSES, _share, shared)

    def race(
        self,
        url: str,
        now: datetime,
        runners: Sequence[Sequence[Act]],
        make_engine: Callable[[str], Engine] = engine_for,
        together_every: int = 1,
    ) -> list[list[str]]:
        """Each runner is a process; all wait for each other before each act, or before one in `together_every`.

        Gives, for each, what each of its acts got.
        """
        # The first barrier keeps each process busy until all have one runner.
        jobs = [(url, now, acts, make_engine, together_every) for acts in runners]
        return self._pool.starmap_async(_run, jobs, chunksize=1).get(PATIENCE)

    def refusals(self) -> int:
        """How many rows a unique key refused since this was asked last: races that were really run."""
        with self._refusals.get_lock():
            refused, self._refusals.value = self._refusals.value, 0
        return refused

    def alone(self, work: Callable[..., Any], *arguments: object) -> Any:
        """Have one of the processes, which has everything imported, do some work; gives what it returns."""
        return self.start(work, *arguments)()

    def start(self, work: Callable[..., Any], *arguments: object) -> Callable[[], Any]:
        """The same, without waiting; what is returned waits and gives the result."""
        return partial(self._pool.apply_async(work, arguments).get, PATIENCE)

    def close(self) -> None:
        self._pool.terminate()
        self._pool.join()


def facts(engine: Engine) -> Facts:
    """Count live appointments, pairs of one agent that overlap, and claimed cells.

    Written apart from `bot.booking.consistency`, so that one mistake does not hide in both.
    """
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


def overlaps_in_history(engine: Engine) -> int:
    """How often an appointment took time that another one still had, when the history is played again.

    Changes are played in the order of their ids. On SQLite writers pass one by one: that is the order of commits. On
    PostgreSQL ids are drawn before the commit; but whoever takes a cell draws its id after its claim went in, hence
    after the commit of whoever gave that cell back, who had drawn an id before. So what the key guards is never
    counted as an overlap. Without the key, an overlap that lasted less than one transaction may be missed.
    """
    standing: dict[int, RdvEvent] = {}
    overlaps = 0
    with Session(engine, future=True) as session:
        for change in session.scalars(select(RdvEvent).order_by(RdvEvent.id)):
            standing.pop(change.rdv_id, None)
            if change.status in ("excused", "revoked"):
                continue
            overlaps += sum(_overlap(change, other) for other in standing.values())
            standing[change.rdv_id] = change
    return overlaps


def _overlap(one: RdvEvent, other: RdvEvent) -> bool:
    return one.agent_id == other.agent_id and one.starts_at < other.ends_at and other.starts_at < one.ends_at


_barrier: Any = None
_refused: Any = None


def _share(barrier: Any, refused: Any) -> None:
    global _barrier, _refused
    _barrier, _refused = barrier, refused


def _run(
    url: str, now: datetime, acts: Sequence[Act], make_engine: Callable[[str], Engine], together_every: int
) -> list[str]:
    engine = make_engine(url)
    event.listen(engine, "handle_error", _count_refusal)
    track = Track(Agenda(engine, StandingClock(now), load_motifs(), timer=time.time), engine)
    outcomes = []
    for number, act in enumerate(acts):
        if number % together_every == 0:
            _barrier.wait()
        outcomes.append(_outcome(track, act))
    engine.dispose()
    return outcomes


def _outcome(track: Track, act: Act) -> str:
    try:
        return act(track)
    except BookingError as error:
        return type(error).__name__


def _count_refusal(context: ExceptionContext) -> None:
    if isinstance(context.sqlalchemy_exception, IntegrityError):
        with _refused.get_lock():
            _refused.value += 1
