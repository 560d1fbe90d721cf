"""What a conversation has just gone through: how often it was not understood, what was answered last."""

import re
from collections.abc import Mapping, Sequence
from itertools import dropwhile, takewhile
from typing import Any

from bot.dialogue.remarks import remark_in

NOT_UNDERSTOOD = frozenset({"nlu_fallback", "charabia", "incompris"})
"""Intents of a message that was not understood, or of a person who has not understood."""

_CANNOT_SAY = re.compile(
    r"(?:je |j |ben |bah |euh |ah |ca |moi |franchement )*(?:ne )?sais? (?:pas|plus|po)(?: trop| du tout)?[ .!]*"
)
_ONCE = 1


def missed_in_a_row(events: Sequence[Mapping[str, Any]]) -> int:
    """How many of the last messages, the latest included, were not understood."""
    messages = (event["parse_data"] for event in reversed(events) if event["event"] == "user")
    return sum(1 for _ in takewhile(_is_missed, messages))


def cannot_say(words: str) -> bool:
    """Whether a normalised text only says that its writer does not know: "ben je sais pas trop"."""
    return bool(_CANNOT_SAY.fullmatch(words))


def is_silent(text: str) -> bool:
    """Whether a message holds no word at all: "..."."""
    return not any(letter.isalnum() for letter in text)


def _is_missed(message: Mapping[str, Any]) -> bool:
    words = (message.get("understanding") or {}).get("words") or ""
    if remark_in(words):
        return False
    return message["intent"]["name"] in NOT_UNDERSTOOD or cannot_say(words)


def help_came(events: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the person has said, since the last alarm, that help was called or is there."""
    since = takewhile(lambda event: not raises_an_alarm(event), reversed(events))
    return "secours_prevenus" in (event["parse_data"]["intent"]["name"] for event in since if event["event"] == "user")


def raises_an_alarm(event: Mapping[str, Any]) -> bool:
    """Whether an event is a message that was read as an emergency."""
    reading = (event.get("parse_data") or {}).get("understanding") or {}
    return event["event"] == "user" and reading.get("urgency") == "emergency"


def missed_again(events: Sequence[Mapping[str, Any]]) -> bool:
    """Whether asking once more would be the second time: a person is named instead."""
    return missed_in_a_row(events) > _ONCE


def said_before(events: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The parts of the last answer, before the message that asks for it again."""
    before_latest = list(dropwhile(lambda event: event["event"] != "user", reversed(events)))[1:]
    answers = takewhile(lambda event: event["event"] != "user", before_latest)
    return [event for event in answers if event["event"] == "bot" and event.get("text")][::-1]
