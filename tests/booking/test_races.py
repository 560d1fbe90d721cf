"""Real concurrency: twelve processes, one barrier before each attempt (booking.md 2.6)."""

import multiprocessing
import os
import signal
from collections import Counter
from datetime import datetime
from random import Random

from sqlalchemy import event, func, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.codes import parse_code
from bot.booking.demo import fill_demo
from bot.booking.models import Agent, Motif, PlageOuverture, Rdv, RdvEvent, SlotClaim
from bot.booking.motifs import load_motifs, sync_motifs
from bot.booking.views import RdvView
from bot.database import engine_for, migrate
from tests.booking.conftest import MONDAY_MORNING
from tests.booking.race import PROCESSES, Attempt, Racers, StandingClock, facts, unguarded_engine

MOTIF, LIEU = "premiere_pesee", "pole-clichy"
SLOTS, FEWER_SLOTS = 100, 40
CELLS_PER_SLOT = 6


def same_attempts(agenda: Agenda, number: int) -> list[Attempt]:
    return [Attempt(MOTIF, LIEU, slot.starts_at) for slot in agenda.next_slots(MOTIF, LIEU, limit=number)]


def drop_claim_key(engine: Engine) -> None:
    """Leave slot_claim without the primary key that makes overlap impossible."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE slot_claim DROP CONSTRAINT pk_slot_claim"))
            return
        connection.execute(text("ALTER TABLE slot_claim RENAME TO keyed"))
        connection.execute(text("CREATE TABLE slot_claim AS SELECT * FROM keyed"))
        connection.execute(text("DROP TABLE keyed"))


def assert_each_slot_went_once(outcomes: list[list[str]]) -> None:
    for attempts in zip(*outcomes, strict=True):
        losers = Counter(attempts)["SlotTaken"]
        assert (losers, sum(parse_code(outcome) is not None for outcome in attempts)) == (PROCESSES - 1, 1)


def test_twelve_processes_share_a_hundred_slots_without_overlap(
    racers: Racers, agenda: Agenda, engine: Engine, database_url: str
) -> None:
    attempts = same_attempts(agenda, SLOTS)
    outcomes = racers.race(database_url, MONDAY_MORNING, [attempts] * PROCESSES)
    assert_each_slot_went_once(outcomes)
    after = facts(engine)
    assert (after.live_rdv, after.overlapping_pairs) == (SLOTS, 0)
    assert after.cells == after.cells_due == SLOTS * CELLS_PER_SLOT


def test_the_claim_key_alone_prevents_overlap(
    racers: Racers, agenda: Agenda, engine: Engine, database_url: str
) -> None:
    """Without the SQLite write lock too, the key is enough."""
    attempts = same_attempts(agenda, FEWER_SLOTS)
    racers.race(database_url, MONDAY_MORNING, [attempts] * PROCESSES, unguarded_engine)
    after = facts(engine)
    assert (after.live_rdv, after.overlapping_pairs) == (FEWER_SLOTS, 0)


def test_without_the_claim_key_the_same_race_overlaps(
    racers: Racers, agenda: Agenda, engine: Engine, database_url: str
) -> None:
    """The proof that the two tests above can fail. SQLite's write lock, a second guard, is off here."""
    drop_claim_key(engine)
    attempts = same_attempts(agenda, FEWER_SLOTS)
    racers.race(database_url, MONDAY_MORNING, [attempts] * PROCESSES, unguarded_engine)
    assert facts(engine).overlapping_pairs > 0


def test_appointments_of_several_lengths_share_an_agent_without_overlap(
    racers: Racers, engine: Engine, database_url: str
) -> None:
    lengths = {"premiere_pesee": 15, "consultation_enfant": 30, "suivi_grossesse": 45}
    share_one_agent(engine, lengths)
    agenda = Agenda(engine, StandingClock(MONDAY_MORNING), load_motifs())
    wanted = [Attempt(motif, LIEU, s.starts_at) for motif in lengths for s in agenda.next_slots(motif, LIEU, limit=40)]
    runners = [Random(seed).sample(wanted, 60) for seed in range(PROCESSES)]
    racers.race(database_url, MONDAY_MORNING, runners)
    after = facts(engine)
    assert after.overlapping_pairs == 0
    assert after.cells == after.cells_due > 0


