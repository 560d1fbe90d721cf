"""Conversations as the gateway knows them: an unguessable id, a token of which only the hash is kept, a channel."""

import hmac
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, delete, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.database import Base, reading
from bot.dialogue.handover import HandoverRow, forget_handovers
from bot.privacy.contacts import PendingContact
from bot.rdv_service_public.handed_over import forget_all_but, forget_handed_over

ConversationChannel = Literal["web", "sms"]
_TOKEN_BYTES = 32
_ID_BYTES = 18
_ERASED_AT_ONCE = 500
"""Databases limit how many values one statement holds."""

_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
_FORGETTING = "action_effacer_donnees"
"""What Rasa runs when a person asks to be forgotten."""

rasa_events = Table(
    "events",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(255)),
    Column("type_name", String(255)),
    Column("action_name", String(255)),
)
"""The table of Rasa's tracker store, of which the gateway only needs to erase rows, and to see when to."""


class ConversationRow(Base):
    """A conversation; moments in seconds since the epoch."""

    __tablename__ = "conversation"

    id = Column(String(64), primary_key=True)
    token_hash = Column(String(64), nullable=False)
    channel = Column(String(10), nullable=False)
    orientation = Column(Text)
    choices = Column(Text)
    created_at = Column(Integer, nullable=False)
    last_seen_at = Column(Integer, nullable=False, index=True)


@dataclass(frozen=True)
class Conversation:
    """A conversation as it stood when it was read; `orientation` is the contract's object.

    `choices` is what the numbers of its last text message press.
    """

    id: str
    channel: ConversationChannel
    orientation: dict[str, Any] | None
    choices: tuple[str, ...] = ()


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
            row = _row(session, conversation_id)
            kept = row.token_hash if row else _hash("")
            if not hmac.compare_digest(kept, _hash(token)) or row is None:
                return None
            return _conversation(row)

    def exists(self, conversation_id: str) -> bool:
        """Whether there is a conversation with this id."""
        with Session(reading(self._engine), future=True) as session:
            return _row(session, conversation_id) is not None

    def keep(
        self, conversation_id: str, orientation: dict[str, Any] | None, choices: Sequence[str] = ()
    ) -> Conversation | None:
        """Remember what was advised and offered, and that the conversation was alive now; returns it as it then is.

        None when it was forgotten meanwhile: what the turn left behind it is then erased too. When the person asked
        the assistant to forget, what was said is erased and the conversation stays open.
        """
        with Session(self._engine, future=True) as session, session.begin():
            row = _row(session, conversation_id)
            if row is None:
                _erase_said(session, [conversation_id])
                return None
            if _asked_to_forget(session, conversation_id):
                _erase_said(session, [conversation_id])
                orientation = None
            row.orientation = json.dumps(orientation, ensure_ascii=False) if orientation else None
            row.choices = json.dumps(list(choices)) if choices else None
            row.last_seen_at = int(self._clock().timestamp())
            return _conversation(row)

    def forget(self, conversation_id: str) -> None:
        """Erase the conversation for good: record, events, contact details not yet kept with a booking."""
        with Session(self._engine, future=True) as session, session.begin():
            _erase(session, [conversation_id])

    def purge(self, retention_days: int) -> int:
        """Erase conversations silent for longer than that; returns how many.

        What a turn wrote after its conversation was forgotten goes with them.
        """
        limit = int(self._clock().timestamp()) - retention_days * 86_400
        with Session(self._engine, future=True) as session, session.begin():
            old = list(session.scalars(select(ConversationRow.id).where(ConversationRow.last_seen_at < limit)))
            _erase(session, old)
            known = select(ConversationRow.id)
            session.execute(delete(rasa_events).where(rasa_events.c.sender_id.not_in(known)))
            for row in (PendingContact, HandoverRow):
                session.execute(
                    delete(row).where(row.conversation_id.not_in(known)),
                    execution_options={"synchronize_session": False},
                )
            forget_all_but(session, known)
        return len(old)


def _row(session: Session, conversation_id: str) -> ConversationRow | None:
    """The row of this id; what cannot be an id (PostgreSQL refuses NUL) is none."""
    return session.get(ConversationRow, conversation_id) if _ID.fullmatch(conversation_id) else None


def _conversation(row: ConversationRow) -> Conversation:
    orientation, choices = (json.loads(text) if text else None for text in (row.orientation, row.choices))
    return Conversation(row.id, row.channel, orientation, tuple(choices or ()))


def _asked_to_forget(session: Session, conversation_id: str) -> bool:
    """Whether the last thing Rasa did, before listening again, was to forget."""
    query = select(rasa_events.c.action_name).where(
        rasa_events.c.sender_id == conversation_id, rasa_events.c.type_name == "action"
    )
    return _FORGETTING in session.scalars(query.order_by(rasa_events.c.id.desc()).limit(2)).all()


def _erase(session: Session, ids: list[str]) -> None:
    for start in range(0, len(ids), _ERASED_AT_ONCE):
        some = ids[start : start + _ERASED_AT_ONCE]
        _erase_said(session, some)
        session.execute(delete(ConversationRow).where(ConversationRow.id.in_(some)))


def _erase_said(session: Session, ids: list[str]) -> None:
    session.execute(delete(rasa_events).where(rasa_events.c.sender_id.in_(ids)))
    session.execute(delete(PendingContact).where(PendingContact.conversation_id.in_(ids)))
    forget_handovers(session, ids)
    forget_handed_over(session, ids)


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
