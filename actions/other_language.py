"""Answers to someone who writes in another language than French: short texts of that language, numbers first."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.house import House
from actions.speaking import channel_of, send
from bot.channels.cards import Reply
from bot.channels.orientation import as_contract
from bot.orientation.plan import Plan

RIGHT_TO_LEFT = ("ar",)
_ISOLATED = "\u2066{}\u2069"
"""Left-to-right isolate: without it "01 47" reads "47 01" in an Arabic sentence."""


def language_of(tracker: Tracker) -> str:
    """The language of the latest message; a pressed button is French."""
    reading = tracker.latest_message.get("understanding") or {}
    return str(reading.get("language", "fr"))


def say_in_their_language(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, *, once: bool = False
) -> None:
    """That this assistant reads French, and whom to call; in French and English for a language without a text.

    `once`: not again in a conversation, where something else answers.
    """
    language = language_of(tracker)
    name = f"utter_autre_langue_{language}"
    known = name in rooms.renderer.wording.responses
    text = _text(rooms, tracker, name if known else "utter_autre_langue")
    said = any(event["event"] == "bot" and event.get("text") == text for event in tracker.events)
    if not (once and said):
        send(dispatcher, Reply(text))


def alert_in_their_language(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, plan: Plan) -> bool:
    """The numbers to call for the emergency of a plan; False when there is no text for it in their language."""
    name = f"utter_urgence_{plan.emergency_kind}_{language_of(tracker)}"
    if name not in rooms.renderer.wording.responses:
        return False
    text = _text(rooms, tracker, name)
    title, _, why = text.partition("\n")
    in_french = rooms.renderer.plan(plan, channel_of(tracker), alarm=True)[0].card or {}
    phones = [{"number": phone["number"], "dial": phone["dial"]} for phone in in_french["phones"]]
    card = {"kind": "emergency", "title": title, "why": why, "phones": phones}
    send(dispatcher, Reply(text, card=card), orientation=as_contract(plan))
    return True


def _text(rooms: House, tracker: Tracker, name: str) -> str:
    facts = rooms.renderer.general_facts()
    if language_of(tracker) in RIGHT_TO_LEFT:
        facts = {fact: _ISOLATED.format(value) for fact, value in facts.items()}
    return rooms.renderer.wording.say(name, channel_of(tracker), **facts)
