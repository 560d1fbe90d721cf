"""Two messages in a row that are not understood are one too many."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.repair import NOT_UNDERSTOOD, missed_again, missed_in_a_row

UNDERSTOOD = st.sampled_from(["decrire_situation", "saluer", "rdv_prendre", "refuser"])
MISSED = st.sampled_from(sorted(NOT_UNDERSTOOD))


def _said(intent: str) -> list[dict[str, Any]]:
    return [{"event": "user", "parse_data": {"intent": {"name": intent}}}, {"event": "bot", "text": "…"}]


def _events(intents: list[str]) -> list[dict[str, Any]]:
    return [event for intent in intents for event in [{"event": "slot"}, *_said(intent)]]


@given(st.lists(UNDERSTOOD | MISSED), UNDERSTOOD, st.lists(MISSED, max_size=5))
def test_only_those_since_the_last_understood_count(before: list[str], heard: str, missed: list[str]) -> None:
    events = _events([*before, heard, *missed])
    assert missed_in_a_row(events) == len(missed)
    assert missed_again(events) == (len(missed) >= 2)


def test_a_conversation_that_has_not_begun_has_missed_nothing() -> None:
    assert missed_in_a_row([]) == 0
