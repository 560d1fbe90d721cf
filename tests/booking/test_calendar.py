"""The calendar file of an appointment."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bot.booking.calendar import calendar_file
from bot.booking.motifs import MotifEntry, load_motifs
from bot.booking.views import RdvView
from bot.clock import PARIS

NOW = datetime(2027, 10, 20, 9, tzinfo=PARIS)
PLACE = "Centre de PMI et de santé sexuelle de Levallois"
RDV = RdvView(
    code="K7PM-4XQT-9R",
    motif="premiere_pesee",
    lieu="levallois-pmi-sante-sexuelle",
    starts_at=datetime.fromisoformat("2027-11-02T14:00:00+01:00"),
    ends_at=datetime.fromisoformat("2027-11-02T14:30:00+01:00"),
    status="confirmed",
    conversation_id="secret-conversation",
    first_name="Awa",
    phone="0600000000",
    email=None,
    uid="1-1@rdv.pole-social-clichy-levallois",
    sequence=0,
    detail="unknown",
    backend="local",
)


def parsed(content: bytes) -> tuple[Calendar, Event]:
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_a_confirmed_rdv_is_published_in_paris_time(motifs: dict[str, MotifEntry]) -> None:
    calendar, event = parsed(calendar_file(RDV, motifs["premiere_pesee"], PLACE, NOW))
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("PUBLISH", "CONFIRMED", 0)
    assert event["DTSTART"].params["TZID"] == "Europe/Paris"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (RDV.starts_at, RDV.ends_at)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]
    assert (event["SUMMARY"], event["LOCATION"]) == ("Rendez-vous : Première pesée de votre bébé", PLACE)
    assert RDV.code in event["DESCRIPTION"]


def test_a_cancellation_takes_out_the_same_event(motifs: dict[str, MotifEntry]) -> None:
    _, published = parsed(calendar_file(RDV, motifs["premiere_pesee"], PLACE, NOW))
    cancelled_rdv = replace(RDV, status="cancelled", sequence=1)
    calendar, cancelled = parsed(calendar_file(cancelled_rdv, motifs["premiere_pesee"], PLACE, NOW + timedelta(days=1)))
    assert (calendar["METHOD"], cancelled["STATUS"]) == ("CANCEL", "CANCELLED")
    assert cancelled["UID"] == published["UID"] and cancelled["SEQUENCE"] > published["SEQUENCE"]


def test_a_silent_motif_leaves_no_trace(motifs: dict[str, MotifEntry]) -> None:
    silent = replace(RDV, motif="sante_sexuelle")
    content = calendar_file(silent, motifs["sante_sexuelle"], PLACE, NOW).decode().replace("\r\n ", "")
    assert not [trace for trace in ("sexuel", "sant", "PMI", "K7PM", "levallois-pmi") if trace in content]
    assert "SUMMARY:Rendez-vous\r\n" in content


@pytest.mark.parametrize("motif", ["premiere_pesee", "sante_sexuelle"])
def test_no_personal_data_is_in_the_file(motifs: dict[str, MotifEntry], motif: str) -> None:
    content = calendar_file(RDV, motifs[motif], PLACE, NOW).decode()
    assert not [trace for trace in ("Awa", "0600000000", "secret-conversation") if trace in content]


def test_no_text_can_add_a_line_and_lines_are_folded(motifs: dict[str, MotifEntry]) -> None:
    hostile = "Accueil; étage 1, porte\r\nATTENDEE:mailto:x@y.example\n" + "é" * 200
    content = calendar_file(RDV, motifs["premiere_pesee"], hostile, NOW)
    lines = content.split(b"\r\n")
    assert not [line for line in lines if line.startswith(b"ATTENDEE")]
    assert max(map(len, lines)) <= 75 and b"\n" not in content.replace(b"\r\n", b"")


MOTIF = load_motifs()["premiere_pesee"]
FORBIDDEN = {chr(code) for code in (*range(32), 127, *range(128, 160), 0x2028, 0x2029)}
SAID = {"confirmed": ("PUBLISH", "CONFIRMED"), "cancelled": ("CANCEL", "CANCELLED")}


@settings(deadline=None)
@given(
    st.text(st.characters(blacklist_categories=("Cs",)), max_size=200),
    st.text(st.characters(blacklist_categories=("Cs",)), max_size=200),
    st.sampled_from(["confirmed", "cancelled"]),
    st.integers(0, 40),
)
def test_any_words_come_back_from_a_reader_and_nothing_else_does(
    libelle: str, place: str, status: str, sequence: int
) -> None:
    """RFC 5545: lines of at most 75 octets that end in CRLF, no control character, one event and what it was given."""
    rdv = replace(RDV, status=status, sequence=sequence)
    content = calendar_file(rdv, replace(MOTIF, libelle=libelle), place, NOW)
    unfolded = content.replace(b"\r\n ", b"").decode()
    calendar, event = parsed(content)

    assert content.endswith(b"\r\n") and all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert not FORBIDDEN & set(unfolded.replace("\r\n", ""))
    assert (calendar["METHOD"], event["STATUS"]) == SAID[status]
    assert (event["UID"], event["SEQUENCE"]) == (RDV.uid, sequence)
    assert words_of(event["LOCATION"]) == words_of(place)
    assert words_of(event["SUMMARY"]) == words_of(f"Rendez-vous : {libelle}")
    assert not {"ATTENDEE", "ORGANIZER", "URL", "ATTACH"} & set(event)
    assert len(event.walk("VALARM")) == (1 if status == "confirmed" else 0)


def words_of(text: str) -> str:
    """The text without what a TEXT cannot hold, nor the spaces around it."""
    return " ".join("".join(" " if sign in FORBIDDEN else sign for sign in text).split())


def test_a_calendar_that_knows_no_zone_reads_the_hours_of_paris(motifs: dict[str, MotifEntry]) -> None:
    """The rules of the zone are in the file, on both sides of the change of clocks."""
    summer = replace(RDV, starts_at=RDV.starts_at - timedelta(days=30), ends_at=RDV.ends_at - timedelta(days=30))
    for rdv, offset in ((RDV, 1), (summer, 2)):
        calendar, event = parsed(calendar_file(rdv, motifs["premiere_pesee"], PLACE, NOW))
        (zone,) = calendar.walk("VTIMEZONE")
        read = event["DTSTART"].dt.replace(tzinfo=zone.to_tz())
        assert read.utcoffset() == timedelta(hours=offset)


def test_it_rings_the_day_before_unless_the_motif_is_silent(motifs: dict[str, MotifEntry]) -> None:
    _, event = parsed(calendar_file(RDV, motifs["premiere_pesee"], PLACE, NOW))
    (alarm,) = event.walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(days=-1))
    for motif in (motifs["sante_sexuelle"], None):
        content = calendar_file(replace(RDV, motif="sante_sexuelle"), motif, PLACE, NOW).decode()
        assert "VALARM" not in content and "SUMMARY:Rendez-vous\r\n" in content and "LOCATION" not in content
