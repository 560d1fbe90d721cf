"""What messages say: short enough, plain, and nothing a stranger could have put there."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.booking.motifs import load_motifs
from bot.booking.outbox import Event
from bot.channels.gsm7 import BASIC, EXTENSION, segments
from bot.directory.load import load_directory
from bot.messaging.texts import LONGEST_NAME, MAX_SEGMENTS, Texts
from bot.settings import LONGEST_PUBLIC_NAME
from tests.messaging.mail import texts
from tests.messaging.told import told

EVENTS: tuple[Event, ...] = ("confirmation", "change", "cancellation", "reminder", "earlier_slot")
LONGEST_URL = "https://" + "rdv." * 13 + "ville.fr"
DIRECTORY = load_directory()
every_event = pytest.mark.parametrize("event", EVENTS)


def test_the_longest_address_a_setting_may_hold() -> None:
    assert len(LONGEST_URL.removeprefix("https://")) == LONGEST_PUBLIC_NAME


@every_event
@pytest.mark.parametrize("name", [None, "Fatou", "Marie-Françoise d'Aubigné-Ndiaye"[:LONGEST_NAME]])
def test_a_text_is_two_segments_at_most_whatever_the_site(event: Event, name: str | None) -> None:
    writing = texts(LONGEST_URL)
    for site in DIRECTORY.structures:
        text = writing.sms(told(event, lieu=site, first_name=name))
        assert segments(text) <= MAX_SEGMENTS, text
        assert set(text) <= BASIC | EXTENSION


@every_event
def test_a_text_says_what_is_needed_to_come(event: Event) -> None:
    text = texts().sms(told(event))
    assert text.startswith("Pour Fatou: ")
    assert "mercredi 22 septembre à 10 h 30" in text
    assert "http" not in text
    assert "annulation" not in text.lower()
    assert "pesée" not in text
    if event == "cancellation":
        assert DIRECTORY.single_number().number in text
    else:
        assert "rdv.pole.test/rdv/K7PM-4XQT-9R" in text


def test_whom_to_ask_where_the_address_is_not_known() -> None:
    number = DIRECTORY.single_number().number
    known = next(site.id for site in DIRECTORY.structures.values() if site.address)
    assert f"Adresse: {number}" in texts().sms(told("reminder", lieu="pole-clichy"))
    assert number not in texts().sms(told("reminder", lieu=known))


@every_event
def test_an_e_mail_says_the_same_at_more_ease(event: Event) -> None:
    body = texts().body(told(event))
    assert body.startswith("Bonjour Fatou,\n\n")
    assert "mercredi 22 septembre à 10 h 30" in body
    assert "{" not in body
    assert ("https://rdv.pole.test/rdv/K7PM-4XQT-9R" in body) == (event != "cancellation")
    assert texts().body(told(event, first_name=None)).startswith("Bonjour,\n\n")


def test_who_cancelled_is_told_apart() -> None:
    by_service, by_resident = (texts().body(told("cancellation", by_service=who)) for who in (True, False))
    assert "désolés" in by_service
    assert "Vous avez annulé" in by_resident


def test_an_earlier_slot_says_until_when_it_is_held() -> None:
    text = texts().sms(told("earlier_slot"))
    assert "mercredi 15 septembre à 10 h 30" in text
    assert "jusqu'à 10 h 30" in text
    assert "reste le mercredi 22 septembre" in text


@pytest.mark.parametrize(
    ("kind", "said"),
    [("phone", "c'est nous qui vous appelons"), ("home", "chez vous"), ("public_office", "Pôle social")],
)
def test_where_one_is_received(kind: str, said: str) -> None:
    motifs = load_motifs()
    motifs["premiere_pesee"] = replace(motifs["premiere_pesee"], location_type=kind)  # type: ignore[arg-type]
    writing = Texts(texts().renderer, motifs, "https://rdv.pole.test")
    assert said in writing.body(told("confirmation"))
    assert ("Adresse" in writing.sms(told("confirmation"))) == (kind == "public_office")


@pytest.mark.parametrize(
    "name",
    ["gagnez.fr", "appelez le 0612345678", "http://x.fr", "Fatou\nSubject: x", "{code}", "a" * 31, "<b>x</b>", "…", ""],
)
def test_only_a_name_is_taken_for_a_name(name: str) -> None:
    """Whoever books may type any telephone: its owner must not receive a stranger's words."""
    message = told("confirmation", first_name=name)
    assert texts().body(message).startswith("Bonjour,\n")
    assert texts().sms(message).startswith("RDV pris")


@given(st.text(max_size=80), st.sampled_from(EVENTS))
def test_whatever_the_name_a_text_can_be_sent(name: str, event: Event) -> None:
    text = TEXTS.sms(told(event, first_name=name))
    assert segments(text) <= MAX_SEGMENTS
    assert set(text) <= BASIC | EXTENSION
    assert "\n" not in TEXTS.subject(told(event, first_name=name))


TEXTS = texts(LONGEST_URL)
