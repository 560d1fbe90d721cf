"""Conversations as the gateway knows them: an unguessable id, a token of which only the hash is kept, a channel."""

import hmac
import json
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, delete, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.database import Base, reading
from bot.privacy.contacts import PendingContact

ConversationChannel = Literal["web", "sms"]
_TOKEN_BYTES = 32
_ID_BYTES = 18

rasa_events = Table("events", MetaData(), Column("id", Integer, primary_key=True), Column("sender_id", String(255)))
"""The table of Rasa's tracker store, of which the gateway only needs to erase rows."""


class ConversationRow(Base):
    """A conversation; moments in seconds since the epoch."""

    __tablename__ = "conversation"

    id = Column(String(64), primary_key=True)
    token_hash = Column(String(64), nullable=False)
    channel = Column(String(10), nullable=False)
    orientation = Column(Text)
    created_at = Column(Integer, nullable=False)
    last_seen_at = Column(Integer, nullable=False, index=True)


@dataclass(frozen=True)
class Conversation:
    """A conversation as it stood when it was read; `orientation` is the contract's object."""

    id: str
    channel: ConversationChannel
    orientation: dict[str, Any] | None


class Conversations:
    """Opens, finds and forgets conversations."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def open(self, channel: ConversationChannel) -> tuple[Conversation, str]:
        """A new conversation and its token, which is given this once."""
        identity, token = secrets.token_urlsafe(_ID_BYTES), secrets.token_urlsafe(_TOKEN_BYTES)
        now = int(self._clock().timestamp())
        row = ConversationRow(id=identity, token_hash=_hash(token), channel=channel, created_at=now, last_seen_at=now)
        with Session(self._engine, future=True) as session, session.begin():
            session.add(row)
        return Conversation(identity, channel, None), token

    def find(self, conversation_id: str, token: str) -> Conversation | None:
        """The conversation, None when there is none with this id or its token is another."""
        with Session(reading(self._engine), future=True) as session:
            row = session.scalars(select(ConversationRow).where(ConversationRow.id == conversation_id)).first()
            kept = row.token_hash if row else _hash("")
            if not hmac.compare_digest(kept, _hash(token)) or row is None:
                return None
            return Conversation(row.id, row.channel, json.loads(row.orientation) if row.orientation else None)

    def exists(self, conversation_id: str) -> bool:
        """Whether there is a conversation with this id."""
        with Session(reading(self._engine), future=True) as session:
            return session.get(ConversationRow, conversation_id) is not None

    def keep(self, conversation_id: str, orientation: dict[str, Any] | None) -> None:
        """Remember what was advised, and that the conversation was alive now."""
        values = {
            "orientation": json.dumps(orientation, ensure_ascii=False) if orientation else None,
            "last_seen_at": int(self._clock().timestamp()),
        }
        with Session(self._engine, future=True) as session, session.begin():
            session.execute(update(ConversationRow).where(ConversationRow.id == conversation_id).values(**values))

    def forget(self, conversation_id: str) -> None:
        """Erase the conversation for good: record, events, contact details not yet kept with a booking."""
        with Session(self._engine, future=True) as session, session.begin():
            _erase(session, [conversation_id])

    def purge(self, retention_days: int) -> int:
        """Erase conversations silent for longer than that; returns how many."""
        limit = int(self._clock().timestamp()) - retention_days * 86_400
        with Session(self._engine, future=True) as session, session.begin():
            old = list(session.scalars(select(ConversationRow.id).where(ConversationRow.last_seen_at < limit)))
            _erase(session, old)
        return len(old)


def _erase(session: Session, ids: list[str]) -> None:
    session.execute(delete(rasa_events).where(rasa_events.c.sender_id.in_(ids)))
    session.execute(delete(PendingContact).where(PendingContact.conversation_id.in_(ids)))
    session.execute(delete(ConversationRow).where(ConversationRow.id.in_(ids)))


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
