"""The answer to the one question of the évaluation."""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.house import House
from actions.orient import evaluated
from actions.speaking import intent_of


def evaluate(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Take a yes or a no, and nothing else, as the answer to the question asked."""
    return evaluated(dispatcher, rooms, tracker, intent_of(tracker) == "affirmer")
