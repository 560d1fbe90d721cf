"""Orientation: from what was said to the doors that open."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.advising import advise_minding_safety, clarify, tells_of_another_need
from actions.answers import answer_all, own_up
from actions.booking import come_back
from actions.declining import decline, declines
from actions.hand_over import reach_a_person, wants_a_person
from actions.hearing import heard_now, likely, named_with_a_town
from actions.house import House, house
from actions.opening import opening
from actions.safety import keep_number_at_hand
from actions.speaking import say, text_of
from bot.dialogue.memory import Heard, doubt_to_ask, remembered, speaking_of_known
from bot.nlu.subjects import NAMED_AS_PEOPLE


class ActionOrienter(Action):
    """Says at once what was understood and which door opens for each need; then offers to book, or asks the commune."""

    def name(self) -> str:
        """The name rules use."""
        return "action_orienter"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Answer a described situation or a named commune."""
        rooms = house()
        taken_up = opening(dispatcher, rooms, tracker)
        if taken_up is not None:
            return taken_up
        return advise_minding_safety(dispatcher, rooms, tracker, named_with_a_town(tracker, heard_now(rooms, tracker)))


class ActionClarifier(Action):
    """In doubt, names the likeliest needs and lets the person choose."""

    def name(self) -> str:
        """The name rules use."""
        return "action_clarifier"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Ask between the likeliest needs, unless the message is a detail of one that is known."""
        rooms = house()
        known, heard = remembered(tracker.slots), likely(tracker, heard_now(rooms, tracker))
        taken_up = opening(dispatcher, rooms, tracker)
        if taken_up is not None:
            return taken_up
        if wants_a_person(tracker) and not doubt_to_ask(tracker.slots, heard):
            return reach_a_person(dispatcher, rooms, tracker)
        if speaking_of_known(known, heard, rooms.table).needs:
            return advise_minding_safety(dispatcher, rooms, tracker, heard)
        named = set(heard.subjects) - (NAMED_AS_PEOPLE - set(known.needs))
        about_known = named and named <= set(known.needs)
        if about_known and not known.emergency_kind and not heard.questions:
            return _noted(dispatcher, rooms, tracker, heard)
        if declines(tracker):
            return decline(dispatcher, rooms, tracker)
        if heard.questions and not doubt_to_ask(tracker.slots, heard):
            answer_all(dispatcher, rooms, tracker, heard)
            return come_back(dispatcher, rooms, tracker)
        foreign = tells_of_another_need(tracker, heard)
        unknown = not (foreign or doubt_to_ask(tracker.slots, heard))
        if known.needs and unknown and "?" in text_of(tracker) and own_up(dispatcher, rooms, tracker, heard):
            return come_back(dispatcher, rooms, tracker)
        return clarify(dispatcher, rooms, tracker)


def _noted(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> list[EventType]:
    """A detail of what is known, which changes no door: said to be heard, or not known when it is asked."""
    if not own_up(dispatcher, rooms, tracker, heard):
        say(dispatcher, rooms, tracker, "utter_detail_note")
        keep_number_at_hand(dispatcher, rooms, tracker)
    return come_back(dispatcher, rooms, tracker)
