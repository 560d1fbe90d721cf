"""Orientation: from what was said to the doors that open."""

import re
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import OF_SLOTS, answer_all, own_up, tell_number
from actions.booking import CHOOSING, CONFIRMING, ENDS_OR_CANCELS, LIVING, ask_again, choose, come_back, take_up
from actions.declining import decline, declines
from actions.follow_up import ask_commune, follow_up
from actions.held import held, motifs_held, said_of_rdv, to_cancel
from actions.house import House, house
from actions.offering import (
    NOTHING_BOOKED,
    Booking,
    chosen_in,
    elsewhere,
    leads_with_a_choice,
    offer,
    offered,
    wish_for_a_visit,
    wish_in,
    wish_of,
    wish_told_before,
)
from actions.other_language import alert_in_their_language, say_in_their_language
from actions.safety import ask_safety, numbers_first, remind_of_danger, still_here, what_to_do_now
from actions.speaking import (
    channel_of,
    intent_of,
    name_a_person,
    need_buttons,
    plan_for,
    say,
    send,
    set_slots,
    text_of,
    words_of,
)
from bot.channels.cards import Reply
from bot.channels.orientation import as_contract
from bot.clock import PARIS
from bot.dialogue.deadlines import near_deadline
from bot.dialogue.denials import added_last, denied_in, says_misread, without_denied
from bot.dialogue.memory import (
    DANGERS,
    Heard,
    after_birth,
    answering,
    as_slots,
    doubt_open,
    doubt_to_ask,
    for_another,
    heard_in,
    in_pregnancy,
    in_situation,
    joined,
    known_kind,
    remembered,
    speaking_of_known,
    without,
    worries,
)
from bot.dialogue.repair import missed_again
from bot.dialogue.replies import asks_meaning, says_no, says_settled, says_yes
from bot.directory.models import fold
from bot.nlu.signs import shown
from bot.orientation.plan import Plan, PlanLine, Situation

_FEW_WORDS = 15
"""A longer message that is not understood is asked about, not guessed at."""

_A_FIRST_NAME = 2
"""Words that may be the first name that was asked for, when nothing else is understood of them."""

_A_NAME, _A_NAME_AND_A_TOWN = 4, 6
"""A message of no more words only names a need, or a need and a town."""

_LITTLE_BY_THEMSELVES = frozenset(
    "affirmer refuser remercier saluer incompris charabia taire_commune reprendre".split()
)
"""Intents of a message in which a town, when there is one, is what is told: "non pardon, j'habite à Levallois"."""

_SPEAKS_OF_WHEN = frozenset("rdv_info rdv_deplacer rdv_annuler autre_creneau choisir_creneau nlu_fallback".split())
"""Intents of "Levallois. La semaine prochaine, mais pas mercredi", said in answer to "which town?"."""

_AN_APPOINTMENT = re.compile(r"\b(?:rdv|rendez vous|creneau)\b")

_ASKED_PART = re.compile(r"[^.!?,;]+\?")
_A_SHORT_ASIDE = 2
"""Words of "c'est bon ?", which asks nothing."""

_KEEPS_IT = re.compile(r"\b(?:on|je|j|nous) (?:\w+ ){0,3}(?:le|la|l) ?(?:garde[rz]?|gardons)\b(?! pas)")
"""Of a pregnancy that was in doubt."""

_LOST_IT = re.compile(
    r"\bfausses? couches?\b|\b(?:je|j|on|nous) (?:l |le |la )?(?:ai|a|avons|viens de le|viens de la) (?:perdue?|perdre)"
    r"(?! (?:mon|ma|mes|un|une|des|confiance|pied|patience|tout|le (?:papier|carnet|numero|code)))\b"
    r"|\bperdu (?:le|mon|notre) (?:bebe|enfant|petit)\b|\b(?:coeur|cœur) (?:ne bat|bat) plus\b"
)
"""Of a pregnancy: "en fait je l'ai perdu"."""

_CLAUSE_END = re.compile(r"[.,;!?]|\b(?:mais|par contre|reste|garde[rz]?|sauf|toujours|encore)\b")

_LIKEWISE = re.compile(r"\b(?:aussi|pareil|idem|egalement|de meme)\b")
"""Of one more need, after one that is settled: "la crèche aussi, j'ai eu une réponse"."""

_NO_VOICE = re.compile(r"\bj?(?:peu[xt]?|arrive) (?:pas?|pa) (?:a )?(?:parler?|parle|telephoner|appeler|appele)\b")

