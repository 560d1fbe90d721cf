"""Whole or nothing, and once more when somebody else came first."""

from collections.abc import Callable
from random import uniform
from time import sleep
from typing import TypeAlias, TypeVar

from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from bot.booking.errors import AgendaBusy
from bot.booking.models import Rdv, SlotClaim
from bot.database import reading, snapshot

Result = TypeVar("Result")
Uniqueness: TypeAlias = PrimaryKeyConstraint | UniqueConstraint

ATTEMPTS = 8
SERIALIZATION_FAILURE, DEADLOCK = "40001", "40P01"
RACED_CONSTRAINTS: tuple[Uniqueness, ...] = (
    SlotClaim.__table__.primary_key,
    *(constraint for constraint in Rdv.__table__.constraints if isinstance(constraint, UniqueConstraint)),
)
"""What two honest bookings may both try to insert: cells of an agent, an idempotency key, a code."""


def in_transaction(engine: Engine, work: Callable[[Session], Result]) -> Result:
    """Run `work` in one transaction and return what it returned, after the commit.

    When another transaction won the race, or the database was busy, everything is undone and `work` runs
    again: it then sees what the winner wrote. Raises AgendaBusy after ATTEMPTS.
    """
    for attempt in range(ATTEMPTS):
        try:
            with Session(engine, future=True) as session, session.begin():
                return work(session)
        except DBAPIError as error:
            if not (_lost_a_race(error) or _is_busy(error)):
                raise
        sleep(uniform(0, 0.02 * (attempt + 1)))
    raise AgendaBusy


def in_reading(engine: Engine, work: Callable[[Session], Result]) -> Result:
    """Run `work`, which only reads, in one transaction that waits for no writer."""
    with Session(reading(engine), future=True) as session, session.begin():
        return work(session)


def in_snapshot(engine: Engine, work: Callable[[Session], Result]) -> Result:
    """Run `work`, which only reads, several times if it likes: all it reads is of one moment."""
    with Session(snapshot(engine), future=True) as session, session.begin():
        return work(session)


def violates(error: IntegrityError, constraint: Uniqueness) -> bool:
    """Whether this very constraint refused the row: any other refusal is a bug, not a taken slot."""
    diagnostic = getattr(error.orig, "diag", None)
    if diagnostic is not None:
        return bool(diagnostic.constraint_name == constraint.name)
    columns = ", ".join(f"{column.table.name}.{column.name}" for column in constraint.columns)
    return str(error.orig) == f"UNIQUE constraint failed: {columns}"


def _lost_a_race(error: DBAPIError) -> bool:
    return isinstance(error, IntegrityError) and any(violates(error, raced) for raced in RACED_CONSTRAINTS)


def _is_busy(error: DBAPIError) -> bool:
    code = getattr(error.orig, "pgcode", None)
    return code in (SERIALIZATION_FAILURE, DEADLOCK) or "database is locked" in str(error.orig)
