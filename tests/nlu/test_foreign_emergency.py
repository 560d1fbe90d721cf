import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.inform import ActionInformer
from actions.orient import ActionOrienter
from bot.channels.gsm7 import segments, to_gsm7
from bot.channels.sms import MAX_SEGMENTS
from bot.channels.wording import load_wording
from bot.nlu.components import ALARMS, LANGUAGE, NORMALIZED, EmergencyDetector
from bot.nlu.foreign_emergency import foreign_alarms, load_foreign_rules

TOLD = yaml.safe_load((Path(__file__).parent / "foreign_emergencies.yml").read_text(encoding="utf-8"))
LANGUAGES = "ar en es pt tr ru uk".split()
ANSWERED = [*LANGUAGES, "ro", "sq", "zh", "ta", "bn"]
KINDS = ("violence", "child", "suicide", "medical", "shelter")
NUMBER_OF_KIND = {"violence": "police", "child": "enfance", "suicide": "ecoute", "medical": "samu", "shelter": "abri"}
FACTS = ("police", "samu", "urgences", "sms_urgence", "enfance", "abri", "ecoute", "numero_unique", "horaires")
RESPONSES = load_wording().responses


def _told(calm: bool) -> Iterator[tuple[str, str, str]]:
    for language, kinds in TOLD.items():
        for kind, texts in kinds.items():
            if (kind == "calm") is calm:
                yield from ((language, kind, text) for text in texts)


@pytest.mark.parametrize(("language", "kind", "text"), _told(calm=False))
def test_an_emergency_is_heard_in_its_language(language: str, kind: str, text: str) -> None:
    assert kind in foreign_alarms(text, language)


@pytest.mark.parametrize(("language", "kind", "text"), _told(calm=True))
def test_what_is_over_figurative_or_calm_rings_nothing(language: str, kind: str, text: str) -> None:
    assert foreign_alarms(text, language) == ()


def test_calm_words_silence_their_own_clause_only() -> None:
    assert "violence" in foreign_alarms("ten years ago he was kind. now he is beating me", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_rules_for_every_kind(language: str) -> None:
    assert tuple(load_foreign_rules()[language]) == KINDS


def test_a_language_without_rules_rings_nothing() -> None:
    assert foreign_alarms("救命", "zh") == ()


def test_foreign_alarms_are_added_to_the_french_ones() -> None:
    told = "quiero morir, je perds du sang"
    [message] = EmergencyDetector({}).process([Message({TEXT: told, NORMALIZED: told, LANGUAGE: "es"})])
    assert message.get(ALARMS) == ("medical", "suicide")


@pytest.mark.parametrize("language", ANSWERED)
def test_every_language_wanted_says_whom_to_call(language: str) -> None:
    for entry in RESPONSES[f"utter_autre_langue_{language}"]:
        for fact in ("police", "samu", "urgences", "sms_urgence", "enfance", "abri", "numero_unique"):
            assert "{" + fact + "}" in entry["text"], (language, fact)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_an_emergency_is_answered_with_its_number_before_any_other(language: str, kind: str) -> None:
    for entry in RESPONSES[f"utter_urgence_{kind}_{language}"]:
        assert entry["text"].partition("{")[2].startswith(NUMBER_OF_KIND[kind] + "}"), entry


@pytest.mark.parametrize("name", [name for name in RESPONSES if name.rpartition("_")[2] in ANSWERED])
def test_every_text_keeps_its_letters_in_a_text_message(name: str) -> None:
    """What `compose` cannot write it drops: a text in another script needs a variation for SMS."""
    said = load_wording().say(name, "sms", **dict.fromkeys(FACTS, "01 47 29 30 32"))
    letters = sum(sign.isalnum() for sign in said)
    assert sum(sign.isalnum() for sign in to_gsm7(said)) == letters, said
    assert segments(to_gsm7(said)) <= MAX_SEGMENTS


def _answers(kind: str | None, language: str, channel: str = "web") -> list[dict[str, Any]]:
    """What is answered to a message of this kind in this language."""
    needs = {"violence": ["violence_conjugale"], "medical": []}.get(kind or "", [])
    reading = {"needs": needs, "urgency": "emergency" if kind else "none", "emergency_kind": kind, "commune": None}
    reading |= {"signs": [], "candidates": [], "language": language}
    intent = "decrire_situation" if kind else "autre_langue"
    latest = {"intent": {"name": intent}, "entities": [], "text": "…", "understanding": reading}
    events = [{"event": "user", "input_channel": channel, "parse_data": latest, "text": "…"}]
    tracker = Tracker("somebody", {}, latest, events, False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    action = ActionOrienter() if kind else ActionInformer()
    action.run(dispatcher, tracker, {})
    return dispatcher.messages


@pytest.mark.parametrize(("kind", "number"), [("violence", "17"), ("medical", "15")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_line_of_an_emergency_is_in_their_language_with_its_number(
    kind: str, number: str, language: str
) -> None:
    first, *_, last = _answers(kind, language)
    assert re.findall(r"\d+", first["text"])[0] == number
    assert first["custom"]["card"]["title"] == first["text"].splitlines()[0]
    assert number in [phone["dial"] for phone in first["custom"]["card"]["phones"]]
    assert first["custom"]["orientation"]["emergency_kind"] == kind
    assert last["text"] == _answers(None, language)[0]["text"]


def test_an_emergency_in_a_language_without_its_text_keeps_the_french_numbers_first() -> None:
    first, *_, last = _answers("violence", "zh")
    assert "17" in first["text"] and "我是" in last["text"]


def test_a_language_without_any_text_is_answered_in_french_and_english() -> None:
    (only,) = _answers(None, "ko")
    assert "Je lis le français" in only["text"] and "only read French" in only["text"]


def test_numbers_keep_their_order_in_a_text_written_from_right_to_left() -> None:
    (only,) = _answers(None, "ar")
    assert "\u206601 47 29 30 32\u2069" in only["text"]
