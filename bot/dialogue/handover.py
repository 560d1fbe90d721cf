"""People who asked to be passed on to an agent: what they agreed to pass on, and the code by which they are found.

Nothing else of the conversation is kept here, and it goes with the conversation.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Integer, String, Text, delete, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.codes import new_code
from bot.booking.moments import epoch_of, paris_moment
from bot.clock import Clock
from bot.database import Base, reading
from bot.orientation.table import URGENCIES, Urgency


class HandoverRow(Base):
    """A conversation passed on; `asked_at` in seconds since the epoch."""

    __tablename__ = "handover"

    conversation_id = Column(String(64), primary_key=True)
    code = Column(String(20), nullable=False, unique=True)
    channel = Column(String(10), nullable=False)
    urgency = Column(String(10), nullable=False)
    situation = Column(Text, nullable=False)
    asked_at = Column(Integer, nullable=False)


@dataclass(frozen=True)
class Passed:
    """What is passed on of a situation."""

    needs: tuple[str, ...]
    urgency: Urgency
    commune: str | None
    beneficiary: str | None


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits for an agent, since `asked_at` in the time of Paris."""

    code: str
    channel: str
    passed: Passed
    asked_at: datetime


class Handovers:
    """The people who wait for an agent."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def pass_on(self, conversation_id: str, channel: str, passed: Passed) -> str:
        """Keep what is passed on, in place of what was before; returns the code of this conversation."""
        with Session(self._engine, future=True) as session, session.begin():
            row = session.get(HandoverRow, conversation_id)
            if row is None:
                row = HandoverRow(conversation_id=conversation_id, code=new_code(), asked_at=epoch_of(self._clock()))
                session.add(row)
            row.channel, row.urgency, row.situation = channel, passed.urgency, _written(passed)
            return str(row.code)

    def waiting(self) -> list[Waiting]:
        """Everybody who waits, the most urgent first, then the oldest."""
        with Session(reading(self._engine), future=True) as session:
            rows = session.scalars(select(HandoverRow)).all()
            return sorted(map(_waiting, rows), key=lambda one: (-URGENCIES.index(one.passed.urgency), one.asked_at))

    def close(self, code: str) -> None:
        """The person was helped: they no longer wait."""
        with Session(self._engine, future=True) as session, session.begin():
            session.execute(delete(HandoverRow).where(HandoverRow.code == code))


def forget_handovers(session: Session, conversation_ids: Sequence[str]) -> None:
    """Erase what these conversations passed on."""
    session.execute(
        delete(HandoverRow).where(HandoverRow.conversation_id.in_(conversation_ids)),
        execution_options={"synchronize_session": False},
    )


def _written(passed: Passed) -> str:
    return json.dumps(vars(passed), ensure_ascii=False)


def _waiting(row: HandoverRow) -> Waiting:
    told: dict[str, Any] = json.loads(row.situation)
    passed = Passed(tuple(told["needs"]), told["urgency"], told["commune"], told["beneficiary"])
    return Waiting(row.code, row.channel, passed, paris_moment(row.asked_at))
