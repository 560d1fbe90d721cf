"""Questions: places, hours, papers, and everything that is answered in the middle of a booking too."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.house import House, house
from actions.orient import safety_question, settled_safety
from actions.other_language import say_in_their_language
from actions.speaking import channel_of, intent_of, name_a_person, say, set_slots
from bot.channels.orientation import as_contract
from bot.dialogue.memory import Heard, doubt_to_ask, heard_in, joined, remembered
from bot.dialogue.repair import NOT_UNDERSTOOD, missed_again
from bot.directory.hours import is_open, next_opening, spoken_date
from bot.directory.models import Structure
from bot.orientation.plan import make_plan

ANSWERS = {
    "se_plaindre": "utter_plainte",
    "signaler_agression": "utter_agression",
    "info_papiers": "utter_info_papiers",
    "rdv_info": "utter_info_papiers",
    "nlu_fallback": "utter_incompris",
}
"""Intents whose response is not simply named after them."""

NOTHING_ADVISED: dict[str, Any] = {}
"""An orientation that replaces the one before by none."""

INVITATIONS = frozenset("saluer affirmer incompris charabia insulter hors_sujet donner_contact nlu_fallback".split())
"""Intents answered by an invitation to say more: left out where the safety question is asked instead."""


class ActionInformer(Action):
    """Answers a question from the directory and the texts of the domain."""

    def name(self) -> str:
        """The name rules use."""
        return "action_informer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say the answer of the message's intent, then ask about safety where it is in doubt."""
        rooms = house()
        settled = settled_safety(dispatcher, rooms, tracker)
        if settled is not None:
            return settled
        in_doubt = bool(doubt_to_ask(tracker.slots, heard_in(tracker.latest_message)))
        if not (in_doubt and intent_of(tracker) in INVITATIONS):
            self._answer(dispatcher, rooms, tracker)
        asked = safety_question(dispatcher, rooms, tracker)
        return [*asked, *_booking_set_aside(tracker)] if asked else []

    def _answer(self, dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> None:
        intent = intent_of(tracker)
        if intent in ("info_horaires", "info_adresse"):
            self._about_a_place(dispatcher, rooms, tracker, intent)
        elif intent in NOT_UNDERSTOOD and missed_again(tracker.events):
            name_a_person(dispatcher, rooms, tracker)
        elif intent == "autre_langue":
            say_in_their_language(dispatcher, rooms, tracker)
        else:
            say(dispatcher, rooms, tracker, ANSWERS.get(intent, f"utter_{intent}"))

    def _about_a_place(self, dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, intent: str) -> None:
        place = _pole_of(rooms, tracker)
        if place is None or not place.address:
            say(dispatcher, rooms, tracker, f"utter_{intent}")
            return
        say(
            dispatcher,
            rooms,
            tracker,
            f"utter_{intent}_lieu",
            lieu=place.name,
            adresse=f"{place.address}, {place.commune}",
            horaires_lieu=place.hours_text or "",
        )


class ActionParlerHumain(Action):
    """Gives a person to talk to: now if somebody answers, else when, and who answers day and night."""

    def name(self) -> str:
        """The name rules use."""
        return "action_parler_humain"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say how to reach somebody."""
        rooms = house()
        settled = settled_safety(dispatcher, rooms, tracker)
        if settled is not None:
            return settled
        self._say_who(dispatcher, rooms, tracker)
        return safety_question(dispatcher, rooms, tracker) or set_slots(attente="rien")

    def _say_who(self, dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> None:
        now, hours = rooms.clock(), rooms.directory.single_number().opening_hours or ""
        situation = joined(remembered(tracker.slots), Heard(needs=("parler_humain",)))
        plan = make_plan(situation, now, channel_of(tracker), rooms.directory, rooms.table)
        reopens = next_opening(hours, now)
        in_doubt = bool(doubt_to_ask(tracker.slots, heard_in(tracker.latest_message)))
        answering_now = "utter_parler_humain_doute" if in_doubt else "utter_parler_humain"
        name = answering_now if is_open(hours, now) else "utter_parler_humain_ferme"
        when = spoken_date(reopens) if reopens else ""
        say(dispatcher, rooms, tracker, name, orientation=as_contract(plan), reouverture=when)


class ActionRecommencer(Action):
    """Takes the conversation up from its start: what was advised before no longer stands beside it."""

    def name(self) -> str:
        """The name rules use."""
        return "action_recommencer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say so; the rule then has Rasa forget the turns."""
        say(dispatcher, house(), tracker, "utter_recommencer", orientation=NOTHING_ADVISED)
        return []


class ActionEffacerDonnees(Action):
    """Forgets what the conversation knows of the person; the gateway then deletes what is stored."""

    def name(self) -> str:
        """The name rules use."""
        return "action_effacer_donnees"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Empty every slot and let go of the contact details."""
        rooms = house()
        rooms.contacts.forget(tracker.sender_id)
        say(dispatcher, rooms, tracker, "utter_effacement_fait")
        return [AllSlotsReset()]


def _booking_set_aside(tracker: Tracker) -> list[EventType]:
    """Nothing is booked while safety is in doubt: the form is left, and the turn ends with the safety question."""
    if not tracker.active_loop_name:
        return []
    return [ActiveLoop(None), *set_slots(requested_slot=None), FollowupAction("action_listen")]


def _pole_of(rooms: House, tracker: Tracker) -> Structure | None:
    commune = (tracker.latest_message.get("understanding") or {}).get("commune") or tracker.get_slot("commune")
    return rooms.directory.pole_of(commune) if commune else None
