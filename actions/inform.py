"""Questions and courtesies: whatever is answered without changing the situation, in the middle of a booking too."""

import re
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.advising import advise_on, next_step, safety_question
from actions.answers import answer_all, answerable, may_ask, own_up
from actions.booking import come_back
from actions.declining import decline, declines
from actions.hearing import commune_told, heard_now
from actions.held import held, said_of_rdv
from actions.house import House, house
from actions.opening import opening
from actions.other_language import say_in_their_language
from actions.safety import keep_number_at_hand, remind_of_danger, what_to_do_now
from actions.speaking import intent_of, name_a_person, say, send, set_slots, text_of, words_of
from actions.take_away import is_discreet, say_simply
from actions.undoing import GOES_ON
from bot.channels.cards import Reply
from bot.dialogue.kindness import thanks_bitterly
from bot.dialogue.memory import Heard, doubt_to_ask, heard_in, remembered, words_for
from bot.dialogue.remarks import OF_A_BOTHER, remark_in
from bot.dialogue.repair import NOT_UNDERSTOOD, cannot_say, help_came, is_silent, missed_again, said_before
from bot.nlu.rulings import speaks_as_landlord
from bot.nlu.understand import PRECISE_QUESTION

ANSWERS = {
    "se_plaindre": "utter_plainte",
    "signaler_agression": "utter_agression",
    "rdv_info": "utter_info_papiers",
    "nlu_fallback": "utter_incompris",
}
"""Intents whose response is not simply named after them."""

COURTESIES = frozenset("remercier rassurer affirmer secours_prevenus au_revoir".split())
"""Intents of a message that may also ask something: "merci, j'appelle. On peut venir à deux ?"."""

_WHY = re.compile(r"\b(?:pourquoi|a quoi ca sert|qu est ce que ca (?:peut|change)|en quoi)\b")
"""Of a town that is asked for: to ask why is not to refuse it."""
_SURE_TO_BE_ELSEWHERE = 0.7
_TOWN_HALL = "info_mairie"
"""The question of what the town hall does: identity papers, school, its canteen."""

INVITATIONS = frozenset(
    "saluer affirmer incompris charabia insulter hors_sujet donner_contact nlu_fallback autre_probleme".split()
)
"""Intents answered by an invitation to say more: left out where the safety question is asked instead."""

_TAKEN_FOR = frozenset({"se_plaindre", "charabia", "incompris", "patienter", "affirmer", "hors_sujet"})
"""Intents that a remark said in passing is sometimes read as: "elle vous écrira elle-même" complains of nothing."""

ASIDES = INVITATIONS | {"patienter", "au_revoir", "remercier", "avoir_honte", "repeter", "secours_prevenus"}
"""Intents after whose answer nothing that was open is asked again."""


_OF_WHAT_WAS_BOOKED = re.compile(
    r"\b(?:c est|c|cest) (?:ou|quand|quel jour|a? ?quelle heure) deja\b"
    r"|\bdeja (?:c est|c) (?:ou|quand|quel jour|quelle heure)\b"
)
"""Asked of an appointment that stands: "c'est où déjà et à quelle heure ?"."""


class ActionInformer(Action):
    """Answers a question from the directory and the texts of the domain, and comes back to what was open."""

    def name(self) -> str:
        """The name rules use."""
        return "action_informer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Take up what comes before any answer, then inform."""
        rooms = house()
        taken_up = opening(dispatcher, rooms, tracker)
        if taken_up is not None:
            return taken_up
        if declines(tracker):
            return decline(dispatcher, rooms, tracker)
        if _OF_WHAT_WAS_BOOKED.search(words_of(tracker)) and (rdv := held(rooms, tracker)):
            say(dispatcher, rooms, tracker, "utter_mon_rdv", code=rdv.code, **said_of_rdv(rooms, rdv))
            return come_back(dispatcher, rooms, tracker)
        return inform(dispatcher, rooms, tracker)


