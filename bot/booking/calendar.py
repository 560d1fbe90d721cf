"""The calendar file of an appointment (iCalendar, RFC 5545; methods of RFC 5546)."""

import re
from datetime import datetime, timedelta, timezone

from icalendar import Alarm, Calendar, Event

from bot.booking.motifs import MotifEntry
from bot.booking.views import RdvView
from bot.clock import PARIS

ALARM_BEFORE = timedelta(days=1)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""What a TEXT may not hold (RFC 5545, 3.3.11), and what some readers take for the end of a line."""


def calendar_file(rdv: RdvView, motif: MotifEntry | None, place: str, now: datetime) -> bytes:
    """The file that puts the appointment in a calendar, or takes it out once it is cancelled.

    `place` is the name and address to show; `motif` is None when it left the motifs file. Of a silent motif, or one
    that is not known to be harmless, the file says neither the motif, nor the place, whose name may tell it, nor the
    code, which opens the page that does, and it rings no alarm: calendars are often shared, screens are seen.

    The method is PUBLISH, not REQUEST: a person puts their own file in their own calendar. A request asks for an
    answer that nobody would read ("Refuser" would cancel nothing), and must name the resident's address.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Pôle social Clichy-Levallois//Rendez-vous//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if rdv.status == "cancelled" else "PUBLISH")
    calendar.add_component(_event(rdv, motif, place, now))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _event(rdv: RdvView, motif: MotifEntry | None, place: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", rdv.uid)
    event.add("sequence", rdv.sequence)
    event.add("dtstamp", now.astimezone(timezone.utc))
    event.add("dtstart", rdv.starts_at.astimezone(PARIS))
    event.add("dtend", rdv.ends_at.astimezone(PARIS))
    event.add("status", "CANCELLED" if rdv.status == "cancelled" else "CONFIRMED")
    if motif is None or motif.silent:
        event.add("summary", "Rendez-vous")
        event.add("class", "PRIVATE")
    else:
        _describe(event, rdv, motif, place)
    return event


def _describe(event: Event, rdv: RdvView, motif: MotifEntry, place: str) -> None:
    summary = _on_one_line(f"Rendez-vous : {motif.libelle}")
    event.add("summary", summary)
    event.add("location", _on_one_line(place))
    event.add("description", f"Code à montrer à l'accueil : {rdv.code}")
    if rdv.status == "confirmed":
        event.add_component(_alarm(summary))


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -ALARM_BEFORE)
    alarm.add("description", summary)
    return alarm


def _on_one_line(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()
