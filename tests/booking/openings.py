"""An agenda of several agents, for tests that need more time than the demonstration gives."""

from datetime import timedelta

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.models import Agent, Motif, PlageOuverture
from bot.booking.motifs import load_motifs, sync_motifs
from tests.booking.conftest import MONDAY_MORNING
from tests.booking.race import StandingClock

LIEU = "pole-clichy"


def share_agents(engine: Engine, lengths: dict[str, int], agents: int = 1) -> Agenda:
    """An agenda of agents who all receive for motifs of several lengths, from nine to five, Monday to Friday."""
    with Session(engine, future=True) as session, session.begin():
        sync_motifs(session, load_motifs())
        for number in range(agents):
            agent = Agent(lieu_id=LIEU, name=f"Poste {number}")
            session.add(agent)
            session.flush()
            session.add_all(_opening(agent.id, motif, day) for motif in lengths for day in range(5))
        for motif, minutes in lengths.items():
            session.get(Motif, motif).duration_min = minutes
    return Agenda(engine, StandingClock(MONDAY_MORNING), load_motifs())


def _opening(agent_id: int, motif: str, weekday: int) -> PlageOuverture:
    first_day = MONDAY_MORNING.date() + timedelta(days=weekday)
    hours = {"start_minute": 9 * 60, "end_minute": 17 * 60}
    return PlageOuverture(agent_id=agent_id, motif_code=motif, lieu_id=LIEU, first_day=first_day, **hours)
