"""Group sessions, as whoever opens them will write them."""

from datetime import datetime

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.claims import claim
from bot.booking.models import Agent, Seance
from bot.booking.moments import epoch_of
from bot.booking.slots import Slot

HOUR_S = 3600


def open_session(engine: Engine, motif: str, lieu: str, starts_at: datetime, capacity: int) -> int:
    """A session of one hour, with an agent of its own, whose time it owns; gives its id."""
    start = epoch_of(starts_at)
    with Session(engine, future=True) as session, session.begin():
        agent = Agent(lieu_id=lieu, name=f"Groupe {start}")
        session.add(agent)
        session.flush()
        slot = Slot(start, start + HOUR_S, agent.id, motif, lieu)
        where = {"motif_code": motif, "lieu_id": lieu, "agent_id": agent.id}
        seance = Seance(**where, starts_at=slot.start, ends_at=slot.end, capacity=capacity)
        session.add(seance)
        session.flush()
        claim(session, slot, {"seance_id": seance.id}, real=0)
        return int(seance.id)
