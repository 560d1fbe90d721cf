"""What is said to whoever asks for an appointment where none is given here: the door, and how one goes through it."""

import re

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.house import House
from actions.offering import Booking
from actions.speaking import channel_of, plan_for, said_ever, say, set_slots, texts_of, words_of
from bot.channels.orientation import as_contract
from bot.dialogue.memory import Heard, remembered
from bot.orientation.plan import RECEPTION, Plan, Situation

_DOORS_TOLD = 3
_APPOINTMENT = r"(?:rdv|rendez vous|creneaux?|horaire|place)"
_ASKS_FOR_ONE = re.compile(
    r"\b(?<!prefecture )(?:veux|voudrais|prene[rz]|prends|prendre|prend|bloque[rz]?|reserve[rz]?|donne[rz]?|faut|avoir"
    r"|aimerais|mettez|mets|obtenir|fixe[rz]?|cale[rz]?|besoin|trouve[rz]?)"
    rf" (?:\w+ ){{0,4}}{_APPOINTMENT}\b|\b(?:un|le) {_APPOINTMENT} (?:\w+ )?(?:lundi|mardi"
    r"|mercredi|jeudi|vendredi|demain|au plus|le plus|des|possible|svp|stp|avec)\b"
)
"""Of an appointment: "prenez-moi un rendez-vous mardi alors", "je peux lui bloquer un horaire ?"."""
_WHETHER_ONE_MUST = re.compile(
    r"\b(?:a (?:moi|nous|elle|lui|qui|eux|ses parents|la mere|sa mere) (?:de|d) (?:\w+ )?prendre"
    r"|(?:dois je|doit on|faut il|fo t il|est ce qu (?:il faut|on doit)|est ce que je dois|obligee? de|oblige de)"
    r" (?:\w+ )?(?:prendre|avoir|un|une|demander))\b"
)
"""Asked of how it goes, and not for a slot: "c'est à moi de prendre rendez-vous ?"."""
_ANOTHER_HOUSE = re.compile(
    rf"\b{_APPOINTMENT} (?:\w+ ){{0,3}}?(?:a|avec|chez|au|aux|en|pour) (?:\w+ ){{0,2}}?prefecture\b"
    rf"|\b{_APPOINTMENT} (?:de |d |en |la |pour )*(?:la )?prefecture\b"
    rf"|\bprefecture\b[\w ]* {_APPOINTMENT}\b"
)
"""Of the préfecture, which alone gives its own: "tu peux prendre rdv préfecture pour moi ?"."""
_FOR_THAT = re.compile(
    r"\b(?:pour|sur) (?:ca|cela|elle|lui|ce (?:sujet|point|probleme)|cette (?:demande|affaire)|l autre)\b|\bla dessus\b"
    r"|\ba (?:cet effet|ce (?:sujet|titre))\b|\bdans ce but\b"
)
"""Of the need told last: "et pour cela, puis-je aussi prendre rendez-vous ?"."""
_GIVEN_ELSEWHERE = ("refer", "online")


def asks_for_one(tracker: Tracker) -> bool:
    """Whether the latest message asks for an appointment."""
    words = words_of(tracker)
    return bool(_ASKS_FOR_ONE.search(words)) and not _WHETHER_ONE_MUST.search(words)


def asks_the_prefecture(tracker: Tracker) -> bool:
    """Whether the latest message asks for an appointment at the préfecture."""
    return asks_for_one(tracker) and bool(_ANOTHER_HOUSE.search(words_of(tracker)))


def none_for_that(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard
) -> list[EventType] | None:
    """Said to whoever asks, beside the booking of one need, an appointment for another that takes none."""
    booking, known = Booking.of(tracker), remembered(tracker.slots)
    named = [need for need in heard.subjects if need in known.needs]
    of_what = named or (known.needs[:1] if _FOR_THAT.search(words_of(tracker)) else [])
    if booking is None or len(of_what) != 1 or not asks_for_one(tracker):
        return None
    plan = plan_for(rooms, tracker, known).about(of_what)
    if not plan.lines or plan.territory != "own" or any(line.motif for line in plan.lines):
        return None
    return without_appointment(dispatcher, rooms, tracker, plan)


def without_appointment(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, plan: Plan, *, doors_told: bool = False
) -> list[EventType] | None:
    """Say that one comes without an appointment, or that another service gives it, with the doors and their numbers.

    Said once: whoever asks again wants to see somebody, and gets None here. `doors_told`: this very turn has told them.
    """
    name = _why_none(tracker, plan)
    if any(line.motif for line in _calm(rooms, tracker, plan).lines) and not asks_the_prefecture(tracker):
        return None
    if name is None or said_ever(tracker, rooms, name):
        return None
    say(dispatcher, rooms, tracker, name, orientation=as_contract(plan))
    said_now = "\n".join(texts_of(dispatcher))
    doors = rooms.renderer.short_lines(plan, channel_of(tracker))[:_DOORS_TOLD]
    lines = [line for line in doors if line not in said_now]
    if lines and not doors_told:
        say(dispatcher, rooms, tracker, "utter_info_sans_rdv_portes", portes="\n".join(dict.fromkeys(lines)))
    return set_slots(attente="rien")


def _calm(rooms: House, tracker: Tracker, plan: Plan) -> Plan:
    """The plan of the last need told, were nothing pressing: what an appointment may be taken for."""
    return plan_for(rooms, tracker, Situation(needs=plan.needs[:1], commune=plan.commune))


def _why_none(tracker: Tracker, plan: Plan) -> str | None:
    """The text that says why no appointment is taken here; None where a social worker may be met by appointment."""
    if asks_the_prefecture(tracker):
        return "utter_rdv_prefecture"
    first = next(iter(plan.lines), None)
    if first is None or first.service == RECEPTION:
        return None
    return "utter_rdv_ailleurs" if first.mode in _GIVEN_ELSEWHERE else "utter_rdv_pas_besoin"
