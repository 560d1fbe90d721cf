"""What is taken away from the agenda to prove that the tests of races would see it."""

from dataclasses import dataclass

from sqlalchemy import create_engine, func, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.codes import new_code
from bot.booking.models import Rdv
from bot.booking.slots import Slot
from tests.booking.race import LOST, Track


def unguarded_engine(url: str) -> Engine:
    """An engine as SQLAlchemy makes it: on SQLite a SELECT then runs before any BEGIN."""
    return create_engine(url, future=True)


def drop_claim_key(engine: Engine) -> None:
    """Leave slot_claim without the primary key that makes overlap impossible."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE slot_claim DROP CONSTRAINT pk_slot_claim"))
            return
        connection.execute(text("ALTER TABLE slot_claim RENAME TO keyed"))
        connection.execute(text("CREATE TABLE slot_claim AS SELECT * FROM keyed"))
        connection.execute(text("DROP TABLE keyed"))


@dataclass(frozen=True)
class NaiveBooking:
    """Looks whether the agent is free, then inserts: what most of the systems read in booking.md 2.1 do."""

    slot: Slot

    def __call__(self, track: Track) -> str:
        beside = Rdv.agent_id == self.slot.agent_id, Rdv.starts_at < self.slot.end, self.slot.start < Rdv.ends_at
        with Session(track.engine, future=True) as session, session.begin():
            if session.scalar(select(func.count()).select_from(Rdv).where(*beside)):
                return LOST
            return _insert(session, self.slot)


@dataclass(frozen=True)
class NaiveSeat:
    """Counts who is in the session, then adds one more."""

    slot: Slot
    capacity: int

    def __call__(self, track: Track) -> str:
        seated = select(func.count()).select_from(Rdv).where(Rdv.seance_id == self.slot.seance_id)
        with Session(track.engine, future=True) as session, session.begin():
            if session.scalar(seated) >= self.capacity:
                return LOST
            return _insert(session, self.slot)


def _insert(session: Session, slot: Slot) -> str:
    code = new_code()
    where = {"motif_code": slot.motif, "lieu_id": slot.lieu, "agent_id": slot.agent_id, "seance_id": slot.seance_id}
    session.add(Rdv(code=code, **where, starts_at=slot.start, ends_at=slot.end, created_at=0))
    return code
