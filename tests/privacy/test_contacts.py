"""Contact details on their way to a booking: set aside, taken once, forgotten."""

import pytest
from sqlalchemy.engine import Engine

from bot.privacy.contacts import Contacts
from bot.privacy.redact import Contact

AWA = Contact("Awa", "+33612345678")


@pytest.fixture
def contacts(engine: Engine) -> Contacts:
    return Contacts(engine)


def test_what_was_set_aside_is_taken_once(contacts: Contacts) -> None:
    contacts.set_aside("c", AWA)
    assert contacts.take("c") == AWA
    assert contacts.take("c") is None


def test_the_details_given_last_replace_the_others(contacts: Contacts) -> None:
    contacts.set_aside("c", Contact("Ana", "+33711223344"))
    contacts.set_aside("c", AWA)
    assert contacts.take("c") == AWA


def test_one_conversation_never_takes_what_another_gave(contacts: Contacts) -> None:
    contacts.set_aside("c", AWA)
    assert contacts.take("d") is None
    contacts.forget("d")
    assert contacts.take("c") == AWA


def test_what_is_forgotten_cannot_be_taken(contacts: Contacts) -> None:
    contacts.set_aside("c", AWA)
    contacts.forget("c")
    assert contacts.take("c") is None


def test_a_first_name_alone_is_set_aside_too(contacts: Contacts) -> None:
    contacts.set_aside("c", Contact("Kavin", None))
    assert contacts.take("c") == Contact("Kavin", None)
