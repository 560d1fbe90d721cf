"""The first name and the number given for an appointment: kept with it, thanked for, and not asked for again."""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.follow_up import follow_up
from actions.held import held
from actions.house import House
from actions.speaking import intent_of, say, text_of
from bot.booking.errors import TooManyRdv
from bot.dialogue.memory import Heard, remembered
from bot.dialogue.replies import puts_off, says_no
from bot.privacy.redact import EMAIL_MARK, NAME_MARK, PHONE_MARK, lone_name

_UNREADABLE = frozenset("nlu_fallback charabia incompris donner_contact saluer".split())
"""What a first name alone may be read as."""
_COURTEOUS = frozenset("remercier au_revoir".split())


def keep_given(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType] | None:
    """Keep with the appointment what the gateway set aside; None when there is nothing, or nothing to keep it with.

    Of an appointment kept elsewhere nothing is kept: whoever keeps it writes to the person.
    """
    contact, rdv = rooms.contacts.take(tracker.sender_id), held(rooms, tracker)
    if contact is None or rdv is None or rdv.backend != rooms.agenda.name:
        return None
    phone, email = contact.phone or rdv.phone, contact.email or rdv.email
    try:
        rooms.agenda.attach_contact(rdv.code, contact.first_name or rdv.first_name, phone, email)
        say(dispatcher, rooms, tracker, "utter_contact_note" if phone or email else "utter_prenom_note")
    except TooManyRdv:
        say(dispatcher, rooms, tracker, "utter_contact_trop")
    return follow_up(dispatcher, rooms, tracker, remembered(tracker.slots))


def gives_contact(tracker: Tracker, heard: Heard) -> bool:
    """Whether the answer to the question about a name and a number gives one of them, and tells nothing else."""
    new = set(heard.needs) - set(remembered(tracker.slots).needs)
    if tracker.get_slot("attente") != "contact" or new or heard.urgency == "emergency" or "?" in text_of(tracker):
        return False
    text = text_of(tracker)
    return any(mark in text for mark in (PHONE_MARK, NAME_MARK, EMAIL_MARK)) or _is_a_name(tracker)


def _is_a_name(tracker: Tracker) -> bool:
    """Whether the one or two words of a message are a name: unknown to the model, or with a capital after a yes."""
    text = text_of(tracker)
    name = lone_name(text)
    if name is None or says_no(text) or puts_off(text) or intent_of(tracker) in _COURTEOUS:
        return False
    return intent_of(tracker) in _UNREADABLE or (name[0].isupper() and not text.startswith(name))
