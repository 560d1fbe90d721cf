"""What the routes call, made once when the application starts."""

from dataclasses import dataclass

import httpx
from fastapi import Request
from sqlalchemy.engine import Engine

from bot.booking.appointments import Agenda
from bot.booking.motifs import MotifEntry, load_motifs
from bot.channels.cards import Renderer
from bot.channels.wording import load_wording
from bot.clock import Clock, clock_at
from bot.database import engine_for
from bot.dialogue.handover import Handovers
from bot.directory.load import load_directory
from bot.directory.models import Directory
from bot.orientation.table import Table, load_table
from bot.privacy.contacts import Contacts
from bot.rdv_service_public.room import Room, open_room
from bot.settings import Settings
from bot.web.accounts import Accounts
from bot.web.agent_sessions import AgentSessions
from bot.web.conversations import Conversations
from bot.web.limits import Limits
from bot.web.passes import Passes
from bot.web.payloads import Payloads
from bot.web.rasa_client import RasaClient


@dataclass(frozen=True)
class Services:
    """The rooms the routes open on."""

    settings: Settings
    clock: Clock
    engine: Engine
    directory: Directory
    table: Table
    renderer: Renderer
    motifs: dict[str, MotifEntry]
    agenda: Agenda
    rdv_service_public: Room | None
    """None where no appointment is kept there."""
    conversations: Conversations
    contacts: Contacts
    handovers: Handovers
    accounts: Accounts
    sessions: AgentSessions
    payloads: Payloads
    passes: Passes
    limits: Limits
    rasa: RasaClient


def make_services(settings: Settings, http: httpx.AsyncClient) -> Services:
    """The services, as the settings make them."""
    clock, engine = clock_at(settings.now), engine_for(settings.database_url)
    directory, motifs = load_directory(), load_motifs(backend=settings.booking_backend)
    return Services(
        settings=settings,
        clock=clock,
        engine=engine,
        directory=directory,
        table=load_table(),
        renderer=Renderer(load_wording(), directory),
        motifs=motifs,
        agenda=Agenda(engine, clock, motifs, writes=settings.writes),
        rdv_service_public=open_room(settings.rdv_service_public, engine, clock, motifs, directory),
        conversations=Conversations(engine, clock),
        contacts=Contacts(engine),
        handovers=Handovers(engine, clock),
        accounts=Accounts(engine),
        sessions=AgentSessions(engine),
        payloads=Payloads(settings.secret_key),
        passes=Passes(settings.secret_key),
        limits=Limits(settings.redis_url),
        rasa=RasaClient(http, settings.rasa_url, settings.actions_url),
    )


def services(request: Request) -> Services:
    """The services of the application that answers this request."""
    rooms: Services = request.app.state.services
    return rooms
