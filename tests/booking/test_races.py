"""Real concurrency: twelve processes, one barrier before each act (the plan T-C1 … T-C11 of booking.md 2.6).

T-C7 is in test_crashes.py, T-C11 in tests/web/test_same_slot.py. T-C10 is the fixture `database_url`: every test here
runs on SQLite and on PostgreSQL, which is skipped by name where it is not installed, and fails there in CI.
"""

import multiprocessing
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.codes import parse_code
from bot.booking.consistency import faults
from bot.booking.demo import fill_demo
from bot.booking.models import PlageOuverture, Rdv, Seance, SlotClaim
from bot.booking.motifs import load_motifs
from bot.booking.views import RdvView, SlotTaken
from bot.clock import PARIS
from bot.database import engine_for, migrate
from tests.booking.conftest import MONDAY_MORNING
from tests.booking.groups import open_session
from tests.booking.mutations import NaiveBooking, NaiveSeat, drop_claim_key, unguarded_engine
from tests.booking.openings import LIEU, share_agents
from tests.booking.race import (
    LOST,
    PROCESSES,
    Act,
    Attempt,
    Holding,
    Moving,
    PassingBy,
    Racers,
    StandingClock,
    facts,
    overlaps_in_history,
)

MOTIF = "premiere_pesee"
SLOTS, FEWER_SLOTS = 100, 40
CELLS_PER_SLOT = 6
LENGTHS = {"premiere_pesee": 15, "consultation_enfant": 30, "suivi_grossesse": 45}


def same_attempts(agenda: Agenda, number: int) -> list[Attempt]:
    return [Attempt(MOTIF, LIEU, slot.starts_at) for slot in agenda.next_slots(MOTIF, LIEU, limit=number)]


def assert_each_went_once(outcomes: list[list[str]]) -> None:
    """Of those who asked for one thing together, one got it, and all others were told that it is taken."""
    for answers in zip(*outcomes, strict=True):
        assert Counter(answers)[LOST] == PROCESSES - 1, answers


def attempts_of_all_lengths(agenda: Agenda, each: int) -> list[Attempt]:
    slots = {motif: agenda.next_slots(motif, LIEU, limit=each) for motif in LENGTHS}
    return [Attempt(motif, LIEU, slot.starts_at) for motif in LENGTHS for slot in slots[motif]]


# T-C1: the same slot


def test_twelve_processes_share_a_hundred_slots_without_overlap(
    racers: Racers, agenda: Agenda, engine: Engine, database_url: str
) -> None:
    """T-C1."""
    attempts = same_attempts(agenda, SLOTS)
    outcomes = racers.race(database_url, MONDAY_MORNING, [attempts] * PROCESSES)
    assert_each_went_once(outcomes)
    after = facts(engine)
    assert (after.live_rdv, after.overlapping_pairs) == (SLOTS, 0)
    assert after.cells == after.cells_due == SLOTS * CELLS_PER_SLOT
    assert faults(engine) == []


def test_the_claim_key_alone_prevents_overlap(
    racers: Racers, agenda: Agenda, engine: Engine, database_url: str
) -> None:
    """T-C1, without the SQLite write lock: the key is enough, and it is the key that refuses."""
    attempts = same_attempts(agenda, FEWER_SLOTS)
    racers.refusals()
    racers.race(database_url, MONDAY_MORNING, [attempts] * PROCESSES, unguarded_engine)
    after = facts(engine)
    assert (after.live_rdv, after.overlapping_pairs) == (FEWER_SLOTS, 0)
    assert racers.refusals() > 0


