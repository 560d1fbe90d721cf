"""What is open and closed from now on, as agents read it."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.booking.models import Absence, Agent, PlageOuverture
from bot.booking.moments import paris_day
from bot.booking.planning.absences import Away, away_of
from bot.booking.planning.plages import Plage, plage_of


@dataclass(frozen=True)
class StandingPlage:
    """A plage that is not over; its number is what one ends or removes it by."""

    number: int
    plage: Plage
    demo: bool
    """Made for a demonstration: nobody waits behind it."""


@dataclass(frozen=True)
class StandingAway:
    """An absence or a closure that is not over; its number is what one removes it by."""

    number: int
    away: Away


@dataclass(frozen=True)
class Standing:
    """The openings, by lieu, poste and day; the absences and closures, by lieu and moment."""

    plages: tuple[StandingPlage, ...]
    aways: tuple[StandingAway, ...]


def what_stands(session: Session, now: int, lieu: str | None = None) -> Standing:
    """What stands at one lieu, or at all."""
    return Standing(tuple(_plages(session, now, lieu)), tuple(_aways(session, now, lieu)))


def _plages(session: Session, now: int, lieu: str | None) -> list[StandingPlage]:
    today = paris_day(now)
    query = (
        select(PlageOuverture, Agent)
        .join(Agent, Agent.id == PlageOuverture.agent_id)
        .where(or_(PlageOuverture.last_day.is_(None), PlageOuverture.last_day >= today))
    )
    rows = session.execute(query if lieu is None else query.where(PlageOuverture.lieu_id == lieu))
    found = [StandingPlage(row.id, plage_of(row, poste), row.demo) for row, poste in rows]
    return sorted(found, key=_rank)


def _rank(one: StandingPlage) -> tuple[object, ...]:
    plage = one.plage
    return plage.lieu, plage.poste, plage.first_day.weekday(), plage.start_minute, plage.first_day, one.number


def _aways(session: Session, now: int, lieu: str | None) -> list[StandingAway]:
    query = (
        select(Absence, Agent)
        .outerjoin(Agent, Agent.id == Absence.agent_id)
        .where(Absence.ends_at > now)
        .order_by(Absence.lieu_id, Absence.starts_at, Absence.id)
    )
    rows = session.execute(query if lieu is None else query.where(Absence.lieu_id == lieu))
    return [StandingAway(row.id, away_of(row, poste)) for row, poste in rows]
