"""The calendar file of an appointment."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from icalendar import Calendar, Event

from bot.booking.calendar import calendar_file
from bot.booking.motifs import MotifEntry
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
