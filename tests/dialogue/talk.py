"""A conversation without a model: readings are given, the rules of data/rules choose the actions, the actions run.

It holds slots and the active form as Rasa does, and calls no form: what a form does is tried with the whole assistant.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import book, inform, orient
from bot.channels.sms import choices, compose
from bot.settings import ROOT

FORM = "rdv_form"
ACTIONS: dict[str, Action] = {
    found().name(): found()
    for room in (book, inform, orient)
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
    "signs": [],
    "candidates": [],
    "language": "fr",
    "doubt": None,
}
_PAYLOAD = re.compile(r"/(\w+)(\{.*\})?")


@dataclass
class Talk:
    """One conversation."""

    channel: str = "web"
    slots: dict[str, Any] = field(default_factory=lambda: {"attente": "rien"})
    loop: str | None = None
    said: list[dict[str, Any]] = field(default_factory=list)

    def says(self, text: str, intent: str = "nlu_fallback", **reading: Any) -> "Talk":
        """Say a text that the model reads like this."""
        message = {"text": text, "intent": {"name": intent}, "entities": [], "understanding": QUIET | reading}
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
        steps = [step["action"] for step in self._rule(message["intent"]["name"])["steps"] if "action" in step]
        for name in steps:
            if self._run(name, message):
                break
        return self

    def _rule(self, intent: str) -> dict[str, Any]:
        """The rule with the most conditions among those that hold; one that speaks of a form needs it."""
        fitting = [rule for rule in RULES if intent in _intents(rule) and self._holds(rule.get("condition", []))]
        return max(fitting, key=lambda rule: len(rule.get("condition", [])))

    def _holds(self, conditions: list[dict[str, Any]]) -> bool:
        loops = [one["active_loop"] for one in conditions if "active_loop" in one]
        waits = [slot["attente"] for one in conditions for slot in one.get("slot_was_set", []) if "attente" in slot]
        return all(loop == self.loop for loop in loops) and all(wait == self.slots["attente"] for wait in waits)

    def _run(self, name: str, message: dict[str, Any]) -> bool:
        """Run an action; True when it ends the turn."""
        if name == "action_deactivate_loop":
            self.loop = None
        if name not in ACTIONS:
            return False
        loop = {"name": self.loop} if self.loop else {}
        tracker = Tracker("talk", self.slots, message, [], False, None, loop, None)
        tracker.get_latest_input_channel = lambda: self.channel
        dispatcher = CollectingDispatcher()
        events = ACTIONS[name].run(dispatcher, tracker, {})
        self.said += dispatcher.messages
        for event in events:
            if event["event"] == "slot":
                self.slots = self.slots | {event["name"]: event["value"]}
            if event["event"] == "active_loop":
                self.loop = event["name"]
        return any(event["event"] == "followup" and event["name"] == "action_listen" for event in events)

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
