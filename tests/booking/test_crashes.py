"""T-C7 of booking.md 2.6: processes killed with SIGKILL at any point lose nothing confirmed, and leave no half."""

import signal
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.consistency import faults
from bot.booking.models import Attente, OutboxMessage, Rdv, RdvEvent, SlotClaim
from bot.booking.views import RdvView
from tests.booking.conftest import MONDAY_MORNING
from tests.booking.crash import MOTIF, Life, die_before_commit, live_and_die, state_of
from tests.booking.openings import LIEU, share_agents
from tests.booking.race import Racers, overlaps_in_history

DEATHS = 200


def everything(engine: Engine) -> dict[str, list[str]]:
    """All rows that a change may touch."""
    tables = [model.__table__ for model in (Rdv, SlotClaim, RdvEvent, OutboxMessage, Attente)]
    with engine.connect() as connection:
        return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in tables}


def book(agenda: Agenda, code: str, start: datetime) -> None:
    agenda.book(MOTIF, LIEU, start, "another talk")


def hold(agenda: Agenda, code: str, start: datetime) -> None:
    agenda.hold(MOTIF, LIEU, start, "another talk")


def move(agenda: Agenda, code: str, start: datetime) -> None:
    agenda.move(code, LIEU, start)


def cancel(agenda: Agenda, code: str, start: datetime) -> None:
    agenda.cancel(code)


def attach(agenda: Agenda, code: str, start: datetime) -> None:
    agenda.attach_contact(code, "Léa", "+33698765432", "lea@example.org")


def wait(agenda: Agenda, code: str, start: datetime) -> None:
    agenda.join_waiting_list(code)


@pytest.mark.parametrize("change", [book, hold, move, cancel, attach, wait])
def test_a_process_killed_before_its_commit_leaves_everything_as_it_was(
    racers: Racers, agenda: Agenda, engine: Engine, database_url: str, change: Callable[[Agenda, str, datetime], None]
) -> None:
    """T-C7: all rows are written, and the commit is about to be sent."""
    first, *_, last = [slot.starts_at for slot in agenda.next_slots(MOTIF, LIEU, limit=60)]
    rdv = agenda.book(MOTIF, LIEU, last, "talk")
    assert isinstance(rdv, RdvView)
    agenda.attach_contact(rdv.code, "Aïcha", "+33612345678", None)
    before = everything(engine)
    ended = racers.alone(die_before_commit, database_url, MONDAY_MORNING, change, rdv.code, first)
    assert ended == -signal.SIGKILL
    assert everything(engine) == before
    assert faults(engine) == []
    change(agenda, rdv.code, first)
    assert everything(engine) != before, "what the dead one began can be done"


def test_two_hundred_kills_lose_nothing_and_leave_no_half(racers: Racers, engine: Engine, database_url: str) -> None:
    """T-C7 at random points of booking, holding, moving, cancelling, waiting, attaching a contact."""
    agenda = share_agents(engine, {MOTIF: 30}, agents=4)
    lives: list[Life] = racers.alone(live_and_die, database_url, MONDAY_MORNING, DEATHS, 5)
    wait_for_the_last_commits(engine)
    assert len(lives) == DEATHS
    assert sum(life.killed_inside for life in lives) > DEATHS // 4, "too few were killed inside a transaction"
    assert sum(len(life.acknowledged) for life in lives) > DEATHS // 4
    assert (faults(engine), overlaps_in_history(engine)) == ([], 0)
    for life in lives:
        assert_kept(agenda, life)
    assert told(engine) == due(engine)
    assert isinstance(agenda.book(MOTIF, LIEU, agenda.next_slots(MOTIF, LIEU)[0].starts_at), RdvView)


def assert_kept(agenda: Agenda, life: Life) -> None:
    """Each appointment stands as it was acknowledged last; the one being changed may have changed once more."""
    for code, state in life.acknowledged.items():
        rdv = agenda.find(code)
        assert rdv is not None, "an acknowledged appointment is lost"
        if code == life.unfinished:
            assert rdv.sequence in (state["sequence"], state["sequence"] + 1)
        else:
            assert state_of(rdv) == state


Message = tuple[int, str, int, str]
"""Of which appointment, its event, version and channel."""


def told(engine: Engine) -> set[Message]:
    """What the outbox holds, but for what comes later."""
    columns = OutboxMessage.rdv_id, OutboxMessage.event, OutboxMessage.version, OutboxMessage.channel
    now = OutboxMessage.event.in_(("confirmation", "change", "cancellation"))
    with Session(engine, future=True) as session:
        return {tuple(row) for row in session.execute(select(*columns).where(now))}


def due(engine: Engine) -> set[Message]:
    """What the history of each appointment calls for: its transaction wrote both, or neither."""
    messages: set[Message] = set()
    versions: Counter[int] = Counter()
    reachable: set[int] = set()
    with Session(engine, future=True) as session:
        for change in session.scalars(select(RdvEvent).order_by(RdvEvent.id)):
            versions[change.rdv_id] += change.kind in ("moved", "cancelled")
            if change.kind == "contact_attached" and change.status == "unknown":
                reachable.add(change.rdv_id)
            if change.rdv_id in reachable and change.kind in CALLS_FOR:
                for word, channel in CALLS_FOR[change.kind]:
                    messages.add((change.rdv_id, word, versions[change.rdv_id], channel))
    return messages


CALLS_FOR = {
    "contact_attached": [("confirmation", "sms"), ("confirmation", "email")],
    "moved": [("change", "sms"), ("change", "email")],
    "cancelled": [("cancellation", "email")],  # by themselves: no text is paid for
}


def wait_for_the_last_commits(engine: Engine) -> None:
    """PostgreSQL ends what a dead client had sent: wait until it is alone."""
    if engine.dialect.name != "postgresql":
        return
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with engine.connect() as connection:
            if connection.scalar(others) == 0:
                return
    pytest.fail("connections of the dead are still open")
