"""Contact details on their way from a message to a booking: set aside by the gateway, taken once by an action.

They never pass through Rasa, whose history keeps what it is told.
"""

from dataclasses import asdict

from sqlalchemy import Column, String, delete, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.database import Base
from bot.privacy.redact import Contact


class PendingContact(Base):
    """Contact details given in a conversation and not yet kept with a booking."""

    __tablename__ = "pending_contact"

    conversation_id = Column(String(64), primary_key=True)
    first_name = Column(String(80))
    phone = Column(String(20))
    email = Column(String(254))


class Contacts:
    """Sets contact details aside and hands them over once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def set_aside(self, conversation_id: str, contact: Contact) -> None:
        """Keep the details given last in a conversation until an action takes them."""
        with Session(self._engine, future=True) as session, session.begin():
            session.merge(PendingContact(conversation_id=conversation_id, **asdict(contact)))

    def take(self, conversation_id: str) -> Contact | None:
        """The details set aside for this conversation, which are no longer kept here; None when there are none."""
        with Session(self._engine, future=True) as session, session.begin():
            query = select(PendingContact).where(PendingContact.conversation_id == conversation_id)
            pending = session.scalars(query).first()
            if pending is None:
                return None
            session.delete(pending)
            return Contact(pending.first_name, pending.phone, pending.email)

    def forget(self, conversation_id: str) -> None:
        """Drop what was set aside for this conversation."""
        with Session(self._engine, future=True) as session, session.begin():
            session.execute(delete(PendingContact).where(PendingContact.conversation_id == conversation_id))
