"""Seeing, moving and cancelling an appointment by its page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest
from icalendar import Calendar
from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.booking.models import Rdv, SlotClaim
from bot.booking.moments import epoch_of
from bot.booking.views import RdvView
from bot.clock import PARIS
from bot.directory.hours import spoken_date
from bot.web import limits
from bot.web.pages import unbroken
from tests.web.conftest import PMI, POLE, Desk


def text_of(page: httpx.Response) -> str:
    """What one reads on the page, its spaces made one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text.split("<main")[1]).replace("&#39;", "'"))


def read(moment: datetime) -> str:
    return re.sub(r"\s+", " ", unbroken(spoken_date(moment)))


def listed(page: httpx.Response) -> list[tuple[str, int]]:
    """Site and start of each time that is a link."""
    found = re.findall(r"/deplacer/confirmer\?lieu=([\w-]+)&amp;debut=(\d+)", page.text)
    return [(lieu, int(start)) for lieu, start in found]


def keep_elsewhere(desk: Desk, rdv: RdvView) -> None:
    """Make it a copy of an appointment kept on RDV Service Public."""
    with Session(desk.engine, future=True) as session, session.begin():
        columns = {"backend": "rdv_service_public", "external_id": rdv.code, "agent_id": None}
        session.execute(update(Rdv).where(Rdv.code == rdv.code).values(**columns))


# See


def test_what_one_needs_to_come(desk: Desk) -> None:
    rdv = desk.book()
    page = desk.browser().get(f"/rdv/{rdv.code}")
    needed = ("À venir", read(rdv.starts_at), "Première pesée de votre bébé", "Pôle social départemental", rdv.code)
    assert [words for words in needed if words not in text_of(page)] == []
    assert "Démonstration" in page.text and 'href="tel:' in page.text


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("resident", "Annulé par vous"),
        ("agent", "Annulé par le service"),
        ("seen", "vous y étiez"),
        ("noshow", "pu venir"),
    ],
)
def test_how_it_ended(desk: Desk, end: str, said: str) -> None:
    rdv, browser = desk.book(), desk.browser()
    if end in ("resident", "agent"):
        desk.agenda.cancel(rdv.code, by=end)  # type: ignore[arg-type]
    else:
        desk.clock.moment = rdv.ends_at
        desk.agenda.mark(rdv.code, end)  # type: ignore[arg-type]
    page = browser.get(f"/rdv/{rdv.code}")

    assert said in text_of(page)
    assert not re.findall(r"/(?:annuler|deplacer|coordonnees|liste-attente)", page.text)
    assert 'href="/">Écrire à l’assistant' in page.text


def test_what_is_kept_elsewhere_is_neither_moved_nor_cancelled_here(desk: Desk) -> None:
    rdv, browser = desk.book(), desk.browser()
    keep_elsewhere(desk, rdv)
    page, there = browser.get(f"/rdv/{rdv.code}"), desk.slots(in_days=5, limit=1)[0]

    assert "géré sur RDV Service Public" in text_of(page)
    assert not re.findall(r"/(?:annuler|deplacer|coordonnees|liste-attente)", page.text)
    for path in ("annuler", "deplacer", "coordonnees", "liste-attente", "plus-tot/accepter"):
        refused = browser.post(
            f"/rdv/{rdv.code}/{path}", data={"lieu": there.lieu, "debut": there.start, "prenom": "A"}
        )
        assert refused.status_code in (303, 409)
    kept = desk.now(rdv.code)
    assert (kept.status, kept.starts_at, kept.first_name) == ("confirmed", rdv.starts_at, None)


def test_a_motif_that_left_the_file_still_has_its_page(desk: Desk) -> None:
    rdv, browser = desk.book(), desk.browser()
    motifs = desk.services.motifs
    gone = motifs.pop(rdv.motif)
    try:
        for path in ("", ".ics", "/annuler"):
            assert browser.get(f"/rdv/{rdv.code}{path}").status_code == 200
        assert browser.get(f"/rdv/{rdv.code}/deplacer").status_code == 409
        assert "Première pesée" not in browser.get(f"/rdv/{rdv.code}.ics").text
    finally:
        motifs[rdv.motif] = gone


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("bookable_by", "agents", "Pour un autre jour ou une autre heure, appelez"),
        ("location_type", "phone", "Par téléphone : le service vous appelle"),
        ("location_type", "home", "Chez vous"),
        ("papiers", ("Pièce d'identité",), "Papiers à apporter Pièce d'identité"),
    ],
)
def test_what_the_motif_decides_is_said(desk: Desk, field: str, value: object, said: str) -> None:
    rdv, motifs = desk.book(), desk.services.motifs
    usual = motifs[rdv.motif]
    motifs[rdv.motif] = replace(usual, **{field: value})  # type: ignore[arg-type]
    try:
        page = desk.browser().get(f"/rdv/{rdv.code}")
        assert said in text_of(page)
        assert ("/deplacer" in page.text) is (field != "bookable_by")
        assert ("adresse vérifiée" in page.text) is (field != "location_type")
    finally:
        motifs[rdv.motif] = usual


