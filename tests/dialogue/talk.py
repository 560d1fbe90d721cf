"""A conversation without a model: readings are given, the rules of data/rules choose the actions, the actions run.

It holds slots and events as Rasa does; Rasa itself is tried with the whole assistant.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import appointments, hand_over, inform, orient, replies, situation, take_away
from bot.booking.caps import MAY_BOOK
from bot.channels.sms import choices, compose
from bot.settings import ROOT

ROOMS = (appointments, hand_over, inform, orient, replies, situation, take_away)
ACTIONS: dict[str, Action] = {
    found().name(): found()
    for room in ROOMS
    for found in vars(room).values()
    if isinstance(found, type) and issubclass(found, Action) and found is not Action
}
RULES: list[dict[str, Any]] = [
    rule
    for path in sorted((ROOT / "data" / "rules").glob("*.yml"))
    for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
]
QUIET: dict[str, Any] = {
    "needs": [],
    "urgency": "none",
    "emergency_kind": None,
    "commune": None,
    "told": [],
    "signs": [],
    "candidates": [],
    "language": "fr",
    "doubt": None,
    "subjects": [],
    "beneficiary": None,
    "questions": [],
    "words": "",
}
_PAYLOAD = re.compile(r"/(\w+)(\{.*\})?")


@dataclass
class Talk:
    """One conversation."""

    channel: str = "web"
    conversation_id: str = "talk"
    may_book: bool = True
    slots: dict[str, Any] = field(default_factory=lambda: {"attente": "rien"})
    events: list[dict[str, Any]] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)

    def says(self, text: str, intent: str = "nlu_fallback", **reading: Any) -> "Talk":
        """Say a text that the model reads like this."""
        told = {"told": reading.get("needs", [])}
        message = {"text": text, "intent": {"name": intent}, "entities": [], "understanding": QUIET | told | reading}
        return self._turn(message)

    def presses(self, title: str) -> "Talk":
        """Press the button whose title starts with this."""
        buttons = [button for part in self.said for button in part["buttons"]]
        return self.sends(next(button["payload"] for button in buttons if button["title"].startswith(title)))

    def sends(self, payload: str) -> "Talk":
        """Send what a button carries."""
        intent, values = _PAYLOAD.fullmatch(payload).groups()  # type: ignore[union-attr]
        entities = [{"entity": name, "value": value} for name, value in json.loads(values or "{}").items()]
        return self._turn({"text": payload, "intent": {"name": intent}, "entities": entities})

    def _turn(self, message: dict[str, Any]) -> "Talk":
        self.said = []
        self.events.append({"event": "user", "parse_data": message, "metadata": {MAY_BOOK: self.may_book}})
        for step in self._rule(message["intent"]["name"])["steps"]:
            self._run(step.get("action", ""), message)
        self.events += [{"event": "bot", "text": part["text"], "data": part} for part in self.said]
        return self

    def _rule(self, intent: str) -> dict[str, Any]:
        """The one rule that starts with this intent."""
        (rule,) = (rule for rule in RULES if intent in _intents(rule))
        return rule

    def _run(self, name: str, message: dict[str, Any]) -> None:
        if name not in ACTIONS:
            return
        tracker = Tracker(self.conversation_id, self.slots, message, self.events, False, None, {}, None)
        tracker.get_latest_input_channel = lambda: self.channel
        dispatcher = CollectingDispatcher()
        changes = ACTIONS[name].run(dispatcher, tracker, {})
        self.said += dispatcher.messages
        kept = [event for event in changes if event["event"] == "slot"]
        self.events += kept
        self.slots = self.slots | {event["name"]: event["value"] for event in kept}

    @property
    def texts(self) -> list[str]:
        return [part["text"] for part in self.said]

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    @property
    def buttons(self) -> list[str]:
        return [button["title"] for part in self.said for button in part["buttons"]]

    @property
    def sms(self) -> str:
        return compose(self.said)

    @property
    def choices(self) -> list[str]:
        return choices(self.said)

    @property
    def orientation(self) -> dict[str, Any] | None:
        return next((part["custom"]["orientation"] for part in self.said if "orientation" in part["custom"]), None)


def _intents(rule: dict[str, Any]) -> list[str]:
    """The intents a rule starts with."""
    first = rule["steps"][0]
    return [step["intent"] for step in first.get("or", [first]) if "intent" in step]
