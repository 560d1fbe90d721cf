"""The answer to the one question of the évaluation."""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.follow_up import follow_up
from actions.house import House
from actions.orient import orient_on
from actions.speaking import intent_of
from bot.dialogue.memory import Heard, remembered


def evaluate(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Take the answer to the question asked: the plan is told anew when it changes, else the open offer is made."""
    known, asked = remembered(tracker.slots), (tracker.get_slot("evaluations") or [None])[-1]
    question = next((one for one in rooms.questions if one.id == asked), None)
    if question is None or question.telling != (intent_of(tracker) == "affirmer"):
        return follow_up(dispatcher, rooms, tracker, known)
    about = tuple(need for need in known.needs if need in question.about)
    told = Heard(
        needs=question.needs or about,
        urgency=question.urgency or "none",
        emergency_kind=question.kind,
        signs=question.signs,
    )
    return orient_on(dispatcher, rooms, tracker, told)