def test_ten_thousand_attempts_make_no_overlap(racers: Racers, engine: Engine, database_url: str) -> None:
    """T-C1 and T-C2: 12 × 840 attempts of three lengths on two agents, all within seven times of each other.

    Waiting for each other at each of them would have SQLite's writers sleep more than they write.
    """
    agenda = share_agents(engine, LENGTHS, agents=2)
    attempts = attempts_of_all_lengths(agenda, each=280)
    # The last first: times of three lengths meet, and what is offered instead is found in the first days.
    attempts.sort(key=lambda attempt: attempt.starts_at, reverse=True)
    outcomes = racers.race(database_url, MONDAY_MORNING, [attempts] * PROCESSES, together_every=7)
    together = list(zip(*outcomes, strict=True))
    assert sum(len(answers) for answers in together) == 10_080
    contested = [answers for answers in together if set(answers) != {LOST}]
    lost_to_another = sum(Counter(answers)[LOST] for answers in contested)
    after = facts(engine)
    assert (after.overlapping_pairs, overlaps_in_history(engine), faults(engine)) == (0, 0, [])
    assert after.cells == after.cells_due > 0
    assert after.live_rdv == 12 * len(contested) - lost_to_another
    assert lost_to_another > 3_000, "these lost a race; the others came to a time already taken"


# T-C2: lengths drawn at random


def test_appointments_of_several_lengths_share_an_agent_without_overlap(
    racers: Racers, engine: Engine, database_url: str
) -> None:
    """T-C2, first run: nobody cancels."""
    wanted = attempts_of_all_lengths(share_agents(engine, LENGTHS), each=40)
    runners = [Random(seed).sample(wanted, 60) for seed in range(PROCESSES)]
    racers.race(database_url, MONDAY_MORNING, runners)
    after = facts(engine)
    assert after.overlapping_pairs == 0
    assert after.cells == after.cells_due > 0
    assert faults(engine) == []


def test_no_time_was_ever_taken_twice_while_others_moved_and_cancelled(
    racers: Racers, engine: Engine, database_url: str
) -> None:
    """T-C2, second run: most are cancelled, so that the history is looked at, not what is left in the end."""
    racers.race(database_url, MONDAY_MORNING, passers_by(share_agents(engine, LENGTHS), 40))
    with Session(engine, future=True) as session:
        cancelled = session.scalar(select(func.count(Rdv.cancelled_at)))
    assert cancelled > 20
    assert (overlaps_in_history(engine), facts(engine).overlapping_pairs, faults(engine)) == (0, 0, [])


def passers_by(agenda: Agenda, each: int) -> list[Sequence[Act]]:
    """Runners who book times close to each other, move half of what they got and cancel four in five."""
    wanted = attempts_of_all_lengths(agenda, each=25)

    def act(chance: Random) -> PassingBy:
        attempt = chance.choice(wanted)
        others = [other.starts_at for other in wanted if other.motif == attempt.motif]
        moves_to = chance.choice(others) if chance.random() < 0.5 else None
        return PassingBy(attempt, moves_to, cancels=chance.random() < 0.8)

    return [[act(Random(f"{seed} {number}")) for number in range(each)] for seed in range(PROCESSES)]


# T-C3: the proof that these tests can fail


def test_without_the_claim_key_the_same_race_overlaps(
    racers: Racers, agenda: Agenda, engine: Engine, database_url: str
) -> None:
    """T-C3. SQLite's write lock, a second guard, is off here. The checker of the agenda sees it too."""
    drop_claim_key(engine)
    attempts = same_attempts(agenda, FEWER_SLOTS)
    racers.race(database_url, MONDAY_MORNING, [attempts] * PROCESSES, unguarded_engine)
    assert facts(engine).overlapping_pairs > 0
    assert "Postes qui ont deux rendez-vous à la fois" in {fault.what for fault in faults(engine)}


def test_without_the_claim_key_the_history_shows_the_overlaps(
    racers: Racers, engine: Engine, database_url: str
) -> None:
    """T-C3, of the second run of T-C2."""
    agenda = share_agents(engine, LENGTHS)
    drop_claim_key(engine)
    racers.race(database_url, MONDAY_MORNING, passers_by(agenda, 20), unguarded_engine)
    assert overlaps_in_history(engine) > 0


