"""What a conversation has just gone through: how often it was not understood, what was answered last."""

from collections.abc import Mapping, Sequence
from itertools import dropwhile, takewhile
from typing import Any

NOT_UNDERSTOOD = frozenset({"nlu_fallback", "charabia", "incompris"})
"""Intents of a message that was not understood, or of a person who has not understood."""

_ONCE = 1


def missed_in_a_row(events: Sequence[Mapping[str, Any]]) -> int:
    """How many of the last messages, the latest included, were not understood."""
    intents = (event["parse_data"]["intent"]["name"] for event in reversed(events) if event["event"] == "user")
    return sum(1 for _ in takewhile(NOT_UNDERSTOOD.__contains__, intents))


def missed_again(events: Sequence[Mapping[str, Any]]) -> bool:
    """Whether asking once more would be the second time: a person is named instead."""
    return missed_in_a_row(events) > _ONCE


def said_before(events: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The parts of the last answer, before the message that asks for it again."""
    before_latest = list(dropwhile(lambda event: event["event"] != "user", reversed(events)))[1:]
    answers = takewhile(lambda event: event["event"] != "user", before_latest)
    return [event for event in answers if event["event"] == "bot" and event.get("text")][::-1]
