"""Where danger is in doubt: the numbers first, one question, and a yes or a no that can be pressed."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.house import House
from actions.speaking import just_said, say, set_slots
from bot.dialogue.memory import SAFETY, YES_IS_SAFE, Heard, doubt_felt, doubt_open, remembered, words_for
from bot.dialogue.repair import help_came
from bot.nlu.labels import DANGERS
from bot.orientation.table import EmergencyKind


def numbers_first(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> None:
    """The numbers of a danger in doubt, and those already given when the question about it is left unanswered."""
    left_open = None if heard.settled or not heard.french else doubt_open(tracker.slots)
    kind = doubt_felt(tracker.slots, heard) or left_open
    if kind:
        say(dispatcher, rooms, tracker, f"utter_doute_{kind}")


def still_here(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> None:
    """Once the person says to be out of danger: noted, and the number to keep."""
    if heard.safe_from:
        say(dispatcher, rooms, tracker, f"utter_hors_danger_{heard.safe_from}")


def remind_of_danger(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> None:
    """The numbers of the danger that is known, in one line, before something else is answered; not once help came."""
    kind = words_for(remembered(tracker.slots))
    if help_came(tracker.events):
        return
    say(dispatcher, rooms, tracker, f"utter_rappel_urgence_{kind}" if kind else "utter_rappel_urgence")


def what_to_do_now(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, advised: dict[str, Any] | None = None
) -> bool:
    """In a known danger, the number and what to do, where the message was not understood; whether one is known.

    Said already just before, it would be deaf to say it again: a shorter word of it is said instead.
    """
    kind = words_for(remembered(tracker.slots))
    if kind:
        told = f"utter_pas_compris_{kind}"
        name = f"utter_rappel_urgence_{kind}" if just_said(tracker, rooms, told) else told
        say(dispatcher, rooms, tracker, name, orientation=advised)
    return kind is not None


def keep_number_at_hand(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> None:
    """The numbers of a danger that is known and is no emergency, before a question that has nothing to do with it."""
    need = next((need for need in remembered(tracker.slots).needs if need in DANGERS), None)
    if need:
        say(dispatcher, rooms, tracker, f"utter_rappel_danger_{need}")


def ask_safety(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, kind: EmergencyKind
) -> list[EventType]:
    """Ask the one question of the turn, and remember that this danger was asked about."""
    say(dispatcher, rooms, tracker, f"utter_securite_{kind}", buttons=_yes_or_no(rooms, kind))
    return set_slots(attente=SAFETY, doutes=[*(tracker.get_slot("doutes") or ()), kind])


def _yes_or_no(rooms: House, kind: EmergencyKind) -> list[dict[str, str]]:
    """Both answers name the danger they speak of: pressed late, they still mean the same."""
    safe, danger = "hors_danger", "danger"
    meanings = {"oui": safe, "non": danger} if kind in YES_IS_SAFE else {"oui": danger, "non": safe}
    return [
        {
            "title": rooms.renderer.wording.say(f"utter_bouton_{word}{'_ou_doute' * (meaning == danger)}", "web"),
            "payload": f'/decrire_situation{{"{meaning}":"{kind}"}}',
        }
        for word, meaning in meanings.items()
    ]
