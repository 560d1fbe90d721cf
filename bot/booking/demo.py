"""Openings for a demonstration: every motif at every site that offers it, for three working weeks."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.models import Agent, Lieu, PlageOuverture
from bot.booking.moments import epoch_of, paris_day
from bot.booking.motifs import MotifEntry, Motifs, sync_motifs
from bot.booking.transactions import in_reading, in_transaction
from bot.booking.workdays import working_days
from bot.clock import Clock

WORKING_DAYS = 15
HALF_DAYS = ((9 * 60, 12 * 60), (13 * 60 + 30, 17 * 60 + 30))
"""Local times, in minutes since midnight: 9:00–12:00 and 13:30–17:30."""


def fill_demo(engine: Engine, clock: Clock, motifs: Motifs) -> None:
    """Give every motif that is kept here, at every site, a poste with demonstration openings, from today on.

    Replaces the demonstration openings made before; real openings and appointments are left alone.
    """
    today = paris_day(epoch_of(clock()))
    in_transaction(engine, lambda session: _fill(session, today, motifs))


def has_demo(engine: Engine) -> bool:
    """Whether some openings are for a demonstration: every page must then say so."""
    query = select(exists().where(PlageOuverture.demo))
    return bool(in_reading(engine, lambda session: session.scalar(query)))


def _fill(session: Session, today: date, motifs: Motifs) -> None:
    sync_motifs(session, motifs)
    session.execute(delete(PlageOuverture).where(PlageOuverture.demo), execution_options={"synchronize_session": False})
    for motif in (one for one in motifs.values() if one.backend == "local"):
        for site in motif.sites:
            session.add_all(_openings(session.get(Lieu, site), _poste(session, motif, site), motif, today))


def _poste(session: Session, motif: MotifEntry, site: str) -> Agent:
    """The one poste of this motif at this site, made on the first run."""
    name = f"Démonstration – {motif.code}"
    agent: Agent | None = session.scalars(select(Agent).where(Agent.lieu_id == site, Agent.name == name)).one_or_none()
    if agent is None:
        agent = Agent(lieu_id=site, name=name)
        session.add(agent)
        session.flush()
    return agent


def _openings(lieu: Lieu, agent: Agent, motif: MotifEntry, today: date) -> Iterator[PlageOuverture]:
    """A weekly opening for each half-day of Monday to Friday, until the last of the working days."""
    last_day = working_days(today, WORKING_DAYS, lieu.works_whit_monday)[-1]
    for first_day in _first_weekdays(today):
        for start_minute, end_minute in HALF_DAYS:
            yield PlageOuverture(
                agent_id=agent.id,
                motif_code=motif.code,
                lieu_id=lieu.id,
                first_day=first_day,
                last_day=last_day,
                start_minute=start_minute,
                end_minute=end_minute,
                demo=True,
            )


def _first_weekdays(today: date) -> list[date]:
    """The first Monday, Tuesday … Friday from today on."""
    week = (today + timedelta(days=number) for number in range(7))
    return [day for day in week if day.weekday() < 5]
