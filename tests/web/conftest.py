"""A browser, and the gateway alone on an agenda of its own: pages of appointments need neither Rasa nor a model."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.engine import Engine

from bot.booking.appointments import Agenda
from bot.booking.demo import fill_demo
from bot.booking.slots import Slot
from bot.booking.views import RdvView
from bot.clock import PARIS
from bot.database import migrate
from bot.settings import load_settings
from bot.web.app import create_app
from bot.web.services import Services

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

MONDAY_MORNING = datetime(2027, 1, 11, 8, 0, tzinfo=PARIS)
PMI, POLE = "levallois-pmi-sante-sexuelle", "pole-clichy"
_addresses, _phones = count(1), count(45_000_000)


def a_phone() -> str:
    """A mobile that has no appointment yet: one may have few."""
    return f"+336{next(_phones)}"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a file, closed with it: while one is open, nothing else in this process may run an event loop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


class DeskClock:
    """A clock that stands until a test moves it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


@dataclass
class Desk:
    """A running gateway and its agenda."""

    app: FastAPI
    clock: DeskClock

    @property
    def services(self) -> Services:
        rooms: Services = self.app.state.services
        return rooms

    @property
    def agenda(self) -> Agenda:
        return self.services.agenda

    @property
    def engine(self) -> Engine:
        return self.services.engine

    def browser(self, address: str | None = None) -> TestClient:
        """A browser with its own cookies, at an address of its own unless one is given."""
        where = address or f"203.0.113.{next(_addresses) % 250 + 1}"
        return TestClient(self.app, "https://rdv.test", client=(where, 50_000), follow_redirects=False)

    def slots(self, motif: str = "premiere_pesee", lieu: str = POLE, in_days: int = 0, limit: int = 200) -> list[Slot]:
        after = self.clock() + timedelta(days=in_days)
        return self.agenda.next_slots(motif, lieu, after=after, limit=limit)

    def book(
        self, motif: str = "premiere_pesee", lieu: str = POLE, in_days: int = 3, by_agent: bool = False
    ) -> RdvView:
        slot = self.slots(motif, lieu, in_days, limit=1)[0]
        made = self.agenda.book(motif, lieu, slot.starts_at, by="agent" if by_agent else "resident")
        assert isinstance(made, RdvView)
        return made

    def book_for(self, first_name: str | None, phone: str | None, email: str | None = None, **how: int) -> RdvView:
        return self.agenda.attach_contact(self.book(**how).code, first_name, phone, email)

    def now(self, code: str) -> RdvView:
        """The appointment as it stands."""
        rdv = self.agenda.find(code)
        assert rdv is not None
        return rdv


@pytest.fixture(scope="module")
def running_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    url = f"sqlite:///{tmp_path_factory.mktemp('desk') / 'desk.db'}"
    migrate(url)
    environment = {"DATABASE_URL": url, "SECRET_KEY": "a secret for tests only", "DEMO": "1"}
    app, clock = create_app(load_settings(environment)), DeskClock(MONDAY_MORNING)
    with TestClient(app):
        made = app.state.services
        agenda = Agenda(made.engine, clock, made.motifs, timer=lambda: clock().timestamp())
        app.state.services = replace(made, clock=clock, agenda=agenda)
        fill_demo(made.engine, clock, made.motifs)
        yield Desk(app, clock)


@pytest.fixture
def desk(running_desk: Desk) -> Desk:
    """The gateway, at eight o'clock on a Monday."""
    running_desk.clock.moment = MONDAY_MORNING
    return running_desk
