"""A message that goes on with a booking, while it asks or tells something beside: "la 2, et mon mari peut venir ?"."""

import re
from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.advising import tell
from actions.answers import OF_SLOTS, answer_all, answerable, own_up
from actions.booking import appointment_stays, come_back, take_up
from actions.hearing import commune_told, for_whom
from actions.held import held
from actions.house import House
from actions.no_appointment import none_for_that
from actions.offering import (
    Booking,
    chosen_in,
    elsewhere,
    leads_with_a_choice,
    offer,
    offered,
    wish_in,
    wish_of,
    wish_so_far,
)
from actions.reserving import CHOOSING, CONFIRMING, ask_again, choose, offer_to_move
from actions.safety import remind_of_danger
from actions.slot_talk import ENDS_OR_CANCELS, LIVING, asks_to_walk_in, only_asks_when
from actions.speaking import intent_of, plan_for, set_slots, text_of, words_of
from bot.booking.views import RdvView
from bot.clock import PARIS
from bot.dialogue.memory import Heard, as_slots, heard_in, joined, remembered
from bot.dialogue.replies import puts_off, says_yes
from bot.directory.hours import DAYS
from bot.directory.models import fold
from bot.nlu.understand import PRECISE_QUESTION

_WORDS_OF_A_CHOICE = 20
"""In which a slot is taken after all: "je veux bien quand même le rendez-vous de mercredi, ça me changera"."""

_ASKED_PART = re.compile(r"[^.!?,;]+\?")

_SURELY = 0.8
_A_SHORT_ASIDE = 2
"""Words of "c'est bon ?", which asks nothing."""

_ANOTHER_DAY = re.compile(
    rf"\b(?:{'|'.join(DAYS)}|demain)\b.*\b(?:plutot|mieux|a la place)\b"
    rf"|\b(?:plutot|mettez moi|mieux) (?:le )?(?:{'|'.join(DAYS)})\b"
)
_OWN_TOWN = re.compile(
    r"\b(?:ma (?:ville|commune)|mon adresse|habite|vis|loge|domicilie\w*)(?: \w+){0,4}? (clichy|levallois)\b"
)

_SHOWS_SLOTS = re.compile(
    r"\b(?:(?:re)?(?:montre[rz]?|donne[rz]?|propose[rz]?|met[st]?|mettez|envoie|envoye[rz])|revoir|voir)(?: moi| nous)?"
    r" (?:les |des |vos |le |la liste des )?(?:horaires?|creneaux?|dates?|dispo\w*)\b"
)
"""Asked once the booking had stopped: "montrez-moi les horaires pour le RSA quand même"."""
_BESIDES = re.compile(r"\b(?:par ailleurs|autre chose|en plus|de surcroit|egalement|au fait|j oubliais|j ai aussi)\b")
"""Before one more need: "par ailleurs, complémentaire échue, un créneau mardi ?"."""

_THE_SAME = re.compile(r"\b(?:le|la) meme\b|\bcelui (?:d avant|de tout a l heure|la)\b|\bcomme avant\b")
"""Of a slot let go: "bon, remettez-moi le même"."""


def choice_taken_up(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType] | None:
    """The slot chosen after all, once a refusal or an emergency has stopped the booking: "je prends le 1"."""
    booking, text = Booking.of(tracker), text_of(tracker)
    stopped = tracker.get_slot("attente") in ("rien", "evaluation", "reprise") and offered(tracker)
    asks_or_tells = len(text.split()) > _WORDS_OF_A_CHOICE or heard_in(tracker.latest_message).questions
    if booking is None or not stopped or asks_or_tells or intent_of(tracker) in ENDS_OR_CANCELS:
        return None
    if _SHOWS_SLOTS.search(words_of(tracker)):
        if remembered(tracker.slots).emergency_kind:
            remind_of_danger(dispatcher, rooms, tracker)
        return offer(dispatcher, rooms, tracker, booking, wish_so_far(rooms, tracker))
    again = tracker.get_slot("rdv_creneau") if _THE_SAME.search(fold(text)) else None
    chosen = None if again else chosen_in(rooms, tracker, booking)
    if not again and chosen is None:
        return None
    if remembered(tracker.slots).emergency_kind:
        remind_of_danger(dispatcher, rooms, tracker)
    return choose(dispatcher, rooms, tracker, booking, chosen) if chosen else ask_again(dispatcher, rooms, tracker)


def only_here(rooms: House, tracker: Tracker, heard: Heard) -> bool:
    """Whether the appointment on offer is given at no site of the town named: that town is where the person lives."""
    booking = Booking.of(tracker)
    return bool(booking and not heard.needs and elsewhere(rooms, booking, heard.commune) is None)


