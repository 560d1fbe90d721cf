"""One motif kept in RDV Service Public, the others here: its link and a number are given, and no time is made up."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from actions.house import House
from bot.booking.appointments import Agenda
from bot.booking.demo import fill_demo
from bot.booking.models import Rdv
from bot.booking.moments import epoch_of
from bot.booking.motifs import MotifEntry
from bot.channels.gsm7 import segments
from bot.channels.sms import MAX_SEGMENTS
from bot.database import engine_for, migrate
from bot.rdv_service_public.backend import RdvServicePublic
from bot.rdv_service_public.client import Client
from bot.rdv_service_public.handed_over import HandOvers
from bot.rdv_service_public.names import LieuThere, Names
from bot.rdv_service_public.openings import PublishedOpenings
from tests.dialogue.talk import ROOMS, Talk
from tests.rdv_service_public.server import Service, rdv_service_public

BASE = "https://rdv.anct.gouv.fr"
"""The longest address that an instance is known to have, for what fits in a text message."""
WEIGHING: dict[str, Any] = {"intent": "decrire_situation", "needs": ["premiere_pesee"], "commune": "Clichy"}
A_TIME = re.compile(r"\b\d{1,2} h(?: \d\d)?\b")
SLOTS_OFFERED = re.compile(r"créneaux :|^1\. ", re.MULTILINE)
LINK = re.compile(r"https://\S+")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, rooms: House) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path_factory.mktemp('elsewhere') / 'talk.db'}"
    migrate(url)
    engine = engine_for(url)
    fill_demo(engine, rooms.clock, rooms.motifs)
    yield engine
    engine.dispose()


@pytest.fixture
def service() -> Iterator[Service]:
    with rdv_service_public() as running:
        running.with_openings = ["pmi-clichy"]
        yield running


def switched(rooms: House, engine: Engine, service: Service, motifs: dict[str, MotifEntry]) -> House:
    """The house with these motifs; whatever is kept elsewhere is asked of this service."""
    lieux = {"pole-clichy": LieuThere(organisation_external_id="pmi-clichy")}
    hand_overs = HandOvers(engine, rooms.clock)
    client = Client(httpx.Client(trust_env=False), service.url, None, timeout_s=0.3)
    there = RdvServicePublic(
        engine, BASE, motifs, Names(lieux=lieux), rooms.directory, hand_overs, PublishedOpenings(client)
    )
    return replace(rooms, motifs=motifs, agenda=Agenda(engine, rooms.clock, motifs), rdv_service_public=there)


@pytest.fixture
def house(rooms: House, engine: Engine, service: Service, monkeypatch: pytest.MonkeyPatch) -> House:
    """The first weighing is kept elsewhere; what came of former tests is gone."""
    with engine.begin() as connection:
        for table in ("handed_over", "rdv_event", "slot_claim", "rdv"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    weighing = replace(rooms.motifs["premiere_pesee"], backend="rdv_service_public")
    house = switched(rooms, engine, service, rooms.motifs | {"premiere_pesee": weighing})
    for room in ROOMS:
        monkeypatch.setattr(room, "house", lambda: house)
    return house


@pytest.fixture
def web(house: House) -> Talk:
    return Talk()


@pytest.fixture
def text(house: House) -> Talk:
    return Talk(channel="sms")


def no_slot(talk: Talk) -> None:
    assert not SLOTS_OFFERED.search(talk.text), talk.text
    assert not A_TIME.search(talk.texts[-1].split("(")[0]), talk.text
    assert not [title for title in talk.buttons if re.match(r"\d\.", title)]
    assert not talk.slots.get("rdv_propositions")
    assert talk.slots["attente"] != "rdv"


def link_of(talk: Talk) -> dict[str, str]:
    (link,) = set(LINK.findall(talk.text))
    assert link.startswith(f"{BASE}/prendre_rdv?")
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}


def card_of(talk: Talk) -> dict[str, Any]:
    (card,) = [part["custom"]["card"] for part in talk.said if part["custom"].get("card", {}).get("kind") == "link"]
    return dict(card)


def test_the_offer_is_a_link_and_a_number(web: Talk, house: House) -> None:
    web.says("je voudrais faire peser mon bébé", **WEIGHING)
    no_slot(web)
    assert "vous choisissez le jour et l'heure sur RDV Service Public" in web.texts[-1]
    assert "Si ça ne marche pas, appelez le" in web.texts[-1]
    assert link_of(web) == {
        "departement": "92",
        "city_code": "92024",
        "motif_name_with_location_type": "premiere_pesee_de_votre_bebe-public_office",
    }
    card = card_of(web)
    assert card["url"] == LINK.findall(web.text)[0]
    pmi = house.directory.hotline("pmi-92")
    assert (card["phones"][0]["number"], card["phones"][0]["dial"]) == (pmi.number, pmi.dial), "that of the service"
    assert pmi.number in web.texts[-1]
    assert "RDV Service Public" in card["why"]


def test_it_is_remembered_for_agents_and_figures(web: Talk, house: House, engine: Engine) -> None:
    web.says("je voudrais faire peser mon bébé", **WEIGHING)
    (sent,) = HandOvers(engine, house.clock).waiting()
    assert (sent.conversation_id, sent.motif, sent.lieu) == ("talk", "premiere_pesee", "pole-clichy")
    assert house.agenda.of_conversation("talk") == [], "and nothing is booked"


def test_a_wished_time_is_not_made_up_either(web: Talk) -> None:
    for wish in ("un rdv pour la pesée mardi matin", "le plus tôt possible pour la pesée", "mardi 9 h pour la pesée"):
        web.says(wish, **WEIGHING)
        no_slot(web)
    web.says("un rendez-vous mardi à 10 h", "rdv_prendre")
    no_slot(web)
    assert link_of(web)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("oui", "affirmer"),
        ("la 1", "choisir_creneau"),
        ("un autre jour", "autre_creneau"),
        ("mardi", "choisir_creneau"),
        ("le premier", "choisir_creneau"),
        ("merci", "remercier"),
        ("non", "refuser"),
        ("déplacer mon rendez-vous", "rdv_deplacer"),
        ("annuler mon rendez-vous", "rdv_annuler"),
        ("c'est quand mon rendez-vous ?", "rdv_info"),
    ],
)
def test_whatever_is_answered_no_time_comes_of_it(web: Talk, house: House, said: str, intent: str) -> None:
    web.says("je voudrais faire peser mon bébé", **WEIGHING)
    web.says(said, intent)
    assert web.texts
    no_slot(web)
    assert house.agenda.of_conversation("talk") == []


def test_asked_for_again_the_link_is_given_again(web: Talk) -> None:
    web.says("je voudrais faire peser mon bébé", **WEIGHING)
    web.says("je veux prendre rendez-vous", "rdv_prendre")
    assert link_of(web)["city_code"] == "92024"


def test_the_link_is_not_given_at_every_turn_and_the_next_need_is_booked_here(web: Talk) -> None:
    web.says("je voudrais faire peser mon bébé", **WEIGHING)
    web.says("et aussi le RSA", "decrire_situation", needs=["rsa_suivi"])
    assert not LINK.search(web.text), web.text
    assert "Les prochains créneaux" in web.texts[-1]
    web.presses("1.")
    web.presses("Oui")
    assert "Votre code" in web.text


def test_another_town_has_its_own_link(web: Talk, house: House) -> None:
    web.says("je voudrais faire peser mon bébé", **WEIGHING)
    web.says("j'habite à Levallois en fait", "dire_commune", commune="Levallois-Perret")
    assert link_of(web)["city_code"] == "92044"


def test_another_site_is_a_link_to_it(web: Talk, house: House) -> None:
    web.says("je voudrais faire peser mon bébé", **WEIGHING)
    web.says("à un autre endroit ?", "changer_lieu")
    no_slot(web)
    assert "Levallois" in web.texts[-1]
    assert link_of(web)


# When it is down


@pytest.mark.parametrize("mood", ["fails", "firewall", "hangs"])
def test_when_it_does_not_answer_that_is_said_with_the_link_and_the_number(
    web: Talk, service: Service, mood: str
) -> None:
    service.mood = mood
    web.says("je voudrais faire peser mon bébé", **WEIGHING)
    no_slot(web)
    assert "RDV Service Public ne répond pas en ce moment" in web.texts[-1]
    assert "Je vous donne le lien" in web.texts[-1]
    assert "Et le numéro :" in web.texts[-1]
    assert link_of(web)
    assert "ne répond pas" in card_of(web)["why"]


def test_when_nothing_is_published_that_is_said(web: Talk, service: Service) -> None:
    service.with_openings = []
    web.says("je voudrais faire peser mon bébé", **WEIGHING)
    no_slot(web)
    assert "Je ne vois pas de créneau libre en ce moment" in web.texts[-1]
    assert link_of(web)


def test_where_they_do_not_say_nothing_is_claimed(web: Talk, service: Service) -> None:
    service.mood = "busy"
    web.says("je voudrais faire peser mon bébé", **WEIGHING)
    assert "vous choisissez le jour et l'heure" in web.texts[-1]


# By text message


@pytest.mark.parametrize("mood", ["well", "fails"])
def test_by_text_message_the_link_and_the_number_arrive_whole(text: Talk, service: Service, mood: str) -> None:
    service.mood = mood
    text.says("je voudrais faire peser mon bébé", **WEIGHING)
    no_slot(text)
    assert segments(text.sms) <= MAX_SEGMENTS
    link = LINK.findall(text.texts[-1])[0]
    assert link in text.sms.split("\n")
    assert card_of(text)["phones"][0]["number"] in text.sms
    assert text.choices == []


def test_the_link_of_every_motif_fits_whatever_the_service_is_like(
    rooms: House, engine: Engine, service: Service
) -> None:
    motifs = {code: replace(entry, backend="rdv_service_public") for code, entry in rooms.motifs.items()}
    house = switched(rooms, engine, service, motifs)
    assert house.rdv_service_public is not None
    number = rooms.directory.single_number().number
    for code, entry in motifs.items():
        for site in entry.sites:
            link = house.rdv_service_public.handover_url(code, site, "Clichy")
            for name in ("utter_lien_rdv", "utter_lien_rdv_complet", "utter_lien_rdv_panne"):
                said = rooms.renderer.wording.say(name, "sms", motif=entry.libelle, lien=link, telephone=number)
                assert segments(said) <= MAX_SEGMENTS, said


# An appointment that is known to come of this conversation


def test_what_is_kept_there_is_shown_here_and_changed_there(web: Talk, house: House, engine: Engine) -> None:
    start = epoch_of(house.clock()) + 86_400
    with Session(engine, future=True) as session, session.begin():
        session.add(
            Rdv(
                code="K7PM-4XQT-9R",
                motif_code="premiere_pesee",
                lieu_id="pole-clichy",
                starts_at=start,
                ends_at=start + 1800,
                conversation_id="talk",
                created_at=start - 90_000,
                created_by="rdv_service_public",
                backend="rdv_service_public",
                external_id="1",
            )
        )
    web.says("c'est quand mon rendez-vous ?", "rdv_info")
    assert "mardi 24 novembre à 10 h" in web.text
    for said, intent in (
        ("annulez-le", "rdv_annuler"),
        ("oui annulez", "rdv_annuler"),
        ("je veux le déplacer", "rdv_deplacer"),
    ):
        web.says(said, intent)
        assert "C'est là qu'il se change ou s'annule" in web.text, web.text
    assert house.agenda.of_conversation("talk")[0].status == "confirmed"