def inform(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Say the answer of the message's intent; then, where it is in doubt, ask about safety, else come back."""
    heard, intent = heard_now(rooms, tracker), intent_of(tracker)
    in_doubt = bool(doubt_to_ask(tracker.slots, heard_in(tracker.latest_message)))
    invited = intent in INVITATIONS or (intent == PRECISE_QUESTION and not heard.facts)
    hardly_asked = intent == PRECISE_QUESTION and not heard.questions and _told_more(tracker, heard)
    if not (in_doubt and invited) and not hardly_asked:
        _answer(dispatcher, rooms, tracker, heard)
    if asked := safety_question(dispatcher, rooms, tracker):
        return asked
    if _told_more(tracker, heard):
        return advise_on(dispatcher, rooms, tracker, heard)
    if intent == "reprendre" or (intent == "secours_prevenus" and GOES_ON.search(words_of(tracker))):
        return go_on(dispatcher, rooms, tracker)
    if _asks_why_the_town(tracker):
        return []
    if intent == "taire_commune":
        return set_slots(ville_tue=True, attente="rien")
    told = remembered(tracker.slots).needs
    aside = intent in ASIDES and not (set(heard.questions) - {_TOWN_HALL} or (intent == "avoir_honte" and told))
    return [] if aside else come_back(dispatcher, rooms, tracker)


def _told_more(tracker: Tracker, heard: Heard) -> bool:
    """Whether the message brought a need or a commune beside what it asked."""
    known = remembered(tracker.slots)
    new = bool(set(heard.needs) - set(known.needs))
    return new or bool(known.needs and commune_told(tracker, heard))


def go_on(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Take up what was open, else the next step for what is known."""
    if asked_again := come_back(dispatcher, rooms, tracker):
        return asked_again
    return next_step(dispatcher, rooms, tracker) if remembered(tracker.slots).needs else []


def _answer(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> None:
    intent = intent_of(tracker)
    if intent in COURTESIES and own_up(dispatcher, rooms, tracker, heard):
        return
    kind, remark = words_for(remembered(tracker.slots)), remark_in(words_of(tracker))
    if kind and (remark == OF_A_BOTHER or (kind == "medical" and intent == "avoir_honte")):
        say(dispatcher, rooms, tracker, f"utter_encore_{kind}")  # "je ne veux pas déranger pour rien"
    elif intent == "remercier" and thanks_bitterly(words_of(tracker)):
        say(dispatcher, rooms, tracker, "utter_merci_amer")
    elif intent == PRECISE_QUESTION and _states(rooms, tracker, heard):
        if not what_to_do_now(dispatcher, rooms, tracker):
            told = remembered(tracker.slots).needs
            say(dispatcher, rooms, tracker, "utter_detail_note" if told else "utter_affirmer")
            keep_number_at_hand(dispatcher, rooms, tracker)
    elif cannot_say(words_of(tracker)):
        if not what_to_do_now(dispatcher, rooms, tracker):
            say(dispatcher, rooms, tracker, "utter_ne_sait_pas")
    elif intent == "hors_sujet" and speaks_as_landlord(words_of(tracker)):
        say(dispatcher, rooms, tracker, "utter_hors_sujet_bailleur")
    elif intent == "hors_sujet" and _TOWN_HALL in heard.questions:
        answer_all(dispatcher, rooms, tracker, replace(heard, questions=(_TOWN_HALL,)))
    elif intent == "hors_sujet" and remembered(tracker.slots).needs and _unsure(tracker):
        if not own_up(dispatcher, rooms, tracker, heard):
            say(dispatcher, rooms, tracker, "utter_detail_note")
    elif intent == "incompris" and remembered(tracker.slots).needs and not is_discreet(tracker):
        say_simply(dispatcher, rooms, tracker)
    elif intent in NOT_UNDERSTOOD and what_to_do_now(dispatcher, rooms, tracker):
        return
    elif intent in NOT_UNDERSTOOD and remembered(tracker.slots).needs and is_silent(text_of(tracker)):
        keep_number_at_hand(dispatcher, rooms, tracker)
        suffering = "sante_mentale" in remembered(tracker.slots).needs
        say(dispatcher, rooms, tracker, "utter_silence_souffrance" if suffering else "utter_silence")
    elif intent == "insulter" and remembered(tracker.slots).emergency_kind:
        say(dispatcher, rooms, tracker, "utter_insulter_danger")
        what_to_do_now(dispatcher, rooms, tracker)
    elif intent == "insulter" and remembered(tracker.slots).needs:
        say(dispatcher, rooms, tracker, "utter_insulter_connu")
    elif intent in NOT_UNDERSTOOD and is_silent(text_of(tracker)) and not missed_again(tracker.events):
        say(dispatcher, rooms, tracker, "utter_silence_debut")
    elif intent in _TAKEN_FOR and remark and not heard.questions:
        say(dispatcher, rooms, tracker, remark)
    elif intent in NOT_UNDERSTOOD and missed_again(tracker.events):
        name_a_person(dispatcher, rooms, tracker)
    elif intent == "autre_langue":
        say_in_their_language(dispatcher, rooms, tracker)
    elif _asks_why_the_town(tracker):
        say(dispatcher, rooms, tracker, "utter_pourquoi_commune")
    elif intent == "rassurer" and "emprise" in remembered(tracker.slots).signs:
        say(dispatcher, rooms, tracker, "utter_violence_sans_coups")
    elif intent == "repeter":
        _repeat(dispatcher, rooms, tracker)
    elif intent == "autre_probleme" and not remembered(tracker.slots).needs:
        say(dispatcher, rooms, tracker, "utter_autre_probleme_debut")
    elif intent == "avoir_honte" and remembered(tracker.slots).needs:
        say(dispatcher, rooms, tracker, "utter_avoir_honte_connu")
    elif intent == "affirmer" and heard.questions:
        answer_all(dispatcher, rooms, tracker, heard)
    elif intent == "affirmer" and remembered(tracker.slots).emergency_kind and not help_came(tracker.events):
        remind_of_danger(dispatcher, rooms, tracker)
    elif intent == "affirmer" and remembered(tracker.slots).needs:
        say(dispatcher, rooms, tracker, "utter_affirmer_connu")
    elif intent == "reprendre" and not remembered(tracker.slots).needs:
        say(dispatcher, rooms, tracker, "utter_reprendre_rien")
    elif intent in ANSWERS:
        say(dispatcher, rooms, tracker, ANSWERS[intent])
        if intent == "se_plaindre":
            answer_all(dispatcher, rooms, tracker, answerable(rooms, tracker, heard))
    else:
        answer_all(dispatcher, rooms, tracker, heard, intent)


def _states(rooms: House, tracker: Tracker, heard: Heard) -> bool:
    """Whether a message read as a precise question asks nothing: "je rappellerai lundi entre deux trains"."""
    unanswered = not answerable(rooms, tracker, heard).questions
    return unanswered and not may_ask(text_of(tracker))


def _asks_why_the_town(tracker: Tracker) -> bool:
    return intent_of(tracker) == "taire_commune" and bool(_WHY.search(words_of(tracker)))


def _unsure(tracker: Tracker) -> bool:
    """Whether the message is only likely to be out of scope: of a situation that is known, it may be a detail."""
    return float(tracker.latest_message["intent"]["confidence"]) < _SURE_TO_BE_ELSEWHERE


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


def _repeat(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> None:
    """The last answer once more, as it was; an invitation where there is none."""
    parts = said_before(tracker.events)
    for part in parts:
        data = part.get("data") or {}
        custom = data.get("custom") or {}
        send(dispatcher, Reply(part["text"], data.get("buttons") or [], custom.get("card")))
    if not parts:
        say(dispatcher, rooms, tracker, "utter_affirmer")
