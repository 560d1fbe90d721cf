"""A database of each kind, a relay, an SMS gateway, and workers that send by them."""

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from sqlalchemy.engine import Engine

from bot.booking.appointments import Agenda
from bot.booking.motifs import MotifEntry
from bot.booking.outbox import Channel
from bot.messaging.outgoing import Outgoing
from bot.messaging.worker import Worker
from tests.booking.conftest import (
    SettableClock,
    agenda,
    clock,
    engine,
    motifs,
    postgres_server,
    postgres_url,
    sqlite_url,
)
from tests.messaging.mail import carriers
from tests.messaging.servers import Relay, Texting, relay, texting

__all__ = ["agenda", "clock", "engine", "motifs", "postgres_server", "postgres_url", "sqlite_url"]

on_both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
"""For what the database decides; the rest is asked of SQLite alone."""
MakeWorker = Callable[..., Worker]


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database: SQLite, unless `on_both` says otherwise."""
    url: str = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url")
    return url


@pytest.fixture(name="relay")
def a_relay() -> Iterator[Relay]:
    with relay() as taking:
        yield taking


@pytest.fixture(name="texting")
def an_sms_gateway() -> Iterator[Texting]:
    with texting() as taking:
        yield taking


@pytest.fixture
def make_worker(
    engine: Engine,
    agenda: Agenda,
    clock: SettableClock,
    motifs: dict[str, MotifEntry],
    relay: Relay,
    texting: Texting,
) -> MakeWorker:
    """A worker whose two clocks are the test's; `only` keeps one channel, `per_minute` caps."""

    def make(only: tuple[Channel, ...] = ("email", "sms"), per_minute: int = 1000, mark: str = "here") -> Worker:
        ways = carriers(relay.port, texting.url, clock)
        return Worker(
            Outgoing(engine, motifs, mark, per_minute),
            agenda,
            {channel: way for channel, way in ways.items() if channel in only},
            clock,
            timer=lambda: clock().timestamp(),
            stop=Event(),
        )

    return make


@pytest.fixture
def worker(make_worker: MakeWorker) -> Worker:
    return make_worker()