# Move


def test_the_list_is_that_of_the_agenda_by_day_one_time_once(desk: Desk) -> None:
    rdv = desk.book(in_days=2)
    first = listed(desk.browser().get(f"/rdv/{rdv.code}/deplacer"))
    days = sorted({slot.starts_at.date() for slot in desk.slots()})[:5]

    assert first == [(POLE, slot.start) for slot in desk.slots() if slot.starts_at.date() in days]
    assert len(first) == len(set(first))


def test_pages_follow_each_other_and_come_back(desk: Desk) -> None:
    rdv, browser = desk.book(), desk.browser()
    address, seen = f"/rdv/{rdv.code}/deplacer", []
    while address:
        page = browser.get(address.replace("&amp;", "&"))
        assert not set(seen) & set(listed(page))
        seen += listed(page)
        address = "".join(re.findall(r'href="([^"]+)">Voir les jours suivants', page.text))
    assert seen == [(POLE, slot.start) for slot in desk.slots(limit=5_000)]
    back = re.findall(r'href="([^"]+)">Revenir aux jours', page.text)
    assert listed(browser.get(back[0].replace("&amp;", "&")))


@pytest.mark.parametrize("page", ["0", "-1", "99999999999999999999", "deux", "", "²", "1e9"])
def test_a_page_that_is_none_is_still_a_page(desk: Desk, page: str) -> None:
    assert desk.browser().get(f"/rdv/{desk.book().code}/deplacer", params={"page": page}).status_code == 200


def test_other_sites_of_the_motif_come_after_its_own(desk: Desk) -> None:
    rdv = desk.book(lieu=PMI)
    page = desk.browser().get(f"/rdv/{rdv.code}/deplacer")
    assert {lieu for lieu, _ in listed(page)} == {PMI}
    assert f"deplacer?lieu={POLE}" in page.text


def test_one_confirmation_with_the_old_time_and_the_new_then_it_is_moved(desk: Desk) -> None:
    rdv, browser = desk.book(in_days=2), desk.browser()
    before = browser.get(f"/rdv/{rdv.code}.ics").content
    there = desk.slots(lieu=PMI, in_days=7, limit=1)[0]
    chosen = {"lieu": PMI, "debut": str(there.start)}
    asked = browser.get(f"/rdv/{rdv.code}/deplacer/confirmer", params=chosen)

    assert asked.status_code == 200
    assert {read(rdv.starts_at), read(there.starts_at)} <= set(
        re.findall(r"\w+ \d\w* \w+ à \d+ h(?: \d\d)?", text_of(asked))
    )
    assert "le lieu change" in asked.text
    assert desk.now(rdv.code) == rdv, "looking moves nothing"

    done = browser.post(f"/rdv/{rdv.code}/deplacer", data=chosen)
    assert done.status_code == 303
    page = browser.get(done.headers["Location"])
    assert "votre rendez-vous est déplacé" in page.text and read(there.starts_at) in text_of(page)
    assert (desk.now(rdv.code).starts_at, desk.now(rdv.code).lieu) == (there.starts_at, PMI)
    files = [
        Calendar.from_ical(file).walk("VEVENT")[0] for file in (before, browser.get(f"/rdv/{rdv.code}.ics").content)
    ]
    assert files[0]["UID"] == files[1]["UID"] and (files[0]["SEQUENCE"], files[1]["SEQUENCE"]) == (0, 1)
    assert rdv.starts_at in [slot.starts_at for slot in desk.slots(in_days=0)], "its former time is free"


def test_a_time_taken_meanwhile_is_said_and_the_next_ones_listed(desk: Desk) -> None:
    rdv, browser = desk.book(in_days=2), desk.browser()
    there = desk.slots(in_days=8, limit=1)[0]
    desk.agenda.book(rdv.motif, POLE, there.starts_at)
    refused = browser.post(f"/rdv/{rdv.code}/deplacer", data={"lieu": POLE, "debut": str(there.start)})

    assert refused.status_code == 409
    assert "vient d’être pris" in refused.text and "Votre rendez-vous n’a pas changé" in text_of(refused)
    assert listed(refused) and (POLE, there.start) not in listed(refused)
    assert desk.now(rdv.code) == rdv
    late = browser.get(f"/rdv/{rdv.code}/deplacer/confirmer", params={"lieu": POLE, "debut": str(there.start)})
    assert late.status_code == 409 and listed(late)


def never_offered() -> Iterator[tuple[str, str]]:
    half_past_two = int(datetime(2027, 3, 28, 2, 30, tzinfo=PARIS).timestamp())
    yield from (
        (POLE, start) for start in ("", "0", "1", "-1", "abc", "9" * 10, "9" * 400, "1e9", "１２", "NaN", "\x00", "'--")
    )
    yield from ((POLE, str(epoch)) for epoch in (half_past_two, 1_810_000_000, 1_799_000_123))
    yield from ((lieu, "1800259200") for lieu in ("", "pole-issy", "../x", "\x00", "x" * 900, "Éa"))


