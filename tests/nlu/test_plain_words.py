"""The plainest ways of saying each need, by the model that serves residents: with a town beside them, and without."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.nlu.command import load_trained, read
from bot.nlu.understand import ACT_CODES
from bot.orientation.table import load_table

PLAIN: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "plain_words.yml").read_text(encoding="utf-8"))
ALARMING = {"hebergement_urgence", "violence_conjugale", "violence_familiale", "enfance_danger", "jeune_majeur"}
"""Needs whose plainest words may well be an emergency."""

Understood = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def understood(trained_model: str) -> Understood:
    agent = asyncio.run(load_trained())
    return lambda text: asyncio.run(read(agent, text))


def said() -> Iterator[tuple[str, str]]:
    return ((code, text) for code, texts in PLAIN.items() for text in texts)


def test_every_need_is_said() -> None:
    assert set(PLAIN) == set(load_table()) - set(ACT_CODES.values())
    assert all(len(texts) >= 3 for texts in PLAIN.values())


@pytest.mark.parametrize(("code", "text"), said())
def test_a_need_said_plainly_is_understood(code: str, text: str, understood: Understood) -> None:
    reading = understood(text)
    assert code in reading["needs"], reading["chances"][code]
    assert reading["urgency"] != "emergency" or code in ALARMING


@pytest.mark.parametrize("beside", ["{}, j'habite Clichy", "bonjour, {}. je suis à Levallois", "{} merci"])
def test_a_town_or_a_courtesy_takes_nothing_away(beside: str, understood: Understood) -> None:
    lost = [text for code, text in said() if code not in understood(beside.format(text))["needs"]]
    assert not lost
