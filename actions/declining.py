"""A no to the question that was open: nothing is kept, cancelled or passed on, and the door stays open."""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import answer_all, own_up
from actions.held import CANCELS
from actions.house import House
from actions.safety import what_to_do_now
from actions.speaking import say, set_slots, text_of, words_of
from bot.dialogue.memory import Heard, heard_in, remembered
from bot.dialogue.replies import says_no
from bot.dialogue.withheld import withholds_contact
from bot.directory.models import fold
from bot.nlu.labels import DANGERS
from bot.nlu.understand import PRECISE_QUESTION

TO_A_NO = {
    "contact": "utter_sans_contact",
    "annulation": "utter_rdv_garde",
    "transmission": "utter_rien_transmis",
    "resume": "utter_resume_refuse",
}
"""What a no is answered, by the question that is open."""


def declines(tracker: Tracker) -> bool:
    """Whether a message read otherwise begins with a no to the question that is open: "non, je les appelle"."""
    waiting = tracker.get_slot("attente")
    if keeps_to_themselves(tracker):
        return True
    if CANCELS.search(words_of(tracker)):
        return False
    asks = set(heard_in(tracker.latest_message).questions) - {PRECISE_QUESTION}
    return waiting in TO_A_NO and says_no(text_of(tracker)) and not asks


def keeps_to_themselves(tracker: Tracker) -> bool:
    """Whether a message refuses the name and the number that were asked for, whatever else it tells."""
    return tracker.get_slot("attente") == "contact" and withholds_contact(fold(text_of(tracker)))


def decline(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Say what the no means here."""
    open_question = tracker.get_slot("attente")
    if open_question not in TO_A_NO and what_to_do_now(dispatcher, rooms, tracker):
        return set_slots(attente="rien")  # "j'ai rien pris, pas encore": a no that ends no danger
    if open_question not in TO_A_NO and set(remembered(tracker.slots).needs) & DANGERS:
        answer_all(dispatcher, rooms, tracker, Heard(), "rassurer")
    else:
        say(dispatcher, rooms, tracker, TO_A_NO.get(open_question, "utter_refuser"))
        heard = heard_in(tracker.latest_message)
        answer_all(dispatcher, rooms, tracker, heard)
        own_up(dispatcher, rooms, tracker, heard)
    return set_slots(attente="rien")
