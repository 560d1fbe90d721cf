"""Every act in every state of the conversation: the answer holds what it must, and nothing is booked or lost by it."""

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.assistant import Assistant, Conversation

MATRIX: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "matrice.yml").read_text(encoding="utf-8"))
STATES, ACTS = MATRIX["states"], MATRIX["acts"]
EVERY_MEETING = list(product(STATES, ACTS))


@pytest.mark.parametrize(("state", "act"), EVERY_MEETING, ids=[" × ".join(meeting) for meeting in EVERY_MEETING])
def test_every_act_in_every_state(state: str, act: str, assistant: Assistant) -> None:
    there, done = STATES[state], ACTS[act]
    conversation = Conversation.open(assistant)
    for text in there["said"]:
        conversation.say(text)
    held = conversation.rdv
    assert (held or {}).get("status") == there.get("rdv"), conversation.transcript
    conversation.say(done["say"])
    holds(conversation, done)
    assert conversation.rdv == held, conversation.transcript
    if done.get("question"):
        comes_back(conversation, there)


def holds(conversation: Conversation, done: dict[str, Any]) -> None:
    told = conversation.text.lower()
    assert told.strip()
    assert all(words.lower() in told for words in done.get("contains", [])), conversation.transcript
    wanted = done.get("one_of", [])
    assert not wanted or any(words.lower() in told for words in wanted), conversation.transcript
    for number in done.get("first", []):
        first = conversation.messages[0]["text"].splitlines()[0]
        assert re.search(rf"(?<!\d){number}(?!\d)", first), conversation.transcript
        assert conversation.orientation
        assert conversation.orientation["urgency"] == "emergency"
    assert not done.get("forgets") or conversation.orientation is None
    if "commune" in done and conversation.orientation:
        assert conversation.orientation["commune"] == done["commune"], conversation.transcript


def comes_back(conversation: Conversation, there: dict[str, Any]) -> None:
    """A question in the middle is answered, and what was open is open again."""
    assert all(words.lower() in conversation.text.lower() for words in there.get("back", [])), conversation.transcript
