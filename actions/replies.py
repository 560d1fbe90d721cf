"""A yes or a no, by the question that is open: the same word books, cancels, passes on, or answers nothing."""

from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.advising import advise_on, next_step, safety_question
from actions.appointments import ask_to_cancel, cancel_held, keep_contact, receive, take_offer_up_again
from actions.contact import keep_given
from actions.declining import decline
from actions.follow_up import follow_up
from actions.hand_over import pass_on
from actions.held import to_cancel
from actions.house import House, house
from actions.inform import go_on, inform
from actions.opening import evaluated, opening
from actions.speaking import intent_of
from actions.take_away import sum_up_agreed
from bot.dialogue.memory import Heard, remembered

Turn = Callable[[CollectingDispatcher, House, Tracker], list[EventType]]


def _evaluate(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """A yes or a no alone, as the answer to the question of the évaluation."""
    return evaluated(dispatcher, rooms, tracker, intent_of(tracker) == "affirmer")


TO_A_YES: dict[str, Turn] = {
    "contact": keep_contact,
    "annulation": cancel_held,
    "evaluation": _evaluate,
    "transmission": pass_on,
    "resume": sum_up_agreed,
    "aujourd_hui": receive,
    "reprise": go_on,
}
"""What a yes does, by the question that is open; those of a booking are taken up before."""


class ActionAffirmer(Action):
    """A yes."""

    def name(self) -> str:
        """The name rules use."""
        return "action_affirmer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Do what the yes agrees to."""
        rooms = house()
        taken_up = opening(dispatcher, rooms, tracker)
        if taken_up is not None:
            return taken_up
        if turn := TO_A_YES.get(tracker.get_slot("attente")):
            return turn(dispatcher, rooms, tracker)
        likely = tuple(tracker.get_slot("pistes") or ())
        known = remembered(tracker.slots).needs
        if len(likely) == 1 and likely[0] in known:
            return next_step(dispatcher, rooms, tracker)
        if len(likely) == 1:
            return advise_on(dispatcher, rooms, tracker, Heard(needs=likely))
        return take_offer_up_again(dispatcher, rooms, tracker) or inform(dispatcher, rooms, tracker)


class ActionRefuser(Action):
    """A no closes the question that was open: nothing is kept, cancelled or passed on, and the door stays open."""

    def name(self) -> str:
        """The name rules use."""
        return "action_refuser"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say what the no means here; a no to the safety question means danger or not."""
        rooms = house()
        taken_up = opening(dispatcher, rooms, tracker)
        if taken_up is not None:
            return taken_up
        if rdv := to_cancel(rooms, tracker):
            return ask_to_cancel(dispatcher, rooms, tracker, rdv)
        open_question = tracker.get_slot("attente")
        if open_question in ("evaluation", "aujourd_hui"):
            return TO_A_YES[open_question](dispatcher, rooms, tracker)
        closed = decline(dispatcher, rooms, tracker)
        asked = safety_question(dispatcher, rooms, tracker)
        if asked or open_question != "contact":
            return [*closed, *asked]
        return follow_up(dispatcher, rooms, tracker, remembered(tracker.slots))


class ActionDonnerContact(Action):
    """A first name and a phone: kept with the appointment when they are asked for, not needed otherwise."""

    def name(self) -> str:
        """The name rules use."""
        return "action_donner_contact"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Keep them, or say that they are not needed."""
        rooms = house()
        taken_up = opening(dispatcher, rooms, tracker)
        if taken_up is not None:
            return taken_up
        if tracker.get_slot("attente") == "contact":
            return keep_contact(dispatcher, rooms, tracker)
        kept = keep_given(dispatcher, rooms, tracker)
        return inform(dispatcher, rooms, tracker) if kept is None else kept
