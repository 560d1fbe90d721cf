"""Agents' sessions: kept by the server, so that signing out, idleness and a long day each end them for good."""

import secrets
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Integer, String, delete, or_, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.database import Base
from bot.web.accounts import AgentAccount, SignedAgent

IDLE_S = 30 * 60
"""Each page seen begins it anew."""
LONGEST_S = 12 * 3_600
"""However busy it is, a session ends after that."""
_TOKEN_BYTES = 32


class AgentSession(Base):
    """A signed-in browser; only the hash of what its cookie holds is kept. Moments in seconds since the epoch."""

    __tablename__ = "agent_session"

    token_hash = Column(String(64), primary_key=True)
    login = Column(String(80), nullable=False)
    began_at = Column(Integer, nullable=False)
    seen_at = Column(Integer, nullable=False)


class AgentSessions:
    """Opens, finds and ends sessions. Real time counts here, wherever the calendar clock stands."""

    def __init__(self, engine: Engine, now: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._now = now

    def open(self, login: str) -> str:
        """A new session; returns the token that its cookie holds. Sessions that ended are swept away."""
        token, now = secrets.token_urlsafe(_TOKEN_BYTES), int(self._now())
        with Session(self._engine, future=True) as session, session.begin():
            session.execute(delete(AgentSession).where(_ended(now)))
            session.add(AgentSession(token_hash=_hash(token), login=login, began_at=now, seen_at=now))
        return token

    def agent(self, token: str) -> SignedAgent | None:
        """Whose session it is, which counts as a page seen; None when it ended or the account is gone."""
        now, ours = int(self._now()), AgentSession.token_hash == _hash(token)
        alive = select(AgentAccount).join(AgentSession, AgentSession.login == AgentAccount.login)
        with Session(self._engine, future=True) as session, session.begin():
            account = session.scalars(alive.where(ours, ~_ended(now))).first()
            if account is None:
                return None
            session.execute(update(AgentSession).where(ours).values(seen_at=now))
            return SignedAgent(account.login, account.name)

    def end(self, token: str) -> None:
        """End this session: its cookie opens nothing any more, wherever it was copied."""
        with Session(self._engine, future=True) as session, session.begin():
            session.execute(delete(AgentSession).where(AgentSession.token_hash == _hash(token)))


def _ended(now: int) -> Any:
    return or_(AgentSession.seen_at < now - IDLE_S, AgentSession.began_at < now - LONGEST_S)


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