def test_checking_before_inserting_overlaps(racers: Racers, agenda: Agenda, engine: Engine, database_url: str) -> None:
    """T-C3: the naive way, with our tables."""
    naive = [NaiveBooking(slot) for slot in agenda.next_slots(MOTIF, LIEU, limit=FEWER_SLOTS)]
    racers.race(database_url, MONDAY_MORNING, [naive] * PROCESSES, unguarded_engine)
    assert facts(engine).overlapping_pairs > 0


# T-C4: holds


def holders(agenda: Agenda, slots: int) -> list[list[Holding]]:
    """For each process, a conversation of its own for each of the first slots."""
    starts = [slot.starts_at for slot in agenda.next_slots(MOTIF, LIEU, limit=slots)]
    return [
        [Holding(MOTIF, LIEU, start, f"talk {runner}-{number}") for number, start in enumerate(starts)]
        for runner in range(PROCESSES)
    ]


def test_one_of_twelve_holds_a_slot(racers: Racers, agenda: Agenda, engine: Engine, database_url: str) -> None:
    """T-C4."""
    outcomes = racers.race(database_url, MONDAY_MORNING, holders(agenda, 20))
    assert_each_went_once(outcomes)
    assert faults(engine) == [], "no hold in pieces"
    with Session(engine, future=True) as session:
        owners = session.scalars(select(SlotClaim.hold_id).distinct()).all()
    assert set(owners) == {answer for answers in outcomes for answer in answers} - {LOST}


def test_a_hold_that_lapsed_is_taken_over_by_one_of_twelve(
    racers: Racers, agenda: Agenda, engine: Engine, database_url: str
) -> None:
    """T-C4: no slot has two owners, and whoever held it before is refused."""
    runners = holders(agenda, 20)
    starts = [holding.starts_at for holding in runners[0]]
    an_hour_ago = Agenda(engine, StandingClock(MONDAY_MORNING), load_motifs(), timer=lambda: time.time() - 3600)
    for number, start in enumerate(starts):
        an_hour_ago.hold(MOTIF, LIEU, start, f"former {number}")
    outcomes = racers.race(database_url, MONDAY_MORNING, runners)
    assert_each_went_once(outcomes)
    with Session(engine, future=True) as session:
        lapsed = select(func.count()).select_from(SlotClaim).where(SlotClaim.expires_at < time.time())
        assert session.scalar(lapsed) == 0
    assert faults(engine) == []
    now = Agenda(engine, StandingClock(MONDAY_MORNING), load_motifs())
    for number, answers in enumerate(zip(*outcomes, strict=True)):
        (winner,) = set(answers) - {LOST}
        assert isinstance(now.book(MOTIF, LIEU, starts[number], f"former {number}"), SlotTaken)
        assert isinstance(now.book(MOTIF, LIEU, starts[number], winner), RdvView)
    assert facts(engine).cells == 20 * CELLS_PER_SLOT


# T-C5: moves


def test_of_twelve_who_move_to_one_slot_one_gets_it_and_the_others_keep_theirs(
    racers: Racers, agenda: Agenda, engine: Engine, database_url: str
) -> None:
    """T-C5: twenty targets one after the other; who never won stands where they stood."""
    targets, theirs = [slot.starts_at for slot in agenda.next_slots(MOTIF, LIEU, limit=20)], {}
    for slot in agenda.next_slots(MOTIF, LIEU, limit=20 + PROCESSES)[20:]:
        theirs[booked(agenda, slot.starts_at)] = slot.starts_at
    runners = [[Moving(code, LIEU, target) for target in targets] for code in theirs]
    outcomes = racers.race(database_url, MONDAY_MORNING, runners)
    assert_each_went_once(outcomes)
    for code, answers in zip(list(theirs), outcomes, strict=True):
        won = [target for target, answer in zip(targets, answers, strict=True) if answer == code]
        standing = agenda.find(code)
        assert standing is not None
        assert (standing.starts_at, standing.sequence) == ((won or [theirs[code]])[-1], len(won))
    after = facts(engine)
    assert (after.live_rdv, after.cells) == (PROCESSES, PROCESSES * CELLS_PER_SLOT)
    assert (overlaps_in_history(engine), faults(engine)) == (0, [])


