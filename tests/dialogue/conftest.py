"""The house of the actions on a Monday morning, with its own database full of demonstration openings."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from actions.house import House
from bot.booking.appointments import Agenda
from bot.booking.demo import fill_demo
from bot.booking.motifs import load_motifs
from bot.channels.cards import Renderer
from bot.channels.wording import load_wording
from bot.database import engine_for, migrate
from bot.dialogue.aftermath import load_aftermath
from bot.dialogue.denials import load_denials
from bot.dialogue.handover import Handovers
from bot.directory.load import load_directory
from bot.nlu.emergency import load_alarms
from bot.nlu.subjects import load_subjects
from bot.orientation.evaluation import load_questions
from bot.orientation.table import load_table
from bot.privacy.contacts import Contacts
from tests.conftest import MONDAY_MORNING
from tests.dialogue.talk import ROOMS, Talk


@pytest.fixture(scope="session")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    url = f"sqlite:///{tmp_path_factory.mktemp('talk') / 'talk.db'}"
    migrate(url)
    engine, motifs, directory = engine_for(url), load_motifs(), load_directory()
    fill_demo(engine, _monday, motifs)
    renderer, agenda = Renderer(load_wording(), directory), Agenda(engine, _monday, motifs)
    yield House(
        directory=directory,
        table=load_table(),
        questions=load_questions(),
        subjects=load_subjects(),
        denials=load_denials(),
        aftermath=load_aftermath(),
        alarms=load_alarms(),
        renderer=renderer,
        agenda=agenda,
        rdv_service_public=None,
        motifs=motifs,
        contacts=Contacts(engine),
        handovers=Handovers(engine, _monday),
        clock=_monday,
    )
    engine.dispose()


@pytest.fixture
def talk(rooms: House, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """A new conversation on the web."""
    for room in ROOMS:
        monkeypatch.setattr(room, "house", lambda: rooms)
    return Talk()


@pytest.fixture
def sms(talk: Talk) -> Talk:
    """The same by text message."""
    talk.channel = "sms"
    return talk


def _monday() -> datetime:
    return datetime.fromisoformat(MONDAY_MORNING)
