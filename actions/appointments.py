"""Appointments asked for, shown, cancelled, moved; the contact details kept with one."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.advising import advise_on, line_asked_for, safety_question
from actions.answers import answer_all, answerable
from actions.booking import appointment_stays, change_site, choose_at_once, choose_late, offer_interview, refuse
from actions.contact import keep_given
from actions.follow_up import ask_commune
from actions.hearing import commune_told, heard_now, town_of
from actions.held import held, meant, motifs_held, said_of_rdv, show, standing, to_cancel
from actions.house import House, house
from actions.kept_elsewhere import changed_there
from actions.no_appointment import asks_the_prefecture, without_appointment
from actions.offering import (
    INTERVIEW,
    Booking,
    elsewhere,
    offer,
    offered,
    speaks_of_a_visit,
    wish_of,
    wish_so_far,
)
from actions.opening import opening
from actions.reserving import CHOOSING, CONFIRMING, offer_to_move, where_it_stands
from actions.safety import remind_of_danger
from actions.slot_talk import NO_VISIT
from actions.speaking import (
    intent_of,
    just_said,
    name_a_person,
    need_buttons,
    plan_for,
    said_ever,
    say,
    set_slots,
    text_of,
    words_of,
    yes_or_no,
)
from bot.booking.errors import BookingError
from bot.booking.views import RdvView
from bot.booking.wishes.wish import wish_beside
from bot.channels.orientation import as_contract
from bot.dialogue.memory import Heard, heard_in, joined, remembered
from bot.dialogue.replies import says_yes
from bot.directory.models import fold
from bot.nlu.signs import shown
from bot.nlu.subjects import NAMED_AS_PEOPLE

BOOKABLE_NEEDS = (
    "grossesse_suivi",
    "premiere_pesee",
    "vaccination",
    "consultation_enfant",
    "contraception",
    "rsa_demande",
    "rsa_suivi",
    "caf_prestations",
)
"""Offered as buttons when someone wants an appointment without saying for what."""


_SOCIAL_WORKER = re.compile(
    r"\b(?:assistante?s? sociale?s?|travailleu\w+ socia\w+|une? as|(?:rdv|entretien|voir|avec) as|educat\w+|educ)\b"
)


_HAS_ONE = re.compile(
    r"\b(?:j en|on en|elle en|il en) (?:ai|a) (?:deja )?(?:un|1)\b|\bcelui (?:de|d|du) \w+"
    r"|\b(?:recu|eu) (?:un )?(?:texto|sms|mail|courrier)"
    r"|\b(?:j|on|elle|il) (?:ai|a|avais|avait) (?:deja )?(?:un |1 |eu un )?(?:rdv|rendez vous)\b"
    r"|\bl heure (?:du|de (?:mon|son))\b|\bprise? (?:a l accueil|au guichet|par telephone|avec)\b"
)
"""An appointment that was taken elsewhere: "j'en ai un demain, il faut le décommander"."""
_WHETHER_ONE_MAY = "info_annuler"
"""Asked before anything is cancelled: "est-ce que je pourrai annuler si je suis malade ?"."""
_WHETHER_ONE_IS_NEEDED = "info_sans_rdv"
"""Asked before any is taken: "lundi je viens à quelle heure, faut un rdv ?"."""
_PUT_ME = re.compile(r"\b(?:mettez|mets) moi\b")
_INSTEAD = re.compile(r"\b(?:a la place|au lieu|remplace[rz]?|decale[rz]?)\b")
"""Of an appointment that is cancelled for another: "annulez lundi, et mettez-moi jeudi"."""
_TOLD_AGAIN = re.compile(r"\b(?:redire|redites?|redonne[rz]?|rappele[rz]?|repete[rz]?)\b")
"""Of an appointment: "vous pouvez me redire le jour ?"."""


_FOR_WHAT = re.compile(
    r"\b(?:rdv|rendez vous|creneau|entretien|consultation|visite)(?: \w+)?"
    r" (?:pour|avec|chez|au sujet d\w?|concernant|sur|de|d|a la|au) (?P<what>(?:\w+ ?){1,4})"
)
"""What an appointment is wanted for: "un rendez-vous pour la crèche"."""


class ActionProposerRdv(Action):
    """Offers slots for what the person needs, or asks for what is missing: the subject or the commune."""

    def name(self) -> str:
        """The name rules use."""
        return "action_proposer_rdv"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Offer, or ask. Safety comes before any appointment."""
        rooms = house()
        taken_up = opening(dispatcher, rooms, tracker)
        if taken_up is not None:
            return taken_up
        return safety_question(dispatcher, rooms, tracker) or self._propose(dispatcher, rooms, tracker)

    def _propose(self, dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
        if tracker.get_slot("attente") == "aujourd_hui":
            return receive(dispatcher, rooms, tracker)
        if intent_of(tracker) == "choisir_creneau" and (chosen := choose_late(dispatcher, rooms, tracker)):
            return chosen
        heard, known, booking = heard_now(rooms, tracker), remembered(tracker.slots), Booking.of(tracker)
        if asks_the_prefecture(tracker):
            plan = plan_for(rooms, tracker, joined(known, heard)).about(["sejour_droits"])
            if said := without_appointment(dispatcher, rooms, tracker, plan):
                return said
        instead = _INSTEAD.search(words_of(tracker)) and not set(heard.needs) - set(known.needs)
        if instead and (rdv := held(rooms, tracker)):
            return offer_to_move(dispatcher, rooms, tracker, rdv)
        told = heard.needs or _named_for_the_visit(rooms, tracker, heard)
        if not told and _SOCIAL_WORKER.search(fold(text_of(tracker))):
            return interview(dispatcher, rooms, tracker, heard)
        if set(told) - set(known.needs) or (heard.commune and heard.commune != known.commune):
            return advise_on(dispatcher, rooms, tracker, _with(heard, told))
        if booking:
            after = offered(tracker)[-1] if intent_of(tracker) == "autre_creneau" and offered(tracker) else None
            wish = wish_of(rooms, tracker)
            return offer(dispatcher, rooms, tracker, booking, wish_so_far(rooms, tracker), None if wish else after)
        return self._for_the_situation(dispatcher, rooms, tracker)

    def _for_the_situation(self, dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
        situation = remembered(tracker.slots)
        plan = plan_for(rooms, tracker, situation)
        rdv = held(rooms, tracker)
        line = line_asked_for(rooms, tracker, heard_now(rooms, tracker), situation)
        line = line or plan.bookable_line(bool(tracker.get_slot("ville_tue")), motifs_held(rooms, tracker))
        if line and line.motif and line.site:
            booking = Booking(line.motif, line.site)
            wish = wish_of(rooms, tracker)
            at_once = choose_at_once(dispatcher, rooms, tracker, booking, wish)
            wish = wish_beside(wish, text_of(tracker), rdv.starts_at) if rdv else wish
            return at_once or offer(dispatcher, rooms, tracker, booking, wish)
        if rdv:
            return offer_to_move(dispatcher, rooms, tracker, rdv)
        if situation.urgency == "emergency" and plan.territory == "own":
            remind_of_danger(dispatcher, rooms, tracker)
        none_given = plan.territory == "own" and not any(one.motif for one in plan.lines)
        if none_given and (told := without_appointment(dispatcher, rooms, tracker, plan)):
            return told
        if situation.needs and situation.commune is None and not tracker.get_slot("ville_tue"):
            return ask_commune(dispatcher, rooms, tracker)
        if situation.needs and plan.territory == "own":
            return offer_interview(dispatcher, rooms, tracker)
        if just_said(tracker, rooms, "utter_rdv_pour_quoi"):
            name_a_person(dispatcher, rooms, tracker, need_buttons(rooms, BOOKABLE_NEEDS))
        else:
            say(dispatcher, rooms, tracker, "utter_rdv_pour_quoi", buttons=need_buttons(rooms, BOOKABLE_NEEDS))
        return []


class ActionChangerLieu(Action):
    """Offers the slots of another site for the appointment being booked."""

    def name(self) -> str:
        """The name rules use."""
        return "action_changer_lieu"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Offer them, or say that it is given at one site only."""
        rooms = house()
        taken_up = opening(dispatcher, rooms, tracker)
        if taken_up is not None:
            return taken_up
        commune, rdv = heard_now(rooms, tracker).commune, held(rooms, tracker)
        if Booking.of(tracker) is None and rdv:
            other = elsewhere(rooms, Booking(rdv.motif, rdv.lieu), commune)
            return offer_to_move(dispatcher, rooms, tracker, rdv, other)
        return change_site(dispatcher, rooms, tracker, commune)


class ActionMontrerRdv(Action):
    """Shows the conversation's appointment; asks before cancelling it; offers other slots to move it to."""

    def name(self) -> str:
        """The name rules use."""
        return "action_montrer_rdv"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say the appointment, or where to turn when this conversation holds none."""
        rooms = house()
        rdv, intent = meant(rooms, tracker), intent_of(tracker)
        moving = tracker.get_slot("rdv_deplace") and tracker.get_slot("attente") in (CHOOSING, CONFIRMING)
        retold = intent == "rdv_deplacer" and _TOLD_AGAIN.search(fold(text_of(tracker)))
        said = words_of(tracker)
        other = _INSTEAD.search(said) or _PUT_ME.search(said)
        instead = intent == "rdv_annuler" and other and wish_of(rooms, tracker).days
        if _WHETHER_ONE_MAY in heard_in(tracker.latest_message).questions:
            say(dispatcher, rooms, tracker, "utter_info_annuler")
            return where_it_stands(dispatcher, rooms, tracker) if rdv is None else []
        if stays := appointment_stays(dispatcher, rooms, tracker):
            return stays
        moves = (intent == "rdv_deplacer" or instead) and rdv is not None and not moving and not retold
        cancels = intent == "rdv_annuler" and says_yes(text_of(tracker)) and to_cancel(rooms, tracker)
        taken_up = None if moves or cancels else opening(dispatcher, rooms, tracker)
        if taken_up is not None:
            return taken_up
        if rdv is None:
            return self._none(dispatcher, rooms, tracker)
        if moves:
            return offer_to_move(dispatcher, rooms, tracker, rdv)
        if intent == "rdv_annuler":
            return ask_to_cancel(dispatcher, rooms, tracker, rdv)
        show(dispatcher, rooms, tracker)
        return []

    def _none(self, dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
        """No appointment is held: the one being booked is let go, or whom to call is said."""
        intent = intent_of(tracker)
        if _HAS_ONE.search(words_of(tracker)):
            say(dispatcher, rooms, tracker, "utter_rdv_inconnu", orientation=_plan_of_act(rooms, tracker, intent))
            return set_slots(attente="rien")
        choosing = tracker.get_slot("attente") in (CHOOSING, CONFIRMING)
        if choosing and (intent == "rdv_annuler" or NO_VISIT.search(words_of(tracker))):
            return refuse(dispatcher, rooms, tracker)
        if Booking.of(tracker):
            heard = answerable(rooms, tracker, heard_in(tracker.latest_message))
            if heard.questions:
                answer_all(dispatcher, rooms, tracker, heard)
            else:
                say(dispatcher, rooms, tracker, "utter_rdv_pas_pris")
            return where_it_stands(dispatcher, rooms, tracker)
        heard = heard_now(rooms, tracker)
        if _WHETHER_ONE_IS_NEEDED in heard.questions and remembered(tracker.slots).needs:
            answer_all(dispatcher, rooms, tracker, heard)
            return advise_on(dispatcher, rooms, tracker, heard) if commune_told(tracker, heard) else []
        told = town_of(tracker, heard)
        if told and remembered(tracker.slots).needs and intent == "rdv_info":
            return advise_on(dispatcher, rooms, tracker, heard)
        say(dispatcher, rooms, tracker, "utter_rdv_inconnu", orientation=_plan_of_act(rooms, tracker, intent))
        return set_slots(**told)


def _named_for_the_visit(rooms: House, tracker: Tracker, heard: Heard) -> tuple[str, ...]:
    """The need that a wish for an appointment names; beside a known one, only what the visit is said to be for.

    "Pas avant 16 h, mon conjoint me relaie après son travail" speaks of neither.
    """
    known = remembered(tracker.slots).needs
    if set(heard.subjects) & set(known):
        return ()
    purpose = _FOR_WHAT.search(words_of(tracker))
    for_it = set(shown(purpose["what"], rooms.subjects)) if purpose else set()
    return tuple(need for need in heard.subjects if need not in NAMED_AS_PEOPLE and (not known or need in for_it))[:1]


def cancel_held(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Cancel the conversation's appointment, or say that it could not be done."""
    rdv = _being_cancelled(rooms, tracker) or meant(rooms, tracker)
    try:
        if rdv:
            rooms.agenda.cancel(rdv.code)
        say(dispatcher, rooms, tracker, "utter_rdv_annule" if rdv else "utter_rdv_inconnu")
    except BookingError:
        say(dispatcher, rooms, tracker, "utter_rdv_impossible")
    return set_slots(attente="rien")


def _being_cancelled(rooms: House, tracker: Tracker) -> RdvView | None:
    """The appointment whose cancelling was just asked about."""
    asked = (
        rdv
        for rdv in standing(rooms, tracker)
        if just_said(tracker, rooms, "utter_confirmer_annulation", **said_of_rdv(rooms, rdv))
    )
    return next(asked, None) if tracker.get_slot("attente") == "annulation" else None


def keep_contact(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Attach to the appointment what the gateway set aside, or ask for it; it never enters the history.

    Nobody is asked a third time: a yes without a name or a number after that leaves the code, which is enough.
    """
    kept = keep_given(dispatcher, rooms, tracker)
    if kept is not None:
        return kept
    asked = "utter_contact_attendu" if intent_of(tracker) == "affirmer" else "utter_contact_non_compris"
    if said_ever(tracker, rooms, asked):
        say(dispatcher, rooms, tracker, "utter_sans_contact")
        return set_slots(attente="rien")
    say(dispatcher, rooms, tracker, asked)
    return []


def receive(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """After "is it for today?": today the door is open to all; for another day, an appointment."""
    if intent_of(tracker) == "affirmer":
        say(dispatcher, rooms, tracker, "utter_venir_aujourd_hui")
        return set_slots(attente="rien")
    return offer(dispatcher, rooms, tracker, INTERVIEW, wish_of(rooms, tracker))


def take_offer_up_again(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """A yes that speaks of the appointment, some turns after slots were offered: they are listed again."""
    booking = Booking.of(tracker)
    if booking is None or not speaks_of_a_visit(tracker):
        return []
    return offer(dispatcher, rooms, tracker, booking, wish_so_far(rooms, tracker))


def interview(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> list[EventType]:
    """Slots with a social worker, for someone who asks for one without saying why."""
    lives = set_slots(commune=heard.commune or tracker.get_slot("commune"))
    return [*lives, *offer_interview(dispatcher, rooms, tracker)]


def _with(heard: Heard, needs: tuple[str, ...]) -> Heard:
    return Heard(**{**vars(heard), "needs": needs})


def ask_to_cancel(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, rdv: RdvView) -> list[EventType]:
    """Ask before cancelling; "oui, annulez" is the yes already."""
    if told := changed_there(dispatcher, rooms, tracker, rdv):
        return told
    if says_yes(text_of(tracker)):
        return cancel_held(dispatcher, rooms, tracker)
    said = said_of_rdv(rooms, rdv)
    say(dispatcher, rooms, tracker, "utter_confirmer_annulation", buttons=yes_or_no(rooms), **said)
    return set_slots(attente="annulation")


def _plan_of_act(rooms: House, tracker: Tracker, act: str) -> dict[str, Any] | None:
    """The plan of someone who speaks of an appointment we do not hold: whom to call."""
    if act not in rooms.table:
        return None
    situation = joined(remembered(tracker.slots), Heard(needs=(act,)))
    plan = plan_for(rooms, tracker, situation)
    return as_contract(plan)
