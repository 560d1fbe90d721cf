"""The formulas of the report, on counts summed over messages (counts.py). A share of nothing is not a number."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tools.evaluation.counts import Array


@dataclass(frozen=True)
class Formula:
    """A figure: its value from the sums, and how many things it is a share of."""

    value: Callable[[Array], Array]
    basis: Callable[[Array], Array]


def share(part: Array, whole: Array) -> Array:
    """The part of the whole, not a number where the whole is empty."""
    return np.divide(part, whole, out=np.full(np.shape(whole), np.nan), where=whole > 0)


def _found(sums: Array) -> Array:
    return sums[..., 0]


def _claimed(sums: Array) -> Array:
    return sums[..., 0] + sums[..., 1]


def _there(sums: Array) -> Array:
    return sums[..., 0] + sums[..., 2]


def _f1(sums: Array) -> Array:
    return share(2 * _found(sums), _claimed(sums) + _there(sums))


def _all_codes(sums: Array) -> Array:
    """Every need of every message weighs the same."""
    added: Array = sums.sum(axis=-2)
    return added


def _mean_f1(sums: Array) -> Array:
    """Every need weighs the same; those that were not there to be found are left out."""
    was_there = _there(sums) > 0
    f1 = np.where(was_there, _f1(sums), 0.0)
    return share(f1.sum(axis=-1), was_there.sum(axis=-1))


PRECISION = Formula(lambda sums: share(_found(sums), _claimed(sums)), _claimed)
RECALL = Formula(lambda sums: share(_found(sums), _there(sums)), _there)
F1 = Formula(_f1, _there)
MICRO_PRECISION = Formula(lambda sums: PRECISION.value(_all_codes(sums)), lambda sums: _claimed(_all_codes(sums)))
MICRO_RECALL = Formula(lambda sums: RECALL.value(_all_codes(sums)), lambda sums: _there(_all_codes(sums)))
MICRO_F1 = Formula(lambda sums: _f1(_all_codes(sums)), lambda sums: _there(_all_codes(sums)))
MACRO_F1 = Formula(_mean_f1, lambda sums: (_there(sums) > 0).sum(axis=-1))
ACCURACY = Formula(lambda sums: share(sums[..., 0], sums[..., 1]), lambda sums: sums[..., 1])
