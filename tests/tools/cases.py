"""Cases small enough to count by hand."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tools.evaluation.readings import Case, Reading


def situation(*needs: str, **rest: Any) -> Reading:
    return replace(Reading("decrire_situation", frozenset(needs)), **rest)


def emergency(kind: str, *needs: str) -> Reading:
    return situation(*needs, urgency="emergency", emergency_kind=kind)


def case(
    expected: Reading,
    predicted: Reading,
    text: str = "…",
    voice: str | None = None,
    chances: Mapping[str, float] | None = None,
    asks_safety: bool = False,
) -> Case:
    return Case(text, expected, predicted, voice, chances, asks_safety)


WEATHER = Reading("hors_sujet", out_of_scope=True)
CASES = [
    case(situation("fsl", "expulsion"), situation("fsl", "expulsion")),
    case(situation("fsl"), situation("fsl", "css_sante")),
    case(situation("fsl", "ivg"), situation("expulsion")),
    case(Reading("saluer"), Reading("saluer")),
]
