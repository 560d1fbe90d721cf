"""Orientation: from what was said to the doors that open."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.house import House, house
from actions.speaking import Booking, channel_of, offer, say, send, set_slots
from bot.channels.cards import Reply
from bot.channels.orientation import as_contract
from bot.dialogue.memory import Heard, as_slots, heard_in, joined, remembered
from bot.orientation.plan import Plan, Situation, make_plan

OWN_COMMUNES = ("Clichy", "Levallois-Perret")


class ActionOrienter(Action):
    """Says at once what was understood and which door opens for each need; then offers to book, or asks the commune."""

    def name(self) -> str:
        """The name rules use."""
        return "action_orienter"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Answer a described situation or a named commune."""
        rooms = house()
        heard = heard_in(tracker.latest_message)
        situation = joined(remembered(tracker.slots), heard)
        plan = make_plan(situation, rooms.clock(), channel_of(tracker), rooms.directory, rooms.table)
        if not plan.lines:
            return [*set_slots(**as_slots(situation)), *_without_need(dispatcher, rooms, tracker, situation, heard)]
        _tell(dispatcher, rooms, tracker, plan, heard)
        return [*set_slots(**as_slots(situation)), *_next_step(dispatcher, rooms, tracker, plan)]


class ActionClarifier(Action):
    """In doubt, names the likeliest needs and lets the person choose."""

    def name(self) -> str:
        """The name rules use."""
        return "action_clarifier"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Ask between the likeliest needs."""
        rooms = house()
        likeliest = heard_in(tracker.latest_message).candidates
        name = "utter_clarifier" if likeliest else "utter_clarifier_sans_piste"
        say(dispatcher, rooms, tracker, name, buttons=need_buttons(rooms, likeliest))
        return []


def need_buttons(rooms: House, needs: tuple[str, ...]) -> list[dict[str, str]]:
    """One button per need."""
    return [
        {"title": rooms.table[need].button, "payload": f'/decrire_situation{{"besoin":"{need}"}}'} for need in needs
    ]


def _tell(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, plan: Plan, heard: Heard) -> None:
    """The doors of what is new; all of them again when the commune changed where they are."""
    channel = channel_of(tracker)
    moved = heard.commune is not None and heard.commune != tracker.get_slot("commune")
    told = plan if moved else plan.about(heard.needs)
    replies = rooms.renderer.plan(told, channel)
    if plan.territory != "own":
        text = rooms.renderer.territory(plan, channel)
        position = 1 if plan.urgency == "emergency" else 0
        replies.insert(position, Reply(text))
    for reply in replies:
        send(dispatcher, reply, orientation=as_contract(plan))


def _next_step(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, plan: Plan) -> list[EventType]:
    """One question at most, and none while life or safety is at stake."""
    if plan.urgency == "emergency":
        return set_slots(attente="rien")
    if plan.commune is None and any(line.site for line in plan.lines):
        say(dispatcher, rooms, tracker, "utter_demander_commune", buttons=_commune_buttons())
        return set_slots(attente="commune")
    line = plan.bookable
    held = {rdv.motif for rdv in rooms.agenda.of_conversation(tracker.sender_id) if rdv.status == "confirmed"}
    if line is None or line.site is None or line.motif is None or line.motif in held:
        say(dispatcher, rooms, tracker, "utter_autre_besoin")
        return set_slots(attente="rien")
    return offer(dispatcher, rooms, tracker, Booking(line.motif, line.site))


def _without_need(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, situation: Situation, heard: Heard
) -> list[EventType]:
    """Only a commune was named, or nothing that calls for a door."""
    if heard.commune is None:
        say(dispatcher, rooms, tracker, "utter_clarifier_sans_piste")
    else:
        plan = make_plan(situation, rooms.clock(), channel_of(tracker), rooms.directory, rooms.table)
        send(dispatcher, Reply(rooms.renderer.territory(plan, channel_of(tracker))))
    return set_slots(attente="rien")


def _commune_buttons() -> list[dict[str, str]]:
    return [{"title": name, "payload": f'/dire_commune{{"commune":"{name}"}}'} for name in OWN_COMMUNES]
