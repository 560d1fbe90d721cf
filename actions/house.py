"""What the actions need, made once, at the first call: never at import."""

from dataclasses import dataclass
from functools import cache

from bot.booking.appointments import Agenda
from bot.booking.motifs import MotifEntry, load_motifs
from bot.channels.cards import Renderer
from bot.channels.wording import load_wording
from bot.clock import Clock, clock_at
from bot.database import engine_for
from bot.dialogue.aftermath import Aftermath, load_aftermath
from bot.dialogue.denials import Denial, load_denials
from bot.dialogue.handover import Handovers
from bot.directory.load import load_directory
from bot.directory.models import Directory
from bot.nlu.emergency import Alarms, load_alarms
from bot.nlu.signs import Signs
from bot.nlu.subjects import load_subjects
from bot.orientation.evaluation import Question, load_questions
from bot.orientation.table import Table, load_table
from bot.privacy.contacts import Contacts
from bot.rdv_service_public.backend import RdvServicePublic
from bot.rdv_service_public.room import open_room
from bot.settings import load_settings


@dataclass(frozen=True)
class House:
    """The rooms that actions call."""

    directory: Directory
    table: Table
    questions: tuple[Question, ...]
    subjects: Signs
    denials: tuple[Denial, ...]
    aftermath: Aftermath
    alarms: Alarms
    renderer: Renderer
    agenda: Agenda
    rdv_service_public: RdvServicePublic | None
    """Where the appointments of some motifs are kept instead; None where there is no such place."""
    motifs: dict[str, MotifEntry]
    contacts: Contacts
    handovers: Handovers
    clock: Clock


@cache
def house() -> House:
    """The house, as the settings of this process make it."""
    settings = load_settings()
    clock = clock_at(settings.now)
    directory, table, motifs = load_directory(), load_table(), load_motifs(backend=settings.booking_backend)
    engine = engine_for(settings.database_url)
    elsewhere = open_room(settings.rdv_service_public, engine, clock, motifs, directory)
    return House(
        directory=directory,
        table=table,
        questions=load_questions(),
        subjects=load_subjects(),
        denials=load_denials(),
        aftermath=load_aftermath(),
        alarms=load_alarms(),
        renderer=Renderer(load_wording(), directory),
        agenda=Agenda(engine, clock, motifs),
        rdv_service_public=elsewhere.backend if elsewhere else None,
        motifs=motifs,
        contacts=Contacts(engine),
        handovers=Handovers(engine, clock),
        clock=clock,
    )
