"""Evaluation messages read by the model that serves residents."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from rasa.core.agent import Agent

from bot.nlu.command import load_trained, read
from tools.evaluation.readings import Case, Example, Reading

WARM_UP = "bonjour"

Timed = tuple[Case, float]
"""A message as it was read, and the milliseconds it took."""


async def read_sets(sets: Mapping[str, Sequence[Example]]) -> dict[str, list[Timed]]:
    """Every message of every set. Raises CommandError when no model is trained."""
    agent = await load_trained()
    await read(agent, WARM_UP)  # what is loaded at the first message is not the time of a message
    timed: dict[str, list[Timed]] = {}
    for name, examples in sets.items():
        timed[name] = [await _timed(agent, example) for example in examples]
    return timed


async def _timed(agent: Agent, example: Example) -> Timed:
    began = time.perf_counter()
    understood = await read(agent, example.text)
    took = 1000 * (time.perf_counter() - began)
    return _case(example, understood), took


def _case(example: Example, understood: Mapping[str, Any]) -> Case:
    return Case(
        text=example.text,
        expected=example.expected,
        predicted=_reading(understood),
        voice=example.voice,
        chances=understood["chances"],
        asks_safety=understood["doubt"] is not None,
    )


def _reading(understood: Mapping[str, Any]) -> Reading:
    return Reading(
        intent=understood["intent"],
        needs=frozenset(understood["needs"]),
        urgency=understood["urgency"],
        emergency_kind=understood["emergency_kind"],
        commune=understood["commune"],
        language=understood["language"],
        out_of_scope=understood["out_of_scope"],
    )
