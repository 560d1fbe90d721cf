"""A whole turn in one text message: what matters most first, at most three segments, in the alphabet of SMS."""

from collections.abc import Sequence
from typing import Any

from bot.channels.gsm7 import segments, to_gsm7

MAX_SEGMENTS = 3
_PARTING = "\n"


def compose(said: Sequence[dict[str, Any]]) -> str:
    """The messages of a turn as one text; choices stand numbered in it.

    When all does not fit, the last messages keep their place (they carry the question asked) and those in the middle
    are left out, the least pressing first.
    """
    pieces = [to_gsm7(part["text"]) + _choices(part) for part in said if part["text"]]
    while len(pieces) > 1 and segments(_PARTING.join(pieces)) > MAX_SEGMENTS:
        del pieces[-2 if len(pieces) > 2 else -1]
    return _cut(_PARTING.join(pieces))


def _choices(part: dict[str, Any]) -> str:
    """The buttons as numbered choices, unless the text already lists them."""
    if any(button["title"][:2] == "1." for button in part["buttons"]):
        return ""
    listed = (f"{rank} {to_gsm7(button['title'])}" for rank, button in enumerate(part["buttons"], start=1))
    return "".join(_PARTING + choice for choice in listed)


def _cut(text: str) -> str:
    """A single message too long by itself loses its end, at a word."""
    while segments(text) > MAX_SEGMENTS:
        text = text.rsplit(" ", 1)[0]
    return text
