"""The contact form of an appointment's page, and its waiting list."""

import html
import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.booking.views import RdvView
from bot.directory.phones import WRITTEN_TO
from bot.privacy.typed_contact import read_contact
from tests.web.conftest import PMI, POLE, Desk, a_phone


def known_to(desk: Desk, rdv: RdvView, letters: str = "awa") -> TestClient:
    """A browser that answered for the appointment."""
    browser = desk.browser()
    assert browser.post(f"/rdv/{rdv.code}/verifier", data={"reponse": letters}).status_code == 303
    return browser


def contact(desk: Desk, rdv: RdvView) -> tuple[str | None, str | None, str | None]:
    kept = desk.now(rdv.code)
    return kept.first_name, kept.phone, kept.email


# Contact


def test_what_is_left_is_kept_and_this_browser_goes_on(desk: Desk) -> None:
    rdv, browser = desk.book(), desk.browser()
    form = {"prenom": " Awa ", "portable": "06.12 34-00 01", "courriel": "awa@exemple.fr"}
    done = browser.post(f"/rdv/{rdv.code}/coordonnees", data=form)

    assert contact(desk, rdv) == ("Awa", "+33612340001", "awa@exemple.fr")
    page = browser.get(done.headers["Location"])
    assert page.status_code == 200 and "vos coordonnées sont à jour" in page.text
    assert desk.browser().get(f"/rdv/{rdv.code}").status_code == 403, "everybody else is asked from now on"


def test_each_field_alone_and_empty_fields_change_nothing(desk: Desk) -> None:
    rdv, browser, phone = desk.book(), desk.browser(), a_phone()
    for form, kept in (
        ({"courriel": "a@exemple.fr"}, (None, None, "a@exemple.fr")),
        ({"prenom": "Awa"}, ("Awa", None, "a@exemple.fr")),
        ({"portable": phone}, ("Awa", phone, "a@exemple.fr")),
        ({}, ("Awa", phone, "a@exemple.fr")),
        ({"prenom": "Ali"}, ("Ali", phone, "a@exemple.fr")),
        ({"effacer": ["first_name"]}, (None, phone, "a@exemple.fr")),
        ({"effacer": ["phone", "email", "code", "status"]}, (None, None, None)),
    ):
        assert browser.post(f"/rdv/{rdv.code}/coordonnees", data=form).status_code == 303
        assert contact(desk, rdv) == kept
    assert desk.browser().get(f"/rdv/{rdv.code}").status_code == 200, "nobody's again"


def test_what_is_kept_is_told_to_its_owner_only(desk: Desk) -> None:
    """Whoever knows the first name, a former husband say, does not learn the new number."""
    phone = a_phone()
    rdv = desk.book_for("Awa", phone, "awa.diallo@exemple.fr")
    page = known_to(desk, rdv).get(f"/rdv/{rdv.code}/coordonnees")

    assert f"se termine par {phone[-2:]}" in page.text and "a…@exemple.fr" in page.text
    assert phone[-6:] not in re.sub(r"\s", "", page.text) and "diallo" not in page.text


@pytest.mark.parametrize(
    ("form", "said", "kept"),
    [
        ({"portable": "06 12 34 56"}, "Numéro non reconnu", "06 12 34 56"),
        ({"portable": "zéro six"}, "Numéro non reconnu", "zéro six"),
        ({"portable": "0" * 9_000}, "Numéro non reconnu", "000"),
        ({"portable": "01 40 00 00 00"}, "ne reçoit pas de SMS", "01 40 00 00 00"),
        ({"portable": "+1 202 555 0143"}, "portable français", "+1 202 555 0143"),
        ({"courriel": "awa"}, "Adresse non reconnue", "awa"),
        ({"courriel": "awa@exemple"}, "Adresse non reconnue", "awa@exemple"),
        ({"courriel": "awa@exemple.fr\r\nBcc: x@y.fr"}, "Adresse non reconnue", "Bcc"),
        ({"courriel": "a@" + "b" * 9_000 + ".fr"}, "Adresse trop longue", "bbb"),
        ({"prenom": "x" * 81}, "Prénom trop long", "xxx"),
        ({"prenom": "1234"}, "avec des lettres", "1234"),
        ({"prenom": "<script>alert(1)</script>" * 4}, "Prénom trop long", "<script>"),
    ],
)
def test_a_fault_is_named_beside_its_field_and_nothing_is_lost(
    desk: Desk, form: dict[str, str], said: str, kept: str
) -> None:
    rdv = desk.book()
    refused = desk.browser().post(f"/rdv/{rdv.code}/coordonnees", data={"prenom": "Awa"} | form)
    (field,) = form

    assert refused.status_code == 422
    assert said in refused.text and kept in html.unescape(refused.text)
    assert re.search(rf'id="{field}" [^>]*aria-invalid="true" aria-describedby="{field}-faute', refused.text)
    assert "<script>alert" not in refused.text
    assert field == "prenom" or 'value="Awa"' in refused.text
    assert contact(desk, rdv) == (None, None, None)


