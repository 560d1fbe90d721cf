"""What residents say, word for word, and what the project's facts answer: by day, and on a Saturday night."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.directory.load import load_directory
from tests.assistant import Assistant, Conversation

SAYINGS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "facts_part5.yml").read_text(encoding="utf-8"))
DIRECTORY = load_directory()
SENDS_NOW = re.compile(r"\b(venez|passez)\b|aujourd'hui|\. Sans rendez-vous\.", re.IGNORECASE)
ROWS_OF_FACTS = 66

every_saying = pytest.mark.parametrize("saying", SAYINGS, ids=[f"{one['row']}-{one['text']}" for one in SAYINGS])


def test_every_row_of_the_facts_is_said() -> None:
    assert {saying["row"] for saying in SAYINGS} == set(range(1, ROWS_OF_FACTS + 1))


@every_saying
def test_by_day(saying: dict[str, Any], assistant: Assistant) -> None:
    conversation = told(assistant, saying)
    understands(conversation, saying)
    opens_the_door(conversation, saying)
    shows_the_numbers(conversation, saying)


@every_saying
def test_on_a_saturday_night_nobody_is_sent_to_the_pole(saying: dict[str, Any], assistant_at_night: Assistant) -> None:
    conversation = told(assistant_at_night, saying)
    plan = (conversation.orientation or {"plan": []})["plan"]
    assert "walk_in" not in {line["mode"] for line in plan}
    assert not SENDS_NOW.search(conversation.text), conversation.text
    labels = {message["card"].get("mode_label") for message in conversation.messages if message["card"]}
    assert "Sans rendez-vous" not in labels


@every_saying
def test_on_a_saturday_night_the_door_says_when_it_opens_and_who_answers_until_then(
    saying: dict[str, Any], assistant_at_night: Assistant
) -> None:
    if saying.get("modes") != ["walk_in"]:
        pytest.skip("cette porte ne s'ouvre pas sans rendez-vous")
    conversation = told(assistant_at_night, saying)
    understands(conversation, saying)
    doors = [line for line in lines(conversation) if line["service"] in saying["services"]]
    assert {line["mode"] for line in doors} == {"phone"}
    assert "lundi 23 novembre à 8 h 30" in conversation.text
    assert all(line["phone"] in conversation.text for line in doors)


def told(assistant: Assistant, saying: dict[str, Any]) -> Conversation:
    """A conversation of its own, in which the saying has been said."""
    conversation = Conversation.open(assistant)
    if "after" in saying:
        conversation.say(saying["after"])
    conversation.say(saying["text"])
    return conversation


def lines(conversation: Conversation) -> list[dict[str, Any]]:
    plan: list[dict[str, Any]] = conversation.orientation["plan"] if conversation.orientation else []
    return plan


def understands(conversation: Conversation, saying: dict[str, Any]) -> None:
    """The needs and the urgency, where the saying carries a need."""
    expected = saying.get("needs", []), saying.get("one_of", [])
    if not any(expected):
        assert not lines(conversation), lines(conversation)
        return
    needs, one_of = expected
    orientation = conversation.orientation
    assert orientation, f"rien compris : {conversation.text}"
    assert set(needs) <= set(orientation["needs"]), orientation["needs"]
    assert not one_of or set(one_of) & set(orientation["needs"]), orientation["needs"]
    assert orientation["urgency"] in saying["urgency"], orientation["urgency"]


def opens_the_door(conversation: Conversation, saying: dict[str, Any]) -> None:
    """Some line of the plan leads to one of the services, the way the facts say."""
    ways = {(line["service"], line["mode"]) for line in lines(conversation)}
    wanted = {(service, mode) for service in saying.get("services", []) for mode in saying.get("modes", [])}
    assert not wanted or ways & wanted, f"{ways} ne mène à aucun de {wanted}"


def shows_the_numbers(conversation: Conversation, saying: dict[str, Any]) -> None:
    """In an emergency the number stands in the first message; elsewhere what must be told is told."""
    if conversation.orientation and conversation.orientation["urgency"] == "emergency":
        first = conversation.messages[0]["text"]
        assert any(says_number(first, hotline) for hotline in saying["first"]), first
    for hotline in saying.get("shows", []):
        assert says_number(conversation.text, hotline), f"{hotline} n'est pas dit : {conversation.text}"
    for words in saying.get("says", []):
        assert words.lower() in conversation.text.lower(), f"« {words} » n'est pas dit : {conversation.text}"
    for words in saying.get("silent", []):
        assert words.lower() not in conversation.text.lower()


def says_number(text: str, hotline: str) -> bool:
    number = DIRECTORY.hotline(hotline).number
    return re.search(rf"(?<!\d){re.escape(number)}(?!\d)", text) is not None