def booked(agenda: Agenda, start: datetime) -> str:
    rdv = agenda.book(MOTIF, LIEU, start)
    assert isinstance(rdv, RdvView)
    return rdv.code


# T-C6: group sessions

SEATS, SESSIONS = 5, 20


def evenings(engine: Engine) -> list[datetime]:
    """Sessions of five seats, one each evening."""
    begins = datetime(2027, 1, 11, 19, tzinfo=PARIS)
    starts = [begins + timedelta(days=number) for number in range(SESSIONS)]
    for start in starts:
        open_session(engine, MOTIF, LIEU, start, SEATS)
    return starts


def test_a_session_never_has_more_people_than_seats(
    racers: Racers, agenda: Agenda, engine: Engine, database_url: str
) -> None:
    """T-C6: twelve candidates for each five seats."""
    starts = evenings(engine)
    runners = [
        [Attempt(MOTIF, LIEU, start, f"talk {runner} {start}") for start in starts] for runner in range(PROCESSES)
    ]
    outcomes = racers.race(database_url, MONDAY_MORNING, runners)
    for answers in zip(*outcomes, strict=True):
        assert Counter(answers)[LOST] == PROCESSES - SEATS
        assert len({answer for answer in answers if parse_code(answer)}) == SEATS
    assert taken_seats(engine) == [SEATS] * SESSIONS
    assert faults(engine) == []


def test_counting_before_inserting_overbooks(racers: Racers, agenda: Agenda, engine: Engine, database_url: str) -> None:
    """T-C6, the naive way."""
    evenings(engine)
    seats = [slot for slot in agenda.next_slots(MOTIF, LIEU, limit=500) if slot.seance_id is not None]
    naive = [NaiveSeat(slot, SEATS) for slot in seats]
    racers.race(database_url, MONDAY_MORNING, [naive] * PROCESSES, unguarded_engine)
    with Session(engine, future=True) as session:
        people = select(func.count()).where(Rdv.seance_id.isnot(None)).group_by(Rdv.seance_id)
        assert max(session.scalars(people)) > SEATS


def taken_seats(engine: Engine) -> list[int]:
    with Session(engine, future=True) as session:
        return list(session.scalars(select(Seance.taken)))


# T-C8: the same request twice


def test_one_idempotency_key_in_parallel_makes_one_rdv(
    racers: Racers, agenda: Agenda, engine: Engine, database_url: str
) -> None:
    """T-C8: twelve identical answers."""
    starts = [attempt.starts_at for attempt in same_attempts(agenda, 20)]
    attempts = [Attempt(MOTIF, LIEU, start, idempotency_key=f"key {start}") for start in starts]
    outcomes = racers.race(database_url, MONDAY_MORNING, [attempts] * PROCESSES)
    for answers in zip(*outcomes, strict=True):
        assert len(set(answers)) == 1 and parse_code(answers[0]) is not None
    assert facts(engine).live_rdv == 20


# T-C9: agents and residents


def test_agents_and_residents_who_book_at_once_go_the_same_way(
    racers: Racers, agenda: Agenda, engine: Engine, database_url: str
) -> None:
    """T-C9: six agents at their console, six residents in conversation; either may win, never both."""
    starts = [attempt.starts_at for attempt in same_attempts(agenda, FEWER_SLOTS)]
    at_the_console = [Attempt(MOTIF, LIEU, start, by="agent") for start in starts]
    talking = [
        [Attempt(MOTIF, LIEU, start, f"talk {runner} {start}") for start in starts] for runner in range(PROCESSES // 2)
    ]
    outcomes = racers.race(database_url, MONDAY_MORNING, [*[at_the_console] * (PROCESSES // 2), *talking])
    assert_each_went_once(outcomes)
    with Session(engine, future=True) as session:
        assert set(session.scalars(select(Rdv.created_by))) == {"agent", "resident"}
    assert (facts(engine).overlapping_pairs, faults(engine)) == (0, [])


# What else several processes do at once


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