def test_a_telephone_with_too_many_appointments_is_refused(desk: Desk) -> None:
    phone = a_phone()
    for in_days in (1, 2):
        desk.book_for("Awa", phone, in_days=in_days)
    rdv = desk.book()
    refused = desk.browser().post(f"/rdv/{rdv.code}/coordonnees", data={"prenom": "Awa", "portable": phone})
    assert refused.status_code == 422 and "déjà plusieurs rendez-vous" in refused.text
    assert contact(desk, rdv) == (None, None, None)


def test_a_silent_motif_asks_for_nothing_and_keeps_nothing(desk: Desk) -> None:
    rdv, browser = desk.book("sante_sexuelle", PMI), desk.browser()
    page = browser.get(f"/rdv/{rdv.code}")
    assert "coordonnees" not in page.text and "liste-attente" not in page.text
    assert browser.get(f"/rdv/{rdv.code}/coordonnees").status_code == 303
    assert browser.post(f"/rdv/{rdv.code}/coordonnees", data={"prenom": "Awa"}).status_code == 303
    assert browser.post(f"/rdv/{rdv.code}/liste-attente").headers["Location"] == f"/rdv/{rdv.code}"
    assert contact(desk, rdv) == (None, None, None) and not desk.agenda.waiting(rdv.code).listed


@pytest.mark.parametrize(
    "hostile", ["a" * 50_000 + "!", "a@" + "a." * 25_000, "0" * 50_000, "+33" + " " * 50_000, "a" * 254]
)
def test_no_text_holds_the_reader(hostile: str) -> None:
    """Lengths are known before any pattern is tried."""
    assert {"phone", "email"} <= set(read_contact(hostile, hostile, hostile).faults)


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_what_is_read_can_be_written_to(name: str, phone: str, email: str) -> None:
    read = read_contact(name, phone, email)
    if not read.faults:
        assert read.first_name is None or (len(read.first_name) <= 80 and any(map(str.isalpha, read.first_name)))
        assert read.phone is None or re.fullmatch(r"\+(?:33|262|590|594|596)\d{9}", read.phone)
        assert read.email is None or (len(read.email) <= 254 and read.email.isascii() and read.email.isprintable())


@settings(deadline=None)
@given(st.from_regex(r"\A[a-z0-9][a-z0-9.+_-]{0,20}@[a-z0-9-]{1,20}\.(?:fr|com|org)\Z"))
def test_ordinary_addresses_are_taken(email: str) -> None:
    assert read_contact("", "", email).email == email


@settings(deadline=None)
@given(
    st.integers(0, 99_999_999),
    st.sampled_from(["{}", "+33{}", "0033 {}", "+33 (0){}"]),
    st.sampled_from(["", " ", ".", "-"]),
)
def test_a_mobile_is_read_however_it_is_written(rest: int, written: str, between: str) -> None:
    digits = f"6{rest:08}"
    groups = between.join([digits[0], *(digits[at : at + 2] for at in range(1, 9, 2))])
    typed = written.format(("0" if written == "{}" else "") + groups)
    read = read_contact("", typed, "")
    mainland_or_overseas = {f"+{country}{digits}" for country in WRITTEN_TO}
    assert read.phone in mainland_or_overseas or "phone" in read.faults
    assert rest < 10_000_000 or read.phone is None or read.phone == f"+33{digits}"


