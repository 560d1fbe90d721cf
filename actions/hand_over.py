"""A person to talk to: now if somebody answers, else when; and what is passed on to an agent, if one agrees."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.advising import safety_question
from actions.answers import answer_all
from actions.appointments import interview
from actions.house import House, house
from actions.offering import speaks_of_a_visit, wish_of
from actions.opening import opening
from actions.speaking import channel_of, say, set_slots, words_of, yes_or_no
from bot.channels.orientation import as_contract
from bot.dialogue.handover import Passed
from bot.dialogue.memory import ONESELF, Heard, doubt_to_ask, heard_in, joined, remembered
from bot.directory.hours import is_open, next_opening, spoken_date
from bot.orientation.plan import make_plan

_WANTS_A_PERSON = re.compile(
    r"(?<!es )(?<!etes )(?<!c est )\b(?:un (?:etre )?humain|une? vraie? (?:personne|agente?|conseillere?|gens)"
    r"|une personne (?:reelle|physique|humaine|en chair)|quelqu un (?:de|en) (?:vrai|reel|vivant|chair))\b"
    r"|\b(?:parler|parle|ecrire) (?:a|avec) (?:quelqu un|une personne|un agent|un conseiller|des gens)\b"
)
"""In plain words, when nothing else is understood: "j'ai dit un humain"."""
_A_MACHINE = "qui_es_tu"
"""Asked by somebody who wants a person: "t'es un robot ? je veux un humain"."""


class ActionParlerHumain(Action):
    """Gives a person to talk to: now if somebody answers, else when, and who answers day and night."""

    def name(self) -> str:
        """The name rules use."""
        return "action_parler_humain"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say how to reach somebody, then offer to pass on what is known."""
        rooms = house()
        taken_up = opening(dispatcher, rooms, tracker)
        if taken_up is not None:
            return taken_up
        return reach_a_person(dispatcher, rooms, tracker)


def wants_a_person(tracker: Tracker) -> bool:
    """Whether a message that is not understood asks for a person in so many words."""
    return bool(_WANTS_A_PERSON.search(words_of(tracker)))


def reach_a_person(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Say how to reach somebody, then offer to pass on what is known; a day named with it is one of an interview."""
    heard = heard_in(tracker.latest_message)
    calm = remembered(tracker.slots).urgency != "emergency" and not doubt_to_ask(tracker.slots, heard)
    if calm and speaks_of_a_visit(tracker) and wish_of(rooms, tracker).days:
        return interview(dispatcher, rooms, tracker, heard)
    if _A_MACHINE in heard.questions:
        answer_all(dispatcher, rooms, tracker, Heard(), _A_MACHINE)
    _say_who(dispatcher, rooms, tracker)
    asked = safety_question(dispatcher, rooms, tracker)
    commune = heard.commune or tracker.get_slot("commune")
    return [*set_slots(commune=commune), *(asked or _offer_to_pass_on(dispatcher, rooms, tracker))]


def _say_who(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> None:
    now, hours = rooms.clock(), rooms.directory.single_number().opening_hours or ""
    known = remembered(tracker.slots)
    told = Heard(needs=("parler_humain",), commune=heard_in(tracker.latest_message).commune)
    situation = joined(known, told)
    plan = make_plan(situation, now, channel_of(tracker), rooms.directory, rooms.table)
    reopens = next_opening(hours, now)
    asks_more = bool(doubt_to_ask(tracker.slots, heard_in(tracker.latest_message)) or known.needs)
    answering_now = "utter_parler_humain_doute" if asks_more else "utter_parler_humain"
    name = answering_now if is_open(hours, now) else "utter_parler_humain_ferme"
    when = spoken_date(reopens) if reopens else ""
    say(dispatcher, rooms, tracker, name, orientation=as_contract(plan), reouverture=when)


def _for_today(rooms: House) -> str:
    """What is waited for with nothing known: whether it is for today, which is asked when somebody answers now."""
    hours = rooms.directory.single_number().opening_hours or ""
    return "aujourd_hui" if is_open(hours, rooms.clock()) else "rien"


def _offer_to_pass_on(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """What would be passed on is said, and nothing is without a yes; with nothing known, nothing is offered."""
    if not remembered(tracker.slots).needs:
        return set_slots(attente=_for_today(rooms))
    passed = _in_words(rooms, tracker)
    say(dispatcher, rooms, tracker, "utter_transmettre", buttons=yes_or_no(rooms), resume=passed)
    return set_slots(attente="transmission")


def pass_on(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Keep for the agents what the person agreed to pass on, and say by which code they find it."""
    known = remembered(tracker.slots)
    passed = Passed(known.needs, known.urgency, known.commune, tracker.get_slot("pour_qui"))
    code = rooms.handovers.pass_on(tracker.sender_id, channel_of(tracker), passed)
    hours = rooms.directory.single_number().opening_hours or ""
    name = "utter_transmis" if is_open(hours, rooms.clock()) else "utter_transmis_ferme"
    reopens = next_opening(hours, rooms.clock())
    when = spoken_date(reopens) if reopens else ""
    say(dispatcher, rooms, tracker, name, code=code, reouverture=when)
    return set_slots(attente="rien")


def _in_words(rooms: House, tracker: Tracker) -> str:
    """What would be passed on, and nothing more: the needs, the commune, for whom."""
    known, whom = remembered(tracker.slots), tracker.get_slot("pour_qui")
    needs = [rooms.table[need].label for need in known.needs if need in rooms.table]
    beside = [known.commune, f"pour {whom}" if whom not in (None, ONESELF) else None]
    return ", ".join([*needs, *filter(None, beside)])
