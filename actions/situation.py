"""What a person says of the situation already told: it is settled, it is for somebody else, there is something more."""

import re
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.advising import advise_on, clarify
from actions.answers import answer_all
from actions.appointments import ask_to_cancel
from actions.booking import appointment_stays, come_back
from actions.hearing import commune_told, for_whom, heard_now
from actions.held import to_cancel
from actions.house import house
from actions.opening import opening
from actions.slot_talk import agrees_beside
from actions.speaking import need_buttons, say, set_slots, text_of, words_of
from actions.undoing import but_dangers, danger_over, misread, settled_subjects, take_back
from bot.dialogue.memory import ONESELF, remembered, taken_back
from bot.dialogue.replies import says_no, says_settled
from bot.nlu.danger_words import roof_until_later
from bot.nlu.labels import DANGERS

_SOMEBODY = re.compile(
    r"\b(?:pas (?:pour )?(?:moi|nous)|quelqu un|usagere?s?|autre personne|proche"
    r"|pour (?:mon|ma|mes|un|une|son|sa|elle|lui|eux|ce|cette|le|la)"
    r"|une? (?:dame|monsieur|amie?|voisine?|maman|jeune|famille|patiente?|cliente?))\b"
)
"""Somebody is spoken of, though not one whom the assistant can name back."""
_SURE = 0.7
"""The chance from which a message takes something back that neither names it nor says so in the usual words."""


class ActionRetirerBesoin(Action):
    """Takes back a need: it is settled, or it was never there."""

    def name(self) -> str:
        """The name rules use."""
        return "action_retirer_besoin"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say what is taken back and what is left; ask which one it is when that is not clear."""
        rooms = house()
        heard, known = heard_now(rooms, tracker), remembered(tracker.slots)
        if heard.urgency == "emergency":
            return opening(dispatcher, rooms, tracker) or []
        if denied := misread(dispatcher, rooms, tracker, heard):
            return denied
        if roof_until_later(words_of(tracker)) and (over := danger_over(dispatcher, rooms, tracker, heard)):
            return over
        if stays := appointment_stays(dispatcher, rooms, tracker):
            return stays
        if agrees_beside(tracker, heard) and (agreed := opening(dispatcher, rooms, tracker)) is not None:
            return agreed
        if rdv := to_cancel(rooms, tracker):
            return ask_to_cancel(dispatcher, rooms, tracker, rdv)
        if tracker.get_slot("attente") == "evaluation" and says_no(text_of(tracker)):
            answered = opening(dispatcher, rooms, tracker)
            if answered is not None:
                return answered
        named, text = settled_subjects(rooms, tracker), text_of(tracker)
        if commune_told(tracker, heard) and not named:  # "Levallois, je l'ai dit" takes nothing back
            return advise_on(dispatcher, rooms, tracker, heard)
        plainly = says_settled(text) or (_sure(tracker) and not heard.subjects)
        meant = replace(heard, subjects=named or but_dangers(tracker, heard.subjects))
        if (named or plainly) and (settled := taken_back(known, meant)):
            return take_back(dispatcher, rooms, tracker, known, settled)
        if not (named or plainly):
            taken_up = opening(dispatcher, rooms, tracker)
            return clarify(dispatcher, rooms, tracker) if taken_up is None else taken_up
        heard = meant
        if not heard.subjects and set(known.needs) & DANGERS:
            answer_all(dispatcher, rooms, tracker, heard, "rassurer")
            return come_back(dispatcher, rooms, tracker)
        if heard.subjects or not known.needs:
            say(dispatcher, rooms, tracker, "utter_rien_a_retirer")
            return come_back(dispatcher, rooms, tracker)
        say(
            dispatcher, rooms, tracker, "utter_retirer_lequel", buttons=need_buttons(rooms, known.needs, "besoin_regle")
        )
        return set_slots(attente="rien")


def _sure(tracker: Tracker) -> bool:
    return float(tracker.latest_message["intent"]["confidence"]) >= _SURE


class ActionNoterPourQui(Action):
    """Keeps for whom the person writes."""

    def name(self) -> str:
        """The name rules use."""
        return "action_noter_pour_qui"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say it back, then take the conversation up where it was."""
        rooms = house()
        taken_up = opening(dispatcher, rooms, tracker)
        if taken_up is not None:
            return taken_up
        heard, known = heard_now(rooms, tracker), remembered(tracker.slots)
        if heard.beneficiary is None and not _SOMEBODY.search(words_of(tracker)):
            return come_back(dispatcher, rooms, tracker) or clarify(dispatcher, rooms, tracker)
        told = {None: "utter_pour_quelqu_un", ONESELF: "utter_pour_vous"}.get(heard.beneficiary, "utter_pour_qui")
        say(dispatcher, rooms, tracker, told, pour_qui=heard.beneficiary or "")
        kept = set_slots(**for_whom(heard))
        if set(heard.needs) - set(known.needs):
            return [*kept, *advise_on(dispatcher, rooms, tracker, heard)]
        if not known.needs:
            say(dispatcher, rooms, tracker, "utter_affirmer")
            return kept
        return [*kept, *come_back(dispatcher, rooms, tracker)]
