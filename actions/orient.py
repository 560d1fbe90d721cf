"""Orientation: from what was said to the doors that open."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.house import House, house
from actions.other_language import alert_in_their_language, say_in_their_language
from actions.safety import ask_safety, numbers_first, still_here
from actions.speaking import Booking, channel_of, just_said, name_a_person, offer, say, send, set_slots
from bot.channels.cards import Reply
from bot.channels.orientation import as_contract
from bot.dialogue.memory import (
    Heard,
    answering,
    as_slots,
    doubt_open,
    doubt_to_ask,
    heard_in,
    joined,
    remembered,
    speaking_of_known,
)
from bot.dialogue.repair import missed_again
from bot.orientation.plan import Plan, Situation, make_plan

NOTHING_OFFERED = {"rdv_motif": None, "rdv_site": None, "rdv_propositions": None}
"""After an emergency a "oui" must not answer an offer made before it."""

OWN_COMMUNES = ("Clichy", "Levallois-Perret")


class ActionOrienter(Action):
    """Says at once what was understood and which door opens for each need; then offers to book, or asks the commune."""

    def name(self) -> str:
        """The name rules use."""
        return "action_orienter"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Answer a described situation or a named commune."""
        rooms = house()
        return _minding_safety(dispatcher, rooms, tracker, heard_now(rooms, tracker))


class ActionClarifier(Action):
    """In doubt, names the likeliest needs and lets the person choose."""

    def name(self) -> str:
        """The name rules use."""
        return "action_clarifier"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Ask between the likeliest needs, unless the message is a detail of one that is known."""
        rooms = house()
        known, heard = remembered(tracker.slots), heard_now(rooms, tracker)
        if heard.settled or speaking_of_known(known, heard, rooms.table).needs:
            return _minding_safety(dispatcher, rooms, tracker, heard)
        numbers_first(dispatcher, rooms, tracker, heard)
        kept = set_slots(pistes=list(heard.candidates), **as_slots(joined(known, heard)))
        if doubt := doubt_to_ask(tracker.slots, heard):
            return [*kept, *ask_safety(dispatcher, rooms, tracker, doubt)]
        _clarify(dispatcher, rooms, tracker, heard.candidates)
        return [*kept, *(set_slots(attente="rien") if doubt_open(tracker.slots) else [])]


def heard_now(rooms: House, tracker: Tracker) -> Heard:
    """What the latest message brings, read as an answer too when the safety question is open."""
    heard, asked = heard_in(tracker.latest_message), doubt_open(tracker.slots)
    return answering(heard, tracker.latest_message, asked, rooms.table) if asked else heard


def settled_safety(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType] | None:
    """The whole turn when the message settles the safety question, whatever intent it was given.

    None when it does not: then the numbers are said, and its own answer follows.
    """
    heard = heard_now(rooms, tracker)
    if heard.settled:
        return _minding_safety(dispatcher, rooms, tracker, heard)
    numbers_first(dispatcher, rooms, tracker, heard)
    return None


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
    plan = make_plan(known, rooms.clock(), channel_of(tracker), rooms.directory, rooms.table)
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
        return _next_step(dispatcher, rooms, tracker, plan, heard)
    unsure_of = tracker.get_slot("pistes")
    if unsure_of is None:
        say(dispatcher, rooms, tracker, "utter_autre_besoin")
    else:
        _clarify(dispatcher, rooms, tracker, tuple(unsure_of))
    return set_slots(attente="rien")


def _orient(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, known: Situation, heard: Heard
) -> list[EventType]:
    """Tell the plan of what is known and heard, and take the next step."""
    situation = joined(known, heard)
    plan = make_plan(situation, rooms.clock(), channel_of(tracker), rooms.directory, rooms.table)
    kept = set_slots(pistes=None, **as_slots(situation))
    if not plan.lines:
        return [*kept, *_without_need(dispatcher, rooms, tracker, plan, heard)]
    alarm = heard.urgency == "emergency"
    if heard.french or not alarm or not alert_in_their_language(dispatcher, rooms, tracker, plan):
        _tell(dispatcher, rooms, tracker, plan, heard)
    if not heard.french:
        say_in_their_language(dispatcher, rooms, tracker)
    return [*kept, *_next_step(dispatcher, rooms, tracker, plan, heard)]


def need_buttons(rooms: House, needs: tuple[str, ...]) -> list[dict[str, str]]:
    """One button per need."""
    return [
        {"title": rooms.table[need].button, "payload": f'/decrire_situation{{"besoin":"{need}"}}'} for need in needs
    ]


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
    for reply in replies:
        send(dispatcher, reply, orientation=as_contract(plan))


def _next_step(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, plan: Plan, heard: Heard
) -> list[EventType]:
    """One question at most, and none in the turn where life or safety is at stake."""
    if heard.urgency == "emergency":
        return set_slots(attente="rien", **NOTHING_OFFERED)
    if doubt := doubt_to_ask(tracker.slots, heard):
        return ask_safety(dispatcher, rooms, tracker, doubt)
    if plan.urgency == "emergency":
        say(dispatcher, rooms, tracker, "utter_rappel_urgence")
    if plan.commune is None and any(line.site for line in plan.lines):
        say(dispatcher, rooms, tracker, "utter_demander_commune", buttons=_commune_buttons())
        return set_slots(attente="commune")
    line = plan.bookable
    held = {rdv.motif for rdv in rooms.agenda.of_conversation(tracker.sender_id) if rdv.status == "confirmed"}
    if line is None or line.site is None or line.motif is None or line.motif in held:
        if not just_said(tracker, rooms, "utter_autre_besoin"):
            say(dispatcher, rooms, tracker, "utter_autre_besoin")
        return set_slots(attente="rien")
    return offer(dispatcher, rooms, tracker, Booking(line.motif, line.site))


def _without_need(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, plan: Plan, heard: Heard
) -> list[EventType]:
    """Only a commune was named, or nothing that calls for a door; what was in doubt is asked again."""
    if doubt := doubt_to_ask(tracker.slots, heard):
        return [*set_slots(pistes=list(heard.candidates)), *ask_safety(dispatcher, rooms, tracker, doubt)]
    doubted = tuple(tracker.get_slot("pistes") or ())
    if heard.commune and (plan.territory != "own" or not doubted):
        send(dispatcher, Reply(rooms.renderer.territory(plan, channel_of(tracker))))
    if doubted or not heard.commune:
        _clarify(dispatcher, rooms, tracker, doubted)
    return set_slots(attente="rien", pistes=list(doubted))


def _clarify(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, needs: tuple[str, ...]) -> None:
    """Ask between needs; at the second message in a row that is not understood, name a person too."""
    if missed_again(tracker.events):
        name_a_person(dispatcher, rooms, tracker, need_buttons(rooms, needs))
        return
    name = "utter_clarifier" if needs else "utter_clarifier_sans_piste"
    say(dispatcher, rooms, tracker, name, buttons=need_buttons(rooms, needs))


def _commune_buttons() -> list[dict[str, str]]:
    return [{"title": name, "payload": f'/dire_commune{{"commune":"{name}"}}'} for name in OWN_COMMUNES]
