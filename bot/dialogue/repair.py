"""How often in a row the assistant has not understood, read from what a conversation holds."""

from collections.abc import Mapping, Sequence
from itertools import takewhile
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
