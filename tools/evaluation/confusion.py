"""Which need was taken for which."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from tools.evaluation.readings import Case

NONE = "aucun"
"""Stands in the confusion for no need at all."""
LISTED = 25

Confusion = Mapping[tuple[str, str], int]
"""(expected need, predicted need) → how often."""


def confusion(cases: Iterable[Case]) -> Confusion:
    """Which need was taken for which. A need found counts on the diagonal.

    Each need missed is set against each need invented in the same message, or against `NONE` when nothing was
    invented; likewise for needs invented where nothing was missed.
    """
    return Counter(pair for case in cases for pair in _pairs(case.expected.needs, case.predicted.needs))


def most_frequent(confused: Confusion, listed: int = LISTED) -> list[dict[str, Any]]:
    """The pairs most often confused, most frequent first."""
    wrong = [(expected, predicted, count) for (expected, predicted), count in confused.items() if expected != predicted]
    ordered = sorted(wrong, key=lambda pair: (-pair[2], pair[0], pair[1]))[:listed]
    return [{"expected": expected, "predicted": predicted, "count": count} for expected, predicted, count in ordered]


def _pairs(expected: frozenset[str], predicted: frozenset[str]) -> list[tuple[str, str]]:
    if not expected and not predicted:
        return [(NONE, NONE)]
    found = [(code, code) for code in expected & predicted]
    missed, invented = expected - predicted, predicted - expected
    if not missed and not invented:
        return found
    return found + [(wanted, got) for wanted in missed or {NONE} for got in invented or {NONE}]
