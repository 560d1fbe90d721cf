"""Orientation: from what was said to the doors that open."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.house import House, house
from actions.speaking import Booking, channel_of, offer, say, send, set_slots
from bot.channels.cards import Reply
from bot.channels.orientation import as_contract
from bot.dialogue.memory import Heard, as_slots, heard_in, joined, remembered, speaking_of_known
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
        known, heard = remembered(tracker.slots), heard_in(tracker.latest_message)
        return _orient(dispatcher, rooms, tracker, known, speaking_of_known(known, heard, rooms.table))


class ActionClarifier(Action):
    """In doubt, names the likeliest needs and lets the person choose."""

    def name(self) -> str:
        """The name rules use."""
        return "action_clarifier"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Ask between the likeliest needs, unless the message is a detail of one that is known."""
        rooms = house()
        known, heard = remembered(tracker.slots), heard_in(tracker.latest_message)
        detailed = speaking_of_known(known, heard, rooms.table)
        if detailed.needs:
            return _orient(dispatcher, rooms, tracker, known, detailed)
        _clarify(dispatcher, rooms, tracker, heard.candidates)
        return set_slots(pistes=list(heard.candidates), **as_slots(joined(known, heard)))


def _orient(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, known: Situation, heard: Heard
) -> list[EventType]:
    """Tell the plan of what is known and heard, and take the next step."""
    situation = joined(known, heard)
    plan = make_plan(situation, rooms.clock(), channel_of(tracker), rooms.directory, rooms.table)
    kept = set_slots(pistes=None, **as_slots(situation))
    if not plan.lines:
        return [*kept, *_without_need(dispatcher, rooms, tracker, plan, heard)]
    _tell(dispatcher, rooms, tracker, plan, heard)
    if not heard.french:
        say(dispatcher, rooms, tracker, "utter_autre_langue")
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
    if plan.urgency == "emergency":
        say(dispatcher, rooms, tracker, "utter_rappel_urgence")
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
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, plan: Plan, heard: Heard
) -> list[EventType]:
    """Only a commune was named, or nothing that calls for a door; what was in doubt is asked again."""
    doubted = tuple(tracker.get_slot("pistes") or ())
    if heard.commune and (plan.territory != "own" or not doubted):
        send(dispatcher, Reply(rooms.renderer.territory(plan, channel_of(tracker))))
    if doubted or not heard.commune:
        _clarify(dispatcher, rooms, tracker, doubted)
    return set_slots(attente="rien", pistes=list(doubted))


def _clarify(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, needs: tuple[str, ...]) -> None:
    name = "utter_clarifier" if needs else "utter_clarifier_sans_piste"
    say(dispatcher, rooms, tracker, name, buttons=need_buttons(rooms, needs))


def _commune_buttons() -> list[dict[str, str]]:
    return [{"title": name, "payload": f'/dire_commune{{"commune":"{name}"}}'} for name in OWN_COMMUNES]
