"""Another of the needs already told, that is to be booked first: "on commence par les vaccins"."""

import re
from collections.abc import Sequence

from rasa_sdk import Tracker

from actions.house import House
from actions.offering import Booking, lead_of, offered, wish_of
from actions.speaking import plan_for, text_of
from bot.booking.wishes.choice import read_choice
from bot.dialogue.memory import Heard, remembered
from bot.dialogue.replies import says_yes
from bot.directory.models import fold
from bot.nlu.signs import shown

_BEGINS_WITH = re.compile(r"\bcommen\w+ (?:par|avec)\b|^(?:\w+ ){0,4}(?:d abord|en premier)\b|^d abord \w+ \w+$")
_A_NAME = re.compile(
    r"(?:[Dd]['’ ]?abord|[Pp]ar|[Aa]vec|[Pp]our) (?P<name>\w{2,})\W*$"
    r"|^(?P<first>[A-ZÀ-Ý]\w+) (?:d['’]abord|en premier)"
)
_WHOSE = re.compile(r"[.;!?]|\b(?:et (?:moi|pour|mon|ma)|moi|alors que|tandis que)\b", re.IGNORECASE)
"""Between what is told of one person and of another."""
_A_CHILD = re.compile(r"\b(?:petite?s?|bebe|fill?e|fils|enfants?|gosses?|gamine?s?|bb)\b")
_ONESELF = re.compile(r"\b(?:moi|ma sante|mon suivi)\b")
_OF_A_CHILD = frozenset("premiere_pesee vaccination_enfant consultation_enfant conseil_puericulture".split())
_OF_ONESELF = frozenset("suivi_grossesse suivi_postnatal sante_sexuelle".split())
"""What is booked for somebody: "d'abord la petite", "commençons par moi"."""


def other_subject(rooms: House, tracker: Tracker, booking: Booking, heard: Heard) -> Booking | None:
    """Another of the needs already told, that is to be booked first: "on commence par les vaccins"."""
    known = remembered(tracker.slots)
    named = [need for need in heard.subjects if need in known.needs]
    if _BEGINS_WITH.search(fold(text_of(tracker))) and not heard.questions:
        if first := _of_the_first(rooms, tracker, booking):
            return first
        if not named and not wish_of(rooms, tracker) and "?" not in text_of(tracker):
            return booking
    if len(named) != 1 or says_yes(text_of(tracker)) or read_choice(lead_of(text_of(tracker)), offered(tracker)):
        return None
    other = _bookings(rooms, tracker, named)
    return next((one for one in other if one.motif != booking.motif), None)


def _of_the_first(rooms: House, tracker: Tracker, booking: Booking) -> Booking | None:
    """What is booked for the person who is to come first, child or adult; what is on offer when it is that."""
    words = fold(text_of(tracker))
    if told := _told_of_the_name(rooms, tracker):
        return next(iter(_bookings(rooms, tracker, told)), None)
    motifs = _OF_A_CHILD if _A_CHILD.search(words) else _OF_ONESELF if _ONESELF.search(words) else frozenset()
    known = _bookings(rooms, tracker, remembered(tracker.slots).needs)
    return next((one for one in [booking, *known] if one.motif in motifs), None)


def _told_of_the_name(rooms: House, tracker: Tracker) -> list[str]:
    """The known needs told earlier with the name that comes first now: "Louna, 3 mois, doit faire ses vaccins"."""
    named = _A_NAME.search(text_of(tracker))
    if named is None:
        return []
    name = fold(named["name"] or named["first"])
    said = [event["text"] for event in tracker.events if event["event"] == "user" and event.get("text")][:-1]
    parts = [part for text in said for part in _WHOSE.split(text) if name in fold(part).split()]
    spoken = {need for part in parts for need in shown(fold(part), rooms.subjects)}
    return [need for need in remembered(tracker.slots).needs if need in spoken]


def _bookings(rooms: House, tracker: Tracker, needs: Sequence[str]) -> list[Booking]:
    """What each of these known needs is booked as."""
    plan = plan_for(rooms, tracker, remembered(tracker.slots))
    lines = [plan.about([need]).bookable_line(bool(tracker.get_slot("ville_tue"))) for need in needs]
    return [Booking(line.motif, line.site) for line in lines if line and line.motif and line.site]
