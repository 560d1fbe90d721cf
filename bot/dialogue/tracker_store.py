"""Where Rasa keeps conversations: the project's own database, with its own way of opening it.

Rasa's SQL tracker store is used as it is; only its engine is ours, for SQLite to write ahead and to wait its turn
instead of failing. What is stored has already lost its personal data at the gateway (bot/privacy/redact.py).
"""

from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from sqlalchemy.orm import sessionmaker

from bot.database import engine_for
from bot.settings import load_settings


class ConversationStore(SQLTrackerStore):
    """Rasa's SQL tracker store on the database of the settings."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        self.engine = engine_for(host or load_settings().database_url)
        self.Base.metadata.create_all(self.engine)
        self.sessionmaker = sessionmaker(bind=self.engine)
        TrackerStore.__init__(self, domain, event_broker, **kwargs)
