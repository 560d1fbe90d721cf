"""A whole turn in one text message: what matters most first, at most three segments, in the alphabet of SMS."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from bot.channels.gsm7 import segments, to_gsm7

MAX_SEGMENTS = 3
_PARTING = "\n"


def compose(said: Sequence[dict[str, Any]]) -> str:
    """The messages of a turn as one text; choices stand numbered in it.

    When all does not fit, the first message stays (it carries the emergency numbers) and so does the last (it carries
    the question asked); of the doors between them only the names are left, then they are left out, the least pressing
    first, then lines from the end.
    """
    told = [part for part in said if part["text"]]
    pieces = [to_gsm7(part["text"]) + _choices(part) for part in told]
    for rank in range(len(pieces) - 2, 0, -1):
        if (named := _door_named(told[rank])) and not _fits(_PARTING.join(pieces)):
            pieces[rank] = named
    while len(pieces) > 2 and not _fits(_PARTING.join(pieces)):
        del pieces[-2]
    return _cut(_PARTING.join(pieces))


def choices(said: Sequence[dict[str, Any]]) -> list[str]:
    """What the numbers of the text press, in order: the payloads of the last message that offers choices."""
    offered = [part["buttons"] for part in said if part["buttons"]]
    return [button["payload"] for button in offered[-1]] if offered else []


def _door_named(part: dict[str, Any]) -> str:
    """The door of a message in one line, when it tells of one: the need, who answers it and their number."""
    card = part.get("card") or {}
    if card.get("kind") != "door" or part["buttons"]:
        return ""
    numbers = [phone["number"] for phone in card["phones"][:1]]
    return to_gsm7(f"{card['title']}: {', '.join([card['service'], *numbers])}")


def _choices(part: dict[str, Any]) -> str:
    """The buttons as numbered choices, unless the text already lists them."""
    if any(button["title"][:2] == "1." for button in part["buttons"]):
        return ""
    listed = (f"{rank} {to_gsm7(button['title'])}" for rank, button in enumerate(part["buttons"], start=1))
    return "".join(_PARTING + choice for choice in listed)


def _cut(text: str) -> str:
    """A text too long loses whole lines from its end: half a line would give half an hour or half a number.

    A single line too long by itself loses words, and a single word its end.
    """
    for separator in (_PARTING, " "):
        while separator in text and not _fits(text):
            text = text.rsplit(separator, 1)[0]
    longest = bisect_right(range(len(text) + 1), MAX_SEGMENTS, key=lambda length: segments(text[:length])) - 1
    return text[:longest]


def _fits(text: str) -> bool:
    return segments(text) <= MAX_SEGMENTS