_THE_SAME = re.compile(r"\b(?:le|la) meme\b|\bcelui (?:d avant|de tout a l heure|la)\b|\bcomme avant\b")
"""Of a slot let go: "bon, remettez-moi le même"."""

_CORRECTING = re.compile(r"\b(?:non|nn|nan|pardon|desolee?|erreur|trompee?|en fait|plutot)\b")


class ActionOrienter(Action):
    """Says at once what was understood and which door opens for each need; then offers to book, or asks the commune."""

    def name(self) -> str:
        """The name rules use."""
        return "action_orienter"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Answer a described situation or a named commune."""
        rooms = house()
        taken_up = opening(dispatcher, rooms, tracker)
        if taken_up is not None:
            return taken_up
        return _minding_safety(dispatcher, rooms, tracker, _named_with_a_town(tracker, heard_now(rooms, tracker)))


class ActionClarifier(Action):
    """In doubt, names the likeliest needs and lets the person choose."""

    def name(self) -> str:
        """The name rules use."""
        return "action_clarifier"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Ask between the likeliest needs, unless the message is a detail of one that is known."""
        rooms = house()
        known, heard = remembered(tracker.slots), _likely(tracker, heard_now(rooms, tracker))
        taken_up = opening(dispatcher, rooms, tracker)
        if taken_up is not None:
            return taken_up
        if speaking_of_known(known, heard, rooms.table).needs:
            return _minding_safety(dispatcher, rooms, tracker, heard)
        if heard.subjects and set(heard.subjects) <= set(known.needs) and not known.emergency_kind:
            return _noted(dispatcher, rooms, tracker)
        if declines(tracker):
            return decline(dispatcher, rooms, tracker)
        if tracker.get_slot("attente") == "contact" and len(text_of(tracker).split()) <= _A_FIRST_NAME:
            say(dispatcher, rooms, tracker, "utter_prenom_sans_numero")
            return []
        if heard.questions and not doubt_to_ask(tracker.slots, heard):
            answer_all(dispatcher, rooms, tracker, heard)
            return come_back(dispatcher, rooms, tracker)
        return clarify(dispatcher, rooms, tracker)


