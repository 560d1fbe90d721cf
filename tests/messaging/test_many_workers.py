"""Several workers at once, and workers killed at any point: no message leaves twice, no row tells an untruth."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from random import Random

import pytest
from sqlalchemy.engine import Engine

from bot.booking.appointments import Agenda
from bot.messaging.outgoing import LEFT_BEHIND_S
from tests.messaging import fleet
from tests.messaging.conftest import on_both
from tests.messaging.mail import post, rows
from tests.messaging.servers import Relay, Texting

WORKERS, MESSAGES, FEWER = 4, 300, 24
KILLS = 100
IN_A_LIFE = 5
"""A killed worker lives for as many messages at most, its start included."""
SEED = 20_270_111


@pytest.fixture(scope="module")
def warm() -> Iterator[ProcessPoolExecutor]:
    with fleet.warm_process() as process:
        yield process


@pytest.fixture
def place(engine: Engine, agenda: Agenda, database_url: str, relay: Relay, texting: Texting) -> fleet.Place:
    return fleet.Place(database_url, relay.port, texting.url)


def seen(relay: Relay, texting: Texting) -> Counter[int]:
    """How many times each row was taken in by a server."""
    names = [name.strip("<>").partition("@")[0] for name in relay.references] + texting.references
    return Counter(int(name.partition("-")[2]) for name in names)


@on_both
def test_four_workers_deliver_each_message_once(
    warm: ProcessPoolExecutor, place: fleet.Place, engine: Engine, relay: Relay, texting: Texting
) -> None:
    post(engine, MESSAGES)
    sent = warm.submit(fleet.together, place, WORKERS).result()
    assert seen(relay, texting) == Counter({row.id: 1 for row in rows(engine)})
    assert sum(sent) == MESSAGES
    assert sum(number > 0 for number in sent) >= 2
    assert {row.state for row in rows(engine)} == {"sent"}


@on_both
def test_without_the_claim_the_same_workers_send_some_messages_twice(
    warm: ProcessPoolExecutor, place: fleet.Place, engine: Engine, relay: Relay, texting: Texting
) -> None:
    """The proof that the test above can fail."""
    post(engine, FEWER)
    warm.submit(fleet.together, replace(place, naive=True), WORKERS).result()
    assert max(seen(relay, texting).values()) > 1


@on_both
def test_a_worker_killed_at_any_point_sends_at_most_once(
    warm: ProcessPoolExecutor, place: fleet.Place, engine: Engine, relay: Relay, texting: Texting
) -> None:
    post(engine, MESSAGES)
    chance = Random(SEED)
    longest = IN_A_LIFE * warm.submit(fleet.seconds_a_message, place, 20).result()
    warm.submit(fleet.killed, place, [chance.uniform(0, longest) for _ in range(KILLS)]).result()
    time.sleep(0.2)  # what the last one had handed over is taken in
    assert_rows_are_true(engine, relay, texting)

    replace(place.worker(), timer=lambda: time.time() + LEFT_BEHIND_S + 1).run_once()
    after = Counter(row.state for row in rows(engine))
    assert set(after) == {"sent", "uncertain"}
    assert_rows_are_true(engine, relay, texting)


def assert_rows_are_true(engine: Engine, relay: Relay, texting: Texting) -> None:
    """What is said to be sent was, once; what is to be sent never was; the rest was at most once."""
    arrived = seen(relay, texting)
    for row in rows(engine):
        assert arrived[row.id] in {"sent": (1,), "to_send": (0,)}.get(row.state, (0, 1)), row.state