@pytest.mark.parametrize(("lieu", "start"), never_offered())
def test_what_no_list_ever_held_is_refused_with_the_new_list(desk: Desk, lieu: str, start: str) -> None:
    rdv, browser = desk.book(), desk.browser()
    form = {"lieu": lieu, "debut": start}
    for refused in (
        browser.post(f"/rdv/{rdv.code}/deplacer", data=form),
        browser.get(f"/rdv/{rdv.code}/deplacer/confirmer", params=form),
    ):
        assert refused.status_code == 409
        assert "Ce créneau ne peut pas être réservé" in refused.text and listed(refused)
    assert desk.now(rdv.code) == rdv


@pytest.mark.parametrize("days", [-400, -1, 0, 400])
def test_neither_the_past_nor_beyond_the_horizon(desk: Desk, days: int) -> None:
    rdv = desk.book()
    start = epoch_of(desk.clock() + timedelta(days=days))
    refused = desk.browser().post(f"/rdv/{rdv.code}/deplacer", data={"lieu": POLE, "debut": str(start)})
    assert refused.status_code == 409 and listed(refused)


def test_once_begun_or_cancelled_it_is_moved_by_telephone_only(desk: Desk) -> None:
    begun, cancelled = desk.book(in_days=1), desk.book(in_days=3)
    desk.agenda.cancel(cancelled.code)
    desk.clock.moment = begun.starts_at
    there = desk.slots(in_days=5, limit=1)[0]
    for rdv in (begun, cancelled):
        for refused in (
            desk.browser().get(f"/rdv/{rdv.code}/deplacer"),
            desk.browser().post(f"/rdv/{rdv.code}/deplacer", data={"lieu": POLE, "debut": str(there.start)}),
        ):
            assert refused.status_code == 409
            assert "ne peut plus être changé ici" in refused.text and 'href="tel:' in refused.text
        assert desk.now(rdv.code).starts_at == rdv.starts_at


def test_nobody_is_written_to_a_hundred_times(desk: Desk) -> None:
    rdv, browser = desk.book(), desk.browser()
    starts = [slot.start for slot in desk.slots(in_days=7, limit=limits.CHANGES.amount + 2)]
    said = [browser.post(f"/rdv/{rdv.code}/deplacer", data={"lieu": POLE, "debut": str(start)}) for start in starts]
    assert [answer.status_code for answer in said] == [303] * limits.CHANGES.amount + [429] * 2


# Cancel


def test_the_button_cancels_and_the_time_is_free(desk: Desk) -> None:
    rdv, browser = desk.book(), desk.browser()
    asked = browser.get(f"/rdv/{rdv.code}/annuler")
    assert "Annuler ce rendez-vous ?" in asked.text and "Il commence bientôt" not in asked.text
    assert desk.now(rdv.code).status == "confirmed"

    answer = browser.post(f"/rdv/{rdv.code}/annuler")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/rdv/{rdv.code}")
    assert "Annulé par vous" in browser.get(f"/rdv/{rdv.code}").text
    assert b"METHOD:CANCEL" in browser.get(f"/rdv/{rdv.code}.ics").content
    assert browser.post(f"/rdv/{rdv.code}/annuler").status_code == 303, "twice is once"
    assert browser.get(f"/rdv/{rdv.code}/annuler").status_code == 303, "nothing is left to ask"
    with Session(desk.engine, future=True) as session:
        assert session.query(SlotClaim).join(Rdv, Rdv.id == SlotClaim.rdv_id).filter(Rdv.code == rdv.code).count() == 0


@pytest.mark.parametrize(("hours", "also_call"), [(5, False), (3, True), (0.02, True)])
def test_until_the_start_it_is_cancelled_here_and_late_by_telephone_too(
    desk: Desk, hours: float, also_call: bool
) -> None:
    rdv, browser = desk.book(), desk.browser()
    desk.clock.moment = rdv.starts_at - timedelta(hours=hours)
    asked = browser.get(f"/rdv/{rdv.code}/annuler")
    assert ("appelez aussi" in asked.text) is also_call
    assert browser.post(f"/rdv/{rdv.code}/annuler").status_code == 303
    assert desk.now(rdv.code).detail == "excused"


def test_once_begun_it_is_cancelled_by_telephone_only(desk: Desk) -> None:
    rdv, browser = desk.book(), desk.browser()
    desk.clock.moment = rdv.starts_at
    refused = browser.post(f"/rdv/{rdv.code}/annuler")
    assert refused.status_code == 409 and "ne peut plus être changé ici" in refused.text
    assert desk.now(rdv.code).status == "confirmed"
