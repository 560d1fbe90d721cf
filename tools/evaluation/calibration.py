"""Whether a need given 70 % of chances is there seven times in ten."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import Any

import numpy as np

from tools.evaluation.bootstrap import Bootstrap
from tools.evaluation.counts import Array
from tools.evaluation.formulas import ACCURACY
from tools.evaluation.readings import Case

BINS = 10
NEGLIGIBLE = 0.01
"""Up to here a need is as good as excluded: most needs of most messages are, and would drown the rest."""

Chance = tuple[int, float, bool]
"""The message by its place, the probability given to one need, whether the need was there."""


def calibration(cases: Sequence[Case], bootstrap: Bootstrap) -> dict[str, Any] | None:
    """Bins of equal count, expected calibration error, Brier score. None when the model gave no probabilities.

    The error has no interval: a resample is always worse calibrated than the set it is drawn from.
    """
    if all(case.chances is None for case in cases):
        return None
    chances = believed(cases)
    return {
        "pairs": len(chances),
        "needs_as_good_as_excluded": _excluded(cases),
        "expected_error": expected_error(bins_of(chances)),
        "brier": asdict(bootstrap.measure(_squares(chances, len(cases)), ACCURACY)),
        "bins": [_told(part, bootstrap, len(cases)) for part in bins_of(chances)],
    }


def believed(cases: Sequence[Case]) -> list[Chance]:
    """The probabilities that are not negligible, least first."""
    chances = [
        (place, chance, code in case.expected.needs)
        for place, case in enumerate(cases)
        for code, chance in (case.chances or {}).items()
        if chance > NEGLIGIBLE
    ]
    return sorted(chances, key=lambda each: (each[1], each[2], each[0]))


def bins_of(chances: Sequence[Chance]) -> list[list[Chance]]:
    """At most ten parts, of the same count but for one, from the least to the greatest chance."""
    edges = np.linspace(0, len(chances), BINS + 1).astype(int)
    parts = [list(chances[start:end]) for start, end in pairwise(edges)]
    return [part for part in parts if part]


def expected_error(parts: Sequence[Sequence[Chance]]) -> float | None:
    """How far what is announced is from what happens, on average over the needs announced."""
    total = sum(len(part) for part in parts)
    gaps = (abs(sum(chance for _, chance, _ in part) - sum(there for _, _, there in part)) for part in parts)
    return sum(gaps) / total if total else None


def _excluded(cases: Sequence[Case]) -> int:
    """How many needs were there and given next to no chance."""
    pairs = ((case.chances or {}, code) for case in cases for code in case.expected.needs)
    return sum(_is_negligible(chances, code) for chances, code in pairs)


def _is_negligible(chances: Mapping[str, float], code: str) -> bool:
    return code in chances and chances[code] <= NEGLIGIBLE


def _told(part: Sequence[Chance], bootstrap: Bootstrap, messages: int) -> dict[str, Any]:
    """A bin: the mean of what was announced, and how often it was true."""
    there = _by_message([(place, float(there)) for place, _, there in part], messages)
    return {
        "from": part[0][1],
        "to": part[-1][1],
        "announced": sum(chance for _, chance, _ in part) / len(part),
        "happened": asdict(bootstrap.measure(there, ACCURACY)),
    }


def _squares(chances: Sequence[Chance], messages: int) -> Array:
    return _by_message([(place, (chance - there) ** 2) for place, chance, there in chances], messages)


def _by_message(amounts: Sequence[tuple[int, float]], messages: int) -> Array:
    """Per message: the sum of its amounts, and how many they are."""
    counts = np.zeros((messages, 2))
    for place, amount in amounts:
        counts[place] += (amount, 1)
    return counts