def share_one_agent(engine: Engine, lengths: dict[str, int]) -> None:
    with Session(engine, future=True) as session, session.begin():
        sync_motifs(session, load_motifs())
        agent = Agent(lieu_id=LIEU, name="Poste 1")
        session.add(agent)
        session.flush()
        for motif, minutes in lengths.items():
            session.get(Motif, motif).duration_min = minutes
            session.add(opening_of_the_week(agent.id, motif))


def opening_of_the_week(agent_id: int, motif: str) -> PlageOuverture:
    return PlageOuverture(
        agent_id=agent_id,
        motif_code=motif,
        lieu_id=LIEU,
        first_day=MONDAY_MORNING.date(),
        start_minute=9 * 60,
        end_minute=17 * 60,
    )


def test_one_idempotency_key_in_parallel_makes_one_rdv(
    racers: Racers, agenda: Agenda, engine: Engine, database_url: str
) -> None:
    starts = [attempt.starts_at for attempt in same_attempts(agenda, 20)]
    attempts = [Attempt(MOTIF, LIEU, start, idempotency_key=f"key {start}") for start in starts]
    outcomes = racers.race(database_url, MONDAY_MORNING, [attempts] * PROCESSES)
    for answers in zip(*outcomes, strict=True):
        assert len(set(answers)) == 1 and parse_code(answers[0]) is not None
    assert facts(engine).live_rdv == 20


def test_one_conversation_in_parallel_never_passes_its_limits(
    racers: Racers, agenda: Agenda, engine: Engine, database_url: str
) -> None:
    def attempt(runner: int, conversation: int) -> Attempt:
        motif = list(load_motifs())[runner % 6]
        start = agenda.next_slots(motif, LIEU, limit=24)[runner + conversation].starts_at
        return Attempt(motif, LIEU, start, conversation_id=f"conversation {conversation}")

    runners = [[attempt(runner, conversation) for conversation in range(10)] for runner in range(PROCESSES)]
    racers.race(database_url, MONDAY_MORNING, runners)
    held = select(Rdv.conversation_id, func.count(), func.count(Rdv.motif_code.distinct())).group_by(
        Rdv.conversation_id
    )
    with Session(engine, future=True) as session:
        assert [tuple(row)[1:] for row in session.execute(held)] == [(3, 3)] * 10


def test_several_processes_fill_the_demonstration_once(engine: Engine, database_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=fill_once, args=(database_url,)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    with Session(engine, future=True) as session:
        openings = session.scalar(select(func.count()).select_from(PlageOuverture))
        assert openings == sum(len(motif.sites) for motif in load_motifs().values()) * 5 * 2


def fill_once(url: str) -> None:
    fill_demo(engine_for(url), StandingClock(MONDAY_MORNING), load_motifs())


def test_several_processes_migrate_one_database(database_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=migrate, args=(database_url,)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4


def test_a_process_killed_before_its_commit_leaves_nothing(agenda: Agenda, engine: Engine, database_url: str) -> None:
    start = agenda.next_slots(MOTIF, LIEU)[0].starts_at
    victim = multiprocessing.get_context("spawn").Process(target=book_and_die, args=(database_url, start))
    victim.start()
    victim.join()
    assert victim.exitcode == -signal.SIGKILL
    with Session(engine, future=True) as session:
        left = [session.scalar(select(func.count()).select_from(table)) for table in (Rdv, SlotClaim, RdvEvent)]
    assert left == [0, 0, 0]
    assert isinstance(agenda.book(MOTIF, LIEU, start), RdvView)


def book_and_die(url: str, start: datetime) -> None:
    """Die once the appointment and its claims are inserted, before the commit."""

    def die(session: Session) -> None:
        assert session.scalar(select(func.count()).select_from(SlotClaim)) == CELLS_PER_SLOT
        os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Session, "before_commit", die)
    Agenda(engine_for(url), StandingClock(MONDAY_MORNING), load_motifs()).book(MOTIF, LIEU, start)