def booking_turn(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard
) -> list[EventType] | None:
    """The booking goes on; a question or a need of the same message is answered beside."""
    if stays := appointment_stays(dispatcher, rooms, tracker):
        return stays
    if _asks_of_something_else(tracker):
        return None
    if rdv := _regretted(rooms, tracker, heard):
        return offer_to_move(dispatcher, rooms, tracker, rdv)
    heard = _with_own_town(tracker, heard)
    if commune_told(tracker, heard) and LIVING.search(fold(text_of(tracker))):
        return None
    if tracker.get_slot("attente") in (CHOOSING, CONFIRMING):
        if asks_to_walk_in(tracker):
            others = tuple(one for one in heard.questions if one != PRECISE_QUESTION)
            answer_all(dispatcher, rooms, tracker, replace(heard, questions=others, facts=()), "info_sans_rdv")
            return []
        if none_for_that(dispatcher, rooms, tracker, heard):
            return come_back(dispatcher, rooms, tracker)
    asked = CollectingDispatcher()
    done = take_up(asked, rooms, tracker, heard)
    if done is None:
        return None
    beside = _asks_beside(rooms, tracker)
    if only_asks_when(rooms, text_of(tracker)):
        heard = replace(heard, facts=(), questions=tuple(one for one in heard.questions if one != PRECISE_QUESTION))
    answer_all(dispatcher, rooms, tracker, heard if beside else answerable(rooms, tracker, heard))
    if beside:
        own_up(dispatcher, rooms, tracker, heard)
    dispatcher.messages.extend(asked.messages)
    told = _told_beside(dispatcher, rooms, tracker, heard)
    return [*set_slots(**for_whom(heard)), *told, *done]


def _asks_of_something_else(tracker: Tracker) -> bool:
    """Whether a question is surely out of scope, whatever day it names: "quel temps fera-t-il demain ?"."""
    text, surely = text_of(tracker), tracker.latest_message["intent"].get("confidence", 0.0) >= _SURELY
    return surely and intent_of(tracker) == "hors_sujet" and "?" in text and not OF_SLOTS.search(fold(text))


def _regretted(rooms: House, tracker: Tracker, heard: Heard) -> RdvView | None:
    """What was just booked, when another day is asked for instead: "non finalement, jeudi plutôt"."""
    just_booked = tracker.get_slot("attente") == "contact" and heard.urgency != "emergency"
    if hindered := _hindered(rooms, tracker, heard):
        return hindered
    another = _ANOTHER_DAY.search(fold(text_of(tracker))) and "?" not in text_of(tracker)
    return held(rooms, tracker) if just_booked and another and wish_of(rooms, tracker).days else None


def _hindered(rooms: House, tracker: Tracker, heard: Heard) -> RdvView | None:
    """What is booked at a moment now taken, beside another that is wished: "lundi j'enterre mon oncle. jeudi ?"."""
    wish = wish_of(rooms, tracker)
    if not (wish.days and wish.refused) or heard.urgency == "emergency" or tracker.get_slot("rdv_deplace"):
        return None
    rdv = held(rooms, tracker)
    if rdv is None:
        return None
    start = rdv.starts_at.astimezone(PARIS)
    return rdv if any(test(start) for test in wish.refused) and not wish.fits(start) else None


def _with_own_town(tracker: Tracker, heard: Heard) -> Heard:
    """A message that repeats the town already told: any other it names is where to go, "va pour Clichy"."""
    known = fold(tracker.get_slot("commune") or "").split(" ")[0]
    own = known and any(found[1] == known for found in _OWN_TOWN.finditer(fold(text_of(tracker))))
    return replace(heard, commune=None) if own else heard


def _asks_beside(rooms: House, tracker: Tracker) -> bool:
    """Whether a sentence of the message asks something else than a moment: "la 3, mais mon fils doit venir ?"."""
    parts = [part.strip() for part in _ASKED_PART.findall(text_of(tracker))]
    return any(
        len(part.split()) > _A_SHORT_ASIDE and not (wish_in(rooms, part) or OF_SLOTS.search(fold(part)))
        for part in parts
    )


def _told_beside(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> list[EventType]:
    """The doors of a need told with a yes, or as one more: "oui, et en plus je n'ai plus rien à manger"."""
    known = remembered(tracker.slots)
    besides = _BESIDES.search(fold(text_of(tracker))) is not None
    chooses = besides or says_yes(text_of(tracker)) or leads_with_a_choice(rooms, tracker)
    if not chooses or puts_off(text_of(tracker)) or not set(heard.needs) - set(known.needs):
        return []
    situation = joined(known, heard)
    plan = plan_for(rooms, tracker, situation)
    tell(dispatcher, rooms, tracker, plan, heard)
    return set_slots(**as_slots(situation))
