"""Whole dialogues, as data: what is said or pressed, and what a resident then reads and holds."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.channels.gsm7 import segments, to_gsm7
from bot.channels.sms import MAX_SEGMENTS
from tests.assistant import Assistant, Conversation

FOLDER = Path(__file__).parent
EXPECTATIONS = set(
    """say press contains silent first buttons needs one_of urgency kind commune plan first_line one_line_each
    no_walk_in calm rdv answered other_slots nothing_advised without""".split()
)
TOPICS = """rendez_vous situation urgences parler_humain sms langues securite au_fil en_direct au_calme
    memoire""".split()


def dialogues() -> Iterator[Any]:
    for topic in TOPICS:
        for dialogue in yaml.safe_load((FOLDER / f"{topic}.yml").read_text(encoding="utf-8")):
            yield pytest.param(dialogue, id=f"{topic} : {dialogue['name']}")


def test_every_expectation_written_is_one_that_is_checked() -> None:
    turns = [turn for dialogue in dialogues() for turn in dialogue.values[0]["turns"]]
    assert not {key for turn in turns for key in turn} - EXPECTATIONS


@pytest.mark.parametrize("dialogue", dialogues())
def test_dialogue(dialogue: dict[str, Any], request: pytest.FixtureRequest) -> None:
    at_night = dialogue.get("at") == "night"
    assistant: Assistant = request.getfixturevalue("assistant_at_night" if at_night else "assistant")
    conversation = Conversation.open(assistant, dialogue.get("channel", "web"))
    slots_seen: set[str] = set()
    for turn in dialogue["turns"]:
        take(conversation, turn)
        always_answers(conversation, dialogue)
        is_oriented(conversation, turn)
        reads(conversation, turn)
        holds(conversation, turn)
        offers_slots(conversation, turn, slots_seen)
    if "database" in dialogue:
        stands_in_the_database(conversation, assistant, dialogue["database"])
    for trace in dialogue.get("leaves_no_trace", []):
        leaves_no_trace(conversation, assistant, trace)


def take(conversation: Conversation, turn: dict[str, Any]) -> None:
    if "press" in turn:
        conversation.press(turn["press"])
    else:
        conversation.say(turn["say"])


def always_answers(conversation: Conversation, dialogue: dict[str, Any]) -> None:
    """No message stays without an answer; an SMS answer is one message that an old phone can show."""
    assert conversation.text.strip(), conversation.transcript
    assert all("\n\n" not in text and "  " not in text for text in conversation.texts), conversation.texts
    if dialogue.get("channel") == "sms":
        (text,) = conversation.texts
        assert segments(text) <= MAX_SEGMENTS, text
        assert to_gsm7(text) == text, text


def reads(conversation: Conversation, turn: dict[str, Any]) -> None:
    told = conversation.text
    for words in turn.get("contains", []):
        assert words.lower() in told.lower(), f"« {words} » n'est pas dit :\n{told}"
    for words in turn.get("silent", []):
        assert words.lower() not in told.lower(), f"« {words} » est dit :\n{told}"
    for number in turn.get("first", []):
        first = conversation.messages[0]["text"].splitlines()[0]
        assert re.search(rf"(?<!\d){number}(?!\d)", first), f"{number} ne vient pas d'abord :\n{told}"
    titles = [button["title"] for message in conversation.messages for button in message["buttons"]]
    for wanted in turn.get("buttons", []):
        assert any(title.startswith(wanted) for title in titles), f"pas de bouton « {wanted} » : {titles}\n{told}"


def is_oriented(conversation: Conversation, turn: dict[str, Any]) -> None:
    orientation = conversation.orientation or {"needs": [], "urgency": "none", "commune": None, "plan": []}
    plan: list[dict[str, Any]] = orientation["plan"]
    assert set(turn.get("needs", [])) <= set(orientation["needs"]), orientation["needs"]
    assert not set(turn.get("without", [])) & set(orientation["needs"]), orientation["needs"]
    assert "one_of" not in turn or set(turn["one_of"]) & set(orientation["needs"]), orientation["needs"]
    for told, expected in (("urgency", "urgency"), ("emergency_kind", "kind"), ("commune", "commune")):
        assert expected not in turn or orientation[told] == turn[expected], orientation
    for line in turn.get("plan", []):
        assert any(line.items() <= other.items() for other in plan), f"pas de ligne {line} : {plan}"
    assert turn.get("first_line", {}).items() <= (plan[0] if plan else {}).items(), plan
    if turn.get("one_line_each"):
        assert sorted(line["need"] for line in plan) == sorted(orientation["needs"])
    if turn.get("no_walk_in"):
        assert "walk_in" not in {line["mode"] for line in plan}
    if turn.get("nothing_advised"):
        assert conversation.orientation is None
    if turn.get("calm"):
        assert orientation["urgency"] != "emergency"


def holds(conversation: Conversation, turn: dict[str, Any]) -> None:
    """The booking of the conversation, where the turn says something of it."""
    expected = turn.get("rdv")
    if expected == "none":
        assert conversation.rdv is None, conversation.rdv
    elif expected:
        assert conversation.rdv, conversation.transcript
        assert expected.items() <= conversation.rdv.items()


def offers_slots(conversation: Conversation, turn: dict[str, Any], seen: set[str]) -> None:
    """When others are asked for, none of those already shown is offered again."""
    titles = [button["title"] for message in conversation.messages for button in message["buttons"]]
    offered = {title.partition(". ")[2] for title in titles if title[:1].isdigit()}
    if turn.get("other_slots"):
        assert offered, conversation.text
        assert not offered & seen, f"déjà proposés : {offered & seen}"
    seen |= offered


def stands_in_the_database(conversation: Conversation, assistant: Assistant, expected: dict[str, Any]) -> None:
    assert conversation.rdv
    row = rows(assistant, "SELECT * FROM rdv WHERE code = ?", conversation.rdv["code"])[0]
    assert row["conversation_id"] == conversation.conversation_id
    assert expected == {column: row[column] for column in expected}


def leaves_no_trace(conversation: Conversation, assistant: Assistant, trace: str) -> None:
    """Neither in what Rasa keeps of conversations, nor in what waits, nor in any log."""
    events = rows(assistant, "SELECT data FROM events WHERE sender_id = ?", conversation.conversation_id)
    assert events
    escaped = trace.encode("unicode_escape").decode()
    assert not any(trace in event["data"] or escaped in event["data"] for event in events)
    assert not rows(assistant, "SELECT * FROM pending_contact WHERE conversation_id = ?", conversation.conversation_id)
    assert trace not in assistant.log.read_text(encoding="utf-8", errors="replace")


def rows(assistant: Assistant, query: str, value: str) -> list[sqlite3.Row]:
    database = sqlite3.connect(assistant.database_url.removeprefix("sqlite:///"))
    database.row_factory = sqlite3.Row
    try:
        return database.execute(query, (value,)).fetchall()
    finally:
        database.close()
