"""A migrated database of each kind, a clock one can set, and an agenda full of demonstration openings."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.booking.appointments import Agenda
from bot.booking.demo import fill_demo
from bot.booking.motifs import MotifEntry, load_motifs
from bot.clock import PARIS
from bot.database import engine_for
from tests.booking.race import Racers
from tests.migrated import put_migrated
from tests.postgres import postgres_server, postgres_url
from tests.quick_folder import quick_folder

__all__ = ["postgres_server", "postgres_url"]

MONDAY_MORNING = datetime(2027, 1, 11, 8, 0, tzinfo=PARIS)


class SettableClock:
    """A clock that stands until a test moves it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, duration: timedelta) -> None:
        self.moment += duration


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(MONDAY_MORNING)


@pytest.fixture(scope="session")
def motifs() -> dict[str, MotifEntry]:
    return load_motifs()


@pytest.fixture
def sqlite_url() -> Iterator[str]:
    folder = quick_folder("agenda")
    yield f"sqlite:///{folder / 'agenda.db'}"
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database, of each kind in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A migrated database."""
    put_migrated(database_url)
    engine = engine_for(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def agenda(engine: Engine, clock: SettableClock, motifs: dict[str, MotifEntry]) -> Agenda:
    """An agenda with demonstration openings, at eight o'clock on a Monday."""
    fill_demo(engine, clock, motifs)
    return Agenda(engine, clock, motifs, timer=lambda: clock().timestamp())


@pytest.fixture(scope="session")
def racers() -> Iterator[Racers]:
    """The processes of all races."""
    racers = Racers()
    yield racers
    racers.close()
