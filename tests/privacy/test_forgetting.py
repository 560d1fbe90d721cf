"""What is forgotten is in no table any more: on request, and when it has been silent for long enough."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.clock import PARIS
from bot.database import reading
from bot.privacy.contacts import Contacts
from bot.privacy.redact import Contact
from bot.web.conversations import Conversations

RETENTION_DAYS = 30


class MovingClock:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 10, 0, tzinfo=PARIS)

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def conversations(engine: Engine, clock: MovingClock) -> Conversations:
    return Conversations(engine, clock)


def talk(engine: Engine, conversation_id: str, *actions: str) -> None:
    """What Rasa writes when these actions are run, and a phone set aside."""
    Contacts(engine).set_aside(conversation_id, Contact(None, "+33612345678"))
    insert = text(
        "INSERT INTO events (sender_id, type_name, action_name, data) VALUES (:sender, 'action', :name, '{}')"
    )
    with engine.begin() as connection:
        for name in actions or ("action_listen",):
            connection.execute(insert, {"sender": conversation_id, "name": name})


def left(engine: Engine, conversation_id: str) -> dict[str, int]:
    """How many rows of each table still name this conversation."""
    columns = {"conversation": "id", "events": "sender_id", "pending_contact": "conversation_id"}
    with reading(engine).connect() as connection:
        return {
            table: connection.execute(
                text(f"SELECT count(*) FROM {table} WHERE {column} = :id"), {"id": conversation_id}
            ).scalar_one()
            for table, column in columns.items()
        }


NOTHING = {"conversation": 0, "events": 0, "pending_contact": 0}
EVERYTHING = {"conversation": 1, "events": 1, "pending_contact": 1}


def test_a_forgotten_conversation_leaves_no_row(engine: Engine, conversations: Conversations) -> None:
    (forgotten, token), (other, _) = conversations.open("web"), conversations.open("web")
    talk(engine, forgotten.id)
    talk(engine, other.id)
    conversations.forget(forgotten.id)

    assert left(engine, forgotten.id) == NOTHING
    assert left(engine, other.id) == EVERYTHING
    assert conversations.find(forgotten.id, token) is None
    assert not conversations.exists(forgotten.id)


def test_a_turn_that_ends_after_the_conversation_was_forgotten_leaves_no_row(
    engine: Engine, conversations: Conversations
) -> None:
    conversation, _ = conversations.open("web")
    conversations.forget(conversation.id)
    talk(engine, conversation.id)

    assert conversations.keep(conversation.id, {"needs": ["rsa_demande"]}) is None
    assert left(engine, conversation.id) == NOTHING


def test_asking_the_assistant_to_forget_erases_what_was_said(engine: Engine, conversations: Conversations) -> None:
    conversation, token = conversations.open("web")
    talk(engine, conversation.id, "action_listen", "action_effacer_donnees", "action_listen")
    conversations.keep(conversation.id, {"needs": ["rsa_demande"]})

    assert left(engine, conversation.id) == NOTHING | {"conversation": 1}
    found = conversations.find(conversation.id, token)
    assert found is not None
    assert found.orientation is None


def test_the_purge_forgets_what_was_silent_for_longer_than_the_retention(
    engine: Engine, conversations: Conversations, clock: MovingClock
) -> None:
    silent, _ = conversations.open("web")
    alive, _ = conversations.open("web")
    talk(engine, silent.id)
    talk(engine, alive.id)
    clock.moment += timedelta(days=RETENTION_DAYS, seconds=-1)
    assert conversations.purge(RETENTION_DAYS) == 0
    conversations.keep(alive.id, None)
    clock.moment += timedelta(seconds=2)

    assert conversations.purge(RETENTION_DAYS) == 1
    assert left(engine, silent.id) == NOTHING
    assert left(engine, alive.id) == EVERYTHING
    assert conversations.purge(RETENTION_DAYS) == 0


def test_the_purge_takes_what_nobody_owns(engine: Engine, conversations: Conversations) -> None:
    talk(engine, "forgotten-while-rasa-answered")
    conversations.purge(RETENTION_DAYS)
    assert left(engine, "forgotten-while-rasa-answered") == NOTHING


def test_the_purge_takes_many_at_once(engine: Engine, conversations: Conversations, clock: MovingClock) -> None:
    for _ in range(1_200):
        conversations.open("web")
    clock.moment += timedelta(days=RETENTION_DAYS + 1)
    assert conversations.purge(RETENTION_DAYS) == 1_200


@pytest.mark.parametrize("conversation_id", ["", "x" * 65, "a b", "a\x00b", "é", "'; DROP TABLE conversation;--", "%"])
def test_what_cannot_be_an_id_is_unknown(conversations: Conversations, conversation_id: str) -> None:
    assert not conversations.exists(conversation_id)
    assert conversations.find(conversation_id, "token") is None


def test_only_a_hash_of_the_token_is_kept(engine: Engine, conversations: Conversations) -> None:
    _, token = conversations.open("web")
    with reading(engine).connect() as connection:
        assert token not in str(connection.execute(text("SELECT * FROM conversation")).all())
