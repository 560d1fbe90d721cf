"""The contract server, a database of each kind, and our own gateway on a real port of loopback."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.models import Rdv
from bot.booking.motifs import MotifEntry, load_motifs, store_motifs
from bot.database import engine_for, migrate
from bot.directory.load import load_directory
from bot.rdv_service_public import room
from bot.rdv_service_public.handed_over import HandOvers
from bot.rdv_service_public.mirror import Mirror
from bot.rdv_service_public.names import LieuThere, MotifThere, Names
from bot.settings import RdvServicePublicSettings, Settings, load_settings
from bot.web.app import create_app
from tests.booking.conftest import SettableClock, clock, database_url, engine, sqlite_url
from tests.postgres import postgres_server, postgres_url
from tests.rdv_service_public.server import Sender, Service, rdv_service_public, running

__all__ = ["clock", "database_url", "engine", "postgres_server", "postgres_url", "sqlite_url"]

SECRET, FORMER_SECRET = "XA6YxLZTX8j1xnxk", "the secret before that one"
CLICHY, LEVALLOIS = "pole-clichy", "levallois-pmi-sante-sexuelle"
NAMES = Names(
    motifs={
        "premiere_pesee": MotifThere(nom="Première pesée", service_id=5, motif_ids=(101, 102)),
        "sante_sexuelle": MotifThere(motif_ids=(201,)),
    },
    lieux={
        CLICHY: LieuThere(lieu_id=34, organisation_id=12, organisation_external_id="pmi-clichy"),
        LEVALLOIS: LieuThere(lieu_id=35, organisation_id=13),
    },
)
"""Ids of nobody, for tests only."""


@pytest.fixture(scope="session")
def motifs() -> dict[str, MotifEntry]:
    """Every motif kept there."""
    return load_motifs(backend="rdv_service_public")


@pytest.fixture
def service() -> Iterator[Service]:
    with rdv_service_public() as running_service:
        yield running_service


@pytest.fixture
def network() -> Iterator[httpx.Client]:
    """Loopback only: no proxy of this machine comes between."""
    with httpx.Client(trust_env=False, timeout=60) as client:
        yield client


@pytest.fixture
def offering(engine: Engine, motifs: dict[str, MotifEntry]) -> Engine:
    """A database that offers our motifs."""
    store_motifs(engine, motifs)
    return engine


@pytest.fixture
def hand_overs(offering: Engine, clock: SettableClock) -> HandOvers:
    return HandOvers(offering, clock)


@pytest.fixture
def mirror(offering: Engine, clock: SettableClock, motifs: dict[str, MotifEntry]) -> Mirror:
    return Mirror(offering, clock, motifs, NAMES, timer=lambda: clock().timestamp())


@dataclass(frozen=True)
class Gateway:
    """Our gateway, running, and what sends it webhooks."""

    url: str
    sender: Sender
    engine: Engine
    settings: Settings


@pytest.fixture(scope="module")
def running_gateway(tmp_path_factory: pytest.TempPathFactory, motifs: dict[str, MotifEntry]) -> Iterator[Gateway]:
    """One gateway for all the tests of a module, on SQLite; `mirror` is tried on both databases."""
    url = f"sqlite:///{tmp_path_factory.mktemp('gateway') / 'gateway.db'}"
    migrate(url)
    engine = engine_for(url)
    store_motifs(engine, motifs)
    there = RdvServicePublicSettings("http://127.0.0.1:9", (FORMER_SECRET, SECRET), None, None, None, 96)
    environment = {"DATABASE_URL": url, "SECRET_KEY": "a secret for tests only", "BOT_NOW": NOW}
    given = replace(load_settings(environment), rdv_service_public=there, booking_backend="rdv_service_public")
    with pytest.MonkeyPatch.context() as patch, httpx.Client(trust_env=False, timeout=60) as http:
        patch.setattr(room, "load_names", lambda motifs: NAMES)
        with running(create_app(given)) as address:
            sender = Sender(f"{address}/webhooks/rdv-service-public", SECRET, http)
            yield Gateway(address, sender, engine, given)
    engine.dispose()


@pytest.fixture
def gateway(running_gateway: Gateway) -> Gateway:
    """The gateway, which has heard of nothing yet."""
    with running_gateway.engine.begin() as connection:
        for table in ("outbox", "rdv_event", "rdv", "webhook_seen", "webhook_heard", "handed_over"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    return running_gateway


NOW = "2027-01-11T08:00:00+01:00"


@pytest.fixture(scope="session")
def directory() -> object:
    return load_directory()


def copies(engine: Engine) -> list[Rdv]:
    """Every appointment that the database holds, as rows."""
    with Session(engine, future=True, expire_on_commit=False) as session:
        return list(session.scalars(select(Rdv).order_by(Rdv.id)))


def everything_in(engine: Engine, folder: Path | None = None) -> str:
    """Every value of every table, as one text."""
    from sqlalchemy import MetaData

    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return "\n".join(str(row) for table in tables.sorted_tables for row in connection.execute(select(table)))
