"""Appointments kept in RDV Service Public: the link to choose a time there, and the number beside it.

No time is ever said of them here: they are there, and only there.
"""

from typing import TypedDict

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.house import House
from actions.speaking import say, set_slots, text_for
from bot.booking.views import RdvView
from bot.channels.cards import Card
from bot.dialogue.memory import heard_in, remembered
from bot.directory.hours import spoken_date
from bot.orientation.plan import Plan
from bot.rdv_service_public.backend import RdvServicePublic


class Called(TypedDict):
    """Whom to call, as texts say it."""

    telephone: str
    heures_ligne: str


LINK = "utter_lien_rdv", "utter_lien_rdv_carte"
TEXTS = {
    "open": LINK,
    "unknown": LINK,
    "full": ("utter_lien_rdv_complet", "utter_lien_rdv_complet_carte"),
    "down": ("utter_lien_rdv_panne", "utter_lien_rdv_panne_carte"),
}
"""What is said of the link, and what its card says in fewer words."""


def keeper(rooms: House, motif: str) -> RdvServicePublic | None:
    """Who keeps the appointments of a motif, when it is not this house."""
    there = rooms.rdv_service_public
    return there if there is not None and there.keeps(motif) else None


def hand_over(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, there: RdvServicePublic, motif: str, site: str
) -> None:
    """Give the link, and the number of the site; say so when the service does not answer, or publishes no opening."""
    town = heard_in(tracker.latest_message).commune or remembered(tracker.slots).commune
    way = there.hand_over(tracker.sender_id, motif, site, town)
    name, short = TEXTS[way.openings]
    libelle, place = rooms.motifs[motif].libelle, rooms.renderer.place(site)
    card: Card = {
        "kind": "link",
        "title": libelle,
        "place": place,
        "why": text_for(tracker, rooms, short),
        "url": way.url,
        "phones": [_phone(rooms, motif, site)],
    }
    called = _number(rooms, motif, site)
    say(dispatcher, rooms, tracker, name, card=card, motif=libelle, lieu=place, lien=way.url, **called)


def links_given(rooms: House, tracker: Tracker, plan: Plan) -> set[str]:
    """The motifs of a plan whose link this conversation has: it is not given at every turn."""
    if rooms.rdv_service_public is None:
        return set()
    given = rooms.rdv_service_public.handed_over(tracker.sender_id)
    return {line.motif for line in plan.lines if line.motif and line.site and (line.motif, line.site) in given}


def last_link(rooms: House, tracker: Tracker) -> tuple[str, str] | None:
    """The motif and the site of the one link that this conversation was given; None without one, or with several."""
    given = rooms.rdv_service_public.handed_over(tracker.sender_id) if rooms.rdv_service_public else frozenset()
    return next(iter(given)) if len(given) == 1 else None


def changed_there(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, rdv: RdvView
) -> list[EventType] | None:
    """Of an appointment kept there: that it is moved and cancelled there too; None of one that is kept here."""
    if rdv.backend == rooms.agenda.name:
        return None
    called, place = _number(rooms, rdv.motif, rdv.lieu), rooms.renderer.place(rdv.lieu)
    say(dispatcher, rooms, tracker, "utter_rdv_tenu_ailleurs", quand=spoken_date(rdv.starts_at), lieu=place, **called)
    return set_slots(attente="rien")


def _number(rooms: House, motif: str, site: str) -> Called:
    phone = _phone(rooms, motif, site)
    return Called(telephone=phone["number"], heures_ligne=f" ({phone['hours']})" if phone["hours"] else "")


def _phone(rooms: House, motif: str, site: str) -> dict[str, str]:
    """The number that the door of this service gives: its own, else that of the site, else the single one."""
    service, place = rooms.directory.service(rooms.motifs[motif].service), rooms.directory.structure(site)
    known = [(one.phone, one.phone_dial, one.name) for one in (service, place) if one.phone and one.phone_dial]
    number, dial, name = next(iter(known), ("", "", ""))
    lines = [line for line in rooms.directory.hotlines.values() if line.number == number]
    line = next(iter(lines), None if number else rooms.directory.single_number())
    if line is None:
        return {"number": number or "", "dial": dial or "", "name": name, "hours": ""}
    return {"number": line.number, "dial": line.dial, "name": line.name, "hours": line.hours_text or ""}