# Waiting list


def test_one_is_told_what_is_needed_then_listed_then_not(desk: Desk) -> None:
    rdv, browser = desk.book(in_days=6), desk.browser()
    assert "laissez un numéro de portable ou une adresse e-mail" in browser.get(f"/rdv/{rdv.code}").text
    browser.post(f"/rdv/{rdv.code}/liste-attente")
    assert not desk.agenda.waiting(rdv.code).listed

    browser.post(f"/rdv/{rdv.code}/coordonnees", data={"courriel": "awa@exemple.fr"})
    assert "Me prévenir si un créneau plus tôt se libère" in browser.get(f"/rdv/{rdv.code}").text
    joined = browser.post(f"/rdv/{rdv.code}/liste-attente")
    assert "nous vous écrirons" in browser.get(joined.headers["Location"]).text
    assert desk.agenda.waiting(rdv.code).listed
    browser.post(f"/rdv/{rdv.code}/liste-attente/quitter")
    assert not desk.agenda.waiting(rdv.code).listed


@pytest.fixture
def proposed(desk: Desk) -> RdvView:
    """An appointment for which an earlier slot is held."""
    rdv = desk.book_for("Awa", None, "awa@exemple.fr", in_days=9)
    desk.agenda.join_waiting_list(rdv.code)
    desk.clock.moment += timedelta(hours=2)
    assert desk.agenda.propose_earlier_slots() >= 1
    return rdv


def test_an_earlier_slot_is_shown_with_the_time_until_which_it_is_kept(desk: Desk, proposed: RdvView) -> None:
    page = known_to(desk, proposed).get(f"/rdv/{proposed.code}").text.replace("\u00a0", " ")
    assert "Un créneau plus tôt s’est libéré" in page
    assert "mardi 12 janvier à" in page and "jusqu’au lundi 11 janvier à 13 h" in page


def test_it_is_taken_by_a_button(desk: Desk, proposed: RdvView) -> None:
    offered = desk.agenda.waiting(proposed.code).offered
    browser = known_to(desk, proposed)
    done = browser.post(f"/rdv/{proposed.code}/plus-tot/accepter")
    assert "votre rendez-vous est déplacé" in browser.get(done.headers["Location"]).text
    assert desk.now(proposed.code).starts_at == offered
    again = browser.post(f"/rdv/{proposed.code}/plus-tot/accepter")
    assert "n’est plus libre" in browser.get(again.headers["Location"]).text


def test_it_is_left_to_somebody_else_by_a_button(desk: Desk, proposed: RdvView) -> None:
    offered = desk.agenda.waiting(proposed.code).offered
    browser = known_to(desk, proposed)
    done = browser.post(f"/rdv/{proposed.code}/plus-tot/garder")
    page = browser.get(done.headers["Location"]).text
    assert "vous gardez votre rendez-vous" in page and "Un créneau plus tôt s’est libéré" not in page
    assert desk.now(proposed.code).starts_at == proposed.starts_at
    assert offered in [slot.starts_at for slot in desk.slots(limit=500)]
    assert desk.agenda.waiting(proposed.code).listed, "for the next one"


def test_too_late_for_it_is_said(desk: Desk, proposed: RdvView) -> None:
    browser = known_to(desk, proposed)
    desk.clock.moment += timedelta(hours=4)
    late = browser.post(f"/rdv/{proposed.code}/plus-tot/accepter")
    assert "n’est plus libre" in browser.get(late.headers["Location"]).text
    assert desk.now(proposed.code).starts_at == proposed.starts_at


def test_somebody_elses_code_gives_nothing(desk: Desk, proposed: RdvView) -> None:
    """A browser known for its own appointment is not for another's."""
    stranger = known_to(desk, desk.book_for("Ali", None), "ali")
    for deed in (
        "liste-attente",
        "liste-attente/quitter",
        "plus-tot/accepter",
        "plus-tot/garder",
        "deplacer",
        "annuler",
    ):
        assert stranger.post(f"/rdv/{proposed.code}/{deed}", data={"lieu": POLE}).status_code == 403
    assert desk.now(proposed.code).starts_at == proposed.starts_at
    assert desk.agenda.waiting(proposed.code).offered is not None
