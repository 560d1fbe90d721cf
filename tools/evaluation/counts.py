"""What each message adds to a figure: arrays whose first axis is the message, so that messages can be drawn again.

Two families, named by their last axis: scores (found, invented, missed) and tallies (right, total).
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from tools.evaluation.readings import Case, Reading

Array = NDArray[np.float64]


def score_counts(cases: Sequence[Case], holds: Callable[[Reading], bool]) -> Array:
    """Of a yes-or-no question about a message: whether a yes was found, invented or missed."""
    answers = np.array([(holds(case.expected), holds(case.predicted)) for case in cases], dtype=bool).reshape(-1, 2)
    expected, predicted = answers.T
    counts: Array = np.stack([expected & predicted, ~expected & predicted, expected & ~predicted], axis=-1)
    return counts.astype(np.float64)


def need_counts(cases: Sequence[Case], codes: Sequence[str]) -> Array:
    """The score counts of every need: message, need, (found, invented, missed)."""
    if not codes:
        return np.zeros((len(cases), 0, 3))
    return np.stack([score_counts(cases, _carries(code)) for code in codes], axis=1)


def tally_counts(cases: Iterable[Case], is_right: Callable[[Case], bool | None]) -> Array:
    """Whether each message is right; a message that the question does not concern (None) counts in neither."""
    answers = [is_right(case) for case in cases]
    counted = [(float(bool(answer)), float(answer is not None)) for answer in answers]
    return np.array(counted, dtype=np.float64).reshape(-1, 2)


def codes_of(cases: Iterable[Case]) -> list[str]:
    """Every need expected or predicted at least once, in the order of the codes."""
    return sorted({code for case in cases for code in case.expected.needs | case.predicted.needs})


def _carries(code: str) -> Callable[[Reading], bool]:
    return lambda reading: code in reading.needs
