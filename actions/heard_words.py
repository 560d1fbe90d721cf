"""A word for what opens no door: a death wish denied, a violence made little of or long past."""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.booking import come_back
from actions.hearing import commune_told
from actions.house import House
from actions.offering import wish_for_a_visit
from actions.speaking import say, set_slots, words_of
from bot.dialogue.denials import told_so_far
from bot.dialogue.heard_words import dates_a_forced_departure, makes_little_of_violence, tells_past_blows
from bot.dialogue.memory import Heard, as_slots, remembered, without
from bot.nlu.calm_words import denies_dying, only_weary_or_bored
from bot.nlu.labels import VIOLENCES
from bot.orientation.plan import Situation

_ENDS_THE_TURN = frozenset({"utter_violence_sans_coups", "utter_depart_force"})
"""Words that are the answer, whatever question the message was read as."""


def heard_in_passing(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard
) -> list[EventType] | None:
    """Say it, then come back to what was open; None where nothing was said, or where the message tells more."""
    known, words = remembered(tracker.slots), words_of(tracker)
    if not known.needs or "emergency" in (known.urgency, heard.urgency) or heard.doubt:
        return None
    name = _word_for(tracker, known)
    if name is None:
        return None
    say(dispatcher, rooms, tracker, name)
    told_more = set(heard.needs) - set(known.needs) or commune_told(tracker, heard)
    asked_more = name not in _ENDS_THE_TURN and (heard.questions or wish_for_a_visit(rooms, tracker))
    if told_more or asked_more:
        return None
    left = _with_nothing_darker(rooms, known, words)
    tracker.slots.update(as_slots(left))
    return [*set_slots(**as_slots(left)), *come_back(dispatcher, rooms, tracker)]


def _with_nothing_darker(rooms: House, known: Situation, words: str) -> Situation:
    """The situation of somebody old and lonely, without the suffering that they deny: "mourir, non, je m'ennuie"."""
    lonely = {"isolement_senior", "sante_mentale"} <= set(known.needs)
    return without(known, ("sante_mentale",), rooms.table) if lonely and only_weary_or_bored(words) else known


def _word_for(tracker: Tracker, known: Situation) -> str | None:
    """The name of the text that the message calls for, if any."""
    words = words_of(tracker)
    if denies_dying(words):
        return "utter_mort_niee"
    if "violence_familiale" in known.needs and dates_a_forced_departure(words, told_so_far(tracker.events)):
        return "utter_depart_force"
    if tells_past_blows(words) and not VIOLENCES & set(known.needs):
        return "utter_passe_entendu"
    if makes_little_of_violence(words) and "violence_conjugale" in known.needs:
        return "utter_violence_sans_coups"
    return None
