"""Small steps that several actions share: the channel, sending a reply, buttons, setting slots."""

from collections.abc import Sequence
from typing import Any, cast

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.house import House
from bot.booking.caps import MAY_BOOK
from bot.channels.cards import Card, Reply
from bot.directory.models import fold
from bot.orientation.plan import Channel, Plan, Situation, make_plan


def channel_of(tracker: Tracker) -> Channel:
    """The channel the resident writes on; Rasa's own shell is treated as the web."""
    channel = tracker.get_latest_input_channel()
    return cast(Channel, channel) if channel in ("sms", "agent") else "web"


def intent_of(tracker: Tracker) -> str:
    """The intent of the latest message."""
    return str(tracker.latest_message["intent"]["name"])


def plan_for(rooms: House, tracker: Tracker, situation: Situation) -> Plan:
    """The doors that open for a situation, at this moment and on this channel."""
    return make_plan(situation, rooms.clock(), channel_of(tracker), rooms.directory, rooms.table)


def may_book(tracker: Tracker) -> bool:
    """Whether the gateway lets an appointment be taken from where the latest message comes."""
    said = (event.get("metadata") or {} for event in reversed(tracker.events) if event["event"] == "user")
    return bool(next(said, {}).get(MAY_BOOK, True))


def text_of(tracker: Tracker) -> str:
    """The text of the latest message."""
    return str(tracker.latest_message.get("text") or "")


def words_of(tracker: Tracker) -> str:
    """The latest message as the model read it, its SMS spellings written out; folded only, of a pressed button."""
    reading: dict[str, Any] = tracker.latest_message.get("understanding") or {}
    return str(reading.get("words") or fold(text_of(tracker)))


def texts_of(dispatcher: CollectingDispatcher) -> list[str]:
    """What this turn has said so far."""
    return [message["text"] for message in dispatcher.messages if message.get("text")]


def send(dispatcher: CollectingDispatcher, reply: Reply, **custom: Any) -> None:
    """Say a reply; `custom` goes to the gateway beside it. A bare text said already in this turn is not said again."""
    if not (reply.buttons or reply.card or custom) and reply.text in texts_of(dispatcher):
        return
    card = {"card": reply.card} if reply.card else {}
    dispatcher.utter_message(text=reply.text, buttons=reply.buttons, json_message=card | custom)


def say(
    dispatcher: CollectingDispatcher,
    house: House,
    tracker: Tracker,
    name: str,
    *,
    buttons: Sequence[dict[str, str]] = (),
    card: Card | None = None,
    orientation: dict[str, Any] | None = None,
    **values: str,
) -> None:
    """Say one text of the domain, with the directory's general facts for its blanks.

    `orientation` is what is understood and advised from now on; None leaves it as it is.
    """
    text = text_for(tracker, house, name, **values)
    advised = {} if orientation is None else {"orientation": orientation}
    send(dispatcher, Reply(text, list(buttons), card), **advised)


def text_for(tracker: Tracker, house: House, name: str, **values: str) -> str:
    """One text of the domain for this channel, with the directory's general facts for its blanks."""
    return house.renderer.wording.say(name, channel_of(tracker), **(house.renderer.general_facts() | values))


def said_ever(tracker: Tracker, house: House, name: str, **values: str) -> bool:
    """Whether this text of the domain was said anywhere in the conversation."""
    text = text_for(tracker, house, name, **values)
    return any(event["event"] == "bot" and event["text"] == text for event in tracker.events)


def just_said(tracker: Tracker, house: House, name: str, **values: str) -> bool:
    """Whether the answer before ended with this text of the domain."""
    answers = (event["text"] for event in reversed(tracker.events) if event["event"] == "bot")
    return next(answers, None) == text_for(tracker, house, name, **values)


def name_a_person(
    dispatcher: CollectingDispatcher, house: House, tracker: Tracker, buttons: Sequence[dict[str, str]] = ()
) -> None:
    """Stop asking: say who can help by telephone, and keep the other ways out at hand."""
    ways_out = [
        {"title": "Parler à quelqu'un", "payload": "/parler_humain"},
        {"title": "Recommencer", "payload": "/recommencer"},
    ]
    say(dispatcher, house, tracker, "utter_incompris_encore", buttons=[*buttons, *ways_out])


def need_buttons(house: House, needs: Sequence[str], intent: str = "decrire_situation") -> list[dict[str, str]]:
    """One button per need; pressed, it has that need."""
    return [
        {"title": house.table[need].button, "payload": f'/{intent}{{"besoin":"{need}"}}'}
        for need in needs
        if need in house.table
    ]


def yes_or_no(house: House) -> list[dict[str, str]]:
    """A yes and a no that can be pressed."""
    words = {"oui": "affirmer", "non": "refuser"}
    return [
        {"title": house.renderer.wording.say(f"utter_bouton_{word}", "web"), "payload": f"/{intent}"}
        for word, intent in words.items()
    ]


def set_slots(**slots: Any) -> list[EventType]:
    """Events that set these slots."""
    return [SlotSet(name, value) for name, value in slots.items()]
