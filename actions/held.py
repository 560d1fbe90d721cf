"""The appointment a conversation holds, in words and as a card."""

import re
from datetime import datetime
from typing import TypedDict

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.house import House
from actions.offering import Booking, wish_of
from actions.speaking import say, text_of, words_of
from bot.booking.views import RdvView
from bot.channels.cards import Card
from bot.clock import PARIS
from bot.dialogue.memory import heard_in
from bot.directory.hours import spoken_date
from bot.directory.models import fold

_RANKS = (
    re.compile(r"\b(?:premiere?|1ere?|1er) (?:rdv|rendez vous)\b"),
    re.compile(r"\b(?:deuxieme|second|2e|2eme|2nd) (?:rdv|rendez vous)\b|\b(?:le|la) (?:deuxieme|second|2eme)\b"),
)
"""Of the appointments taken, in their order: "annulez le deuxième rendez-vous"."""
CANCELS = re.compile(r"\bannul\w*|\bdecommand\w*")
"""Of an appointment that stands: "finalement non, je peux pas, annulez"."""


_WHEN = r"(?:quand|kan|quel jour|kel jour|quelle (?:heure|date)|kel heure)"
_IT_IS = r"(?:c est|c|c etait|est ce|cest|ce sera|est|tombe) (?:deja |bien |donc |pour |a |le |prevue? |fixee? )*"
_WHEN_IS_IT = re.compile(
    rf"\b{_IT_IS}{_WHEN}\b|\b(?:on a (?:dit|mis|pris)|j ai (?:rdv|rendez vous)) (?:\w+ )?{_WHEN}\b"
    r"|\b(?:redire|redites?|rappele[rz]?|rappelle|redonne[rz]?|oublie) (?:\w+ ){0,3}?(?:jour|heure|date|quand)\b"
    r"|\b(?:jour|heure|date) (?:du|de mon|de notre|de ce) (?:rdv|rendez vous|vaccin|entretien)\b"
)
"""Asked of an appointment that stands: "le vaccin c'est bien quel jour et à quelle heure ?"."""
_OF_THE_APPOINTMENT = re.compile(
    r"\b(?:rdv|rendez vous)\b|^(?:et |au fait |pardon |attend\w* |du coup |alors |donc |deja |mais |euh |ok |merci )*"
    rf"(?:{_IT_IS}|on a )"
)
_OF_ANOTHER_TIME = re.compile(r"\b(?:ouvr\w*|ouvert\w*|ferm\w*|prochaine?|plus tot|autre|decaler|deplacer|changer)\b")


class Said(TypedDict):
    """An appointment in words."""

    motif: str
    quand: str
    lieu: str


def held(rooms: House, tracker: Tracker, motif: str | None = None) -> RdvView | None:
    """The last appointment of this conversation that stands."""
    return next((rdv for rdv in reversed(standing(rooms, tracker)) if motif in (None, rdv.motif)), None)


def meant(rooms: House, tracker: Tracker) -> RdvView | None:
    """Of several appointments, the one a message names by its rank, its day or its subject; else the last."""
    taken = standing(rooms, tracker)
    rank = next((at for at, words in enumerate(_RANKS) if words.search(fold(text_of(tracker)))), None)
    if rank is not None and rank < len(taken):
        return taken[rank]
    about = set(heard_in(tracker.latest_message).subjects)
    named = [rdv for rdv in taken if about & needs_booked_as(rooms, rdv.motif)]
    on_that_day = [rdv for rdv in named or taken if _of_its_day(rooms, tracker, rdv)]
    called = on_that_day or named
    return called[0] if len(called) == 1 else next(reversed(taken), None)


def _of_its_day(rooms: House, tracker: Tracker, rdv: RdvView) -> bool:
    """Whether a message names the day of an appointment."""
    wish = wish_of(rooms, tracker)
    return any(test(rdv.starts_at.astimezone(PARIS)) for test in (*wish.days, *wish.refused))


def needs_booked_as(rooms: House, motif: str) -> set[str]:
    """The needs that are booked as this."""
    return {
        need for need, record in rooms.table.items() for row in record.rows for door in row.doors if door.motif == motif
    }


def to_cancel(rooms: House, tracker: Tracker) -> RdvView | None:
    """The appointment that a message cancels: "annule tout, j'ai trouvé"; None when it cancels none."""
    return held(rooms, tracker) if CANCELS.search(fold(text_of(tracker))) else None


def standing(rooms: House, tracker: Tracker) -> list[RdvView]:
    """The appointments of this conversation that stand, in the order they were taken."""
    return [rdv for rdv in rooms.agenda.of_conversation(tracker.sender_id) if rdv.status == "confirmed"]


def motifs_held(rooms: House, tracker: Tracker) -> set[str]:
    """What the standing appointments of this conversation are for."""
    return {rdv.motif for rdv in standing(rooms, tracker)}


def said_of(rooms: House, booking: Booking, start: datetime) -> Said:
    """The appointment in words."""
    return Said(
        motif=rooms.motifs[booking.motif].libelle,
        quand=spoken_date(start),
        lieu=rooms.renderer.place(booking.site),
    )


def said_of_rdv(rooms: House, rdv: RdvView) -> Said:
    """An appointment already booked, in words."""
    return said_of(rooms, Booking(rdv.motif, rdv.lieu), rdv.starts_at)


def rdv_card(rooms: House, rdv: RdvView) -> Card:
    """The appointment as a card of the web page."""
    said = said_of_rdv(rooms, rdv)
    return {
        "kind": "rdv",
        "code": rdv.code,
        "when": said["quand"],
        "place": said["lieu"],
        "motif": said["motif"],
        "url": f"/rdv/{rdv.code}",
    }


def show(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> None:
    """The appointments that stand, in the order of their days; how to change one is said with the last."""
    *others, last = sorted(standing(rooms, tracker), key=lambda rdv: rdv.starts_at)
    for name, rdv in [*(("utter_un_rdv", one) for one in others), ("utter_mon_rdv", last)]:
        shown = said_of_rdv(rooms, rdv)
        say(dispatcher, rooms, tracker, name, code=rdv.code, card=rdv_card(rooms, rdv), **shown)


def asks_when_it_is(rooms: House, tracker: Tracker) -> bool:
    """Whether a message asks of what is booked when it is: "au fait le vaccin c'est bien quel jour ?"."""
    words = words_of(tracker)
    if not _WHEN_IS_IT.search(words) or _OF_ANOTHER_TIME.search(words):
        return False
    taken = standing(rooms, tracker)
    about = set(heard_in(tracker.latest_message).subjects)
    named = any(about & needs_booked_as(rooms, rdv.motif) for rdv in taken)
    return named or (bool(taken) and bool(_OF_THE_APPOINTMENT.search(words)))
