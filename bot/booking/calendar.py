"""The calendar file of an appointment (iCalendar, RFC 5545; methods of RFC 5546)."""

from datetime import datetime, timezone

from icalendar import Calendar, Event

from bot.booking.motifs import MotifEntry
from bot.booking.views import RdvView
from bot.clock import PARIS


def calendar_file(rdv: RdvView, motif: MotifEntry, place: str, now: datetime) -> bytes:
    """The file that puts the appointment in a calendar, or takes it out once it is cancelled.

    `place` is the name and address to show. Of a silent motif the file says neither the motif, nor the
    place, whose name may tell it, nor the code, which opens the page that does: calendars are often shared.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Pôle social Clichy-Levallois//Rendez-vous//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if rdv.status == "cancelled" else "PUBLISH")
    calendar.add_component(_event(rdv, motif, place, now))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _event(rdv: RdvView, motif: MotifEntry, place: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", rdv.uid)
    event.add("sequence", rdv.sequence)
    event.add("dtstamp", now.astimezone(timezone.utc))
    event.add("dtstart", rdv.starts_at.astimezone(PARIS))
    event.add("dtend", rdv.ends_at.astimezone(PARIS))
    event.add("status", "CANCELLED" if rdv.status == "cancelled" else "CONFIRMED")
    _describe(event, rdv, motif, place)
    return event


def _describe(event: Event, rdv: RdvView, motif: MotifEntry, place: str) -> None:
    if motif.silent:
        event.add("summary", "Rendez-vous")
        event.add("class", "PRIVATE")
        return
    event.add("summary", f"Rendez-vous : {motif.libelle}")
    event.add("location", place)
    event.add("description", f"Code à montrer à l'accueil : {rdv.code}")