def _noted(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """A detail of what is known, which changes no door: said to be heard, or not known when it is asked."""
    asked = text_of(tracker).rstrip().endswith("?")
    say(dispatcher, rooms, tracker, "utter_info_fait_inconnu" if asked else "utter_detail_note")
    return come_back(dispatcher, rooms, tracker)


def clarify(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Ask about safety where it is in doubt, else between the likeliest needs."""
    heard = _likely(tracker, heard_now(rooms, tracker))
    kept = set_slots(pistes=list(heard.candidates), **as_slots(joined(remembered(tracker.slots), heard)))
    if doubt := doubt_to_ask(tracker.slots, heard):
        return [*kept, *ask_safety(dispatcher, rooms, tracker, doubt)]
    _clarify(dispatcher, rooms, tracker, heard.candidates)
    return [*kept, *(set_slots(attente="rien") if doubt_open(tracker.slots) else [])]


def heard_now(rooms: House, tracker: Tracker) -> Heard:
    """What the latest message brings, read as an answer too when the safety question is open."""
    heard, asked = heard_in(tracker.latest_message), doubt_open(tracker.slots)
    denied = denied_in(words_of(tracker), rooms.denials, rooms.subjects)
    heard = without_denied(heard, denied, tracker.latest_message.get("understanding") or {})
    if asked in denied.kinds and heard.urgency != "emergency" and not worries(words_of(tracker), asked):
        return replace(heard, safe_from=asked, doubt=None)
    if asked:
        return answering(heard, tracker.latest_message, asked, rooms.table)
    known = remembered(tracker.slots)
    heard = known_kind(known, heard, tracker.latest_message)
    heard = for_another((tracker.get_slot("pour_qui"), heard.beneficiary), heard)
    return in_pregnancy(known, after_birth(known, in_situation(known, heard, tracker.latest_message)))


def opening(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType] | None:
    """What comes before the answer to any message; None when the message is still to be answered.

    A message that settles the safety question is the whole turn. The numbers of a danger in doubt are said first. Then
    what it does with the slots on offer, and what it asks or tells beside.
    """
    heard = heard_now(rooms, tracker)
    if denied := misread(dispatcher, rooms, tracker, heard):
        return denied
    if heard.settled:
        return _minding_safety(dispatcher, rooms, tracker, heard)
    if kept := pregnancy_kept(dispatcher, rooms, tracker, heard) or pregnancy_lost(dispatcher, rooms, tracker, heard):
        return kept
    if intent_of(tracker) != "besoin_regle" and (taken_back := taken_back_beside(dispatcher, rooms, tracker)):
        return taken_back
    if not _told_with_the_plan(tracker):
        numbers_first(dispatcher, rooms, tracker, heard)
    if doubt_to_ask(tracker.slots, heard):
        return None
    if heard.urgency != "emergency" and tell_number(dispatcher, rooms, tracker, heard):
        return come_back(dispatcher, rooms, tracker)
    if asks_meaning(text_of(tracker)) and rooms.directory.terms_in(text_of(tracker)):
        answer_all(dispatcher, rooms, tracker, Heard(), "info_definition")
        return come_back(dispatcher, rooms, tracker)
    if _without_voice(tracker):
        what_to_do_now(dispatcher, rooms, tracker)
        return []
    asked = tracker.get_slot("attente") == "commune" and intent_of(tracker) in _SPEAKS_OF_WHEN
    if commune_told(tracker, heard) and (
        asked or intent_of(tracker) in _LITTLE_BY_THEMSELVES or _only_here(rooms, tracker, heard)
    ):
        return orient_on(dispatcher, rooms, tracker, heard)
    if _reads_a_near_date(rooms, tracker):
        return orient_on(dispatcher, rooms, tracker, Heard(needs=("expulsion",), signs=frozenset({"delai_court"})))
    if _answers_evaluation(tracker, heard):
        answer_all(dispatcher, rooms, tracker, heard)
        own_up(dispatcher, rooms, tracker, heard)
        return evaluated(dispatcher, rooms, tracker, says_yes(text_of(tracker)))
    return _choice_taken_up(dispatcher, rooms, tracker) or _booking_turn(dispatcher, rooms, tracker, heard)


def _answers_evaluation(tracker: Tracker, heard: Heard) -> bool:
    """Whether a message read otherwise begins with a yes or a no to the question of the évaluation."""
    asked = tracker.get_slot("attente") == "evaluation" and intent_of(tracker) not in ("affirmer", "refuser")
    new = set(heard.needs) - set(remembered(tracker.slots).needs)
    text = text_of(tracker)
    elsewhere = new or heard.commune or heard.urgency == "emergency"
    return bool(asked and not elsewhere and (says_yes(text) or says_no(text)))


def evaluated(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, yes: bool) -> list[EventType]:
    """Take the answer to the question asked: the plan is told anew when it changes, else the open offer is made."""
    known, asked = remembered(tracker.slots), (tracker.get_slot("evaluations") or [None])[-1]
    question = next((one for one in rooms.questions if one.id == asked), None)
    if question is None or question.telling != yes:
        return follow_up(dispatcher, rooms, tracker, known)
    about = tuple(need for need in known.needs if need in question.about)
    told = Heard(
        needs=question.needs or about,
        urgency=question.urgency or "none",
        emergency_kind=question.kind,
        signs=question.signs,
    )
    return orient_on(dispatcher, rooms, tracker, told)


def _without_voice(tracker: Tracker) -> bool:
    """Whether someone in a known danger says that they cannot speak: a telephone number alone would be no answer."""
    in_danger = remembered(tracker.slots).emergency_kind in ("violence", "child")
    return in_danger and bool(_NO_VOICE.search(fold(text_of(tracker))))


def _choice_taken_up(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType] | None:
    """The slot chosen after all, once a refusal or an emergency has stopped the booking: "je prends le 1"."""
    booking, text = Booking.of(tracker), text_of(tracker)
    stopped = tracker.get_slot("attente") in ("rien", "evaluation") and offered(tracker)
    if booking is None or not stopped or len(text.split()) > _FEW_WORDS or intent_of(tracker) in ENDS_OR_CANCELS:
        return None
    again = tracker.get_slot("rdv_creneau") if _THE_SAME.search(fold(text)) else None
    chosen = None if again else chosen_in(rooms, tracker, booking)
    if not again and chosen is None:
        return None
    if remembered(tracker.slots).emergency_kind:
        remind_of_danger(dispatcher, rooms, tracker)
    return choose(dispatcher, rooms, tracker, booking, chosen) if chosen else ask_again(dispatcher, rooms, tracker)


def _only_here(rooms: House, tracker: Tracker, heard: Heard) -> bool:
    """Whether the appointment on offer is given at no site of the town named: that town is where the person lives."""
    booking = Booking.of(tracker)
    return bool(booking and not heard.needs and elsewhere(rooms, booking, heard.commune) is None)


def _reads_a_near_date(rooms: House, tracker: Tracker) -> bool:
    """Whether someone threatened with eviction reads a near date on the paper: it changes the door."""
    threatened = "expulsion" in remembered(tracker.slots).needs
    return threatened and near_deadline(text_of(tracker), rooms.clock().astimezone(PARIS))


def _told_with_the_plan(tracker: Tracker) -> bool:
    """Whether the numbers come with the plan itself."""
    return intent_of(tracker) in ("decrire_situation", "dire_commune")


def _booking_turn(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard
) -> list[EventType] | None:
    """The booking goes on; a question or a need of the same message is answered beside."""
    if commune_told(tracker, heard) and LIVING.search(fold(text_of(tracker))):
        return None
    asked = CollectingDispatcher()
    done = take_up(asked, rooms, tracker, heard)
    if done is None:
        return None
    answer_all(dispatcher, rooms, tracker, heard)
    if _asks_beside(rooms, tracker):
        own_up(dispatcher, rooms, tracker, heard)
    dispatcher.messages.extend(asked.messages)
    told = _told_beside(dispatcher, rooms, tracker, heard)
    return [*set_slots(**for_whom(heard)), *told, *done]


def _asks_beside(rooms: House, tracker: Tracker) -> bool:
    """Whether a sentence of the message asks something else than a moment: "la 3, mais mon fils doit venir ?"."""
    parts = [part.strip() for part in _ASKED_PART.findall(text_of(tracker))]
    return any(
        len(part.split()) > _A_SHORT_ASIDE and not (wish_in(rooms, part) or OF_SLOTS.search(fold(part)))
        for part in parts
    )


def _told_beside(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> list[EventType]:
    """The doors of a need told with a yes: "oui, et en plus je n'ai plus rien à manger"."""
    known = remembered(tracker.slots)
    chooses = says_yes(text_of(tracker)) or leads_with_a_choice(rooms, tracker)
    if not chooses or not set(heard.needs) - set(known.needs):
        return []
    situation = joined(known, heard)
    plan = plan_for(rooms, tracker, situation)
    _tell(dispatcher, rooms, tracker, plan, heard)
    return set_slots(**as_slots(situation))


def safety_question(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Ask whether the person is safe, when the message leaves it in doubt; no event when it does not."""
    doubt = doubt_to_ask(tracker.slots, heard_in(tracker.latest_message))
    return ask_safety(dispatcher, rooms, tracker, doubt) if doubt else []


def _minding_safety(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> list[EventType]:
    """Numbers before all else when safety is in doubt; once out of danger, the step that was held back."""
    known = remembered(tracker.slots)
    detailed = speaking_of_known(known, heard, rooms.table)
    if heard.safe_from and not (detailed.needs or heard.commune):
        return _out_of_danger(dispatcher, rooms, tracker, known, heard)
    still_here(dispatcher, rooms, tracker, heard)
    numbers_first(dispatcher, rooms, tracker, heard)
    return _orient(dispatcher, rooms, tracker, known, detailed)


def _out_of_danger(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, known: Situation, heard: Heard
) -> list[EventType]:
    """What had waited for the answer. By SMS, doors that had no room beside the question come alone, without slots."""
    plan = plan_for(rooms, tracker, known)
    if channel_of(tracker) == "sms" and plan.commune is not None and len(plan.lines) > 1:
        _tell(dispatcher, rooms, tracker, plan, heard)
        return set_slots(attente="rien")
    still_here(dispatcher, rooms, tracker, heard)
    numbers_first(dispatcher, rooms, tracker, heard)
    return _held_back(dispatcher, rooms, tracker, plan, heard)


def _held_back(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, plan: Plan, heard: Heard
) -> list[EventType]:
    """The step that waited for the answer about safety: commune or slots, or the needs to choose from."""
    if plan.lines or doubt_to_ask(tracker.slots, heard):
        return _next_step(dispatcher, rooms, tracker, plan, heard, remembered(tracker.slots))
    unsure_of = tracker.get_slot("pistes")
    if unsure_of is None:
        say(dispatcher, rooms, tracker, "utter_autre_besoin")
    else:
        _clarify(dispatcher, rooms, tracker, tuple(unsure_of))
    return set_slots(attente="rien")


def _orient(
    dispatcher: CollectingDispatcher,
    rooms: House,
    tracker: Tracker,
    known: Situation,
    heard: Heard,
    *,
    answered: bool = False,
) -> list[EventType]:
    """Tell the plan of what is known and heard, and take the next step. `answered`: what it asks has been."""
    situation = joined(known, heard)
    plan = plan_for(rooms, tracker, situation)
    kept = set_slots(pistes=None, **for_whom(heard), **as_slots(situation))
    if not plan.lines:
        return [*kept, *_without_need(dispatcher, rooms, tracker, plan, heard)]
    alarm = heard.urgency == "emergency"
    moved = heard.commune not in (None, known.commune)
    nothing_new = bool(known.needs) and set(heard.needs) <= set(known.needs) and not moved and not alarm
    only_asked = heard.questions and nothing_new
    if moved and not heard.questions and _as_told_before(plan_for(rooms, tracker, known), plan):
        say(dispatcher, rooms, tracker, "utter_commune_notee", orientation=as_contract(plan), commune=str(plan.commune))
    elif not only_asked and (
        heard.french or not alarm or not alert_in_their_language(dispatcher, rooms, tracker, plan)
    ):
        _tell(dispatcher, rooms, tracker, plan, heard)
    if not heard.french:
        say_in_their_language(dispatcher, rooms, tracker)
    elif not alarm:
        answer_all(dispatcher, rooms, tracker, heard)
    if not (alarm or answered) and known.needs and not set(heard.needs) - set(known.needs):
        own_up(dispatcher, rooms, tracker, heard)
    if (
        nothing_new
        and Booking.of(tracker)
        and situation.signs == known.signs
        and not doubt_to_ask(tracker.slots, heard)
    ):
        return [*kept, *come_back(dispatcher, rooms, tracker)]
    return [*kept, *_next_step(dispatcher, rooms, tracker, plan, heard, situation)]


def _as_told_before(before: Plan, plan: Plan) -> bool:
    """Whether a town changes nothing of the doors already told."""
    return bool(before.lines) and plan.territory == "own" and before.lines == plan.lines


def orient_on(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> list[EventType]:
    """The plan once this is known too; a question of the same message has been answered."""
    told = replace(heard, questions=(), facts=())
    return _orient(dispatcher, rooms, tracker, remembered(tracker.slots), told, answered=True)


def for_whom(heard: Heard) -> dict[str, str]:
    """The slot that keeps for whom it is, when the message says so; who comes along is another matter."""
    said = heard.beneficiary if "info_accompagnant" not in heard.questions else None
    return {"pour_qui": said} if said else {}


def commune_told(tracker: Tracker, heard: Heard) -> bool:
    """Whether a message of any intent says where the person lives: asked for it, or said so, or it was not known."""
    known, words = tracker.get_slot("commune"), fold(text_of(tracker))
    asked = tracker.get_slot("attente") == "commune" or known is None
    says_so = LIVING.search(words) or _CORRECTING.search(words)
    return bool(heard.commune and heard.commune != known and (asked or says_so))


def _likely(tracker: Tracker, heard: Heard) -> Heard:
    """The message as having the one need that it names in a few words: "mon problème c'est le loyer"."""
    known = remembered(tracker.slots)
    if heard.needs or known.emergency_kind or len(text_of(tracker).split()) > _FEW_WORDS:
        return heard
    likely = tuple(need for need in heard.candidates if need in heard.subjects)[:1]
    named = heard.subjects if len(heard.subjects) == 1 and len(text_of(tracker).split()) <= _A_NAME else ()
    new = tuple(need for need in likely or named if need not in known.needs)
    return replace(heard, needs=new)


def _named_with_a_town(tracker: Tracker, heard: Heard) -> Heard:
    """The message as having the one need that it names beside a town: "dépistage, j'habite Levallois"."""
    short = len(text_of(tracker).split()) <= _A_NAME_AND_A_TOWN
    named = heard.commune and short and not heard.needs and len(heard.subjects) == 1
    return replace(heard, needs=heard.subjects) if named else heard


def _tell(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, plan: Plan, heard: Heard) -> None:
    """The doors of what is new; all of them again when the commune changed where they are."""
    channel = channel_of(tracker)
    moved = heard.commune is not None and heard.commune != tracker.get_slot("commune")
    alarm = heard.urgency == "emergency"
    fresh = plan.about(heard.needs)
    told = plan if moved or alarm or not fresh.lines else fresh
    replies = rooms.renderer.plan(told, channel, alarm)
    if plan.territory != "own":
        text = rooms.renderer.territory(plan, channel)
        replies.insert(1 if alarm else 0, Reply(text))
    if _still_the_same(remembered(tracker.slots), heard):
        del replies[1:]
    for reply in replies:
        send(dispatcher, reply, orientation=as_contract(plan))


def _still_the_same(known: Situation, heard: Heard) -> bool:
    """Whether an emergency goes on as it was told: its numbers and what to do now, without every door again."""
    same = known.urgency == "emergency" == heard.urgency and heard.emergency_kind == known.emergency_kind
    return same and set(heard.needs) <= set(known.needs) and heard.commune in (None, known.commune)


def next_step(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """What comes next for what is known: slots to choose from, a question."""
    known = remembered(tracker.slots)
    plan = plan_for(rooms, tracker, known)
    return _next_step(dispatcher, rooms, tracker, plan, Heard(), known)


def _next_step(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, plan: Plan, heard: Heard, situation: Situation
) -> list[EventType]:
    """One question at most, and none in the turn where life or safety is at stake."""
    if heard.urgency == "emergency":
        return set_slots(attente="rien", rdv_accord=None)
    if doubt := doubt_to_ask(tracker.slots, heard):
        return ask_safety(dispatcher, rooms, tracker, doubt)
    if plan.urgency == "emergency":
        remind_of_danger(dispatcher, rooms, tracker)
    if plan.commune is None and any(line.site for line in plan.lines) and not tracker.get_slot("ville_tue"):
        wished = [text_of(tracker)] if wish_for_a_visit(rooms, tracker) else tracker.get_slot("rdv_souhaits")
        return [*set_slots(rdv_souhaits=wished), *ask_commune(dispatcher, rooms, tracker, heard.beneficiary)]
    taken = motifs_held(rooms, tracker)
    line = plan.bookable_line(tracker.get_slot("ville_tue"), taken) or _line_asked_for(rooms, tracker, heard, situation)
    if line is None or line.site is None or line.motif is None:
        return follow_up(dispatcher, rooms, tracker, situation)
    if line.motif == tracker.get_slot("rdv_refuse") and not wish_of(rooms, tracker):
        return follow_up(dispatcher, rooms, tracker, situation)
    if Booking.of(tracker):
        wish = wish_of(rooms, tracker)
    else:
        wish = wish_for_a_visit(rooms, tracker) or wish_told_before(rooms, tracker)
    offered_now = offer(dispatcher, rooms, tracker, Booking(line.motif, line.site), wish)
    return [*set_slots(rdv_accord=None), *offered_now]  # a yes to the former list is none to this one


def _line_asked_for(rooms: House, tracker: Tracker, heard: Heard, situation: Situation) -> PlanLine | None:
    """The door of the one need named with a wish, where all together open another: "au plus tôt pour le RSA"."""
    named = tuple(need for need in situation.needs if need in heard.subjects)
    if not wish_of(rooms, tracker) or situation.urgency == "emergency" or len(named) != 1:
        return None
    alone = replace(situation, needs=named, urgency="none")
    plan = plan_for(rooms, tracker, alone)
    return plan.bookable_line(bool(tracker.get_slot("ville_tue")))


def _without_need(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, plan: Plan, heard: Heard
) -> list[EventType]:
    """Only a commune was named, or nothing that calls for a door; what was in doubt is asked again."""
    if doubt := doubt_to_ask(tracker.slots, heard):
        return [*set_slots(pistes=list(heard.candidates)), *ask_safety(dispatcher, rooms, tracker, doubt)]
    doubted = tuple(tracker.get_slot("pistes") or ())
    if Booking.of(tracker) and heard.commune and plan.territory == "own":
        say(dispatcher, rooms, tracker, "utter_commune_notee", commune=heard.commune)
        return come_back(dispatcher, rooms, tracker)
    if heard.commune and (plan.territory != "own" or not doubted):
        send(dispatcher, Reply(rooms.renderer.territory(plan, channel_of(tracker))))
    if doubted or not heard.commune:
        _clarify(dispatcher, rooms, tracker, doubted)
    return set_slots(attente="rien", pistes=list(doubted))


def _clarify(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, needs: tuple[str, ...]) -> None:
    """Ask between needs; at the second message in a row that is not understood, name a person too."""
    if what_to_do_now(dispatcher, rooms, tracker):
        return
    if missed_again(tracker.events):
        name_a_person(dispatcher, rooms, tracker, need_buttons(rooms, needs))
        return
    name = "utter_clarifier" if needs else "utter_clarifier_sans_piste"
    known = joined(remembered(tracker.slots), Heard(commune=heard_now(rooms, tracker).commune))
    plan = plan_for(rooms, tracker, known)
    advised = as_contract(plan) if known.needs else None
    say(dispatcher, rooms, tracker, name, buttons=need_buttons(rooms, needs), orientation=advised)


def settled_subjects(rooms: House, tracker: Tracker) -> tuple[str, ...]:
    """The needs named in the clauses that take something back; an appointment that "is still good" is no need."""
    words = (tracker.latest_message.get("understanding") or {}).get("words") or text_of(tracker)
    parts = [part.strip() for part in _CLAUSE_END.split(words) if part]
    settled: list[str] = []
    for before, part in zip(["", *parts], parts, strict=False):
        likewise = settled and _LIKEWISE.search(part)
        if (says_settled(part) or likewise) and not _AN_APPOINTMENT.search(part):
            settled.append(part if shown(part, rooms.subjects) else before)  # "ma sœur a payé l'EDF, donc c'est réglé"
    return tuple(dict.fromkeys(need for part in settled for need in shown(part, rooms.subjects)))


def misread(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> list[EventType]:
    """What was seen where it is not, taken back at once with a word of apology; then what the message tells or asks."""
    known = remembered(tracker.slots)
    wrong, calmed = _denied(rooms, tracker, known, heard)
    if heard.urgency == "emergency" or not (wrong or calmed):
        return []
    left = without(known, wrong, rooms.table)
    left = replace(left, urgency="none", emergency_kind=None) if calmed else left
    left = replace(left, commune=heard.commune or left.commune)
    _apologize(dispatcher, rooms, tracker, wrong, known, left)
    tracker.slots.update(as_slots(left))  # what follows answers as if it had never been understood
    kept = set_slots(**as_slots(left))
    if _books(rooms, wrong, Booking.of(tracker)) and (booked := _booking_turn(dispatcher, rooms, tracker, heard)):
        return [*kept, *booked]
    return [
        *kept,
        *set_slots(pistes=None, **NOTHING_BOOKED),
        *_after_all(dispatcher, rooms, tracker, wrong, left, heard),
    ]


def _denied(rooms: House, tracker: Tracker, known: Situation, heard: Heard) -> tuple[tuple[str, ...], bool]:
    """The known needs that a message denies, and whether it denies the danger that is known."""
    words = words_of(tracker)
    denied = denied_in(words, rooms.denials, rooms.subjects)
    calmed = known.emergency_kind in denied.kinds
    beside_the_point = calmed or (says_misread(words) and tracker.get_slot("attente") not in (CHOOSING, CONFIRMING))
    plain = beside_the_point and (calmed or known.urgency != "emergency")
    added = set(added_last(tracker.events)) - (set() if calmed else DANGERS) if plain else set()
    return tuple(
        need for need in known.needs if need not in heard.needs and (need in denied.needs or need in added)
    ), calmed


def _apologize(
    dispatcher: CollectingDispatcher,
    rooms: House,
    tracker: Tracker,
    wrong: tuple[str, ...],
    known: Situation,
    left: Situation,
) -> None:
    """Say what is no longer believed; after a danger, the number that stays good for everybody."""
    advised = as_contract(plan_for(rooms, tracker, left))
    if said := tuple(need for need in wrong if need not in DANGERS):  # of a danger, no trace is left
        labels = _labels(rooms, said)
        say(dispatcher, rooms, tracker, "utter_mal_compris", orientation=advised, besoins=labels)
    else:
        say(dispatcher, rooms, tracker, "utter_mal_compris_danger", orientation=advised)
    feared = "child" if "enfance_danger" in wrong else "violence"
    kind = known.emergency_kind or (feared if DANGERS & set(wrong) else None)
    if kind and not left.emergency_kind:
        say(dispatcher, rooms, tracker, f"utter_danger_nie_{kind}")


def _books(rooms: House, wrong: tuple[str, ...], booking: Booking | None) -> bool:
    """Whether the appointment on offer is for something else than what was wrong."""
    motifs = {door.motif for need in wrong for row in rooms.table[need].rows for door in row.doors}
    return booking is not None and booking.motif not in motifs


def _after_all(
    dispatcher: CollectingDispatcher,
    rooms: House,
    tracker: Tracker,
    wrong: tuple[str, ...],
    left: Situation,
    heard: Heard,
) -> list[EventType]:
    """What the message tells beside its denial, else what it asks, else what is left to do."""
    numbers_first(dispatcher, rooms, tracker, heard)
    likely = _likely(tracker, heard)
    told = replace(likely, needs=tuple(need for need in likely.needs if need not in wrong))
    if set(told.needs) - set(left.needs):
        return _orient(dispatcher, rooms, tracker, left, told)
    answer_all(dispatcher, rooms, tracker, heard)
    if left.needs:
        plan = plan_for(rooms, tracker, left)
        return _next_step(dispatcher, rooms, tracker, plan, Heard(doubt=heard.doubt), left)
    if doubt := doubt_to_ask(tracker.slots, heard):
        return ask_safety(dispatcher, rooms, tracker, doubt)
    if not heard.questions:
        say(dispatcher, rooms, tracker, "utter_affirmer")
    return set_slots(attente="rien")


def pregnancy_kept(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> list[EventType]:
    """The plan of someone who hesitated and goes on with her pregnancy; nothing for anybody else."""
    known = remembered(tracker.slots)
    if "ivg" not in known.needs or heard.urgency == "emergency" or not _KEEPS_IT.search(fold(text_of(tracker))):
        return []
    left = without(known, ("ivg",), rooms.table)
    return _orient(dispatcher, rooms, tracker, left, Heard(needs=("grossesse_suivi",)))


def pregnancy_lost(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> list[EventType]:
    """Words for someone who has lost the pregnancy she told of, and somebody to listen; nothing for anybody else."""
    known = remembered(tracker.slots)
    lost = tuple(need for need in known.needs if need in ("grossesse_suivi", "ivg"))
    if not lost or heard.urgency == "emergency" or not _LOST_IT.search(fold(text_of(tracker))):
        return []
    left = without(known, lost, rooms.table)
    plan = plan_for(rooms, tracker, left)
    say(dispatcher, rooms, tracker, "utter_grossesse_perdue", orientation=as_contract(plan))
    kept = set_slots(attente="rien", **NOTHING_BOOKED, **as_slots(left))
    return [*kept, *set_slots(pistes=["sante_mentale"])]


def taken_back_beside(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """A known need said to be settled in a message that was read otherwise: "la mutuelle, c'est réglé"."""
    heard, known = heard_now(rooms, tracker), remembered(tracker.slots)
    if to_cancel(rooms, tracker):
        return []
    named = tuple(need for need in known.needs if need in settled_subjects(rooms, tracker))
    asks = "?" in text_of(tracker)
    if not named or asks or heard.urgency == "emergency" or not says_settled(text_of(tracker)):
        return []
    told = _likely(tracker, heard)
    if not set(told.needs) - set(known.needs):
        return take_back(dispatcher, rooms, tracker, known, named)
    left = without(known, named, rooms.table)
    say(dispatcher, rooms, tracker, "utter_besoin_retire", besoins=_labels(rooms, named))
    return [*set_slots(**NOTHING_BOOKED), *_orient(dispatcher, rooms, tracker, left, told)]


def _labels(rooms: House, needs: tuple[str, ...]) -> str:
    return ", ".join(rooms.table[need].label for need in needs)


def take_back(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, known: Situation, settled: tuple[str, ...]
) -> list[EventType]:
    """Leave these needs out: say so, then go on with what is left."""
    left = without(known, settled, rooms.table)
    plan = plan_for(rooms, tracker, left)
    labels = _labels(rooms, settled)
    say(dispatcher, rooms, tracker, "utter_besoin_retire", besoins=labels, orientation=as_contract(plan))
    answer_all(dispatcher, rooms, tracker, heard_now(rooms, tracker))
    if known.emergency_kind and not left.emergency_kind:
        still_here(dispatcher, rooms, tracker, Heard(safe_from=known.emergency_kind))
    _remind_of_rdv(dispatcher, rooms, tracker, settled)
    kept = set_slots(pistes=None, **NOTHING_BOOKED, **as_slots(left))
    if not left.needs:
        return [*kept, *follow_up(dispatcher, rooms, tracker, left)]
    return [*kept, *_next_step(dispatcher, rooms, tracker, plan, Heard(), left)]


def _remind_of_rdv(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, settled: tuple[str, ...]) -> None:
    """An appointment already booked for a settled need stands until it is cancelled."""
    motifs = {door.motif for need in settled for row in rooms.table[need].rows for door in row.doors}
    rdv = held(rooms, tracker)
    if rdv and rdv.motif in motifs:
        say(dispatcher, rooms, tracker, "utter_rdv_toujours_pris", **said_of_rdv(rooms, rdv))
