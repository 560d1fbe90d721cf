"""An agent books for somebody: the plan, what came of it, and to whom it belongs."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import Engine

from bot.booking.appointments import Agenda
from bot.booking.backend import BookingBackend
from bot.booking.errors import KeptElsewhere, MotifNotOffered, UnknownMotif
from bot.booking.motifs import MotifEntry, load_motifs
from bot.clock import PARIS
from bot.database import Base
from bot.directory.load import load_directory
from bot.rdv_service_public import tables
from bot.rdv_service_public.backend import RdvServicePublic
from bot.rdv_service_public.client import Client, PlannedFor
from bot.rdv_service_public.errors import SignInRefused, Unavailable
from bot.rdv_service_public.handed_over import EXPIRES_AFTER_S, HandOvers
from bot.rdv_service_public.mirror import Mirror
from bot.rdv_service_public.openings import PublishedOpenings
from bot.rdv_service_public.plans import Plans
from bot.rdv_service_public.signing_in import Token
from bot.web.conversations import Conversations
from tests.booking.conftest import SettableClock
from tests.rdv_service_public.conftest import CLICHY, LEVALLOIS, NAMES, copies, everything_in
from tests.rdv_service_public.server import TOKEN, Service, rdv_data, webhook

TUESDAY = datetime(2027, 1, 12, 9, 30, tzinfo=PARIS)
SENT = datetime(2027, 1, 11, 8, 0, tzinfo=PARIS)
ZOULIKHA = PlannedFor("Zoulikha", "Personne", "+33612345678", "zoulikha@example.org")
BACK = "https://pole.exemple.fr/agent"


@pytest.fixture
def plans(offering: Engine, service: Service, network: httpx.Client, hand_overs: HandOvers) -> Plans:
    return Plans(offering, Client(network, service.url, Token(TOKEN)), hand_overs)


def booked(service: Service, plan_id: int, rdv_id: int) -> None:
    """The agent books there."""
    told = {"id": rdv_id, "status": "unknown", "starts_at": TUESDAY.isoformat(), "location_type": "public_office"}
    service.plans[plan_id]["rdv"] = told


def told(mirror: Mirror, rdv_id: int) -> None:
    mirror.receive(webhook(rdv_data(rdv_id, TUESDAY), "created", SENT))


def test_a_plan_opens_their_page_and_nothing_of_the_person_is_kept(
    plans: Plans, service: Service, offering: Engine, hand_overs: HandOvers
) -> None:
    opened = plans.open(ZOULIKHA, "premiere_pesee", CLICHY, BACK, "a-conversation")
    assert opened.url == f"{service.url}/agents/rdv_plans/{opened.plan_id}"
    assert [one.conversation_id for one in hand_overs.waiting()] == ["a-conversation"]
    assert not plans.follow(opened.plan_id).booked
    kept = everything_in(offering)
    assert "Zoulikha" not in kept
    assert "612345678" not in kept


@pytest.mark.parametrize("webhook_first", [True, False])
def test_what_came_of_it_belongs_to_the_conversation(
    plans: Plans,
    service: Service,
    mirror: Mirror,
    offering: Engine,
    hand_overs: HandOvers,
    clock: SettableClock,
    motifs: dict[str, MotifEntry],
    webhook_first: bool,
) -> None:
    opened = plans.open(ZOULIKHA, "premiere_pesee", CLICHY, BACK, "a-conversation")
    booked(service, opened.plan_id, 71)
    if webhook_first:
        told(mirror, 71)
        assert copies(offering)[0].conversation_id is None, "nothing but the plan says whose it is"
        progress = plans.follow(opened.plan_id)
        assert progress.rdv is not None
        assert progress.rdv.starts_at == TUESDAY
    else:
        progress = plans.follow(opened.plan_id)
        assert (progress.booked, progress.rdv) == (True, None)
        told(mirror, 71)

    (rdv,) = Agenda(offering, clock, motifs).of_conversation("a-conversation")
    assert (rdv.backend, rdv.starts_at) == ("rdv_service_public", TUESDAY)
    assert hand_overs.waiting() == []
    assert plans.follow(opened.plan_id).rdv == rdv, "asked again, the same"


def test_an_appointment_of_nobodys_plan_is_nobodys(
    plans: Plans, mirror: Mirror, offering: Engine, hand_overs: HandOvers
) -> None:
    """A first name, a time, a motif link nothing: only an id does."""
    hand_overs.keep("a-conversation", "premiere_pesee", CLICHY)
    plans.open(ZOULIKHA, "premiere_pesee", CLICHY, BACK, "another")
    told(mirror, 72)
    assert copies(offering)[0].conversation_id is None
    assert len(hand_overs.waiting()) == 2


def test_agents_help_people_without_a_conversation_too(plans: Plans, service: Service, hand_overs: HandOvers) -> None:
    first, second = (plans.open(ZOULIKHA, "premiere_pesee", CLICHY, BACK) for _ in range(2))
    booked(service, second.plan_id, 73)
    assert plans.follow(second.plan_id).booked
    assert not plans.follow(first.plan_id).booked
    assert hand_overs.count() == 1


def test_when_it_fails_nobody_is_said_to_wait(
    service: Service, network: httpx.Client, offering: Engine, hand_overs: HandOvers
) -> None:
    service.mood = "fails"
    with pytest.raises(Unavailable):
        Plans(offering, Client(network, service.url, Token(TOKEN)), hand_overs).open(ZOULIKHA, "x", CLICHY, BACK)
    service.mood = "well"
    with pytest.raises(SignInRefused):
        Plans(offering, Client(network, service.url, None), hand_overs).open(ZOULIKHA, "x", CLICHY, BACK)
    assert hand_overs.count() == 0


# Handed over


def test_who_was_sent_there_is_remembered_for_two_weeks(hand_overs: HandOvers, clock: SettableClock) -> None:
    hand_overs.keep("one", "premiere_pesee", CLICHY)
    clock.advance(timedelta(seconds=EXPIRES_AFTER_S - 1))
    hand_overs.keep("two", "suivi_grossesse", LEVALLOIS)
    assert [sent.conversation_id for sent in hand_overs.waiting()] == ["one", "two"]
    assert hand_overs.of_conversation("one") == {("premiere_pesee", CLICHY)}

    clock.advance(timedelta(seconds=1))
    assert [sent.conversation_id for sent in hand_overs.waiting()] == ["two"]
    assert hand_overs.of_conversation("one") == frozenset()
    assert (hand_overs.count(), hand_overs.expire(), hand_overs.expire()) == (1, 1, 0)


def test_sent_there_again_counts_anew_and_once(hand_overs: HandOvers, clock: SettableClock) -> None:
    for _ in range(3):
        hand_overs.keep("one", "premiere_pesee", CLICHY)
        clock.advance(timedelta(days=10))
    (sent,) = hand_overs.waiting()
    assert sent.handed_at == clock() - timedelta(days=10)


def test_it_goes_with_its_conversation(offering: Engine, hand_overs: HandOvers, clock: SettableClock) -> None:
    conversations = Conversations(offering, clock)
    (forgotten, _), (silent, _), (alive, _) = (conversations.open("web") for _ in range(3))
    for conversation_id in (forgotten.id, silent.id, alive.id, "erased before"):
        hand_overs.keep(conversation_id, "premiere_pesee", CLICHY)
    hand_overs.keep(None, "premiere_pesee", CLICHY, plan_id=23)
    conversations.forget(forgotten.id)
    assert hand_overs.of_conversation(forgotten.id) == frozenset()

    clock.advance(timedelta(days=10))
    conversations.keep(alive.id, None)
    conversations.purge(5)
    assert {sent.conversation_id for sent in hand_overs.waiting()} == {alive.id, None}


# The port


def backend(offering: Engine, motifs: dict[str, MotifEntry], hand_overs: HandOvers, client: Client) -> RdvServicePublic:
    openings = PublishedOpenings(client)
    return RdvServicePublic(offering, "https://rdv.exemple.fr", motifs, NAMES, load_directory(), hand_overs, openings)


def test_it_has_the_face_of_a_backend_and_books_nothing(
    offering: Engine,
    motifs: dict[str, MotifEntry],
    hand_overs: HandOvers,
    mirror: Mirror,
    service: Service,
    network: httpx.Client,
) -> None:
    there: BookingBackend = backend(offering, motifs, hand_overs, Client(network, service.url, None))
    assert not (there.capabilities.lists_slots or there.capabilities.books or there.capabilities.cancels)
    assert there.capabilities.sends_reminders
    told(mirror, 1)
    (copy,) = copies(offering)
    assert there.next_slots("premiere_pesee", CLICHY) == []
    refused: list[Any] = [
        lambda: there.book("premiere_pesee", CLICHY, TUESDAY),
        lambda: there.move(copy.code, CLICHY, TUESDAY),
        lambda: there.cancel(copy.code),
        lambda: there.attach_contact(copy.code, "Zoulikha", None),
    ]
    for ask in refused:
        with pytest.raises(KeptElsewhere):
            ask()
    found = there.find(copy.code)
    assert found is not None
    assert found.starts_at == TUESDAY
    assert there.find("K7PM-4XQT-9R") is None
    assert there.of_conversation("nobody") == []
    with pytest.raises(UnknownMotif):
        there.next_slots("inconnu", CLICHY)
    with pytest.raises(MotifNotOffered):
        there.next_slots("premiere_pesee", "pole-issy")


def test_each_motif_has_one_keeper(
    offering: Engine, hand_overs: HandOvers, service: Service, network: httpx.Client, clock: SettableClock
) -> None:
    here = load_motifs()
    mixed = here | {"premiere_pesee": load_motifs(backend="rdv_service_public")["premiere_pesee"]}
    there = backend(offering, mixed, hand_overs, Client(network, service.url, None))
    agenda = Agenda(offering, clock, mixed)
    for code, entry in mixed.items():
        assert there.keeps(code) == (code == "premiere_pesee")
        refuses = agenda if there.keeps(code) else there
        with pytest.raises(MotifNotOffered):
            refuses.next_slots(code, entry.sites[0])


def test_the_migrations_make_the_tables_of_this_room(engine: Engine) -> None:
    ours = {
        mapper.class_.__tablename__ for mapper in Base.registry.mappers if mapper.class_.__module__ == tables.__name__
    }
    options = {"include_object": lambda _o, name, kind, _r, _c: kind != "table" or name in ours, "compare_type": True}
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []
    assert len(ours) == 3
